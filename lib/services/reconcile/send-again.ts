import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { changeOrder } from "../orders/change-order";

/**
 * Sends again what the warehouse does not have although it took it once. The delivery counts as one whose outcome is
 * not known, so it is looked for before it is created: pressing this for an order that is there ships nothing twice.
 */
export function sendAgain(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, {
		kind: "resent",
		allow: (order) => {
			if (order.status !== "at_wms")
				throw new AppError("conflict", {
					problem: `Order ${order.number} is no longer at the warehouse by our books.`,
				});
		},
		async write(tx, order, one) {
			const sent = await tx.sql(
				`update "Delivery" set "state" = 'unknown', "firstTriedAt" = null, "nextTryAt" = now()
				 where "accountId" = $1 and "orderId" = $2 and "state" = 'accepted' and "handBefore" is null returning 1`,
				one,
			);
			// What somebody gave to the warehouse in another way is there under another name, if anywhere.
			if (sent.length === 0)
				throw new AppError("conflict", {
					problem: `Order ${order.number} was not sent from here. Take the mark back first.`,
				});
			await tx.sql(
				`update "Order" set "status" = 'new', "problem" = null, "problemCode" = null, "dueAt" = now(), "updatedAt" = now()
				 where "accountId" = $1 and "id" = $2`,
				one,
			);
			return {};
		},
		runs: "orders/deliver",
	});
}

/** The warehouse canceled it: so it is canceled here. Nothing is asked of anybody. */
export function cancelHere(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, {
		kind: "cancel-accepted",
		allow: (order) => {
			if (order.status !== "at_wms")
				throw new AppError("conflict", {
					problem: `Order ${order.number} is no longer at the warehouse by our books.`,
				});
		},
		async write(tx, _, one) {
			await tx.sql(
				`update "Delivery" set "state" = 'canceled', "cancelState" = 'accepted', "cancelTryAt" = null
				 where "accountId" = $1 and "orderId" = $2 and "state" = 'accepted'`,
				one,
			);
			await tx.sql(
				`update "Order" set "status" = 'canceled', "canceledAt" = now(), "dueAt" = null, "updatedAt" = now()
				 where "accountId" = $1 and "id" = $2`,
				one,
			);
			return {};
		},
	});
}
