import { z } from "zod";
import { cartRule, skuRule, stockRule } from "@/lib/canonical/stock-rules";
import { base, id, inAccount, instant, pageInput, pageOf } from "./base";
import { csvFile, dryRun, refusedFile } from "./dry-run";
import { exportOf } from "./export";

const tags = ["Stock rules"];
const path = "/accounts/{accountId}/merchants/{merchantId}/stock-rules" as const;
const inMerchant = inAccount.extend({ merchantId: id("mer") });
const cart = z.object({ id: id("con"), name: z.string() });
const which = { search: z.string().trim().max(100).optional(), connectionId: id("con").optional() };

const edit = inMerchant.extend({
	rows: z.array(stockRule).max(5000).default([]),
	/** Rules of single SKUs that go. */
	remove: z
		.array(z.object({ connectionId: id("con"), sku: z.string().min(1).max(500) }))
		.max(5000)
		.default([]),
});

const effects = dryRun.extend({
	/** How many figures of each cart would be another number; carts without any are left out. */
	changes: z.array(z.object({ cart, skus: z.int() })),
});
const saved = z.object({
	/** Null when nothing was changed. */
	changeId: id("src").nullable(),
	saved: z.int(),
});

export const stockRulesContract = {
	read: base
		.route({ method: "GET", path, summary: "How the stock figures of a merchant's carts are made", tags })
		.meta({ permission: "inventory:read" })
		.input(inMerchant)
		.output(
			z.object({
				/** Every cart that takes stock, oldest first. */
				carts: z.array(
					z.object({
						cart,
						rule: cartRule,
						/** The type of item code under which it is told; empty: the warehouse's SKU. */
						pushAs: z.string(),
						/** on-hand: it takes its own orders off, so it is told what is in the building. */
						basis: z.enum(["available", "on-hand"]),
						skuRules: z.int(),
					}),
				),
				places: z.array(z.object({ key: z.string(), name: z.string(), warehouse: z.string(), excluded: z.boolean() })),
				/** The latest change that can be taken back. */
				latest: z.object({ id: id("src"), byName: z.string(), createdAt: instant, rows: z.int() }).nullable(),
				/** Places whose stock runs over to where it does not belong, in sentences. */
				leaks: z.array(z.string()),
			}),
		),
	listSkus: base
		.route({ method: "GET", path: `${path}/skus`, summary: "What differs for single SKUs", tags })
		.meta({ permission: "inventory:read" })
		.input(inMerchant.extend({ ...pageInput, ...which }))
		.output(pageOf(z.object({ rule: skuRule, cart: z.string(), updatedAt: instant }))),
	export: exportOf(`${path}/skus`, "Stock rules of single SKUs", "Stock rules")
		.meta({ permission: "inventory:read" })
		.input(inMerchant.extend(which)),
	preview: base
		.route({ method: "POST", path: `${path}/preview`, summary: "See how many figures stock rules would change", tags })
		.meta({ permission: "connections:write" })
		.input(edit)
		.output(effects),
	save: base
		.route({ method: "POST", path, summary: "Save stock rules, and tell the carts what they change", tags })
		.meta({ permission: "connections:write" })
		.input(edit)
		.output(saved),
	undo: base
		.route({
			...{ method: "POST", path: `${path}/changes/{stockChangeId}/undo`, tags },
			summary: "Take a saving of stock rules back",
		})
		.meta({ permission: "connections:write" })
		.input(inMerchant.extend({ stockChangeId: id("src") }))
		.output(saved),
	importFile: base
		.route({
			...{ method: "POST", path: `${path}/import`, tags },
			summary: "Import stock rules of single SKUs from a CSV file",
		})
		.meta({ permission: "connections:write" })
		.input(inMerchant.extend(csvFile.shape))
		.output(
			effects.extend({
				...saved.shape,
				refusedFile,
			}),
		),
};
