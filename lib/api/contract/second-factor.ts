import { z } from "zod";
import { base, id, inAccount, instant, nameOf } from "./base";

const ofPerson = { permission: null, audience: "person" } as const;
/** Also for a session that still waits for the second factor. */
const ofWaiting = { permission: null, audience: "waiting" } as const;

const code = z.string().trim().min(1, "is empty. Type it.").max(40, "is longer than a code. Type it again.");
const encoded = z.string().max(100_000);

/** What browsers hand to WebAuthn's functions, as the standard spells it. */
const browserOptions = z.record(z.string(), z.unknown());

/** What a browser answers when a key was made (RegistrationResponseJSON). */
const madePasskey = z.object({
	id: encoded,
	response: z.object({
		clientDataJSON: encoded,
		attestationObject: encoded,
		transports: z.array(z.string().max(40)).max(10).optional(),
	}),
});

/** What a browser answers when a key signed (AuthenticationResponseJSON). */
const signedChallenge = z.object({
	id: encoded,
	response: z.object({
		clientDataJSON: encoded,
		authenticatorData: encoded,
		signature: encoded,
		userHandle: encoded.optional(),
	}),
});

/** How a person confirms that it is them, beside the link in their mail. */
export const ownFactors = z.object({
	authenticatorSince: instant.nullable(),
	passkeys: z.array(z.object({ id: id("pky"), name: z.string(), createdAt: instant, lastUsedAt: instant.nullable() })),
	recoveryCodesLeft: z.int(),
	/** Why passkeys cannot be added here; null where they can. */
	noPasskeys: z.string().nullable(),
	/** Whether the factor must be given again before anything is changed. */
	mustProve: z.boolean(),
	/** Names of the person's accounts that demand a second factor. */
	demandedBy: z.array(z.string()),
});

/** Shown once; null when there were codes already. */
const recoveryCodes = z.array(z.string()).nullable();
const done = z.object({ done: z.literal(true) });
const tags = ["Second factor"];

export const secondFactorContract = {
	get: base
		.route({ method: "GET", path: "/me/second-factor", summary: "Your second factor", tags })
		.meta(ofPerson)
		.output(ownFactors),
	askForPasskey: base
		.route({ method: "POST", path: "/me/second-factor/challenge", summary: "What a passkey must sign next", tags })
		.meta(ofWaiting)
		.output(z.object({ options: browserOptions })),
	prove: base
		.route({ method: "POST", path: "/me/second-factor/prove", summary: "Give your second factor", tags })
		.meta(ofWaiting)
		.input(z.object({ code: code.optional(), passkey: signedChallenge.optional() }))
		.output(done),
	beginAuthenticator: base
		.route({ method: "POST", path: "/me/second-factor/authenticator", summary: "Begin to set up an app", tags })
		.meta(ofPerson)
		.output(z.object({ secret: z.string(), uri: z.string() })),
	confirmAuthenticator: base
		.route({ method: "POST", path: "/me/second-factor/authenticator/confirm", summary: "Confirm the app", tags })
		.meta(ofPerson)
		.input(z.object({ code }))
		.output(z.object({ recoveryCodes })),
	removeAuthenticator: base
		.route({ method: "DELETE", path: "/me/second-factor/authenticator", summary: "Remove the app", tags })
		.meta(ofPerson)
		.output(done),
	beginPasskey: base
		.route({ method: "POST", path: "/me/second-factor/passkeys/begin", summary: "Begin to add a passkey", tags })
		.meta(ofPerson)
		.output(z.object({ options: browserOptions })),
	addPasskey: base
		.route({ method: "POST", path: "/me/second-factor/passkeys", summary: "Add a passkey", tags, successStatus: 201 })
		.meta(ofPerson)
		.input(z.object({ name: nameOf("the passkey"), passkey: madePasskey }))
		.output(z.object({ id: id("pky"), recoveryCodes })),
	renamePasskey: base
		.route({ method: "PATCH", path: "/me/second-factor/passkeys/{passkeyId}", summary: "Rename a passkey", tags })
		.meta(ofPerson)
		.input(z.object({ passkeyId: id("pky"), name: nameOf("the passkey") }))
		.output(z.object({ id: id("pky") })),
	removePasskey: base
		.route({ method: "DELETE", path: "/me/second-factor/passkeys/{passkeyId}", summary: "Remove a passkey", tags })
		.meta(ofPerson)
		.input(z.object({ passkeyId: id("pky") }))
		.output(z.object({ id: id("pky") })),
	renewCodes: base
		.route({ method: "POST", path: "/me/second-factor/recovery-codes", summary: "Make new recovery codes", tags })
		.meta(ofPerson)
		.output(z.object({ recoveryCodes: z.array(z.string()) })),
	turnOff: base
		.route({ method: "DELETE", path: "/me/second-factor", summary: "Turn your second factor off", tags })
		.meta(ofPerson)
		.output(done),
	demand: base
		.route({
			method: "PUT",
			path: "/accounts/{accountId}/second-factor",
			summary: "Demand a second factor of everyone in the account, or stop",
			tags,
		})
		.meta({ permission: "account:write" })
		.input(inAccount.extend({ demanded: z.boolean() }))
		.output(z.object({ demanded: z.boolean() })),
};
