import type { Hono } from "hono";
import { z } from "zod";
import type { SandboxEnv } from "../../kit/sandbox-server";
import { numberOf, paged, Refusal } from "./answers";
import type { OmStore } from "./store";

const amount = z.strictObject({ amount: z.number().nonnegative(), currency: z.string().regex(/^[A-Z]{3}$/) });
const required = z.string().min(1);
const text = z.string().optional();

/** The body of a new order: seven fields are required, an unknown one is refused. */
const newOrder = z.strictObject({
	salesChannelId: z.int(),
	orderNumber: required,
	shipName: required,
	shipCompany: text,
	shipAddress1: required,
	shipAddress2: text,
	shipCity: required,
	shipState: text,
	shipZipCode: text,
	shipCountry: z.string().regex(/^[A-Z]{3}$/, "shipCountry must have three letters"),
	shipPhone: text,
	shipEmail: text,
	requestedShippingService: text,
	fulfillmentSource: z.strictObject({ warehouseId: z.int() }).optional(),
	insuranceCost: amount,
	insuredValue: amount,
	notesFromBuyer: text,
	gift: z.boolean().optional(),
	giftMessage: text,
	internalNotes: text,
	customField1: text,
	customField2: text,
	customField3: text,
	orderItems: z
		.array(
			z.strictObject({
				masterSku: text,
				listingSku: text,
				quantityOrdered: z.int().positive(),
				unitPrice: amount,
				notes: text,
			}),
		)
		.min(1),
});

export function destinationRoutes(app: Hono<SandboxEnv>, store: OmStore): void {
	app.get("/v1/saleschannels", (context) => context.json(paged(context, store.salesChannels)));
	app.get("/v1/listings", (context) => {
		const channel = numberOf(context, "salesChannelId");
		const found = store.listings.filter((one) => channel === undefined || one.salesChannelId === channel);
		const rows = paged(context, found).map(({ sku, change, ...rest }) => {
			const raw = { ...rest, product: { masterSku: sku, active: !store.inactive.has(sku) } };
			return (change ? change(raw) : raw) as object;
		});
		return context.json(rows);
	});
	// No guard against doubles: the same number twice is two orders.
	app.put("/v1/order", async (context) => {
		const given = newOrder.safeParse(await context.req.json().catch(() => null));
		if (!given.success) throw new Refusal(given.error.issues[0]?.message ?? "malformed");
		const { salesChannelId, orderNumber, fulfillmentSource, orderItems, ...more } = given.data;
		const channel = store.salesChannels.find((one) => one.salesChannelId === salesChannelId);
		if (!channel) throw new Refusal("salesChannelId is no sales channel");
		const lines = orderItems.map(({ masterSku, listingSku, quantityOrdered, unitPrice }) => {
			const listed = store.listings.find(
				(one) => one.listingSku === listingSku && one.salesChannelId === salesChannelId,
			);
			const sku = masterSku ?? listed?.sku ?? "";
			return { sku, quantity: quantityOrdered, price: unitPrice.amount };
		});
		const unknown = lines.findIndex(({ sku }) => !store.products.has(sku));
		if (unknown >= 0) throw new Refusal(`orderItems[${unknown}] has no product`);
		if (fulfillmentSource && !store.warehouses.some((one) => one.warehouseId === fulfillmentSource.warehouseId))
			throw new Refusal("warehouseId is no warehouse");
		const order = store.place({
			lines,
			number: orderNumber,
			warehouseId: fulfillmentSource?.warehouseId ?? 3,
			status: "AWAITING_SHIPMENT",
			more: { ...more, salesChannel: channel, itemNotes: orderItems.map(({ notes = "" }) => notes) },
		});
		store.created.push(orderNumber);
		return context.json({ orderId: order.orderId, orderNumber, orderStatus: order.status });
	});
}
