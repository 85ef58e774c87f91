import type { Scope } from "@/lib/db/scope";
import { changeOrder, mustBeHere, type OrderChange } from "./change-order";

/** Cancel Sending: the order stays, and is never delivered until sending is enabled again. */
export function cancelSending(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, cancelSendingChange);
}

export const cancelSendingChange: OrderChange = {
	kind: "sending-canceled",
	allow: mustBeHere,
	idle: ({ sendingCanceled, number }) => (sendingCanceled ? `Sending of order ${number} is canceled already.` : null),
	async write(tx, _, one) {
		await tx.sql(
			`update "Order" set "sendingCanceled" = true, "dueAt" = null, "updatedAt" = now() where "accountId" = $1 and "id" = $2`,
			one,
		);
		return {};
	},
};
