import { z } from "zod";
import { omOrder } from "./api";

/** Shapes of answers that only the destination reads. Source: public clients and their schemas. */
const nullishText = z
	.string()
	.nullish()
	.transform((value) => value ?? "");
const id = z.int().nonnegative();
const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value));
const count = z.number().nullish();

export const channelList = z.array(z.object({ salesChannelId: id, name: z.string() }));

/** As little as recognises an order: a flaw elsewhere in it must not hide that it exists. */
export const knownOrder = z.object({
	orderId: id,
	orderNumber: z.string(),
	orderStatus: z.string(),
	salesChannel: z.object({ salesChannelId: id.nullish() }).nullish(),
	relatedOrderIds: z.array(id).nullish(),
});
export type KnownOrder = z.output<typeof knownOrder>;

/** What creating an order answers is not documented: the order, a list of it, or the form of bulk writes. */
export const createdOrder = z.unknown().transform((answer): { orderId: number | undefined; refusal: string } => {
	const bulk = z.looseObject({ results: z.array(z.unknown()).nullish(), errors: z.array(z.unknown()).nullish() });
	const outer = bulk.safeParse(answer).data;
	const candidates = [answer, ...(Array.isArray(answer) ? answer : []), ...(outer?.results ?? [])];
	const made = candidates.map((one) => z.object({ orderId: id }).safeParse(one).data).find(Boolean);
	const refused = (outer?.errors ?? []).map((one) => z.object({ message: z.string() }).safeParse(one).data);
	return { orderId: made?.orderId, refusal: refused.find(Boolean)?.message ?? (refused.length > 0 ? "no reason" : "") };
});

export const omShipment = z.object({
	shipmentId: id,
	type: nullishText,
	trackingNumber: nullishText,
	shipMethod: z.object({ shippingCarrier: nullishText }).nullish(),
	carrierFee: z.object({ amount: z.number() }).nullish(),
	shipDate: instant.nullish(),
	created: instant.nullish(),
	deliveryStatus: nullishText,
});
export type OmShipment = z.output<typeof omShipment>;
export const fullShipments = z.array(omShipment);

export const shippedOrder = omOrder.extend({
	salesChannel: z.object({ salesChannelId: id.nullish(), name: nullishText }).nullish(),
	shipments: fullShipments.nullish(),
	shipDate: instant.nullish(),
	relatedOrderIds: z.array(id).nullish(),
});
export type ShippedOrder = z.output<typeof shippedOrder>;

export const stockRow = z.object({
	productStockId: id,
	quantity: count,
	quantityLocked: count,
	product: z.object({ masterSku: z.string().min(1), active: z.boolean().nullish() }),
	stockLocation: z.object({ warehouseId: id }),
	warehouseStockTotals: z
		.object({ onHandQuantity: z.number(), lockedQuantity: count, inTransitQuantity: count })
		.nullish(),
});
export type StockRow = z.output<typeof stockRow>;

/** That listings have a path of their own is known; all fields but the SKU are inferred. */
export const listing = z.looseObject({
	listingId: id,
	listingSku: z.string().min(1),
	salesChannelId: id.nullish(),
	salesChannel: z.object({ salesChannelId: id }).nullish(),
	product: z.object({ masterSku: z.string().min(1), active: z.boolean().nullish() }).nullish(),
	lockedQuantity: count,
});
export type Listing = z.output<typeof listing>;

export const omProduct = z.object({
	productId: id,
	masterSku: z.string().min(1),
	name: nullishText,
	upc: z.string().trim().max(500).nullish(),
	active: z.boolean().nullish(),
	modifiedDate: instant.nullish(),
});
