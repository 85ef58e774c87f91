import { z } from "zod";
import { inventoryTerm } from "@/lib/canonical/connection-options";
import { base, id, inAccount, instant, pageInput, pageOf } from "./base";
import { exportOf } from "./export";

const level = z.object({
	location: z.string(),
	name: z.string(),
	warehouse: z.string(),
	available: z.int(),
	availableStated: z.boolean(),
	onHand: z.int(),
	locked: z.int(),
	incoming: z.int(),
	takenAt: instant,
});

const figure = z.object({
	cart: z.object({ id: id("con"), name: z.string() }),
	quantity: z.int(),
	terms: z.array(inventoryTerm),
	state: z.string(),
	problem: z.string().nullable(),
	computedAt: instant,
	pushedAt: instant.nullable(),
	/** What the cart has, as far as it told us. */
	pushed: z.int().nullable(),
	/** What the cart calls the item; empty where it has no code for it. */
	code: z.string(),
	/** The request that told it, and the cart's answer, while they are kept. */
	exchangeId: id("xch").nullable(),
});

const tags = ["Inventory"];
const filters = { search: z.string().trim().max(100).optional(), merchantId: id("mer").optional() };

export const inventoryContract = {
	list: base
		.route({ method: "GET", path: "/accounts/{accountId}/inventory", summary: "Stock by SKU", tags })
		.meta({ permission: "inventory:read" })
		.input(inAccount.extend({ ...pageInput, ...filters }))
		.output(
			pageOf(
				z.object({
					sku: z.string(),
					merchant: z.object({ id: id("mer"), name: z.string() }),
					name: z.string(),
					available: z.int(),
					onHand: z.int(),
					locked: z.int(),
					/** What the warehouse expects, or our open purchase orders do where those are more. */
					incoming: z.int(),
					/** Received since the last count: in no other number. */
					notPutAway: z.int(),
					takenAt: instant,
					/** What each cart was last told. */
					figures: z.array(z.object({ cart: z.string(), quantity: z.int(), state: z.string() })),
				}),
			),
		),
	export: exportOf("/accounts/{accountId}/inventory", "Stock by SKU", "Inventory")
		.meta({ permission: "inventory:read" })
		.input(inAccount.extend(filters)),
	explain: base
		.route({
			method: "GET",
			path: "/accounts/{accountId}/merchants/{merchantId}/inventory",
			summary: "Explain the figures of one SKU",
			tags,
		})
		.meta({ permission: "inventory:read" })
		.input(inAccount.extend({ merchantId: id("mer"), sku: z.string().min(1).max(500) }))
		.output(
			z.object({
				sku: z.string(),
				name: z.string(),
				merchant: z.object({ id: id("mer"), name: z.string() }),
				levels: z.array(level),
				/** Warehouses that expect it on purchase orders, or have it and did not count it yet. */
				purchases: z.array(z.object({ warehouse: z.string(), expected: z.int(), notPutAway: z.int() })),
				figures: z.array(figure),
				/** At the end of each day on which a count changed, over all locations. */
				days: z.array(
					z.object({
						day: z.iso.date(),
						...{ available: z.int(), onHand: z.int(), locked: z.int(), incoming: z.int() },
					}),
				),
				/** Figures given to carts over time, oldest first. */
				history: z.array(
					z.object({
						at: instant,
						cart: z.string(),
						quantity: z.int(),
						outcome: z.string(),
						message: z.string().nullable(),
					}),
				),
				/** Orders that hold units the warehouse did not know of at its count. */
				waiting: z.array(
					z.object({ id: id("ord"), number: z.string(), quantity: z.int(), status: z.string(), createdAt: instant }),
				),
			}),
		),
};
