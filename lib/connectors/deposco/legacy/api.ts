import { z } from "zod";

/**
 * Shapes of the integration API. Those of orders and stock are known from public clients; those of shipments and
 * receipts are inferred from the newer API's names and the older one's ways, and so accept both.
 */

/** JSON made from XML: nothing is written as an object. */
const isNil = (value: unknown) => typeof value === "object" && value !== null && "@nil" in value;
const orNil = <T extends z.ZodType>(schema: T) =>
	z.preprocess((value) => (isNil(value) || value === undefined ? null : value), schema.nullable());

export const nilText = z
	.preprocess((value) => (typeof value === "number" ? String(value) : value), orNil(z.string()))
	.transform((value) => value ?? "");
const number = orNil(z.coerce.number());

/** A list of one may be an object in its place, and an empty one nothing. */
export const listOf = <T extends z.ZodType>(schema: T) =>
	z.preprocess((value) => {
		if (value === null || value === undefined || value === "" || isNil(value)) return [];
		return Array.isArray(value) ? value : [value];
	}, z.array(schema));

const pack = orNil(z.object({ quantity: number })).optional();

export const legacyOrder = z.object({
	businessUnit: nilText,
	number: z.string().min(1),
	status: nilText,
	orderLines: orNil(z.object({ orderLine: listOf(z.object({ itemNumber: nilText, lineNumber: nilText })) })).optional(),
});
export const legacyOrders = z.object({ order: listOf(z.unknown()).optional() });

export const shipmentRows = z.object({ shipment: listOf(z.unknown()) });
export const legacyShipment = z.object({
	number: z.string().min(1),
	businessUnit: nilText.optional(),
	orderNumber: z.string().min(1),
	status: nilText.optional(),
	shipVia: nilText.optional(),
	shipVendor: nilText.optional(),
	trackingNumber: nilText.optional(),
	actualShipDate: nilText.optional(),
	updatedDateTime: nilText.optional(),
	shippingCost: number.optional(),
	shipmentLines: z.object({
		shipmentLine: listOf(
			z.object({
				customerLineNumber: nilText.optional(),
				itemNumber: z.string().min(1),
				shippedPackQuantity: z.coerce.number(),
				pack,
				trackingNumber: nilText.optional(),
			}),
		),
	}),
});

export const receiptRows = z.object({ receiptLine: listOf(z.unknown()) });
export const legacyReceipt = z.object({
	receiptNumber: z.string().min(1),
	businessUnit: nilText.optional(),
	orderNumber: z.string().min(1),
	lineNumber: nilText.optional(),
	customerLineNumber: nilText.optional(),
	itemNumber: z.string().min(1),
	receivedPackQuantity: z.coerce.number(),
	receivedDamagedPackQuantity: number.optional(),
	pack,
	status: nilText.optional(),
	receivedDateTime: nilText,
});
