import { isExpecting } from "@/lib/canonical/purchase-order";
import type { Scope } from "@/lib/db/scope";
import { changePurchaseOrder, conflict } from "./change-purchase-order";

/** The warehouse is never told of it, until sending is enabled again. */
export function cancelPurchaseSending(scope: Scope, purchaseOrderId: string): Promise<{ id: string }> {
	return changePurchaseOrder(scope, purchaseOrderId, {
		kind: "sending-canceled",
		allow(order) {
			if (order.sendingCanceled) throw conflict(`Sending of purchase order ${order.number} is canceled already.`);
			if (order.mayBeThere) throw conflict(`Purchase order ${order.number} may be at the warehouse already.`);
			if (!isExpecting(order.state)) throw conflict(`Purchase order ${order.number} would not be sent anyway.`);
		},
		write: [
			`update "PurchaseOrder" set "sendingCanceled" = true, "dueAt" = null, "updatedAt" = now() where "accountId" = $1 and "id" = $2`,
		],
	});
}
