/**
 * Asks the merchant's published rules about orders that are due and were never asked about. Promise: an order is decided
 * once, before any destination may claim it; what is on its way already is left as it is.
 */
import { orderOf } from "@/lib/canonical/order";
import type { Ruling } from "@/lib/canonical/rule";
import { evaluateRules } from "../prepare/rules/evaluate";
import { factsOf } from "../prepare/rules/facts";
import { loadPublished, loadStock } from "../prepare/rules/load";
import { type OrderEventKind, writeEvents } from "../run/events";
import { triggerAutomatic } from "../run/trigger";
import type { Commit, FlowWork } from "../work";
import { type Decided, heldBecause, keepRulings, markLeftOut } from "./keep-rulings";

interface Row {
	id: string;
	number: string;
	connectionId: string;
	document: unknown;
	options: unknown;
	/** Something of it may be at a warehouse. */
	onItsWay: boolean;
}

/** `hasRules`: only what was decided may be claimed. `decided`: how many were asked about now. */
export async function decideOrders(
	tx: Commit,
	work: FlowWork,
	limit: number,
): Promise<{ hasRules: boolean; decided: number }> {
	const published = await loadPublished(tx, work.scope);
	if (!published) return { hasRules: false, decided: 0 };
	const warehouses = await warehouseNames(tx, work);
	await holdStranded(tx, work, warehouses);
	const rows = await lockUndecided(tx, work, limit);
	if (rows.length === 0) return { hasRules: true, decided: 0 };
	await tx.sql(`update "Order" set "ruledAt" = $3 where "accountId" = $1 and "id" = any($2)`, [
		work.scope.accountId,
		rows.filter(({ onItsWay }) => onItsWay).map(({ id }) => id),
		work.now(),
	]);
	const asked = rows.filter(({ onItsWay }) => !onItsWay).map((row) => ({ ...row, order: orderOf(row.document) }));
	const stockOf = await loadStock(tx, work.scope, published.rules, asked);
	const decided = asked.map(({ id, number, connectionId, order }): Decided => {
		const trace = evaluateRules(published.rules, factsOf(order, connectionId, stockOf(id)));
		return { orderId: id, number, trace, effect: effectOf(trace.result, warehouses) };
	});
	const { accountId, merchantId } = work.scope;
	const by = {
		accountId,
		merchantId,
		versionId: published.versionId,
		now: work.now(),
		warehouseId: work.connection.id,
	};
	await keepRulings(tx, by, decided);
	const skipping = decided.filter(({ trace }) => trace.result.skipLines.length > 0);
	await markLeftOut(
		tx,
		accountId,
		skipping.map(({ orderId }) => orderId),
	);
	await tellOf(tx, work, decided);
	return { hasRules: true, decided: rows.length };
}

/** What may be sent to a warehouse that is not there any more is held instead. */
export function effectOf(result: Ruling, warehouses: ReadonlySet<string>): Decided["effect"] {
	const { route, split, hold, skip, dealt } = result;
	const left = split && { ...split, warehouseIds: split.warehouseIds.filter((id) => warehouses.has(id)) };
	const lost = (left?.warehouseIds.length === 0 && left) || (route && !warehouses.has(route.warehouseId) && route);
	if (!lost) return { route, split: left, hold, skip, dealt };
	return { route: null, split: null, hold: { by: lost.by, reason: gone }, skip, dealt: null };
}

const gone = "It goes to a warehouse that is not connected any more";

async function warehouseNames(tx: Commit, work: FlowWork): Promise<Set<string>> {
	const rows = await tx.sql<{ id: string }>(
		`select "id" from "Connection" where "accountId" = $1 and "merchantId" = $2 and "side" = 'destination' and "archivedAt" is null`,
		[work.scope.accountId, work.scope.merchantId],
	);
	return new Set(rows.map(({ id }) => id));
}

/** Orders that were routed to a connection which has gone since: a person decides where they go. */
async function holdStranded(tx: Commit, work: FlowWork, warehouses: ReadonlySet<string>): Promise<void> {
	const rows = await tx.sql<{ id: string }>(
		`update "Order" set "heldAt" = coalesce("heldAt", $3), "heldBy" = array['rule'], "heldReason" = $5, "dueAt" = null, "routedTo" = null
		 where "accountId" = $1 and "merchantId" = $2 and "dueAt" <= $3 and "status" = 'new' and "routedTo" <> all($4) returning "id"`,
		[work.scope.accountId, work.scope.merchantId, work.now(), [...warehouses], gone],
	);
	const events = rows.map(({ id }) => ({ orderId: id, kind: "held" as const, facts: { reason: gone } }));
	await writeEvents(tx, work, events);
}

function lockUndecided(tx: Commit, work: FlowWork, limit: number): Promise<Row[]> {
	return tx.sql<Row>(
		`with due as materialized (
		   select "id" from "Order" where "accountId" = $1 and "merchantId" = $2 and "dueAt" <= $3 and "ruledAt" is null
		     and "status" = 'new' and not "sendingCanceled" and "heldAt" is null
		   order by "dueAt", "id" limit $4 for update skip locked)
		 select o."id", o."number", o."connectionId", o."document", c."options",
		   exists (select 1 from "Delivery" d where d."accountId" = $1 and d."orderId" = o."id"
		     and d."state" in ('sending', 'unknown', 'accepted')) as "onItsWay"
		 from due join "Order" o on o."accountId" = $1 and o."id" = due."id"
		 join "Connection" c on c."accountId" = $1 and c."id" = o."connectionId" order by o."id"`,
		[work.scope.accountId, work.scope.merchantId, work.now(), limit],
	);
}

/** What people read of it, and the run of the warehouse that has something to claim now. */
async function tellOf(tx: Commit, work: FlowWork, decided: Decided[]): Promise<void> {
	const events = decided.flatMap(({ orderId, effect }) => {
		const event = eventOf(effect);
		return event ? [{ orderId, ...event }] : [];
	});
	await writeEvents(tx, work, events);
	for (const { orderId, number, effect } of decided) {
		const event = eventOf(effect);
		if (!event) continue;
		tx.count("skipped");
		tx.record({ subjectType: "order", subject: number, orderId, outcome: "skipped", reason: event.facts.reason });
	}
	const others = decided.flatMap(({ effect }) => effect.route?.warehouseId ?? []);
	const connectionIds = [...new Set(others)].filter((id) => id !== work.connection.id);
	if (connectionIds.length > 0) await triggerAutomatic(tx, work, "orders/deliver", { connectionIds });
}

/** Null where the order simply goes on. */
export function eventOf({ skip, dealt, hold }: Decided["effect"]): {
	kind: OrderEventKind;
	facts: { reason: string };
} | null {
	if (skip) return { kind: "sending-canceled", facts: { reason: heldBecause(skip) } };
	if (dealt) return { kind: "marked-delivered", facts: { reason: heldBecause(dealt) } };
	return hold ? { kind: "held", facts: { reason: heldBecause(hold) } } : null;
}
