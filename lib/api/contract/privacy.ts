import { z } from "zod";
import { base, id, inAccount, instant } from "./base";

/** Days after an order closed; null keeps, or for a source: as the account. */
const days = z
	.int()
	.min(1, "is less than 1 day. Type 1 or more.")
	.max(3650, "is more than 10 years. Type less.")
	.nullable();

const shopper = z.object({
	by: z.enum(["email", "phone", "number"]),
	/** In the body, never in an address: it is personal. */
	value: z
		.string()
		.trim()
		.min(1, "is empty. Type what the shopper is known by.")
		.max(200, "is longer than 200 characters."),
	/** Only this merchant's orders; absent: of every merchant the asker has. */
	merchantId: id("mer").optional(),
});

const counts = z.object({ orders: z.int(), openOrders: z.int() });

export const privacyView = z.object({
	retentionDays: z.int().nullable(),
	sources: z.array(
		z.object({ id: id("con"), name: z.string(), merchant: z.string(), retentionDays: z.int().nullable() }),
	),
	erasures: z.array(
		counts.extend({
			id: id("ers"),
			kind: z.enum(["retention", "shopper"]),
			merchant: z.string(),
			/** So shortened that it names nobody. */
			hint: z.string(),
			state: z.enum(["waiting", "orders", "exchanges", "done"]),
			total: z.int(),
			looked: z.int(),
			requests: z.int(),
			by: z.string(),
			createdAt: instant,
			startedAt: instant.nullable(),
			endedAt: instant.nullable(),
		}),
	),
	exports: z.array(
		z.object({
			id: id("exp"),
			merchant: z.string(),
			state: z.enum(["waiting", "running", "done", "removed"]),
			total: z.int(),
			rows: z.int(),
			/** In bytes, before they are packed. */
			size: z.int(),
			by: z.string(),
			createdAt: instant,
			startedAt: instant.nullable(),
			endedAt: instant.nullable(),
			expiresAt: instant,
		}),
	),
});

const path = "/accounts/{accountId}/privacy";
const tags = ["Privacy"];
const meta = { permission: "privacy:write" } as const;
const source = inAccount.extend({ connectionId: id("con"), days });

export const privacyContract = {
	get: base
		.route({ method: "GET", path, summary: "How long personal data is kept, erasures and exports", tags })
		.meta(meta)
		.input(inAccount)
		.output(privacyView),
	previewRetention: base
		.route({
			method: "POST",
			path: `${path}/retention/preview`,
			summary: "What a retention time would erase now",
			tags,
		})
		.meta({ permission: "account:write" })
		.input(inAccount.extend({ days }))
		.output(counts),
	setRetention: base
		.route({ method: "PATCH", path: `${path}/retention`, summary: "Change how long personal data is kept", tags })
		.meta({ permission: "account:write" })
		.input(inAccount.extend({ days }))
		.output(z.object({ days })),
	previewSource: base
		.route({
			method: "POST",
			path: "/accounts/{accountId}/connections/{connectionId}/retention/preview",
			summary: "What a retention time of one source would erase now",
			tags,
		})
		.meta(meta)
		.input(source)
		.output(counts),
	setSource: base
		.route({
			method: "PATCH",
			path: "/accounts/{accountId}/connections/{connectionId}/retention",
			summary: "Change how long personal data of one source is kept",
			tags,
		})
		.meta(meta)
		.input(source)
		.output(z.object({ days })),
	previewErasure: base
		.route({ method: "POST", path: `${path}/erasures/preview`, summary: "Which orders belong to a shopper", tags })
		.meta(meta)
		.input(inAccount.extend(shopper.shape))
		.output(z.object({ merchants: z.array(counts.extend({ id: id("mer"), name: z.string() })) })),
	erase: base
		.route({ method: "POST", path: `${path}/erasures`, summary: "Erase one shopper's personal data", tags })
		.meta(meta)
		.input(inAccount.extend(shopper.shape))
		.output(z.object({ ids: z.array(id("ers")) })),
	export: base
		.route({
			method: "POST",
			path: "/accounts/{accountId}/merchants/{merchantId}/exports",
			summary: "Write a file of everything kept of one merchant",
			tags,
		})
		.meta(meta)
		.input(inAccount.extend({ merchantId: id("mer") }))
		.output(z.object({ id: id("exp") })),
	download: base
		.route({ method: "GET", path: `${path}/exports/{exportId}/file`, summary: "The file of an export, as ZIP", tags })
		.meta(meta)
		.input(inAccount.extend({ exportId: id("exp") }))
		.output(z.file()),
};
