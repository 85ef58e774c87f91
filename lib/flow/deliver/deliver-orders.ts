/**
 * Order Delivery: orders that are due go to the warehouse. Promise: the intention is committed before the
 * call, a lost answer is looked for before anything is sent again, and one order's failure stops no other.
 */
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import { updateRows } from "@/lib/db/bulk";
import type { Ended } from "@/lib/jobs/job";
import { after, minuteMs } from "@/lib/time";
import { resolveSolved } from "../run/alerts";
import { lookAfterCrash } from "../run/retry";
import { type Commit, commit, type FlowWork } from "../work";
import { sendClaimed } from "../writes/send-claimed";
import { claimOrders, type PlannedDelivery } from "./claim-orders";
import { holdStranded } from "./decide-orders";
import { mayGo } from "./due-orders";
import { beginChanges, pushChanges } from "./push-changes";
import { settleDeliveries } from "./settle-deliveries";
import { closedUntil, leftToOthers } from "./wait-for-opening";

/** How many orders are claimed at once: with the few that are left of the ones before, what becomes unknown at most. */
const batchSize = 250;

export async function deliverOrders(work: FlowWork): Promise<Ended> {
	const creator = work.connection.connector.destination?.orders;
	if (!creator) return { stop: true, because: "this system takes no orders" };
	const change = await commit(work, async (tx) => {
		await recoverLost(tx, work);
		await holdStranded(tx, work);
		return beginChanges(tx, work);
	});
	const allTold = await pushChanges(work, change);
	const early = await sendClaimed<DeliverableOrder, PlannedDelivery>(work, {
		creator,
		claim: (tx) => claimOrders(tx, work, batchSize),
		settle: (tx, results, planned) => settleDeliveries(tx, work, results, planned),
	});
	if (early) return early;
	return commit(work, async (tx) => {
		await resolveSolved(tx, work);
		const next = await nextDue(tx, work);
		if (allTold || work.turnOver) return next;
		const soon = after(work.now(), 5 * minuteMs);
		return "again" in next && next.again < soon ? next : { again: soon, because: "a change waits for the warehouse" };
	});
}

/**
 * This run is the only one of its flow, so a delivery that says `sending` now was cut off with its process.
 * Its outcome is unknown: it is looked for once an answer on its way has had time to take effect.
 */
async function recoverLost(tx: Commit, work: FlowWork): Promise<void> {
	const at = lookAfterCrash(work.now());
	const lost = await tx.sql<{ orderId: string }>(
		`update "Delivery" set "state" = 'unknown', "nextTryAt" = $3
		 where "accountId" = $1 and "connectionId" = $2 and "state" = 'sending' returning "orderId"`,
		[work.scope.accountId, work.connection.id, at],
	);
	await updateRows(
		tx,
		"Order",
		{ id: "text" },
		lost.map(({ orderId }) => ({ id: orderId })),
		{
			key: "id",
			set: `"dueAt" = $3`,
			where: `"Order"."accountId" = $2 and "Order"."id" = given."id" and "Order"."status" in ('new', 'at_wms')`,
		},
		[work.scope.accountId, at],
	);
}

/** Orders that wait for a later try bring the flow back by themselves; those left to other warehouses at the opening. */
async function nextDue(tx: Commit, work: FlowWork): Promise<Ended> {
	const [row] = await tx.sql<{ at: Date | null }>(
		`select min(case when $4::timestamptz is not null and ${leftToOthers} then greatest("dueAt", $4) else "dueAt" end) as "at" from "Order" where "accountId" = $1 and "merchantId" = $2 and "dueAt" is not null and ${mayGo}`,
		[work.scope.accountId, work.scope.merchantId, work.connection.id, closedUntil(work)],
	);
	return row?.at ? { again: row.at, because: "orders wait for another try" } : { done: true };
}
