import { z } from "zod";
import { itemKind, itemRow } from "@/lib/canonical/item-codes";
import { base, id, inAccount, instant, pageInput, pageOf } from "./base";
import { csvFile, dryRun, refusedFile } from "./dry-run";

const tags = ["Item codes"];
const path = "/accounts/{accountId}/merchants/{merchantId}/item-codes" as const;
const inMerchant = inAccount.extend({ merchantId: id("mer") });

/** What a row is found by. */
const itemKey = z.object({
	kind: itemKind,
	connectionId: id("con").optional(),
	code: z.string().min(1).max(500),
});

const edit = inMerchant.extend({
	rows: z.array(itemRow).max(5000).default([]),
	remove: z.array(itemKey).max(5000).default([]),
});

const effects = dryRun.extend({
	/** Orders that wait for one of these codes, and go out when this is saved. */
	waiting: z.int(),
});
const saved = z.object({
	/** Null when nothing was changed. */
	changeId: id("itc").nullable(),
	saved: z.int(),
	/** Orders that went on because of it. */
	released: z.int(),
});

export const itemsContract = {
	list: base
		.route({ method: "GET", path, summary: "List mappings, aliases or kits", tags })
		.meta({ permission: "connections:read" })
		.input(
			inMerchant.extend({
				...pageInput,
				kind: itemKind.default("mapping"),
				search: z.string().trim().max(100).optional(),
				connectionId: id("con").optional(),
			}),
		)
		.output(pageOf(z.object({ id: id("itm"), row: itemRow, cart: z.string().nullable(), updatedAt: instant }))),
	preview: base
		.route({ method: "POST", path: `${path}/preview`, summary: "See what saving item codes would do", tags })
		.meta({ permission: "connections:write" })
		.input(edit)
		.output(effects),
	save: base
		.route({ method: "POST", path, summary: "Save item codes, and release the orders that wait for them", tags })
		.meta({ permission: "connections:write" })
		.input(edit)
		.output(saved),
	undo: base
		.route({
			method: "POST",
			path: `${path}/changes/{changeId}/undo`,
			summary: "Take a saving of item codes back",
			tags,
		})
		.meta({ permission: "connections:write" })
		.input(inMerchant.extend({ changeId: id("itc") }))
		.output(saved),
	importFile: base
		.route({ method: "POST", path: `${path}/import`, summary: "Import item codes from a CSV file", tags })
		.meta({ permission: "connections:write" })
		.input(
			inMerchant.extend({
				kind: itemKind,
				/** The cart of mappings. */
				connectionId: id("con").optional(),
				...csvFile.shape,
			}),
		)
		.output(
			effects.extend({
				...saved.shape,
				refusedFile,
			}),
		),
	export: base
		.route({ method: "GET", path: `${path}/export`, summary: "Export mappings, aliases or kits as CSV", tags })
		.meta({ permission: "connections:read" })
		.input(inMerchant.extend({ kind: itemKind.default("mapping"), connectionId: id("con").optional() }))
		.output(z.file()),
	health: base
		.route({ method: "GET", path: `${path}/health`, summary: "Codes that the other side does not know", tags })
		.meta({ permission: "connections:read" })
		.input(inMerchant)
		.output(
			z.object({
				/** False until a warehouse has told its stock: then only what it refused is known. */
				warehouseAsked: z.boolean(),
				/** In carts' orders of the last 30 days, without a match at the warehouse. */
				unknown: z.array(
					z.object({
						cart: z.object({ id: id("con"), name: z.string() }),
						code: z.string(),
						name: z.string(),
						orders: z.int(),
						waiting: z.int(),
						suggestions: z.array(z.object({ sku: z.string(), why: z.string() })),
					}),
				),
				/** At the warehouse, and not known by a cart that was told of it. */
				unsold: z.array(
					z.object({
						cart: z.object({ id: id("con"), name: z.string() }),
						sku: z.string(),
						quantity: z.int(),
						problem: z.string(),
					}),
				),
			}),
		),
};
