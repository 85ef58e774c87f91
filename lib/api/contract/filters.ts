import { z } from "zod";
import { cartFilters, refusers } from "@/lib/canonical/filters";
import { base, id, inAccount, instant, pageInput, pageOf } from "./base";
import { rowEffect } from "./dry-run";

const tags = ["Filters"];
const path = "/accounts/{accountId}/connections/{connectionId}/filters" as const;
const inCart = inAccount.extend({ connectionId: id("con") });
const version = z.int().min(0);

/** What saving did beside saving. */
const saved = z.object({
	version,
	/** Refused orders that the cart is asked for again. */
	askedAgain: z.int(),
	/** Orders that waited because every line of theirs was kept back, and go out now. */
	released: z.int(),
});

const dryRun = z.object({
	/** So many of the newest orders of this cart were held against the filters. */
	checked: z.int(),
	refused: z.int(),
	/** The first of those that would not have been loaded. */
	examples: z.array(z.object({ id: id("ord"), number: z.string(), reason: z.string() })),
	/** Orders among them that would have gone out without some of their lines. */
	shortened: z.int(),
	/** Refused orders that the cart will be asked for again. */
	askedAgain: z.int(),
	/** Orders that are not sent yet, and of which other lines would be sent than now. */
	waiting: z.int(),
});

export const filtersContract = {
	get: base
		.route({ method: "GET", path, summary: "Read a cart's filters", tags })
		.meta({ permission: "connections:read" })
		.input(inCart)
		.output(
			z.object({
				version,
				filters: cartFilters,
				/** Refused orders by the setting that refused them. */
				skipped: z.int(),
				/** Names of extra fields and tags that the cart's newest orders carry, to choose from. */
				seen: z.object({ extraFields: z.array(z.string()), tags: z.array(z.string()) }),
				history: z.array(
					z.object({
						version,
						byName: z.string(),
						at: instant,
						note: z.string(),
						orderFilters: z.int(),
						tagRules: z.int(),
						itemCodes: z.int(),
					}),
				),
			}),
		),
	preview: base
		.route({ method: "POST", path: `${path}/preview`, summary: "See what filters would have refused", tags })
		.meta({ permission: "connections:write" })
		.input(inCart.extend({ filters: cartFilters }))
		.output(dryRun),
	save: base
		.route({ method: "PUT", path, summary: "Save a cart's filters, and ask again for what they refused", tags })
		.meta({ permission: "connections:write" })
		.input(inCart.extend({ version, filters: cartFilters }))
		.output(saved),
	restore: base
		.route({ method: "POST", path: `${path}/restore`, summary: "Put an earlier version of the filters back", tags })
		.meta({ permission: "connections:write" })
		.input(inCart.extend({ version }))
		.output(saved),
	importItems: base
		.route({ method: "POST", path: `${path}/items/import`, summary: "Import item codes of a filter from CSV", tags })
		.meta({ permission: "connections:write" })
		.input(
			inCart.extend({
				text: z.string().max(1_000_000),
				/** add: to the codes there are. replace: in their place. */
				mode: z.enum(["add", "replace"]).default("add"),
				/** What kind of list it is, where the filter is disabled so far. */
				type: z.enum(["whitelist", "blacklist"]).optional(),
				/** False: only say what it would do. */
				apply: z.boolean().default(false),
			}),
		)
		.output(
			z.object({
				effects: z.array(rowEffect),
				counts: z.object({ new: z.int(), change: z.int(), same: z.int(), remove: z.int(), refused: z.int() }),
				refusedFile: z.string().nullable(),
				saved: saved.nullable(),
			}),
		),
	exportItems: base
		.route({ method: "GET", path: `${path}/items/export`, summary: "Export the item codes of a filter as CSV", tags })
		.meta({ permission: "connections:read" })
		.input(inCart)
		.output(z.file()),
	skipped: base
		.route({
			method: "GET",
			path: "/accounts/{accountId}/connections/{connectionId}/skipped-orders",
			summary: "List orders of a cart that a setting refused",
			tags,
		})
		.meta({ permission: "orders:read" })
		.input(
			inCart.extend({ ...pageInput, search: z.string().trim().max(100).optional(), by: z.enum(refusers).optional() }),
		)
		.output(
			pageOf(
				z.object({
					sourceId: z.string(),
					number: z.string().nullable(),
					reason: z.string(),
					by: z.enum(refusers),
					at: instant,
					/** Asked for again, and not answered yet. */
					isAsked: z.boolean(),
				}),
			),
		),
	askAgain: base
		.route({
			method: "POST",
			path: "/accounts/{accountId}/connections/{connectionId}/skipped-orders/ask-again",
			summary: "Ask a cart again for every order that a setting refused",
			tags,
		})
		.meta({ permission: "orders:write" })
		.input(inCart)
		.output(z.object({ askedAgain: z.int() })),
};
