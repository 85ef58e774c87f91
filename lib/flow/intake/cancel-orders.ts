/**
 * Order Cancel Download: what was cancelled in the cart is stopped while it is still here, and asked of the
 * warehouse when it has left. No warehouse promises to agree: its refusal is a state that a person sees.
 */
import type { CancelRequest } from "@/lib/canonical/order";
import { ConnectorError } from "@/lib/connectors/kit/fault";
import type { Read } from "@/lib/connectors/kit/types";
import type { Ended } from "@/lib/jobs/job";
import { type OpenConnection, openConnection, sourceOptionsOf } from "../connect/open-connection";
import { raiseAlerts } from "../run/alerts";
import { writeEvents } from "../run/events";
import { readPages } from "../run/read-pages";
import { retryAfter } from "../run/retry";
import { type Commit, commit, type FlowWork, mustStop } from "../work";

export async function cancelOrders(work: FlowWork): Promise<Ended> {
	const cancellations = work.connection.connector.source?.cancellations;
	if (!cancellations) return { stop: true, because: "this system tells no cancellations" };
	const ended = await readPages(work, cancellations, {
		from: work.flow.readFrom,
		store: (tx, records) => storeCancellations(tx, work, records),
	});
	await askWarehouses(work);
	return ended;
}

/** Cancels one order here and at its warehouse because a person said so, whatever the source tells as canceled. */
export async function cancelOrder(work: FlowWork, sourceId: string): Promise<Ended> {
	const value = { sourceId, reason: "" };
	const record = { ok: true as const, sourceId, changedAt: work.now(), value, raw: null };
	await commit(work, (tx) => storeCancellations(tx, work, [record]));
	await askWarehouses(work);
	return { done: true };
}

interface Known {
	id: string;
	number: string;
	status: string;
	deliveryId: string | null;
	deliveryState: string | null;
	cancelState: string | null;
}

/** Cancels what is still here, and wants the warehouse to cancel what has left. */
export async function storeCancellations(tx: Commit, work: FlowWork, records: Read<CancelRequest>[]): Promise<void> {
	const known = await tx.sql<Known>(
		`select o."id", o."number", o."status", d."id" as "deliveryId", d."state" as "deliveryState", d."cancelState"
		 from "SourceKey" k join "Order" o on o."accountId" = k."accountId" and o."id" = k."orderId"
		 left join "Delivery" d on d."accountId" = o."accountId" and d."orderId" = o."id"
		 where k."accountId" = $1 and k."connectionId" = $2 and k."sourceId" = any($3)
		 order by o."id" for update of o`,
		[work.scope.accountId, work.connection.id, records.map((record) => record.sourceId)],
	);
	const open = known.filter((order) => order.status !== "canceled");
	const unsent = open.filter((order) => isUnsent(order));
	const sent = open.filter((order) => !isUnsent(order) && (order.cancelState ?? "none") === "none");
	const late = sent.filter((order) => order.status === "shipped" || order.status === "confirmed");
	const wanted = sourceOptionsOf(work.connection).sendCancellations
		? sent.filter((order) => !late.includes(order))
		: [];
	await tx.sql(
		`update "Order" set "status" = 'canceled', "canceledAt" = $3, "dueAt" = null, "problem" = null, "problemCode" = null, "updatedAt" = $3
		 where "accountId" = $1 and "id" = any($2)`,
		[work.scope.accountId, unsent.map((order) => order.id), work.now()],
	);
	await tx.sql(
		`update "Delivery" set "cancelState" = 'wanted', "cancelReason" = 'Canceled in the shop', "cancelTryAt" = $3
		 where "accountId" = $1 and "id" = any($2)`,
		[work.scope.accountId, wanted.map((order) => order.deliveryId), work.now()],
	);
	await writeEvents(tx, work, [
		...unsent.map((order) => ({ orderId: order.id, kind: "canceled-by-source" as const })),
		...wanted.map((order) => ({ orderId: order.id, kind: "cancel-wanted" as const })),
	]);
	for (const order of [...unsent, ...wanted])
		tx.record({
			subjectType: "order",
			subject: order.number,
			orderId: order.id,
			outcome: "updated",
			reason: "canceled in the shop",
		});
	tx.count("updated", unsent.length + wanted.length);
	tx.count("unchanged", records.length - unsent.length - wanted.length);
}

/** Nothing of it can be at the warehouse. */
function isUnsent(order: Known): boolean {
	const before = order.status === "new" || order.status === "error";
	return (
		before && (order.deliveryState === null || order.deliveryState === "intended" || order.deliveryState === "refused")
	);
}

interface Due {
	id: string;
	orderId: string;
	number: string;
	connectionId: string;
	/** Null for what a person marked as delivered. */
	externalId: string | null;
	cancelReason: string;
	cancelAttempts: number;
}

/** Asks for every cancellation that is due, each in its own commit: an answer is never lost to a neighbour. */
async function askWarehouses(work: FlowWork): Promise<void> {
	const due = await commit(work, (tx) =>
		tx.sql<Due>(
			`select d."id", d."orderId", o."number", d."connectionId", d."externalId", d."cancelReason", d."cancelAttempts"
			 from "Delivery" d join "Order" o on o."accountId" = d."accountId" and o."id" = d."orderId"
			 where d."accountId" = $1 and d."merchantId" = $2 and d."cancelTryAt" <= $3 and d."state" = 'accepted' order by d."cancelTryAt" limit 500`,
			[work.scope.accountId, work.scope.merchantId, work.now()],
		),
	);
	const opened = new Map<string, OpenConnection>();
	for (const delivery of due) {
		if (mustStop(work)) return;
		let warehouse = opened.get(delivery.connectionId);
		if (!warehouse) {
			warehouse = await openConnection(work.scope, delivery.connectionId, work);
			opened.set(delivery.connectionId, warehouse);
		}
		await askOne(work, warehouse, delivery);
	}
}

async function askOne(work: FlowWork, warehouse: OpenConnection, delivery: Due): Promise<void> {
	const cancel = warehouse.connector.destination?.cancel;
	let state: "accepted" | "pending" | "refused" | "wanted";
	let reason = "";
	let tryAt: Date | null = null;
	try {
		const answer = !delivery.externalId
			? { state: "refused" as const, reason: "it was given to the warehouse by hand. Call there" }
			: cancel
				? await cancel.request(warehouse.context, delivery.externalId, delivery.cancelReason)
				: { state: "refused" as const, reason: "its system takes no cancellations" };
		state = answer.state;
		reason = "reason" in answer ? answer.reason : "";
	} catch (error) {
		if (!(error instanceof ConnectorError)) throw error;
		const retry = retryAfter(error.fault, {
			now: work.now(),
			attempts: delivery.cancelAttempts + 1,
			firstTriedAt: work.now(),
		});
		state = retry.kind === "never" ? "refused" : "wanted";
		tryAt = retry.kind === "later" ? retry.at : null;
		reason = error.message;
	}
	await commit(work, (tx) => settleCancel(tx, work, { delivery, state, reason, tryAt }));
}

async function settleCancel(
	tx: Commit,
	work: FlowWork,
	{ delivery, state, reason, tryAt }: { delivery: Due; state: string; reason: string; tryAt: Date | null },
): Promise<void> {
	const { accountId } = work.scope;
	await tx.sql(`select 1 from "Order" where "accountId" = $1 and "id" = $2 for update`, [accountId, delivery.orderId]);
	const settled = await tx.sql(
		`update "Delivery" set "cancelState" = $3, "cancelTryAt" = $4, "cancelAttempts" = "cancelAttempts" + 1,
		   "state" = case when $3 = 'accepted' then 'canceled' else "state" end
		 where "accountId" = $1 and "id" = $2 and "state" = 'accepted' returning 1`,
		[accountId, delivery.id, state, tryAt],
	);
	// While we asked, Order Cancel Pickup read that the warehouse canceled it: all is done.
	if (settled.length === 0) return;
	const base = { subjectType: "order" as const, subject: delivery.number, orderId: delivery.orderId };
	if (state === "accepted") {
		await tx.sql(
			`update "Order" set "status" = 'canceled', "canceledAt" = $3, "updatedAt" = $3 where "accountId" = $1 and "id" = $2 and "status" = 'at_wms'`,
			[accountId, delivery.orderId, work.now()],
		);
		await writeEvents(tx, work, [{ orderId: delivery.orderId, kind: "cancel-accepted" }]);
		tx.record({ ...base, outcome: "canceled", reason: "the warehouse canceled it" });
	} else if (state === "refused") {
		await writeEvents(tx, work, [{ orderId: delivery.orderId, kind: "cancel-refused", facts: { reason } }]);
		const facts = { number: delivery.number, problem: reason };
		await raiseAlerts(
			tx,
			work.scope,
			[
				{
					cause: `cancel-refused:${delivery.orderId}`,
					code: "cancel-refused",
					facts,
					connectionId: delivery.connectionId,
				},
			],
			work.now(),
		);
		tx.record({ ...base, outcome: "refused", reason });
	}
}
