/** Orders that a step of their preparation stops: what people see of it, and one alert for each cause. */

import { orderOf } from "@/lib/canonical/order";
import { updateRows } from "@/lib/db/bulk";
import type { Prepared } from "../prepare/prepare-order";
import { codeOf } from "../prepare/ship-methods/resolve";
import { raiseUnmapped } from "../prepare/ship-methods/unmapped";
import { orderCause, raiseAlerts } from "../run/alerts";
import type { Commit, FlowWork } from "../work";

export interface StoppedOrder {
	order: { id: string; connectionId: string; number: string; document: unknown };
	prepared: Extract<Prepared, { ok: false }>;
}

export async function stopOrders(tx: Commit, work: FlowWork, stopped: StoppedOrder[]): Promise<void> {
	await updateRows(
		tx,
		"Order",
		{ id: "text", problemCode: "text", problem: "text" },
		stopped.map(({ order, prepared }) => ({ id: order.id, problemCode: prepared.code, problem: prepared.problem })),
		{
			key: "id",
			set: `"status" = 'error', "problemCode" = given."problemCode", "problem" = given."problem",
			  "dueAt" = case when "Order"."splits" is not null then "Order"."dueAt" end, "updatedAt" = $3`,
			where: `"Order"."accountId" = $2 and "Order"."id" = given."id"`,
		},
		[work.scope.accountId, work.now()],
	);
	await stopShares(tx, work, stopped);
	for (const { order, prepared } of stopped) {
		tx.count("failed");
		tx.record({
			subjectType: "order",
			subject: order.number,
			orderId: order.id,
			outcome: "refused",
			reason: prepared.problem,
		});
	}
	const unmapped = stopped.filter(({ prepared }) => prepared.code === "unmapped-ship-method");
	const carts = [...new Set(unmapped.map(({ order }) => order.connectionId))].sort();
	for (const connectionId of carts) {
		const some = unmapped.filter(({ order }) => order.connectionId === connectionId);
		const codes = some.map(({ order }) => codeOf(orderOf(order.document)));
		await raiseUnmapped(tx, work.scope, { connectionId, codes, now: work.now() });
	}
	const others = stopped.filter(({ prepared }) => prepared.code !== "unmapped-ship-method");
	const causes = others.map(({ order, prepared }) => orderCause(work, { ...prepared, number: order.number }));
	await raiseAlerts(tx, work.scope, causes, work.now());
}

/** Of an order that is split only the share of this warehouse is stopped. */
async function stopShares(tx: Commit, work: FlowWork, stopped: StoppedOrder[]): Promise<void> {
	await updateRows(
		tx,
		"OrderShare",
		{ orderId: "text", problemCode: "text", problem: "text" },
		stopped.map(({ order, prepared }) => ({
			...{ orderId: order.id, problemCode: prepared.code, problem: prepared.problem },
		})),
		{
			key: "orderId",
			set: `"problemCode" = given."problemCode", "problem" = given."problem"`,
			where: `"OrderShare"."accountId" = $2 and "OrderShare"."connectionId" = $3 and "OrderShare"."orderId" = given."orderId"`,
		},
		[work.scope.accountId, work.connection.id],
	);
}
