/** How a cart's stock figures are made: for the whole cart, and what differs for one SKU. */
import { z } from "zod";
import { code, stockCount, text } from "./text";

const units = z
	.number("must be a number of units")
	.int("must be a whole number of units")
	.nonnegative("must not be negative")
	.max(1_000_000_000, "must be at most 1,000,000,000");
const wholeNumber = (least: number, most: number, what: string) =>
	z.number(`must be ${what}`).int(`must be ${what}`).min(least, `must be ${what}`).max(most, `must be ${what}`);

/** What holds for all items of one cart. */
export const cartRule = z.object({
	kind: z.literal("cart"),
	connectionId: code,
	/** Places that count, as "connection/location"; empty: all that are not excluded. */
	locations: z.array(text.min(1)).max(200, "must name at most 200 locations").default([]),
	safetyStock: units.default(0),
	/** Percent of what is left, by largest remainder; null: the cart is told all of it. */
	share: wholeNumber(1, 100, "a whole number of percent from 1 to 100").nullable().default(null),
	/** The most that the cart is told; null: no limit. */
	cap: units.nullable().default(null),
	/** 1 comes first. */
	priority: wholeNumber(1, 9, "a whole number from 1 to 9").default(1),
	/** With fewer units left it is told none, and its share goes to the carts that come before it. */
	scarceBelow: units.default(0),
	/** Below it the cart is told 0. */
	minimum: stockCount.default(0),
});
export type CartRule = z.output<typeof cartRule>;

/** What differs for one SKU, as the warehouse calls it; null: as for the whole cart. */
export const skuRule = z.object({
	kind: z.literal("sku"),
	connectionId: code,
	sku: code,
	safetyStock: units.nullable().default(null),
	cap: units.nullable().default(null),
});
export type SkuRule = z.output<typeof skuRule>;

export const stockRule = z.discriminatedUnion("kind", [cartRule, skuRule]);
export type StockRule = z.output<typeof stockRule>;

/** A place as stock rules name it. */
export function placeKey(connectionId: string, location: string): string {
	return `${connectionId}/${location}`;
}

export function plainCartRule(connectionId: string): CartRule {
	return cartRule.parse({ kind: "cart", connectionId });
}
