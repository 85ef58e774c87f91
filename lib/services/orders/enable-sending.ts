import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { changeOrder, mustBeOpen, type OrderChange } from "./change-order";

/** Takes Cancel Sending back; the order goes out like any other. */
export function enableSending(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, enableSendingChange);
}

export const enableSendingChange: OrderChange = {
	kind: "sending-enabled",
	allow(order) {
		mustBeOpen(order);
		if (!order.sendingCanceled)
			throw new AppError("conflict", { problem: `Sending of order ${order.number} is not canceled.` });
	},
	async write(tx, _, one) {
		await tx.sql(
			`update "Order" set "sendingCanceled" = false, "status" = case when "status" = 'at_wms' then "status" else 'new' end, "problem" = null, "problemCode" = null,
			   "dueAt" = case when "heldAt" is null then greatest(now(), "waitsUntil") end, "updatedAt" = now()
			 where "accountId" = $1 and "id" = $2`,
			one,
		);
		return {};
	},
	runs: "orders/deliver",
};
