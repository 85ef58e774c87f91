import { z } from "zod";
import { address } from "./address";
import { money } from "./money";
import { code, instant, name, note, quantity, text } from "./text";
import { weight } from "./weight";

/** A field that only this source has. */
export const extraField = z.object({ name: code, value: text });
export type ExtraField = z.output<typeof extraField>;

/** One position of an order. `sourceLineId` is what the source calls it, needed to confirm per line. */
export const orderLine = z.object({
	sourceLineId: code,
	sku: text,
	name: text.default(""),
	quantity,
	unitPrice: money.optional(),
	/** What the source keeps of the line in fields of its own, such as what is to be engraved. */
	extraFields: z.array(extraField).optional(),
});
export type OrderLine = z.output<typeof orderLine>;

/** What the shopper chose, in the source's own words; `prepare` turns it into a warehouse's ship method. */
export const requestedShipping = z.object({ code: text.default(""), name: text.default("") });

/** What a shopper bought, as its source tells it, in our words. */
export const order = z.object({
	sourceId: code,
	number: code,
	/** The source's own word for its state, kept for people and for filters. */
	sourceStatus: text,
	/** Text for the warehouse's order source field, where the source knows better than the connection. */
	orderSource: text.optional(),
	placedAt: instant,
	shipTo: address,
	billTo: address.optional(),
	customer: z.object({ name: name.default(""), email: text.default("") }).optional(),
	shipping: requestedShipping,
	lines: z
		.array(orderLine)
		.min(1, "must hold at least one line")
		.max(1000, "must hold at most 1,000 lines")
		.refine(
			(lines) => new Set(lines.map((line) => line.sourceLineId)).size === lines.length,
			"must not name one line twice",
		),
	total: money.optional(),
	/** Of the whole order, where the source states it. */
	weight: weight.optional(),
	note: note.default(""),
	giftMessage: note.default(""),
	tags: z.array(text).default([]),
	/** What the source keeps in fields of its own, under the names people know them by. */
	extraFields: z.array(extraField).optional(),
	/** Where a person can see the order in the source, when it has such a page. */
	sourceUrl: z.url().optional(),
});
export type Order = z.output<typeof order>;

/** The source says that this order must not go out (any more). */
export const cancelRequest = z.object({ sourceId: code, reason: text.default("") });
export type CancelRequest = z.output<typeof cancelRequest>;

/** An order as JSON keeps it: instants are text there. Throws when it is none. */
export function orderOf(document: unknown): Order {
	if (typeof document !== "object" || document === null || !("placedAt" in document)) return order.parse(document);
	return order.parse({ ...document, placedAt: new Date(String(document.placedAt)) });
}
