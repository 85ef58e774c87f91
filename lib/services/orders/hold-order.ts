import type { Scope } from "@/lib/db/scope";
import { changeOrder, mustBeStoppable, type OrderChange } from "./change-order";
import { holdersOf } from "./side";
import { wakeBehind } from "./wake-behind";

/** Keeps an order here until the side that holds it releases it; both sides may hold it at once. */
export function holdOrder(scope: Scope, orderId: string, reason: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, holdChange(reason));
}

export function holdChange(reason: string): OrderChange {
	return {
		kind: "held",
		reason,
		allow: mustBeStoppable,
		idle: (order) => (holdersOf(order).includes(order.side) ? `Order ${order.number} is held already.` : null),
		async write(tx, order, one) {
			const heldBy = [...new Set([...holdersOf(order), order.side])].sort();
			await tx.sql(
				`update "Order" set "heldAt" = coalesce("heldAt", now()), "heldBy" = $4, "heldReason" = $3, "updatedAt" = now()
				 where "accountId" = $1 and "id" = $2`,
				[...one, reason, heldBy],
			);
			await wakeBehind(tx, order, one[0]);
			return {};
		},
	};
}
