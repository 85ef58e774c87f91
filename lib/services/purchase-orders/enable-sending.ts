import type { Scope } from "@/lib/db/scope";
import { changePurchaseOrder, conflict } from "./change-purchase-order";

/** It goes to the warehouse after all, now. */
export function enablePurchaseSending(scope: Scope, purchaseOrderId: string): Promise<{ id: string }> {
	return changePurchaseOrder(scope, purchaseOrderId, {
		kind: "sending-enabled",
		allow(order) {
			if (!order.sendingCanceled) throw conflict(`Sending of purchase order ${order.number} is not canceled.`);
		},
		write: [
			`update "PurchaseOrder" set "sendingCanceled" = false, "problem" = null, "problemCode" = null, "updatedAt" = now(),
			   "dueAt" = case when "state" in ('pending_delivery', 'partially_fulfilled') then now() end where "accountId" = $1 and "id" = $2`,
		],
		runs: "purchase-orders/deliver",
	});
}
