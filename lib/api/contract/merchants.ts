import { z } from "zod";
import { base, id, inAccount, instant, nameOf } from "./base";
import { exportOf } from "./export";

const merchantName = nameOf("a merchant");

export const merchantSummary = z.object({
	id: id("mer"),
	name: z.string(),
	createdAt: instant,
	carts: z.int(),
	warehouses: z.int(),
	/** Orders that have not been shipped yet. */
	openOrders: z.int(),
	stuckOrders: z.int(),
	oldestWaitingAt: instant.nullable(),
});

export const merchantsContract = {
	list: base
		.route({ method: "GET", path: "/accounts/{accountId}/merchants", summary: "List merchants", tags: ["Merchants"] })
		.meta({ permission: "merchants:read" })
		.input(inAccount)
		.output(z.object({ items: z.array(merchantSummary) })),
	export: exportOf("/accounts/{accountId}/merchants", "Merchants", "Merchants")
		.meta({ permission: "merchants:read" })
		.input(inAccount),
	create: base
		.route({
			method: "POST",
			path: "/accounts/{accountId}/merchants",
			summary: "Add a merchant",
			tags: ["Merchants"],
			successStatus: 201,
		})
		.meta({ permission: "merchants:write" })
		.input(inAccount.extend({ name: merchantName }))
		.output(z.object({ id: id("mer") })),
	rename: base
		.route({
			method: "PATCH",
			path: "/accounts/{accountId}/merchants/{merchantId}",
			summary: "Rename a merchant",
			tags: ["Merchants"],
		})
		.meta({ permission: "merchants:write" })
		.input(inAccount.extend({ merchantId: id("mer"), name: merchantName }))
		.output(z.object({ id: id("mer") })),
};
