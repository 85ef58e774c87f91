import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { changeOrder } from "./change-order";

/** Somebody canceled or refunded it in the cart: the alert closes, and the order's page says who it was. */
export function dealWithCancellation(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, {
		kind: "cart-cancel-dealt-with",
		allow() {},
		async write(tx, order, [accountId]) {
			if (!(await markDealt(tx, accountId, order.id)))
				throw new AppError("conflict", { problem: `No cancellation of order ${order.number} waits for a person.` });
			return {};
		},
	});
}

/** True when something waited. */
export async function markDealt(tx: Transaction, accountId: string, orderId: string): Promise<boolean> {
	const marked = await tx.sql(
		`update "WarehouseCancellation" set "state" = 'dealt' where "accountId" = $1 and "orderId" = $2 and "state" = 'refused' returning 1`,
		[accountId, orderId],
	);
	return marked.length > 0;
}
