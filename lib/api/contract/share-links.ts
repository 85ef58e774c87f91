import { z } from "zod";
import { base, id, inAccount, instant } from "./base";
import { checked } from "./connections";
import { formField } from "./form-field";

export const shareLink = z.object({
	id: id("shl"),
	email: z.string(),
	state: z.enum(["pending", "used", "withdrawn", "expired"]),
	createdAt: instant,
	createdBy: z.string(),
	openedAt: instant.nullable(),
	expiresAt: instant,
	usedAt: instant.nullable(),
});

const email = z.string().trim().toLowerCase().pipe(z.email("is not a mail address").max(254));
const name = z.string().trim().min(1, "needs a name").max(80, "is longer than 80 characters");
const tags = ["Share links"];
const ofConnection = "/accounts/{accountId}/connections/{connectionId}/share-links";

/** The link itself is told once. `mailed` is false when the mail could not be sent: then it must be passed on by hand. */
const told = z.object({
	id: id("shl"),
	connectionId: id("con"),
	url: z.string(),
	mailed: z.boolean(),
	expiresAt: instant,
});

export const shareLinksContract = {
	list: base
		.route({ method: "GET", path: ofConnection, summary: "Who was asked to set up a connection", tags })
		.meta({ permission: "connections:read" })
		.input(inAccount.extend({ connectionId: id("con") }))
		.output(z.object({ items: z.array(shareLink) })),
	/** Makes the connection, without access details, and the link for whoever has them. */
	invite: base
		.route({
			method: "POST",
			path: "/accounts/{accountId}/share-links",
			summary: "Ask somebody without a login to connect a cart",
			tags,
			successStatus: 201,
		})
		.meta({ permission: "connections:write" })
		.input(inAccount.extend({ merchantId: id("mer"), connectorKey: z.string(), name, email }))
		.output(told),
	/** For a connection that is there; a link that waits for it already is withdrawn. */
	create: base
		.route({ method: "POST", path: ofConnection, summary: "Ask for access details again", tags, successStatus: 201 })
		.meta({ permission: "connections:write" })
		.input(inAccount.extend({ connectionId: id("con"), email }))
		.output(told),
	revoke: base
		.route({
			method: "DELETE",
			path: "/accounts/{accountId}/share-links/{shareLinkId}",
			summary: "Withdraw a link",
			tags,
		})
		.meta({ permission: "connections:write" })
		.input(inAccount.extend({ shareLinkId: id("shl") }))
		.output(z.object({ id: id("shl") })),
};

const values = z.record(z.string(), z.unknown()).default({});

/** What somebody with a link can do, named by the header `Authorization: ShareLink <token>`. */
export const connectContract = {
	get: base
		.route({ method: "GET", path: "/connect", summary: "What a link asks for", tags })
		.meta({ permission: null, audience: "shareLink" })
		.output(
			z.object({
				account: z.string(),
				merchant: z.string(),
				connection: z.string(),
				system: z.string(),
				email: z.string(),
				expiresAt: instant,
				fields: z.array(formField),
				/** Settings without secrets that are there already. */
				values: z.record(z.string(), z.unknown()),
				guide: z.string(),
			}),
		),
	test: base
		.route({ method: "POST", path: "/connect/test", summary: "Test access details before they are saved", tags })
		.meta({ permission: null, audience: "shareLink" })
		.input(z.object({ values }))
		.output(checked),
	choices: base
		.route({ method: "POST", path: "/connect/choices", summary: "Ask the other system what a field may hold", tags })
		.meta({ permission: null, audience: "shareLink" })
		.input(z.object({ choices: z.enum(["locations", "shipMethods"]), values }))
		.output(z.object({ items: z.array(z.object({ value: z.string(), label: z.string() })) })),
	/** Kept only if they work; the link is used up then. */
	save: base
		.route({ method: "POST", path: "/connect", summary: "Save access details that work", tags })
		.meta({ permission: null, audience: "shareLink" })
		.input(z.object({ values }))
		.output(checked),
};
