/**
 * Order Cancel Download: what was cancelled in the cart is stopped while it is still here, and asked of the
 * warehouse when it has left. No warehouse promises to agree: its refusal is a state that a person sees.
 */
import type { CancelRequest } from "@/lib/canonical/order";
import { ConnectorError } from "@/lib/connectors/kit/fault";
import type { Read } from "@/lib/connectors/kit/types";
import type { Ended } from "@/lib/jobs/job";
import { type OpenConnection, openConnection, sourceOptionsOf } from "../connect/open-connection";
import { withdrawRest } from "../deliver/backorders";
import { isLive } from "../deliver/parts";
import { wakeBackorders } from "../deliver/wake-backorders";
import { raiseAlerts } from "../run/alerts";
import { writeEvents } from "../run/events";
import { readPages } from "../run/read-pages";
import { retryAfter } from "../run/retry";
import { triggerAutomatic } from "../run/trigger";
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
	backordered: boolean;
	isSplit: boolean;
	deliveries: { id: string; state: string; cancelState: string }[];
}

/** Cancels what is still here, and wants the warehouse to cancel what has left. */
export async function storeCancellations(tx: Commit, work: FlowWork, records: Read<CancelRequest>[]): Promise<void> {
	const open = (await lockKnown(tx, work, records)).filter((order) => order.status !== "canceled");
	const unsent = open.filter(isUnsent);
	const sent = open.filter((order) => !isUnsent(order));
	const asks = sourceOptionsOf(work.connection).sendCancellations;
	const wanted = sent.flatMap((order): { order: Known; deliveryIds: string[] }[] => {
		const late = order.status === "shipped" || order.status === "confirmed";
		const theirs = order.deliveries.filter((one) => isLive(one) && one.cancelState === "none");
		return asks && !late && theirs.length > 0 ? [{ order, deliveryIds: theirs.map(({ id }) => id) }] : [];
	});
	await tx.sql(
		`update "Order" set "status" = 'canceled', "canceledAt" = $3, "dueAt" = null, "problem" = null, "problemCode" = null, "updatedAt" = $3
		 where "accountId" = $1 and "id" = any($2)`,
		[work.scope.accountId, unsent.map((order) => order.id), work.now()],
	);
	await tx.sql(
		`update "Delivery" set "cancelState" = 'wanted', "cancelReason" = 'Canceled in the shop', "cancelTryAt" = $3
		 where "accountId" = $1 and "id" = any($2)`,
		[work.scope.accountId, wanted.flatMap(({ deliveryIds }) => deliveryIds), work.now()],
	);
	const cut = await cutShort(tx, work, sent);
	const asked = wanted.map(({ order }) => order);
	await writeEvents(tx, work, [
		...unsent.map((order) => ({ orderId: order.id, kind: "canceled-by-source" as const })),
		...asked.map((order) => ({ orderId: order.id, kind: "cancel-wanted" as const })),
	]);
	const changed = [...unsent, ...asked, ...cut.filter((order) => !asked.includes(order))];
	for (const order of changed)
		tx.record({
			subjectType: "order",
			subject: order.number,
			orderId: order.id,
			outcome: "updated",
			reason: "canceled in the shop",
		});
	tx.count("updated", changed.length);
	tx.count("unchanged", records.length - changed.length);
	if (open.some(({ backordered }) => backordered) && (await wakeBackorders(tx, work.scope)) > 0)
		await triggerAutomatic(tx, work, "orders/deliver");
}

async function lockKnown(tx: Commit, work: FlowWork, records: Read<CancelRequest>[]): Promise<Known[]> {
	const given = [work.scope.accountId, work.connection.id, records.map((record) => record.sourceId)];
	const orders = await tx.sql<Omit<Known, "deliveries">>(
		`select o."id", o."number", o."status", o."backorderedAt" is not null as "backordered", o."splits" is not null as "isSplit"
		 from "SourceKey" k join "Order" o on o."accountId" = k."accountId" and o."id" = k."orderId"
		 where k."accountId" = $1 and k."connectionId" = $2 and k."sourceId" = any($3) order by o."id" for update of o`,
		given,
	);
	// A statement of its own: what one that waits for a lock reads beside it is from before the wait.
	const deliveries = await tx.sql<Known["deliveries"][number] & { orderId: string }>(
		`select "id", "orderId", "state", "cancelState" from "Delivery" where "accountId" = $1 and "orderId" = any($2) order by "id"`,
		[work.scope.accountId, orders.map(({ id }) => id)],
	);
	return orders.map((order) => ({ ...order, deliveries: deliveries.filter(({ orderId }) => orderId === order.id) }));
}

/** Nothing of it can be at the warehouse. */
function isUnsent(order: Known): boolean {
	const before = order.status === "new" || order.status === "error";
	return before && !order.deliveries.some(isLive);
}

/** What has not left of an order that has left in part is never sent. Returns the orders of which that is so. */
async function cutShort(tx: Commit, work: FlowWork, sent: Known[]): Promise<Known[]> {
	const unsentPart = ({ state }: { state: string }) => state === "intended" || state === "refused";
	const cut = sent.filter(
		({ backordered, isSplit, deliveries }) =>
			isSplit || (deliveries.some(({ state }) => state === "accepted") && (backordered || deliveries.some(unsentPart))),
	);
	if (cut.length === 0) return [];
	const { accountId } = work.scope;
	const ids = cut.map(({ id }) => id);
	await tx.sql(
		`update "Delivery" set "state" = 'canceled', "nextTryAt" = null where "accountId" = $1 and "orderId" = any($2)
		   and "state" in ('intended', 'refused')`,
		[accountId, ids],
	);
	await withdrawRest(tx, accountId, ids);
	// A part without an answer is still looked for, by the order's next try.
	await tx.sql(
		`update "Order" o set "status" = 'at_wms', "problem" = null, "problemCode" = null, "dueAt" = null, "updatedAt" = $3
		 where "accountId" = $1 and "id" = any($2) and "status" in ('new', 'error') and not exists (
		   select 1 from "Delivery" d where d."accountId" = $1 and d."orderId" = o."id" and d."state" in ('sending', 'unknown'))`,
		[accountId, ids, work.now()],
	);
	return cut;
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
			`update "Order" o set "status" = 'canceled', "canceledAt" = $3, "updatedAt" = $3 where "accountId" = $1 and "id" = $2 and "status" = 'at_wms'
			   and not exists (select 1 from "Delivery" d where d."accountId" = $1 and d."orderId" = o."id" and d."state" in ('sending', 'unknown', 'accepted'))`,
			[accountId, delivery.orderId, work.now()],
		);
		if ((await wakeBackorders(tx, work.scope)) > 0) await triggerAutomatic(tx, work, "orders/deliver");
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
