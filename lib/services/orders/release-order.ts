import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { changeOrder, mustBeOpen } from "./change-order";

/** Lets a held order go on. */
export function releaseOrder(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, {
		kind: "released",
		allow: (order) => {
			mustBeOpen(order);
			if (!order.heldAt) throw new AppError("conflict", { problem: `Order ${order.number} is not held.` });
		},
		statements: [
			{
				text: `update "Order" set "heldAt" = null, "heldReason" = '', "updatedAt" = now(),
				  "dueAt" = case when "status" = 'new' and not "sendingCanceled" then now() end where "accountId" = $1 and "id" = $2`,
			},
		],
		runs: "orders/deliver",
	});
}
