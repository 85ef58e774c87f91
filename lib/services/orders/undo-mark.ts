import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { changeOrder, type OrderChange } from "./change-order";
import type { HandBefore } from "./mark-delivered";

/** Takes a mark as delivered back while nothing has shipped: the order is what it was, and goes out again if it was New. */
export function undoMark(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, undoMarkChange);
}

export const undoMarkChange: OrderChange = {
	kind: "delivery-mark-undone",
	allow(order) {
		if (order.status !== "at_wms")
			throw new AppError("conflict", { problem: `Order ${order.number} has gone on, or was not delivered.` });
	},
	async write(tx, order, one) {
		const [marked] = await tx.sql<{ id: string; handBefore: HandBefore; hasShipments: boolean }>(
			`select d."id", d."handBefore", exists (select 1 from "Shipment" s where s."accountId" = $1 and s."orderId" = $2) as "hasShipments"
				 from "Delivery" d where d."accountId" = $1 and d."orderId" = $2 and d."handBefore" is not null for update`,
			one,
		);
		if (!marked || marked.hasShipments)
			throw new AppError("conflict", {
				problem: marked
					? `Something of order ${order.number} has shipped already.`
					: `Order ${order.number} was not marked by hand.`,
			});
		const { delivery, status, problem, problemCode } = marked.handBefore;
		if (delivery)
			await tx.sql(
				`update "Delivery" set "key" = $3, "state" = $4, "acceptedAt" = null, "existed" = false, "handBefore" = null
					 where "accountId" = $1 and "id" = $2`,
				[one[0], marked.id, delivery.key, delivery.state],
			);
		else await tx.sql(`delete from "Delivery" where "accountId" = $1 and "id" = $2`, [one[0], marked.id]);
		await tx.sql(
			`update "Order" set "status" = $3, "problem" = $4, "problemCode" = $5, "deliveredAt" = null, "updatedAt" = now(), "splits" = case when "splits" is not null then 'wanted' end,
				   "dueAt" = case when $3 = 'new' and "heldAt" is null and not "sendingCanceled" then now() end
				 where "accountId" = $1 and "id" = $2`,
			[...one, status, problem, problemCode],
		);
		return {};
	},
	runs: "orders/deliver",
};
