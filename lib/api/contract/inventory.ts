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
					incoming: z.int(),
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
				figures: z.array(figure),
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
