import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { changeOrder } from "./change-order";

/** Somebody told the warehouse about a change it could not take: the alert closes, the difference stays to be seen. */
export function dealWithChange(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, {
		kind: "change-dealt-with",
		allow(order) {
			if (order.changeState !== "open")
				throw new AppError("conflict", { problem: `No change of order ${order.number} waits for a person.` });
		},
		async write(tx, _, one) {
			await tx.sql(
				`update "Order" set "changeState" = 'dealt', "updatedAt" = now() where "accountId" = $1 and "id" = $2`,
				one,
			);
			return {};
		},
	});
}
