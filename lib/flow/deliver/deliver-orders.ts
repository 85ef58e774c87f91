/**
 * Order Delivery: orders that are due go to the warehouse. Promise: the intention is committed before the
 * call, a lost answer is looked for before anything is sent again, and one order's failure stops no other.
 */
import { ConnectorError } from "@/lib/connectors/kit/fault";
import { updateRows } from "@/lib/db/bulk";
import type { Ended } from "@/lib/jobs/job";
import { after, minuteMs } from "@/lib/time";
import { noteFault } from "../connect/note-fault";
import { resolveSolved } from "../run/alerts";
import { lookAfterCrash } from "../run/retry";
import { type Commit, commit, type FlowWork, mustYield } from "../work";
import { sendWrites } from "../writes/send-writes";
import { claimOrders, type PlannedDelivery } from "./claim-orders";
import { mayGo } from "./due-orders";
import { beginChanges, pushChanges } from "./push-changes";
import { settleDeliveries } from "./settle-deliveries";

/** How many orders are claimed at once: with the few that are left of the ones before, what becomes unknown at most. */
const batchSize = 250;

export async function deliverOrders(work: FlowWork): Promise<Ended> {
	const creator = work.connection.connector.destination?.orders;
	if (!creator) return { stop: true, because: "this system takes no orders" };
	const change = await commit(work, async (tx) => {
		await recoverLost(tx, work);
		return beginChanges(tx, work);
	});
	const allTold = await pushChanges(work, change);
	/** What is on its way, by its id. */
	const planned = new Map<string, PlannedDelivery>();
	const fault = await sendWrites({
		context: work.connection.context,
		creator,
		claim: async () => {
			const claimed = await claimSome(work);
			for (const delivery of claimed) planned.set(delivery.id, delivery);
			return claimed;
		},
		concurrent: work.connection.connector.limits.concurrent,
		now: work.now,
		isOver: () => mustYield(work),
		settle: async (results) => {
			await commit(work, (tx) => settleDeliveries(tx, work, results, planned));
			for (const { id } of results) planned.delete(id);
		},
	});
	if (fault) {
		work.connection.reach.giveUp(fault);
		return noteFault(work, new ConnectorError(fault, "the batch ended early"));
	}
	return commit(work, async (tx) => {
		await resolveSolved(tx, work);
		const next = await nextDue(tx, work);
		if (allTold || work.turnOver) return next;
		const soon = after(work.now(), 5 * minuteMs);
		return "again" in next && next.again < soon ? next : { again: soon, because: "a change waits for the warehouse" };
	});
}

/** The next orders that can be sent; those that are stopped on their way are not among them. */
async function claimSome(work: FlowWork): Promise<PlannedDelivery[]> {
	while (!mustYield(work)) {
		const { planned, taken } = await commit(work, (tx) => claimOrders(tx, work, batchSize));
		if (planned.length > 0 || taken === 0) return planned;
	}
	return [];
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

/** Orders that wait for a later try bring the flow back by themselves. */
async function nextDue(tx: Commit, work: FlowWork): Promise<Ended> {
	const [row] = await tx.sql<{ at: Date | null }>(
		`select min("dueAt") as "at" from "Order" where "accountId" = $1 and "merchantId" = $2 and "dueAt" is not null and ${mayGo}`,
		[work.scope.accountId, work.scope.merchantId, work.connection.id],
	);
	return row?.at ? { again: row.at, because: "orders wait for another try" } : { done: true };
}
