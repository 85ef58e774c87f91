import { z } from "zod";
import { code, instant, stockCount, text } from "./text";

/** Stock of one SKU at one location, as a warehouse states it. */
export const inventoryLevel = z.object({
	sku: code,
	/** The destination's id of the place. */
	location: code,
	available: stockCount,
	/** True when the warehouse states `available`; false when the connector computed it. */
	availableStated: z.boolean().default(true),
	onHand: stockCount,
	locked: stockCount.default(0),
	incoming: stockCount.default(0),
	takenAt: instant,
});
export type InventoryLevel = z.output<typeof inventoryLevel>;

/** The number an order source is given for one SKU: absolute, never a change. */
export const inventoryFigure = z.object({
	sku: code,
	quantity: stockCount,
	/** The source's own location, for sources that keep several. */
	location: text.optional(),
});
export type InventoryFigure = z.output<typeof inventoryFigure>;
