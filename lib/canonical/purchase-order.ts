import { z } from "zod";
import { code, instant, quantity, text } from "./text";

/** Goods a merchant expects at the warehouse. */
export const purchaseOrder = z.object({
	sourceId: code,
	number: code,
	supplier: text.default(""),
	expectedAt: instant.optional(),
	lines: z.array(z.object({ sourceLineId: code, sku: code, quantity })).min(1, "must hold at least one line"),
});
export type PurchaseOrder = z.output<typeof purchaseOrder>;

/** Goods that arrived against a purchase order. */
export const receipt = z.object({
	externalId: code,
	purchaseOrderExternalId: text.default(""),
	purchaseOrderNumber: text.default(""),
	receivedAt: instant,
	lines: z.array(z.object({ lineId: text, sku: code, quantity })),
});
export type Receipt = z.output<typeof receipt>;
