import type { Scope } from "@/lib/db/scope";
import { changePurchaseOrder, conflict } from "./change-purchase-order";

/** Somebody told the warehouse about a change, or saw to what arrived in excess: the alerts close. */
export function dealWithPurchaseOrder(scope: Scope, purchaseOrderId: string): Promise<{ id: string }> {
	return changePurchaseOrder(scope, purchaseOrderId, {
		kind: "dealt-with",
		allow(order) {
			if (order.changeState !== "open" && order.overState !== "open")
				throw conflict(`Nothing about purchase order ${order.number} waits for a person.`);
		},
		write: [
			`update "PurchaseOrder" set "changeState" = case when "changeState" = 'open' then 'dealt' else "changeState" end,
			   "overState" = case when "overState" = 'open' then 'dealt' else "overState" end, "updatedAt" = now()
			 where "accountId" = $1 and "id" = $2`,
			`update "Alert" set "resolvedAt" = now() where "accountId" = $1 and "cause" in ('purchase-changed:' || $2, 'over-received:' || $2)
			   and "resolvedAt" is null`,
		],
	});
}
