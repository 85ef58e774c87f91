import type { Scope } from "@/lib/db/scope";
import { changePurchaseOrder, conflict } from "./change-purchase-order";

/** Tells the source again of the receipts that it refused. What may have arrived is looked for first. */
export function resendReceipts(scope: Scope, purchaseOrderId: string): Promise<{ id: string }> {
	return changePurchaseOrder(scope, purchaseOrderId, {
		kind: "receipts-resent",
		allow(order) {
			if (order.refusedReceipts === 0)
				throw conflict(`No receipt of purchase order ${order.number} waits for a person.`);
		},
		write: [
			`update "ReceiptUpload" set "nextTryAt" = now(), "firstTriedAt" = null, "problem" = null, "problemCode" = null,
			   "state" = case when "state" = 'refused' then 'intended' else "state" end
			 where "accountId" = $1 and "purchaseOrderId" = $2 and "problem" is not null and "nextTryAt" is null and "state" in ('refused', 'unknown')`,
		],
		runs: "receipts/upload",
	});
}
