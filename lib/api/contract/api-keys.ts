import { z } from "zod";
import { permissions } from "@/lib/db/scope";
import { base, id, inAccount, instant } from "./base";

const permission = z.enum(permissions);

export const apiKey = z.object({
	id: id("key"),
	name: z.string(),
	level: z.enum(["account", "merchant", "connection"]),
	merchant: z.object({ id: id("mer"), name: z.string() }).nullable(),
	connection: z.object({ id: id("con"), name: z.string() }).nullable(),
	permissions: z.array(permission),
	/** How the key begins. */
	prefix: z.string(),
	lastUsedAt: instant.nullable(),
	/** The key before the last rotation, while it still works. */
	previous: z.object({ prefix: z.string(), until: instant, lastUsedAt: instant.nullable() }).nullable(),
	expiresAt: instant.nullable(),
	state: z.enum(["active", "expired", "revoked"]),
	createdAt: instant,
	createdBy: z.string(),
	/** Whoever made it belongs to the account no more, and may still know it. */
	makerLeft: z.boolean(),
});

const path = "/accounts/{accountId}/api-keys";
const tags = ["API keys"];
const one = inAccount.extend({ apiKeyId: id("key") });
/** Told once; afterwards only its beginning is known. */
const told = z.object({ id: id("key"), key: z.string() });

export const apiKeysContract = {
	list: base
		.route({ method: "GET", path, summary: "List API keys", tags })
		.meta({ permission: "account:write" })
		.input(inAccount)
		.output(z.object({ items: z.array(apiKey) })),
	create: base
		.route({ method: "POST", path, summary: "Make an API key; it is told once", tags, successStatus: 201 })
		.meta({ permission: "account:write" })
		.input(
			inAccount.extend({
				name: z.string().trim().min(1, "needs a name").max(80, "is longer than 80 characters"),
				/** Neither: a key of the account. A connection brings its merchant with it. */
				merchantId: id("mer").optional(),
				connectionId: id("con").optional(),
				permissions: z.array(permission).min(1, "needs at least one permission"),
				/** Null: it works until it is revoked. */
				expiresInDays: z.int().min(1).max(3650).nullable(),
			}),
		)
		.output(told),
	rotate: base
		.route({ method: "POST", path: `${path}/{apiKeyId}/rotate`, summary: "Replace a key by a new one", tags })
		.meta({ permission: "account:write" })
		/** For so long the key before works too. 0: it ends at once. */
		.input(one.extend({ overlapHours: z.int().min(0).max(720).default(24) }))
		.output(told),
	revoke: base
		.route({ method: "DELETE", path: `${path}/{apiKeyId}`, summary: "Revoke a key at once", tags })
		.meta({ permission: "account:write" })
		.input(one)
		.output(z.object({ id: id("key") })),
};
