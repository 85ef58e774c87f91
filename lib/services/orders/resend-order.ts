import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { changeOrder, mustBeOpen, type OrderChange } from "./change-order";

/**
 * Tries a delivery again now, with the settings as they are now; a hold window ends with it. What may have arrived
 * earlier is looked for first, so pressing it twice ships nothing twice. The fifteen days of tries begin anew.
 */
export function resendOrder(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, resendChange);
}

export const resendChange: OrderChange = {
	kind: "resent",
	allow(order) {
		mustBeOpen(order);
		if (order.heldAt) throw new AppError("conflict", { problem: `Order ${order.number} is held. Release it first.` });
		if (order.sendingCanceled)
			throw new AppError("conflict", { problem: `Sending of order ${order.number} is canceled. Enable it first.` });
	},
	async write(tx, _, one) {
		await tx.sql(
			`update "Delivery" set "firstTriedAt" = null where "accountId" = $1 and "orderId" = $2 and "state" <> 'sending'`,
			one,
		);
		await tx.sql(
			`update "Order" o set "status" = case when "status" = 'at_wms' then "status" else 'new' end, "problem" = null, "problemCode" = null, "updatedAt" = now(), "waitsUntil" = null, "hurriedAt" = now(),
			   "dueAt" = case when exists (select 1 from "Delivery" d where d."accountId" = $1 and d."orderId" = $2 and d."state" = 'sending')
			     then "dueAt" else now() end
			 where "accountId" = $1 and "id" = $2`,
			one,
		);
		return {};
	},
	runs: "orders/deliver",
};
