import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { changeOrder, mustBeOpen } from "./change-order";

/** Takes Cancel Sending back; the order goes out like any other. */
export function enableSending(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, {
		kind: "sending-enabled",
		allow: (order) => {
			mustBeOpen(order);
			if (!order.sendingCanceled)
				throw new AppError("conflict", { problem: `Sending of order ${order.number} is not canceled.` });
		},
		statements: [
			{
				text: `update "Order" set "sendingCanceled" = false, "status" = 'new', "problem" = null, "problemCode" = null,
				  "dueAt" = case when "heldAt" is null then now() end, "updatedAt" = now() where "accountId" = $1 and "id" = $2`,
			},
		],
		runs: "orders/deliver",
	});
}
