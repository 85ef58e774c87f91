import { z } from "zod";
import { code, instant, text } from "./text";

/** A warehouse canceled an order by itself: which, when, and, where it says so, who and why. */
export const warehouseCancellation = z.object({
	/** The destination's id of the order: `Written.externalId` of the delivery. */
	orderExternalId: code,
	/** The number we gave the order at the destination, for finding it when the id is not known. */
	orderNumber: text.default(""),
	canceledAt: instant,
	/** Who, in the destination's own words; empty where it does not say. */
	by: text.default(""),
	reason: text.default(""),
});
export type WarehouseCancellation = z.output<typeof warehouseCancellation>;

/** An order source is told that this order, of which nothing has left, must be canceled there too. */
export const cancelMessage = z.object({ orderSourceId: code, reason: text.default("") });
export type CancelMessage = z.output<typeof cancelMessage>;
