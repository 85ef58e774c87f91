import type { SourceOptions } from "@/lib/canonical/connection-options";
import type { PurchaseOrderState } from "@/lib/canonical/purchase-order";

export type PartialReceipts = SourceOptions["partialReceipts"];

export interface AfterReceipt {
	state: Extract<PurchaseOrderState, "partially_fulfilled" | "fulfilled" | "closed_short">;
	/** Whether the source is told now; else with the receipt that completes it. */
	tells: boolean;
}

/** What a purchase order is once a receipt was added to it. `final`: the warehouse expects nothing more. */
export function afterReceipt(
	policy: PartialReceipts,
	lines: readonly { expectedQuantity: number; receivedQuantity: number }[],
	final: boolean,
): AfterReceipt {
	if (lines.every((line) => line.receivedQuantity >= line.expectedQuantity)) return { state: "fulfilled", tells: true };
	if (final || policy === "first_is_final") return { state: "closed_short", tells: true };
	return { state: "partially_fulfilled", tells: policy !== "wait_for_all" };
}

/** Units still on their way: none once nobody waits for them any more, and never fewer than none. */
export function inTransit(line: { expectedQuantity: number; receivedQuantity: number }, expecting: boolean): number {
	return expecting ? Math.max(0, line.expectedQuantity - line.receivedQuantity) : 0;
}
