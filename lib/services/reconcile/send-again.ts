import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { cancelByWarehouse } from "@/lib/flow/cancel/cancel-by-warehouse";
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
				// Of an order in parts, what has shipped was there.
				`update "Delivery" d set "state" = 'unknown', "firstTriedAt" = null, "nextTryAt" = now()
				 where "accountId" = $1 and "orderId" = $2 and "state" = 'accepted' and "handBefore" is null
				   and not exists (select 1 from "Shipment" s where s."accountId" = $1 and s."deliveryId" = d."id") returning 1`,
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

/** The warehouse canceled it: so it is canceled here, as Order Cancel Pickup does it, and its cart is told. */
export function cancelHere(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, {
		kind: "canceled-by-warehouse",
		allow: (order) => {
			if (order.status !== "at_wms")
				throw new AppError("conflict", {
					problem: `Order ${order.number} is no longer at the warehouse by our books.`,
				});
		},
		async write(tx, order, [accountId]) {
			const deliveries = await tx.sql<{ id: string; externalId: string | null }>(
				`select "id", "externalId" from "Delivery" where "accountId" = $1 and "orderId" = $2 and "state" = 'accepted'`,
				[accountId, order.id],
			);
			const now = new Date();
			const told = deliveries.map(({ id, externalId }) => ({
				deliveryId: id,
				cancellation: { orderExternalId: externalId ?? "", orderNumber: "", canceledAt: now, by: "", reason: "" },
			}));
			const done = await cancelByWarehouse(tx, { accountId, now }, told);
			if (done.length === 0 || done.some(({ outcome }) => outcome === "partly"))
				throw new AppError("conflict", { problem: `Something of order ${order.number} has shipped already.` });
			return {};
		},
		runs: "cancels/upload",
	});
}
