import { z } from "zod";
import { code, text } from "./text";

/** An item and its code within a merchant. `aliases` are other codes that carts know it by. */
export const product = z.object({
	sku: code,
	name: text.default(""),
	externalId: text.default(""),
	aliases: z.array(code).optional(),
});
export type Product = z.output<typeof product>;

/** A place that holds stock, at a warehouse or at a cart. */
export const location = z.object({ externalId: code, name: text });
export type Location = z.output<typeof location>;

/** How goods can travel from a destination. `code` is what a delivery must carry. */
export const shipMethod = z.object({ code, name: text, carrier: text.default(""), service: text.default("") });
export type ShipMethod = z.output<typeof shipMethod>;
