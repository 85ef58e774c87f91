import { z } from "zod";
import { address } from "./address";
import { kitPartial } from "./item-codes";
import { decimal } from "./money";
import { extraField } from "./order";
import { code, note, quantity, text } from "./text";

/** Exactly what the warehouse will be told: an order after every step of `flow/prepare`. */
export const deliverableOrder = z.object({
	/** The number the warehouse knows the order by: unique at the destination, at most its `maxNumberLength`. */
	number: code,
	/** The full number at the source, for people. */
	sourceNumber: code,
	/** Text for the warehouse's order source field. */
	orderSource: text.default(""),
	shipTo: address,
	shipMethod: z.object({ carrier: text.default(""), service: text.default("") }),
	lines: z
		.array(
			z.object({
				lineId: code,
				sku: code,
				quantity,
				unitPrice: decimal.optional(),
				/** Of the line, for a warehouse that keeps such fields of it. */
				note: note.optional(),
				extraFields: z.array(extraField).optional(),
				/** The item as the warehouse's stock names it, where an alias was sent in its place. Not for the warehouse. */
				stockSku: code.optional(),
				/** Set on a kit's part: whose line it is part of, and how many make one. Not for the warehouse. */
				kit: z.object({ lineId: code, per: quantity, partial: kitPartial }).optional(),
				/** Set on what a rule added: the cart knows nothing of it. Not for the warehouse. */
				added: z.literal(true).optional(),
			}),
		)
		.min(1, "must hold at least one line to send"),
	note: note.default(""),
	giftMessage: note.default(""),
	extraFields: z.array(extraField).optional(),
});
export type DeliverableOrder = z.output<typeof deliverableOrder>;
