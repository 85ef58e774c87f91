import { isExpecting } from "@/lib/canonical/purchase-order";
import type { Scope } from "@/lib/db/scope";
import { changePurchaseOrder, conflict } from "./change-purchase-order";

/** Tells the warehouse again, now. What may have arrived earlier is looked for first, so it exists once. */
export function resendPurchaseOrder(scope: Scope, purchaseOrderId: string): Promise<{ id: string }> {
	return changePurchaseOrder(scope, purchaseOrderId, {
		kind: "resent",
		allow(order) {
			if (!isExpecting(order.state))
				throw conflict(`Purchase order ${order.number} is not expected any more, or not yet.`);
			if (order.sendingCanceled)
				throw conflict(`Sending of purchase order ${order.number} is canceled. Enable it first.`);
			if (order.isSending) throw conflict(`Purchase order ${order.number} is being sent just now.`);
		},
		write: [
			// Even one that was accepted is looked for, and found.
			`update "InboundDelivery" set "firstTriedAt" = null, "state" = case when "state" = 'accepted' then 'unknown' else "state" end
			 where "accountId" = $1 and "purchaseOrderId" = $2`,
			`update "PurchaseOrder" set "dueAt" = now(), "problem" = null, "problemCode" = null, "updatedAt" = now() where "accountId" = $1 and "id" = $2`,
		],
		runs: "purchase-orders/deliver",
	});
}
