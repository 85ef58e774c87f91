/** Passkeys (WebAuthn, level 3): a key on a device or a stick, which signs a challenge that works once. */
import {
	generateAuthenticationOptions,
	generateRegistrationOptions,
	verifyAuthenticationResponse,
	verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { newId } from "@/lib/db/ids";
import { systemTransaction } from "@/lib/db/system";
import type { Transaction } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { after, minuteMs } from "@/lib/time";
import type { Asker } from "../asker";
import { askEverywhereElse, forgetIfNone, hasFactor, mustBeProven } from "./factors";
import { keepCodes, newRecoveryCodes } from "./recovery-codes";
import { relyingParty, whyNoPasskeys } from "./relying-party";
import { tellChange } from "./tell-change";

const challengeMs = 5 * minuteMs;
/** More than anybody has. */
const most = 20;

/** What a browser sends when a key was made; names as in the standard. */
export interface MadePasskey {
	id: string;
	response: { clientDataJSON: string; attestationObject: string; transports?: string[] | undefined };
}

/** What a browser sends when a key signed. */
export interface SignedChallenge {
	id: string;
	response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string | undefined };
}

/** What the browser is handed to make a key. */
export async function beginPasskey(asker: Asker) {
	mustBePossible();
	const known = await systemTransaction(async (tx) => {
		await mustBeProven(tx, asker);
		return tx.sql<{ id: string; transports: string[] }>(
			`select "credentialId" as "id", "transports" from "Passkey" where "userId" = $1`,
			[asker.id],
		);
	});
	if (known.length >= most) throw new AppError("conflict", { problem: `You have ${most} passkeys. Remove one first.` });
	const options = await generateRegistrationOptions({
		rpName: "Crossdock",
		rpID: relyingParty().id,
		userName: asker.email,
		userDisplayName: asker.name ?? asker.email,
		userID: new TextEncoder().encode(asker.id),
		attestationType: "none",
		excludeCredentials: known,
		authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
	});
	await keepChallenge(asker, "add", options.challenge);
	return options;
}

/** Keeps a key that a browser made. Gives recovery codes, shown this once, when it is the person's first factor. */
export async function addPasskey(
	asker: Asker,
	given: { name: string; passkey: MadePasskey },
	requestId: string,
): Promise<{ id: string; recoveryCodes: string[] | null }> {
	mustBePossible();
	const made = await readMade(given.passkey, await spendChallenge(asker, "add"));
	const fresh = (await hasFactor(asker.id)) ? null : await newRecoveryCodes();
	const id = newId("pky");
	await systemTransaction(async (tx) => {
		await mustBeProven(tx, asker);
		await tx.sql(
			`insert into "Passkey" ("id", "userId", "credentialId", "publicKey", "counter", "transports", "name")
			 values ($1, $2, $3, $4, $5, $6, $7)`,
			[id, asker.id, made.id, Buffer.from(made.publicKey), made.counter, made.transports ?? [], given.name],
		);
		if (!fresh) return;
		await keepCodes(tx, asker.id, fresh);
		await askEverywhereElse(tx, asker);
	});
	await tellChange(asker, requestId, { what: "passkey", how: "added", more: `It is called “${given.name}”.` });
	return { id, recoveryCodes: fresh?.codes ?? null };
}

async function readMade({ id, response }: MadePasskey, expectedChallenge: string) {
	const { clientDataJSON, attestationObject, transports } = response;
	const verified = await verifyRegistrationResponse({
		response: {
			...{ id, rawId: id, type: "public-key", clientExtensionResults: {} },
			response: { clientDataJSON, attestationObject, ...(transports && { transports }) },
		},
		expectedChallenge,
		...expectedFrom(),
		requireUserVerification: false,
	}).catch(() => ({ verified: false as const }));
	if (!verified.verified) throw notTaken();
	return verified.registrationInfo.credential;
}

export async function renamePasskey(asker: Asker, passkeyId: string, name: string): Promise<{ id: string }> {
	const renamed = await systemTransaction((tx) =>
		tx.sql(`update "Passkey" set "name" = $3 where "id" = $1 and "userId" = $2 returning 1`, [
			passkeyId,
			asker.id,
			name,
		]),
	);
	if (renamed.length === 0) throw new AppError("not-found", { thing: "passkey" });
	return { id: passkeyId };
}

export async function removePasskey(asker: Asker, passkeyId: string, requestId: string): Promise<{ id: string }> {
	const name = await systemTransaction(async (tx) => {
		await mustBeProven(tx, asker);
		const [gone] = await tx.sql<{ name: string }>(
			`delete from "Passkey" where "id" = $1 and "userId" = $2 returning "name"`,
			[passkeyId, asker.id],
		);
		if (!gone) throw new AppError("not-found", { thing: "passkey" });
		await forgetIfNone(tx, asker.id);
		return gone.name;
	});
	await tellChange(asker, requestId, { what: "passkey", how: "removed", more: `It was called “${name}”.` });
	return { id: passkeyId };
}

/** What the browser is handed to sign with one of the person's keys. */
export async function askForPasskey(asker: Asker) {
	mustBePossible();
	const allowCredentials = await systemTransaction((tx) =>
		tx.sql<{ id: string; transports: string[] }>(
			`select "credentialId" as "id", "transports" from "Passkey" where "userId" = $1`,
			[asker.id],
		),
	);
	if (allowCredentials.length === 0) throw new AppError("not-found", { thing: "passkey" });
	const options = await generateAuthenticationOptions({
		rpID: relyingParty().id,
		allowCredentials,
		userVerification: "preferred",
	});
	await keepChallenge(asker, "prove", options.challenge);
	return options;
}

/** True when one of the person's keys signed the challenge of this session. */
export async function spendPasskey(asker: Asker, { id, response }: SignedChallenge): Promise<boolean> {
	mustBePossible();
	const expectedChallenge = await spendChallenge(asker, "prove");
	const [key] = await systemTransaction((tx) =>
		tx.sql<{ publicKey: Buffer; counter: string }>(
			`select "publicKey", "counter" from "Passkey" where "credentialId" = $1 and "userId" = $2`,
			[id, asker.id],
		),
	);
	if (!key) return false;
	const { userHandle, ...signed } = response;
	const verified = await verifyAuthenticationResponse({
		response: {
			...{ id, rawId: id, type: "public-key", clientExtensionResults: {} },
			response: { ...signed, ...(userHandle && { userHandle }) },
		},
		expectedChallenge,
		...expectedFrom(),
		credential: { id, publicKey: new Uint8Array(key.publicKey), counter: Number(key.counter) },
		requireUserVerification: false,
	}).catch(() => null);
	if (!verified?.verified) return false;
	// A key that counts must have counted on since; two uses of one count mean that it was copied.
	const used = await systemTransaction((tx) =>
		tx.sql(
			`update "Passkey" set "counter" = $2, "lastUsedAt" = now()
			 where "credentialId" = $1 and ("counter" < $2 or ("counter" = 0 and $2 = 0)) returning 1`,
			[id, verified.authenticationInfo.newCounter],
		),
	);
	return used.length > 0;
}

function expectedFrom(): { expectedOrigin: string; expectedRPID: string } {
	const { id, origin } = relyingParty();
	return { expectedOrigin: origin, expectedRPID: id };
}

function mustBePossible(): void {
	const problem = whyNoPasskeys();
	if (problem) throw new AppError("conflict", { problem });
}

async function keepChallenge(asker: Asker, purpose: "add" | "prove", challenge: string): Promise<void> {
	await systemTransaction((tx) =>
		tx.sql(
			`insert into "PasskeyChallenge" ("sessionId", "purpose", "challenge", "expiresAt") values ($1, $2, $3, $4)
			 on conflict ("sessionId", "purpose") do update set "challenge" = $3, "expiresAt" = $4`,
			[asker.sessionId, purpose, challenge, after(new Date(), challengeMs)],
		),
	);
}

/** The challenge of this session, which is gone with it. Throws when there is none that still counts. */
async function spendChallenge(asker: Asker, purpose: "add" | "prove"): Promise<string> {
	const take = (tx: Transaction) =>
		tx.sql<{ challenge: string; expiresAt: Date }>(
			`delete from "PasskeyChallenge" where "sessionId" = $1 and "purpose" = $2 returning "challenge", "expiresAt"`,
			[asker.sessionId, purpose],
		);
	const [row] = await systemTransaction(take);
	if (!row || row.expiresAt <= new Date()) throw notTaken();
	return row.challenge;
}

function notTaken(): AppError {
	const problem = "could not be checked, or took longer than five minutes. Try again.";
	return new AppError("bad-input", { field: "Passkey", problem }, { fields: { passkey: problem } });
}
