import { z } from "zod";

/** Shapes of version 2, only the fields we use. Source: a generated client, and notes taken on a live tenant. */
const nullishText = z
	.string()
	.nullish()
	.transform((value) => value ?? "");
const id = z.union([z.number(), z.string().min(1)]).transform(String);
const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value));
export const nested = <T extends z.ZodType>(row: T) =>
	z.object({ data: z.array(row), complete: z.boolean().nullish() });

/** A reference to another record: its id and what people know it by. */
const ref = z.object({ id: id.nullish(), businessKey: z.record(z.string(), z.unknown()).nullish() });
const itemRef = z
	.object({ businessKey: z.object({ number: z.string().min(1) }) })
	.transform(({ businessKey }) => businessKey.number);
/** How many units a pack holds. */
const packRef = z
	.object({ quantity: z.number().nullish(), businessKey: z.object({ quantity: z.number().nullish() }).nullish() })
	.nullish()
	.transform((pack) => pack?.quantity ?? pack?.businessKey?.quantity ?? 1);

/** A record's own id stands in `self`; that it may stand beside the rest is inferred. */
export const identity = z
	.object({ self: z.object({ id }).nullish(), id: id.nullish() })
	.transform(({ self, id: own }) => self?.id ?? own ?? undefined);

export const orderRow = z.object({
	number: z.string().min(1),
	orderStatus: nullishText,
	businessUnit: z
		.union([z.string(), z.object({ businessKey: z.object({ code: z.string() }) })])
		.nullish()
		.transform((unit) => (typeof unit === "string" ? unit : (unit?.businessKey.code ?? ""))),
	updatedDate: instant.nullish(),
});

export const orderLineRow = z.object({
	self: z.object({ id }).nullish(),
	id: id.nullish(),
	customerLineNumber: nullishText,
	orderPackQuantity: z.number().nullish(),
	canceledPackQuantity: z.number().nullish(),
	item: z.object({ businessKey: z.object({ number: z.string() }).nullish() }).nullish(),
});

export const shipmentLineRow = z.object({
	item: itemRef,
	pack: packRef,
	shippedPackQuantity: z.number(),
});
export type ShipmentLineRow = z.output<typeof shipmentLineRow>;

const box = z.object({
	number: nullishText,
	trackingNumber: nullishText,
	weight: z.object({ value: z.number(), units: z.string() }).nullish(),
	shippedContainerLines: nested(shipmentLineRow).nullish(),
});
export type Box = z.output<typeof box>;

export const shipmentRow = z.object({
	number: z.string().min(1),
	status: z.string(),
	orderHeaders: nested(ref),
	shipVendor: nullishText,
	shipVia: nullishText,
	shipMethod: nullishText,
	trackingNumber: nullishText,
	trackingUrl: nullishText,
	shipmentDates: z.object({ actualShipDate: instant.nullish() }).nullish(),
	updatedDate: instant.nullish(),
	shippingCosts: z.object({ shippingCost: z.number().nullish() }).nullish(),
	shipmentLines: z.object({ data: z.array(z.unknown()), complete: z.boolean().nullish() }),
	shippedContainers: nested(box).nullish(),
});
export type ShipmentRow = z.output<typeof shipmentRow>;

export const receiptRow = z.object({
	number: z.string().min(1),
	status: z.string(),
	receivedItem: itemRef,
	receivedPack: packRef,
	receivedPackQuantity: z.number(),
	receivedDamagedPackQuantity: z.number().nullish(),
	orderLine: ref.nullish(),
	createdDate: instant,
});
