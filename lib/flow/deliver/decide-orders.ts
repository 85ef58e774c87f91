/**
 * Asks the merchant's published rules about orders that are due and were never asked about. Promise: an order is decided
 * once, before any destination may claim it; what is on its way already is left as it is.
 */
import { type Order, orderOf } from "@/lib/canonical/order";
import type { Ruling } from "@/lib/canonical/rule";
import { evaluateRules } from "../prepare/rules/evaluate";
import { factsOf } from "../prepare/rules/facts";
import { loadPublished, loadStock } from "../prepare/rules/load";
import { type OrderEventKind, writeEvents } from "../run/events";
import { triggerAutomatic } from "../run/trigger";
import type { Commit, FlowWork } from "../work";
import { type Decided, heldBecause, keepRulings, markLeftOut } from "./keep-rulings";
import { goneReason, tellGone, warehouseNames } from "./warehouses";

interface Row {
	id: string;
	number: string;
	connectionId: string;
	document: unknown;
	options: unknown;
	/** Something of it may be at a warehouse. */
	onItsWay: boolean;
	/** Rules gave it tags before. */
	tagged: boolean;
}

/** An order that goes on here: what was read of it serves the claim, and `stopBeingDue` writes it down. */
export interface JustDecided {
	document: unknown;
	order: Order;
	ruling: Ruling;
}
export interface Decisions {
	/** Only what was decided may be claimed. */
	hasRules: boolean;
	/** How many were asked about now. */
	decided: number;
	/** By order. */
	goingOn: ReadonlyMap<string, JustDecided>;
}

/** `wait`: nothing may be claimed without its order being written down first. */
export async function decideOrders(
	tx: Commit,
	work: FlowWork,
	{ limit, wait }: { limit: number; wait: boolean },
): Promise<Decisions> {
	const published = await loadPublished(tx, work.scope);
	if (!published) return { hasRules: false, decided: 0, goingOn: new Map() };
	const warehouses = new Set((await warehouseNames(tx, work)).keys());
	const rows = await lockUndecided(tx, work, limit);
	if (rows.length === 0) return { hasRules: true, decided: 0, goingOn: new Map() };
	await leaveAsTheyAre(tx, work, rows);
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
	const tagged = new Set(asked.flatMap(({ id, tagged }) => (tagged ? [id] : [])));
	const goesOn = ({ orderId, trace, effect }: Decided) =>
		!wait && !tagged.has(orderId) && trace.result.tags.length === 0 && goesOnAt(by.warehouseId, effect);
	await keepRulings(
		tx,
		by,
		decided,
		decided.filter((one) => !goesOn(one)),
	);
	const skipping = decided.filter(({ trace }) => trace.result.skipLines.length > 0);
	await markLeftOut(
		tx,
		accountId,
		skipping.map(({ orderId }) => orderId),
	);
	await tellOf(tx, work, decided);
	return { hasRules: true, decided: rows.length, goingOn: justDecided(asked, decided.filter(goesOn)) };
}

/** Nothing holds it up and no other warehouse has it. */
function goesOnAt(warehouseId: string, { route, ...others }: Decided["effect"]): boolean {
	return Object.values(others).every((one) => one === null) && (route === null || route.warehouseId === warehouseId);
}

/** What is on its way already is not asked about. */
async function leaveAsTheyAre(tx: Commit, work: FlowWork, rows: Row[]): Promise<void> {
	const ids = rows.filter(({ onItsWay }) => onItsWay).map(({ id }) => id);
	if (ids.length === 0) return;
	await tx.sql(`update "Order" set "ruledAt" = $3 where "accountId" = $1 and "id" = any($2)`, [
		...[work.scope.accountId, ids],
		work.now(),
	]);
}

function justDecided(asked: (Row & { order: Order })[], decided: Decided[]): Map<string, JustDecided> {
	const rulings = new Map(decided.map(({ orderId, trace }) => [orderId, trace.result]));
	return new Map(
		asked.flatMap(({ id, document, order }) => {
			const ruling = rulings.get(id);
			return ruling ? [[id, { document, order, ruling }] as const] : [];
		}),
	);
}

/** What may be sent to a warehouse that is not there any more is held instead. */
export function effectOf(result: Ruling, warehouses: ReadonlySet<string>): Decided["effect"] {
	const { route, split, hold, skip, dealt } = result;
	const left = split && { ...split, warehouseIds: split.warehouseIds.filter((id) => warehouses.has(id)) };
	const lost = (left?.warehouseIds.length === 0 && left) || (route && !warehouses.has(route.warehouseId) && route);
	if (!lost) return { route, split: left, hold, skip, dealt };
	return { route: null, split: null, hold: { by: lost.by, reason: goneReason }, skip, dealt: null };
}

/** Orders that were routed to a connection which has gone since: a person decides where they go. */
export async function holdStranded(tx: Commit, work: FlowWork): Promise<void> {
	const rows = await tx.sql<{ id: string }>(
		`update "Order" set "heldAt" = coalesce("heldAt", $3), "heldBy" = array['rule'], "heldReason" = $4, "dueAt" = null, "routedTo" = null
		 where "accountId" = $1 and "merchantId" = $2 and "dueAt" <= $3 and "status" = 'new' and "routedTo" is not null
		   and not exists (select 1 from "Connection" c where c."accountId" = $1 and c."merchantId" = $2 and c."side" = 'destination'
		     and c."archivedAt" is null and c."id" = "Order"."routedTo") returning "id"`,
		[work.scope.accountId, work.scope.merchantId, work.now(), goneReason],
	);
	await tellGone(
		tx,
		work,
		rows.map(({ id }) => id),
	);
}

function lockUndecided(tx: Commit, work: FlowWork, limit: number): Promise<Row[]> {
	return tx.sql<Row>(
		`with due as materialized (
		   select "id" from "Order" where "accountId" = $1 and "merchantId" = $2 and "dueAt" <= $3 and "ruledAt" is null
		     and "status" = 'new' and not "sendingCanceled" and "heldAt" is null
		   order by "dueAt", "id" limit $4 for update skip locked)
		 select o."id", o."number", o."connectionId", o."document", c."options",
		   exists (select 1 from "Delivery" d where d."accountId" = $1 and d."orderId" = o."id"
		     and d."state" in ('sending', 'unknown', 'accepted')) as "onItsWay", o."ruleTags" <> '{}' as "tagged"
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
