import { z } from "zod";
import { extraField } from "./order";
import { code, instant, note, quantity, stockCount, text } from "./text";

/** From the order to the vendor until all has arrived, or nobody waits for the rest any more. */
export const purchaseOrderStates = [
	"awaiting_authorization",
	"awaiting_confirmation",
	"awaiting_reauthorization",
	"pending_delivery",
	"partially_fulfilled",
	"fulfilled",
	"closed_short",
	"voided",
	"canceled",
] as const;
export const purchaseOrderState = z.enum(purchaseOrderStates);
export type PurchaseOrderState = z.output<typeof purchaseOrderState>;

/** Goods are on their way: the warehouse must know, and what has not arrived is in transit. */
export const expectingStates = ["pending_delivery", "partially_fulfilled"] as const satisfies PurchaseOrderState[];

export function isExpecting(state: PurchaseOrderState): boolean {
	return (expectingStates as readonly PurchaseOrderState[]).includes(state);
}

/** `transfer`: from another warehouse of the same merchant, not from a vendor. */
export const purchaseOrderKinds = ["purchase", "transfer"] as const;

export const purchaseOrderLine = z.object({
	sourceLineId: code,
	sku: code,
	name: text.default(""),
	/** In units, whatever they are packed in. */
	quantity,
	/** What the source says has arrived already. */
	receivedQuantity: stockCount.default(0),
	/** How the source counts: a case of 12 is `case` and 12. */
	unitOfMeasure: text.default(""),
	unitsPerPack: quantity.default(1),
	lot: text.default(""),
	expiresAt: instant.optional(),
	expectedAt: instant.optional(),
	/** What the source keeps of the line in fields of its own; on its way to a warehouse, what that keeps so. */
	extraFields: z.array(extraField).optional(),
});
export type PurchaseOrderLine = z.output<typeof purchaseOrderLine>;

/** Goods a merchant expects at the warehouse. */
export const purchaseOrder = z.object({
	sourceId: code,
	number: code,
	kind: z.enum(purchaseOrderKinds).default("purchase"),
	state: purchaseOrderState.default("pending_delivery"),
	/** Who sends the goods: the vendor, or the warehouse they come from. */
	supplier: text.default(""),
	note: note.default(""),
	orderedAt: instant.optional(),
	expectedAt: instant.optional(),
	/** Text for the warehouse's order source field, where a template builds one. */
	orderSource: text.optional(),
	extraFields: z.array(extraField).optional(),
	lines: z.array(purchaseOrderLine).min(1, "must hold at least one line"),
});
export type PurchaseOrder = z.output<typeof purchaseOrder>;

/** What a column holds, back as an instant where JSON made it text. */
export function purchaseOrderOf(document: unknown): PurchaseOrder {
	return revived.parse(document);
}
const storedInstant = z.coerce.date();
const revived = purchaseOrder.extend({
	orderedAt: storedInstant.optional(),
	expectedAt: storedInstant.optional(),
	lines: z.array(
		purchaseOrderLine.extend({ expiresAt: storedInstant.optional(), expectedAt: storedInstant.optional() }),
	),
});

export const receiptLine = z.object({
	/** Our line id, where the warehouse repeats it; else empty, and the SKU decides. */
	lineId: text,
	sku: code,
	quantity,
	/** How much of it can be picked already, where the warehouse says so. */
	putAwayQuantity: stockCount.optional(),
	lot: text.default(""),
	expiresAt: instant.optional(),
});

/**
 * Goods that arrived against a purchase order. A receipt may be told again and hold more than before: what it says
 * is all that arrived with it so far.
 */
export const receipt = z.object({
	externalId: code,
	purchaseOrderExternalId: text.default(""),
	purchaseOrderNumber: text.default(""),
	receivedAt: instant,
	/** The warehouse expects nothing more for this purchase order. */
	final: z.boolean().default(false),
	lines: z.array(receiptLine),
});
export type Receipt = z.output<typeof receipt>;

/** What a source is told of one line of one receipt. */
export const receiptMessage = z.object({
	purchaseOrderSourceId: code,
	purchaseOrderNumber: code,
	kind: z.enum(purchaseOrderKinds),
	sourceLineId: code,
	sku: code,
	/** What arrived with this receipt, in units. */
	quantity,
	/** All that the source knows to have arrived once it has taken this message, in units. */
	receivedTotal: quantity,
	expectedQuantity: quantity,
	unitsPerPack: quantity,
	lot: text,
	expiresAt: z.coerce.date().optional(),
	receivedAt: z.coerce.date(),
	/** Nothing more will come for the whole purchase order: what is missing is closed short. */
	closes: z.boolean(),
});
export type ReceiptMessage = z.output<typeof receiptMessage>;
