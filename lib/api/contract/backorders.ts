import { z } from "zod";
import { base, id, inAccount, instant, pageInput, pageOf } from "./base";
import { orderStatus } from "./orders";

export const backorder = z.object({
	id: id("ord"),
	number: z.string(),
	status: orderStatus,
	held: z.boolean(),
	sendingCanceled: z.boolean(),
	merchant: z.object({ id: id("mer"), name: z.string() }),
	createdAt: instant,
	backorderedAt: instant,
	/** The lines of which something waits. */
	lines: z.array(
		z.object({
			sku: z.string(),
			ordered: z.int(),
			/** Units that the warehouse has. */
			sent: z.int(),
			waiting: z.int(),
		}),
	),
	/** Why it waits: "TEE: 5 needed, 3 available". */
	waitsFor: z.array(z.string()),
	/** What purchase orders still bring of the items it waits for, and when the first of it is expected. */
	incoming: z.array(z.object({ sku: z.string(), units: z.int(), expectedAt: instant.nullable() })),
});

const path = "/accounts/{accountId}";
const tags = ["Orders"];
const verb = (name: string, summary: string) =>
	base
		.route({ method: "POST", path: `${path}/orders/{orderId}/${name}`, summary, tags })
		.meta({ permission: "orders:write" })
		.input(inAccount.extend({ orderId: id("ord") }))
		.output(z.object({ id: id("ord") }));

export const backordersContract = {
	list: base
		.route({ method: "GET", path: `${path}/backorders`, summary: "Orders that wait for stock, oldest first", tags })
		.meta({ permission: "orders:read" })
		.input(inAccount.extend({ ...pageInput, merchantId: id("mer").optional() }))
		.output(pageOf(backorder)),
	sendAvailable: verb("send-available", "Send what is there of an order that waits for stock"),
	sendInFull: verb("send-in-full", "Send an order that waits for stock in full"),
	closeShipped: verb("close-shipped", "Close an order as shipped: its rest will not come"),
};
