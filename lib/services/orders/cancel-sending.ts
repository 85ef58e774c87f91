import type { Scope } from "@/lib/db/scope";
import { changeOrder, mustBeStoppable, type OrderChange } from "./change-order";
import { wakeBehind } from "./wake-behind";

/** Cancel Sending: the order stays, and is never delivered until sending is enabled again. */
export function cancelSending(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, cancelSendingChange);
}

export const cancelSendingChange: OrderChange = {
	kind: "sending-canceled",
	allow: mustBeStoppable,
	idle: ({ sendingCanceled, number }) => (sendingCanceled ? `Sending of order ${number} is canceled already.` : null),
	async write(tx, order, one) {
		await tx.sql(
			`update "Order" set "sendingCanceled" = true, "dueAt" = null, "updatedAt" = now() where "accountId" = $1 and "id" = $2`,
			one,
		);
		await wakeBehind(tx, order, one[0]);
		return {};
	},
};
