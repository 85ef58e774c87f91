import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { changeOrder, type OrderChange } from "./change-order";

/** Tells the cart about the order's shipments again. What it may know already is looked for first. */
export function resendTracking(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, resendTrackingChange);
}

export const resendTrackingChange: OrderChange = {
	kind: "tracking-resent",
	allow(order) {
		if (order.confirmations === 0)
			throw new AppError("conflict", {
				problem: `Nothing of order ${order.number} has shipped yet that the cart could be told.`,
			});
	},
	async write(tx, _, one) {
		await tx.sql(
			`update "Confirmation" set "state" = case when "state" in ('accepted', 'unknown') then 'unknown' else 'intended' end,
			   "nextTryAt" = now(), "firstTriedAt" = null, "problem" = null, "problemCode" = null
			 where "accountId" = $1 and "orderId" = $2 and "state" <> 'sending'`,
			one,
		);
		return {};
	},
	runs: "shipments/upload",
};
