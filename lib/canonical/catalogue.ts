import { z } from "zod";
import { code, note, text } from "./text";
import { measured } from "./units";

/** A further code of a product; `name` is its type, such as UPC, spelled the same for all products. */
const productAlias = z.object({ name: code, code });

/** An item and its code within a merchant. What is absent is not told: it does not take away what is known. */
export const product = z.object({
	sku: code,
	name: text.default(""),
	externalId: text.default(""),
	description: note.optional(),
	/** Codes beside the SKU, such as barcodes and what sales channels call it. */
	aliases: z.array(productAlias).max(100).optional(),
	/** The same said in other units, where the system does so. */
	measures: z.array(measured).max(4).optional(),
	active: z.boolean().optional(),
	lotTracked: z.boolean().optional(),
});
export type Product = z.output<typeof product>;

/** A place that holds stock, at a warehouse or at a cart. */
export const location = z.object({ externalId: code, name: text });
export type Location = z.output<typeof location>;

/** How goods can travel from a destination. `code` is what a delivery must carry. */
export const shipMethod = z.object({ code, name: text, carrier: text.default(""), service: text.default("") });
export type ShipMethod = z.output<typeof shipMethod>;
