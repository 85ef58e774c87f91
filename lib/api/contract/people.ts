import { z } from "zod";
import { base, id, inAccount, instant, nameOf, timeZone } from "./base";
import { exportOf } from "./export";

export const accountKind = z.enum(["fulfillment", "merchant"]);
export const role = z.enum(["owner", "admin", "operator", "viewer"]);

const accountName = nameOf("an account", 2);

/** Everything the frame around the screens shows: who looks, at which account, and what they may do there. */
export const hub = z.object({
	account: z.object({
		id: id("acc"),
		name: z.string(),
		kind: accountKind,
		timeZone,
		/** Its people are let in with a second factor only. */
		demandsFactor: z.boolean(),
	}),
	accounts: z.array(z.object({ id: id("acc"), name: z.string(), linked: z.boolean() })),
	person: z.object({ email: z.string(), name: z.string().nullable(), timeZone: z.string().nullable() }),
	role,
	may: z.array(z.string()),
	/** True for the people of one merchant. */
	ofMerchant: z.boolean(),
	/** True for a 3PL's staff in the account of a linked brand. */
	linked: z.boolean(),
	merchants: z.array(z.object({ id: id("mer"), name: z.string() })),
	openAlerts: z.int(),
});

const merchantRef = z.object({ id: id("mer"), name: z.string() }).nullable();
/** Staff who work for these merchants only; null for all others. */
const chosenMerchants = z.array(z.object({ id: id("mer"), name: z.string() })).nullable();
const personName = z.string().trim().min(1, "needs a name").max(80, "is longer than 80 characters");

/** The account's people and those who are invited. */
export const peopleView = z.object({
	members: z.array(
		z.object({
			id: id("mem"),
			email: z.string(),
			name: z.string().nullable(),
			role,
			/** The one merchant whose things they see; null for all. */
			merchant: merchantRef,
			chosenMerchants,
			joinedAt: instant,
			lastSeenAt: instant.nullable(),
			hasSecondFactor: z.boolean(),
			you: z.boolean(),
		}),
	),
	invitations: z.array(
		z.object({
			id: id("inv"),
			email: z.string(),
			role,
			merchant: merchantRef,
			chosenMerchants,
			invitedBy: z.string().nullable(),
			/** Null while no mail could be sent. */
			sentAt: instant.nullable(),
			expiresAt: instant,
			expired: z.boolean(),
		}),
	),
});

/** What each role may do, for staff and for the people of one merchant. */
export const roleMatrixView = z.object({
	columns: z.array(
		z.object({ role, ofMerchant: z.boolean(), reach: z.record(z.string(), z.enum(["all", "carts", "none"])) }),
	),
});

/** One place of a signed-in person. */
export const ownSession = z.object({
	id: id("ses"),
	device: z.string(),
	network: z.string(),
	createdAt: instant,
	lastSeenAt: instant,
	current: z.boolean(),
});

const mailAddress = z.string().trim().toLowerCase().max(254, "is too long").pipe(z.email("is not a mail address"));
const place = {
	role,
	/** For people of one merchant; null or absent for all merchants. */
	merchantId: id("mer").nullish(),
	/** For staff who work for some merchants only: operators and viewers. */
	chosenMerchantIds: z.array(id("mer")).min(1, "needs at least one merchant").max(500).nullish(),
};
const onePerson = inAccount.extend({ membershipId: id("mem") });
const oneInvitation = inAccount.extend({ invitationId: id("inv") });
const ofPerson = { permission: null, audience: "person" } as const;

/** What a signed-in person does with their own things. */
export const meContract = {
	update: base
		.route({ method: "PATCH", path: "/me", summary: "Change your name or time zone", tags: ["You"] })
		.meta(ofPerson)
		.input(z.object({ name: personName.nullish(), timeZone: timeZone.nullish() }))
		.output(z.object({ name: z.string().nullable(), timeZone: z.string().nullable() })),
	sessions: base
		.route({ method: "GET", path: "/me/sessions", summary: "Where you are signed in", tags: ["You"] })
		.meta(ofPerson)
		.output(z.object({ items: z.array(ownSession) })),
	endSession: base
		.route({
			method: "DELETE",
			path: "/me/sessions/{sessionId}",
			summary: "End one session",
			tags: ["You"],
		})
		.meta(ofPerson)
		.input(z.object({ sessionId: id("ses") }))
		.output(z.object({ id: id("ses") })),
	endOtherSessions: base
		.route({ method: "POST", path: "/me/sessions/end-others", summary: "End all other sessions", tags: ["You"] })
		.meta(ofPerson)
		.output(z.object({ ended: z.int() })),
};

/** Letting people in. */
export const invitationsContract = {
	create: base
		.route({
			method: "POST",
			path: "/accounts/{accountId}/invitations",
			summary: "Invite somebody by mail",
			tags: ["People"],
			successStatus: 201,
		})
		.meta({ permission: "people:write" })
		.input(inAccount.extend({ email: mailAddress, ...place }))
		.output(z.object({ id: id("inv") })),
	resend: base
		.route({
			method: "POST",
			path: "/accounts/{accountId}/invitations/{invitationId}/resend",
			summary: "Send an invitation again, with a new link",
			tags: ["People"],
		})
		.meta({ permission: "people:write" })
		.input(oneInvitation)
		.output(z.object({ id: id("inv") })),
	withdraw: base
		.route({
			method: "DELETE",
			path: "/accounts/{accountId}/invitations/{invitationId}",
			summary: "Withdraw an invitation",
			tags: ["People"],
		})
		.meta({ permission: "people:write" })
		.input(oneInvitation)
		.output(z.object({ id: id("inv") })),
};

export const peopleContract = {
	list: base
		.route({ method: "GET", path: "/accounts/{accountId}/people", summary: "List people", tags: ["People"] })
		.meta({ permission: "people:read" })
		.input(inAccount)
		.output(peopleView),
	export: exportOf("/accounts/{accountId}/people", "People", "People")
		.meta({ permission: "people:read" })
		.input(inAccount),
	roles: base
		.route({ method: "GET", path: "/accounts/{accountId}/roles", summary: "What each role may do", tags: ["People"] })
		.meta({ permission: "orders:read" })
		.input(inAccount)
		.output(roleMatrixView),
	changeRole: base
		.route({
			method: "PATCH",
			path: "/accounts/{accountId}/people/{membershipId}",
			summary: "Change somebody's role",
			tags: ["People"],
		})
		.meta({ permission: "people:write" })
		.input(onePerson.extend(place))
		.output(z.object({ id: id("mem") })),
	remove: base
		.route({
			method: "DELETE",
			path: "/accounts/{accountId}/people/{membershipId}",
			summary: "Remove somebody from the account",
			tags: ["People"],
		})
		.meta({ permission: "people:write" })
		.input(onePerson)
		.output(z.object({ id: id("mem") })),
	handOver: base
		.route({
			method: "POST",
			path: "/accounts/{accountId}/people/{membershipId}/hand-over",
			summary: "Hand the account over to somebody",
			tags: ["People"],
		})
		.meta({ permission: "owners:write" })
		.input(onePerson)
		.output(z.object({ id: id("mem") })),
	leave: base
		.route({
			method: "POST",
			path: "/accounts/{accountId}/leave",
			summary: "Leave the account",
			tags: ["People"],
		})
		.meta({ permission: "orders:read" })
		.input(inAccount)
		.output(z.object({ id: id("mem") })),
	me: base
		.route({ method: "GET", path: "/me", summary: "Who is signed in", tags: ["People"] })
		.meta({ permission: null, audience: "person" })
		.output(
			z.object({
				email: z.string(),
				name: z.string().nullable(),
				accounts: z.array(z.object({ id: id("acc"), name: z.string(), kind: accountKind, role, linked: z.boolean() })),
			}),
		),
	createAccount: base
		.route({ method: "POST", path: "/accounts", summary: "Open an account", tags: ["People"], successStatus: 201 })
		.meta({ permission: null, audience: "person" })
		.input(z.object({ name: accountName, kind: accountKind, timeZone: timeZone.default("UTC") }))
		.output(z.object({ id: id("acc") })),
	hub: base
		.route({
			method: "GET",
			path: "/accounts/{accountId}",
			summary: "An account and what you may do in it",
			tags: ["People"],
		})
		.meta({ permission: "orders:read" })
		.input(inAccount)
		.output(hub),
};
