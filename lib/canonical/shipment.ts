import { z } from "zod";
import { decimal } from "./money";
import { code, instant, quantity, text } from "./text";
import { weight } from "./weight";

/** One box with its label. `lines` is empty when the warehouse does not say what is in which box. */
export const shipmentPackage = z.object({
	externalId: text.default(""),
	trackingNumber: text.default(""),
	trackingUrl: z.url().optional(),
	weight: weight.optional(),
	lines: z.array(z.object({ lineId: text, sku: text, quantity })).default([]),
});
export type ShipmentPackage = z.output<typeof shipmentPackage>;

/** Goods that left. Read from a destination, and in the same words confirmed to an order source. */
export const shipment = z.object({
	/** The destination's id of this departure. */
	externalId: code,
	/** The destination's id of the order: `Written.externalId` of the delivery. */
	orderExternalId: text.default(""),
	/** The number we gave the order at the destination, for finding it when the id is not known. */
	orderNumber: text.default(""),
	carrier: text.default(""),
	service: text.default(""),
	shippedAt: instant,
	/** Cost of carriage, when the warehouse states it. */
	cost: decimal.optional(),
	/** What left, over all packages. `lineId` is the id we sent with the order, or empty if the warehouse dropped it. */
	lines: z.array(z.object({ lineId: text, sku: text, quantity })),
	packages: z.array(shipmentPackage).default([]),
	/** True when the warehouse will ship nothing more for this order, even if less left than was ordered. */
	final: z.boolean().default(false),
});
export type Shipment = z.output<typeof shipment>;

/**
 * What an order source is told. One per shipment or one per package, as the source's capability says;
 * `lineId` here is the source's own line id.
 */
export const confirmationMessage = z.object({
	orderSourceId: code,
	carrier: text.default(""),
	service: text.default(""),
	trackingNumbers: z.array(text),
	shippedAt: instant,
	/** Cost of carriage of what this message tells, without its currency: warehouses state none. */
	cost: decimal.optional(),
	lines: z.array(z.object({ lineId: code, sku: text, quantity })).min(1, "must hold at least one line"),
});
export type ConfirmationMessage = z.output<typeof confirmationMessage>;
