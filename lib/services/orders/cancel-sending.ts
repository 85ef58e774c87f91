import type { Scope } from "@/lib/db/scope";
import { changeOrder, mustBeHere } from "./change-order";

/** Cancel Sending: the order stays, and is never delivered until sending is enabled again. */
export function cancelSending(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, {
		kind: "sending-canceled",
		allow: mustBeHere,
		statements: [
			{
				text: `update "Order" set "sendingCanceled" = true, "dueAt" = null, "updatedAt" = now() where "accountId" = $1 and "id" = $2`,
			},
		],
	});
}
