/** A merchant's rules: the draft people change, what is published, earlier versions, and trying them on past orders. */
import { z } from "zod";
import { rule, ruleOutcomes } from "@/lib/canonical/rule";
import { base, id, inAccount, instant } from "./base";

const tags = ["Rules"];
const path = "/accounts/{accountId}/merchants/{merchantId}/rules" as const;
const inMerchant = inAccount.extend({ merchantId: id("mer") });

/** Rules as they are sent; what cannot be saved is refused with the rule's name and the field. */
const given = z.array(z.record(z.string(), z.unknown())).max(1000);

export const ruleVersion = z.object({
	id: id("rlv"),
	number: z.int(),
	by: z.string(),
	at: instant,
	note: z.string(),
	/** The number of the version that it brought back. */
	restoredFrom: z.int().nullable(),
	/** How many rules it has, switched off ones included. */
	rules: z.int(),
	/** It is the one that orders are decided by. */
	holds: z.boolean(),
});

const place = z.object({ id: id("con"), name: z.string() });
const ruleSet = z.object({
	rules: z.array(rule),
	/** Send it back with what is saved, so that nobody saves over what somebody else saved meanwhile. */
	revision: z.int(),
	by: z.string(),
	at: instant.nullable(),
	published: ruleVersion.nullable(),
	/** The draft differs from what is published. */
	changed: z.boolean(),
	/** Whom rules may name. */
	warehouses: z.array(place),
	carts: z.array(place),
});

/** Why one rule fired or not. */
export const explainedRule = z.object({
	name: z.string(),
	outcome: z.enum(ruleOutcomes),
	because: z.array(z.object({ words: z.string(), found: z.string(), met: z.boolean(), depth: z.int() })),
	did: z.array(z.string()),
});

/** What rules decided about one order. */
export const orderRules = z.object({
	version: z.int(),
	at: instant,
	/** What they changed. */
	did: z.array(z.string()),
	/** Null once the facts they looked at were erased. */
	trace: z.array(explainedRule).nullable(),
});

const tested = z.object({
	/** How many orders were looked at, the newest first. */
	tested: z.int(),
	changed: z.int(),
	/** Of those that would change, some from `after` on. */
	orders: z.array(
		z.object({
			...{ id: id("ord"), number: z.string(), placedAt: instant },
			/** What the published rules give, and what these would. */
			before: z.array(z.string()),
			after: z.array(z.string()),
			trace: z.array(explainedRule),
		}),
	),
	next: z.int().nullable(),
});

export const rulesContract = {
	get: base
		.route({ method: "GET", path, summary: "The draft of a merchant's rules, and what is published", tags })
		.meta({ permission: "connections:read" })
		.input(inMerchant)
		.output(ruleSet),
	saveDraft: base
		.route({ method: "PUT", path: `${path}/draft`, summary: "Save the draft of the rules", tags })
		.meta({ permission: "rules:write" })
		.input(inMerchant.extend({ rules: given, revision: z.int() }))
		.output(ruleSet),
	test: base
		.route({ method: "POST", path: `${path}/test`, summary: "Try rules on the merchant's past orders", tags })
		.meta({ permission: "connections:read" })
		.input(
			inMerchant.extend({
				/** Absent: the draft as it is saved. */
				rules: given.optional(),
				last: z.int().min(1).max(2000).default(500),
				after: z.int().min(0).default(0),
				limit: z.int().min(1).max(100).default(20),
			}),
		)
		.output(tested),
	waiting: base
		.route({ method: "GET", path: `${path}/waiting`, summary: "Which waiting orders publishing would affect", tags })
		.meta({ permission: "connections:read" })
		.input(inMerchant)
		.output(
			z.object({
				/** Waiting and not decided yet: the next version decides them. */
				waiting: z.int(),
				/** Of those, how many it would do something to. */
				affected: z.int(),
				/** Waiting and decided already: they stay as they are until the rules are applied to them. */
				decided: z.int(),
			}),
		),
	publish: base
		.route({ method: "POST", path: `${path}/publish`, summary: "Publish the draft as the next version", tags })
		.meta({ permission: "rules:publish" })
		.input(
			inMerchant.extend({
				revision: z.int(),
				note: z.string().trim().max(200, "is longer than 200 characters. Shorten it.").default(""),
			}),
		)
		.output(ruleVersion),
	versions: base
		.route({ method: "GET", path: `${path}/versions`, summary: "The last 100 published versions", tags })
		.meta({ permission: "connections:read" })
		.input(inMerchant)
		.output(z.object({ items: z.array(ruleVersion) })),
	version: base
		.route({ method: "GET", path: `${path}/versions/{versionId}`, summary: "A version with its rules", tags })
		.meta({ permission: "connections:read" })
		.input(inMerchant.extend({ versionId: id("rlv") }))
		.output(ruleVersion.extend({ list: z.array(rule) })),
	restore: base
		.route({
			method: "POST",
			path: `${path}/versions/{versionId}/restore`,
			summary: "Publish an earlier version again, as a new one",
			tags,
		})
		.meta({ permission: "rules:publish" })
		.input(inMerchant.extend({ versionId: id("rlv") }))
		.output(ruleVersion),
};
