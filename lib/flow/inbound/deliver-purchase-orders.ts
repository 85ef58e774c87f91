/**
 * Purchase Order Send: the warehouse is told what to expect. Promise, as for orders: the intention is committed
 * before the call, a lost answer is looked for before anything is sent again, and one failure stops no other.
 */
import type { PurchaseOrder } from "@/lib/canonical/purchase-order";
import { ConnectorError } from "@/lib/connectors/kit/fault";
import type { Creator, Fields } from "@/lib/connectors/kit/types";
import { updateRows } from "@/lib/db/bulk";
import type { Ended } from "@/lib/jobs/job";
import { raiseAlerts } from "../run/alerts";
import { lookAfterCrash } from "../run/retry";
import { type Commit, commit, type FlowWork } from "../work";
import { judge } from "../writes/judge";
import { sendClaimed } from "../writes/send-claimed";
import type { WriteResult } from "../writes/send-writes";
import { resolveStopped, stoppedCause } from "./causes";
import { claimPurchaseOrders, type PlannedInbound } from "./claim-purchase-orders";
import { writeInboundEvents } from "./events";
import { isStopped, recordSettled, type Settled, updateWrites, writeInboundAttempts } from "./settled";

const batchSize = 100;

export async function deliverPurchaseOrders(work: FlowWork): Promise<Ended> {
	const creator = work.connection.connector.destination?.purchaseOrders;
	if (!creator) return { stop: true, because: "this system takes no purchase orders" };
	await commit(work, (tx) => recoverLost(tx, work));
	const stops = new Map<string, string>();
	const early = await sendClaimed<PurchaseOrder, PlannedInbound>(work, {
		creator: stoppedBefore(creator, stops),
		claim: async (tx) => {
			const claimed = await claimPurchaseOrders(tx, work, batchSize);
			for (const { key, stop } of claimed.planned) if (stop !== null) stops.set(key, stop);
			return claimed;
		},
		settle: (tx, results, planned) => settle(tx, work, results, planned),
	});
	if (early) return early;
	return commit(work, async (tx) => {
		await resolveStopped(tx, work, "purchase");
		return nextDue(tx, work);
	});
}

/** What must not be sent as it is fails like what the warehouse refuses, and nothing of it leaves. `stops` are by key. */
function stoppedBefore(
	creator: Creator<Fields, PurchaseOrder>,
	stops: ReadonlyMap<string, string>,
): Creator<Fields, PurchaseOrder> {
	return {
		...creator,
		async create(context, write) {
			const stop = stops.get(write.key);
			if (stop) throw new ConnectorError({ kind: "permanent", code: "bad-input", field: "references" }, stop);
			return creator.create(context, write);
		},
	};
}

/** This run is the only one of its flow: what says `sending` now was cut off with its process, and is looked for. */
async function recoverLost(tx: Commit, work: FlowWork): Promise<void> {
	await tx.sql(
		`with lost as (update "InboundDelivery" set "state" = 'unknown', "nextTryAt" = $3
		   where "accountId" = $1 and "connectionId" = $2 and "state" = 'sending' returning "purchaseOrderId")
		 update "PurchaseOrder" set "dueAt" = $3 where "accountId" = $1 and "id" in (select "purchaseOrderId" from lost)`,
		[work.scope.accountId, work.connection.id, lookAfterCrash(work.now())],
	);
}

async function settle(
	tx: Commit,
	work: FlowWork,
	results: WriteResult[],
	planned: ReadonlyMap<string, PlannedInbound>,
): Promise<void> {
	const now = work.now();
	const settled = results.flatMap((result): Settled<PlannedInbound>[] => {
		const write = planned.get(result.id);
		return write ? [{ write, result, judged: judge(result, write, now) }] : [];
	});
	await updateWrites(tx, work, "InboundDelivery", settled);
	await updateRows(
		tx,
		"PurchaseOrder",
		{ id: "text", accepted: "boolean", dueAt: "timestamptz", problem: "text", problemCode: "text" },
		settled.map(({ write, judged }) => ({
			...{ id: write.purchaseOrderId, accepted: judged.state === "accepted", dueAt: judged.nextTryAt },
			...{ problem: judged.problem, problemCode: judged.problemCode },
		})),
		{
			key: "id",
			set: `"sentAt" = case when given."accepted" then $3::timestamptz else "PurchaseOrder"."sentAt" end, "dueAt" = given."dueAt",
			      "problem" = given."problem", "problemCode" = given."problemCode", "updatedAt" = $3::timestamptz`,
			where: `"PurchaseOrder"."accountId" = $2 and "PurchaseOrder"."id" = given."id"`,
		},
		[work.scope.accountId, now],
	);
	await writeInboundAttempts(tx, work, "deliveryId", settled);
	for (const one of settled) recordSettled(tx, "purchase-order", one);
	await writeInboundEvents(
		tx,
		work,
		settled.flatMap(({ write: { purchaseOrderId, references: note, look }, judged }) =>
			judged.state === "accepted" && note !== "" && !look
				? [{ purchaseOrderId, kind: "references-told" as const, facts: { note } }]
				: [],
		),
	);
	const causes = settled
		.filter(isStopped)
		.map(({ write, judged }) => stoppedCause(work, "purchase", { number: write.number, judged }));
	await raiseAlerts(tx, work.scope, causes, now);
}

/** Those that wait for a later try bring the flow back by themselves. */
async function nextDue(tx: Commit, work: FlowWork): Promise<Ended> {
	const [row] = await tx.sql<{ at: Date | null }>(
		`select min(p."dueAt") as "at" from "PurchaseOrder" p join "InboundDelivery" d on d."accountId" = $1 and d."purchaseOrderId" = p."id"
		 where p."accountId" = $1 and p."merchantId" = $2 and d."connectionId" = $3 and p."dueAt" is not null and not p."sendingCanceled"`,
		[work.scope.accountId, work.scope.merchantId, work.connection.id],
	);
	return row?.at ? { again: row.at, because: "purchase orders wait for another try" } : { done: true };
}
