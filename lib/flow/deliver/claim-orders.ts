/**
 * Takes orders that are due and commits the intention to send them, before anything is sent. From then on
 * nobody else sends them: the order is no longer due, and its delivery says `sending`.
 */
import { destinationOptions } from "@/lib/canonical/connection-options";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import { insertRows, updateRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { ItemRule } from "../intake/filters";
import { loadItemFilters, markFiltered } from "../intake/load-filters";
import { loadItemCodes, type PageOfCodes } from "../prepare/item-codes";
import { prepareOrder } from "../prepare/prepare-order";
import { loadShipMappings } from "../prepare/ship-methods/load";
import { keptLines } from "../prepare/steps/item-filters";
import type { Commit, FlowWork } from "../work";
import type { PlannedWrite } from "../writes/send-writes";
import { endWait, noteTaken } from "./backorders";
import { decideOrders } from "./decide-orders";
import { cartOptions, codesToLoad, draftOf, ruledOrder, type Wanted, wantedOf } from "./draft";
import { type DueDelivery, type DueRow, lockDue } from "./due-orders";
import { markLeftOut } from "./keep-rulings";
import { isLive, partNumber, restOf, sentUnits, withPartNumber } from "./parts";
import { type Ready, shareOut } from "./share-out";
import { isSplit, pendingShare, settleClaimed } from "./shares/claim-share";
import { planShares } from "./shares/plan-shares";
import { stopBeingDue } from "./stop-being-due";
import { type StoppedOrder, stopOrders } from "./stop-orders";
import { takenNumbers } from "./taken-numbers";
import { closedUntil, waitForOpening } from "./wait-for-opening";

export interface PlannedDelivery extends PlannedWrite<DeliverableOrder> {
	orderId: string;
	orderNumber: string;
	firstTriedAt: Date;
	part: number;
	/** Some of its order waits, or waited, for stock. */
	backordered: boolean;
	/** Other warehouses send the rest of its order. */
	isShare: boolean;
}

/** An order of which something is to be sent, and as which of its deliveries. */
export interface Pending {
	row: DueRow;
	/** What is still to go of it. */
	wanted: Wanted;
	/** What was tried before and is not there: tried again under the same number. */
	again: DueDelivery | undefined;
	part: number;
	/** The number it is to have, before it is made short and unique. */
	number: string;
}

/** Claims up to `limit` orders. An empty answer means that nothing is due. */
export async function claimOrders(
	tx: Commit,
	work: FlowWork,
	limit: number,
): Promise<{ planned: PlannedDelivery[]; taken: number }> {
	const until = closedUntil(work);
	const decisions = await decideOrders(tx, work, { limit, wait: until !== null });
	const { goingOn, decided } = decisions;
	await planShares(tx, work, limit);
	if (until) await waitForOpening(tx, work, until);
	const due = await lockDue(tx, work, { limit, decisions, closed: until !== null });
	if (due.length === 0) {
		await stopBeingDue(tx, work, { sent: [], goingOn });
		return { planned: [], taken: decided };
	}
	// It may be there already: what was sent then is what is looked for now, and sent again if absent.
	const looked = due.flatMap((row) =>
		row.deliveries.filter(({ state }) => state === "unknown").map((delivery) => repeat(work, row, delivery)),
	);
	const settled = due.filter(
		({ deliveries }) => !deliveries.some(({ state }) => state === "unknown" || state === "sending"),
	);
	const cartIds = settled.map(({ connectionId }) => connectionId);
	const filtersOf = await loadItemFilters(tx, work.scope.accountId, cartIds);
	const pending = settled.flatMap((row) => {
		const itemFilter = filtersOf(row.connectionId);
		return (isSplit(row) ? pendingShare(row, itemFilter, work.connection.id) : pendingOf(row, itemFilter)) ?? [];
	});
	const ready = await prepareAll(tx, work, { pending, filtersOf });
	await markFiltered(tx, work.scope.accountId, settled, filtersOf);
	const fresh = await shareOut(tx, work, ready);
	const planned = [...looked, ...fresh.map(({ delivery }) => delivery)];
	await writeDeliveries(tx, work, fresh);
	await markSending(tx, work, planned);
	const sent = planned.map(({ orderId }) => orderId);
	await stopBeingDue(tx, work, { sent, goingOn });
	await markLeftOut(tx, work.scope.accountId, leavingOut(pending, ready));
	const busy = new Set([...planned.map(({ orderId }) => orderId), ...pending.map(({ row }) => row.id)]);
	await dropDone(
		tx,
		work,
		due.filter((row) => !busy.has(row.id) && !isSplit(row)),
	);
	await settleClaimed(tx, work, due);
	return { planned, taken: due.length };
}

/** Nothing is left to send of these, or a part is on its way, whose answer says how they go on: they are not due. */
async function dropDone(tx: Commit, work: FlowWork, rows: DueRow[]): Promise<void> {
	if (rows.length === 0) return;
	const { accountId } = work.scope;
	await tx.sql(`update "Order" set "dueAt" = null where "accountId" = $1 and "id" = any($2)`, [
		accountId,
		rows.map(({ id }) => id),
	]);
	const done = rows.filter(({ deliveries }) => !deliveries.some(({ state }) => state === "sending"));
	if (done.length === 0) return;
	await endWait(tx, work, done);
	const ids = done.map(({ id }) => id);
	await tx.sql(
		`update "Order" set "status" = 'at_wms', "deliveredAt" = coalesce("deliveredAt", $3), "updatedAt" = $3
		 where "accountId" = $1 and "id" = any($2)`,
		[accountId, ids, work.now()],
	);
	await noteTaken(tx, accountId, ids);
}

/** Null where nothing of the order is left to send. */
function pendingOf(row: DueRow, itemFilter: ItemRule): Pending | null {
	const lineIds = new Map(row.lines.map((line) => [line.sourceLineId, line.id]));
	const { order: whole, ruling } = row.just ? ruledOrder(row.just.order, row.just.ruling) : wantedOf(row);
	const left = restOf(whole, lineIds, sentUnits(row.deliveries));
	if (!left) return null;
	// What a filter keeps back of an order of which something has gone is no rest of it.
	const order = row.deliveries.some(isLive) ? { ...left, lines: keptLines({ order: left, itemFilter }) } : left;
	if (left.lines.length > 0 && order.lines.length === 0) return null;
	const [first] = row.deliveries;
	const again = row.deliveries.find((delivery) => !isLive(delivery));
	const part = again?.part ?? Math.max(0, ...row.deliveries.map((delivery) => delivery.part)) + 1;
	const number = again?.key ?? (first ? `${first.key}-${part}` : row.number);
	return { row, wanted: { order, ruling }, again, part, number };
}

/** Of these a rule leaves lines out, or one did before: only they are looked at line by line. */
function leavingOut(pending: Pending[], ready: Ready[]): string[] {
	const passed = new Set(ready.map(({ row }) => row.id));
	const some = pending.filter(({ row, wanted: { ruling } }) => ruling?.skipLines.length || row.lines.some(isLeftOut));
	return some.flatMap(({ row }) => (passed.has(row.id) ? [row.id] : []));
}

function isLeftOut({ leftOut }: DueRow["lines"][number]): boolean {
	return leftOut === true;
}

/** Prepares each; what a step stops is shown as stopped. */
async function prepareAll(
	tx: Commit,
	work: FlowWork,
	{ pending, filtersOf }: { pending: Pending[]; filtersOf: (cartId: string) => ItemRule },
): Promise<Ready[]> {
	if (pending.length === 0) return [];
	const rows = pending.map(({ row }) => row);
	const taken = await takenNumbers(tx, work, pending);
	const shared = {
		destination: destinationOptions.parse(work.connection.options),
		taken,
		codes: await codesOf(tx, work, pending),
		mappingsOf: await loadShipMappings(tx, work.scope.accountId, {
			cartIds: rows.map(({ connectionId }) => connectionId),
			warehouseId: work.connection.id,
		}),
		filtersOf,
	};
	const ready: Ready[] = [];
	const stopped: StoppedOrder[] = [];
	for (const one of pending) {
		const { row } = one;
		const prepared = prepareOrder(draftOf(work, one, shared));
		if (!prepared.ok) {
			stopped.push({ order: row, prepared });
			continue;
		}
		const delivery = plan(work, one, { value: prepared.value, taken: taken.has(row.id) });
		const trace = withPartNumber(prepared.trace, row.number, delivery.key);
		ready.push({ row, prepared: { ...prepared, trace }, delivery });
	}
	await stopOrders(tx, work, stopped);
	return ready;
}

/** Asks what the warehouse keeps only where an order would wait for the answer. */
function codesOf(tx: Commit, work: FlowWork, pending: Pending[]): Promise<PageOfCodes> {
	const holds = pending.some(({ row }) => cartOptions(row).unknownItems === "hold");
	const { accountId, merchantId } = work.scope;
	const lines = pending.flatMap(({ row, wanted }) => codesToLoad(row, wanted.ruling));
	return loadItemCodes(tx, { accountId, merchantId, lines, warehouseId: holds ? work.connection.id : undefined });
}

function plan(
	work: FlowWork,
	{ row, again, part }: Pending,
	{ value, taken }: { value: DeliverableOrder; taken: boolean },
): PlannedDelivery {
	const maxLength = work.connection.connector.destination?.orders?.maxNumberLength;
	const base = row.split ? (part > 1 ? row.number : undefined) : row.deliveries[0]?.key;
	// A number that was used once stays: a later look must find what an earlier attempt may have left.
	const key = again?.key ?? (base ? partNumber(base, part, { orderId: row.id, maxLength, taken }) : value.number);
	return {
		id: again?.id ?? newId("dlv"),
		...{ orderId: row.id, orderNumber: row.number, key, part, ...heldOf(row) },
		value: { ...value, number: key },
		attempt: (again?.attempts ?? 0) + 1,
		look: false,
		firstTriedAt: again?.firstTriedAt ?? work.now(),
	};
}

function heldOf({ backordered, split }: DueRow): Pick<PlannedDelivery, "backordered" | "isShare"> {
	return { backordered, isShare: split !== undefined };
}

function repeat(work: FlowWork, row: DueRow, delivery: DueDelivery): PlannedDelivery {
	return {
		...{ id: delivery.id, orderId: row.id, orderNumber: row.number, key: delivery.key, part: delivery.part },
		...heldOf(row),
		value: delivery.document as DeliverableOrder,
		attempt: delivery.attempts + 1,
		look: true,
		lookOnly: delivery.cancelState === "wanted",
		firstTriedAt: delivery.firstTriedAt ?? work.now(),
	};
}

async function writeDeliveries(tx: Commit, work: FlowWork, fresh: Ready[]): Promise<void> {
	const now = work.now();
	await insertRows(
		tx,
		"Delivery",
		{
			id: "text",
			accountId: "text",
			merchantId: "text",
			orderId: "text",
			connectionId: "text",
			part: "int",
			key: "text",
			state: "text",
			attempts: "int",
			firstTriedAt: "timestamptz",
			sentAt: "timestamptz",
			document: "jsonb",
			steps: "jsonb",
			existed: "boolean",
			cancelState: "text",
			cancelReason: "text",
			cancelAttempts: "int",
			runId: "text",
			createdAt: "timestamptz",
		},
		fresh.map(({ delivery, prepared }) => ({
			id: delivery.id,
			accountId: work.scope.accountId,
			merchantId: work.scope.merchantId,
			orderId: delivery.orderId,
			connectionId: work.connection.id,
			part: delivery.part,
			key: delivery.key,
			state: "sending",
			attempts: delivery.attempt,
			firstTriedAt: delivery.firstTriedAt,
			sentAt: now,
			document: delivery.value,
			steps: prepared.trace,
			existed: false,
			cancelState: "none",
			cancelReason: "",
			cancelAttempts: 0,
			runId: work.runId,
			createdAt: now,
		})),
		`on conflict ("accountId", "id") do update set
		   "state" = 'sending', "attempts" = excluded."attempts", "sentAt" = excluded."sentAt", "document" = excluded."document",
		   "firstTriedAt" = excluded."firstTriedAt", "steps" = excluded."steps", "runId" = excluded."runId", "nextTryAt" = null`,
	);
}

/** Deliveries that are looked for keep their document. */
async function markSending(tx: Commit, work: FlowWork, planned: PlannedDelivery[]): Promise<void> {
	await updateRows(
		tx,
		"Delivery",
		{ id: "text", attempts: "int", firstTriedAt: "timestamptz" },
		planned
			.filter((delivery) => delivery.look)
			.map(({ id, attempt, firstTriedAt }) => ({ id, attempts: attempt, firstTriedAt })),
		{
			key: "id",
			set: `"state" = 'sending', "attempts" = given."attempts", "firstTriedAt" = given."firstTriedAt", "sentAt" = $3, "runId" = $4, "nextTryAt" = null`,
			where: `"Delivery"."accountId" = $2 and "Delivery"."id" = given."id"`,
		},
		[work.scope.accountId, work.now(), work.runId],
	);
}
