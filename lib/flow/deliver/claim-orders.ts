/**
 * Takes orders that are due and commits the intention to send them, before anything is sent. From then on
 * nobody else sends them: the order is no longer due, and its delivery says `sending`.
 */
import { type DestinationOptions, destinationOptions, sourceOptions } from "@/lib/canonical/connection-options";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import { orderOf } from "@/lib/canonical/order";
import { ruling as rulingSchema } from "@/lib/canonical/rule";
import type { Connector } from "@/lib/connectors/kit/types";
import { insertRows, updateRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import { loadItemCodes, type PageOfCodes } from "../prepare/item-codes";
import { type Prepared, prepareOrder } from "../prepare/prepare-order";
import { loadShipMappings, type ShipMappings } from "../prepare/ship-methods/load";
import type { Commit, FlowWork } from "../work";
import type { PlannedWrite } from "../writes/send-writes";
import { decideOrders } from "./decide-orders";
import { markLeftOut } from "./keep-rulings";
import { type StoppedOrder, stopOrders } from "./stop-orders";
import { waitForOpening } from "./wait-for-opening";

export interface PlannedDelivery extends PlannedWrite<DeliverableOrder> {
	orderId: string;
	orderNumber: string;
	firstTriedAt: Date;
}

/** What preparing an order needs of it, and the options of its cart. */
export interface DraftRow {
	id: string;
	connectionId: string;
	number: string;
	document: unknown;
	options: unknown;
	/** What rules decided, where they did. */
	ruling?: unknown;
	lines: { id: string; sourceLineId: string; sku: string }[];
}

interface DueRow extends DraftRow {
	number: string;
	deliveryId: string | null;
	deliveryKey: string | null;
	deliveryState: string | null;
	deliveryDocument: unknown;
	deliveryAttempts: number | null;
	firstTriedAt: Date | null;
	cancelState: string | null;
}

/** Claims up to `limit` orders. An empty answer means that nothing is due. */
export async function claimOrders(
	tx: Commit,
	work: FlowWork,
	limit: number,
): Promise<{ planned: PlannedDelivery[]; taken: number }> {
	const { hasRules, decided } = await decideOrders(tx, work, limit);
	await waitForOpening(tx, work);
	const due = await lockDue(tx, work, { limit, hasRules });
	if (due.length === 0) return { planned: [], taken: decided };
	const taken = await takenNumbers(tx, work, due);
	const codes = await codesOf(tx, work, due);
	const options = destinationOptions.parse(work.connection.options);
	const planned: PlannedDelivery[] = [];
	const fresh: { row: DueRow; delivery: PlannedDelivery; prepared: Extract<Prepared, { ok: true }> }[] = [];
	const stopped: StoppedOrder[] = [];
	const mappingsOf = await loadShipMappings(tx, work.scope.accountId, {
		cartIds: due.map(({ connectionId }) => connectionId),
		warehouseId: work.connection.id,
	});
	for (const row of due) {
		if (row.deliveryState === "unknown") {
			// It may be there already: what was sent then is what is looked for now, and sent again if absent.
			planned.push(repeat(work, row));
			continue;
		}
		const prepared = prepareOrder(draftOf(work, row, { destination: options, taken, codes, mappingsOf }));
		if (!prepared.ok) {
			stopped.push({ order: row, prepared });
			continue;
		}
		const delivery = plan(work, row, prepared.value);
		fresh.push({ row, delivery, prepared });
		planned.push(delivery);
	}
	await writeDeliveries(tx, work, fresh);
	await markSending(tx, work, planned);
	await stopOrders(tx, work, stopped);
	if (hasRules)
		await markLeftOut(
			tx,
			work.scope.accountId,
			fresh.map(({ row }) => row.id),
		);
	return { planned, taken: due.length };
}

/** What rules sent elsewhere is not ours; where there are rules, what they did not decide on waits for them. */
function lockDue(
	tx: Commit,
	work: FlowWork,
	{ limit, hasRules }: { limit: number; hasRules: boolean },
): Promise<DueRow[]> {
	return tx.sql<DueRow>(
		`with due as materialized (
		   select "id" from "Order" where "accountId" = $1 and "merchantId" = $2 and "dueAt" <= $4
		     and "status" = 'new' and not "sendingCanceled" and "heldAt" is null
		     and ("routedTo" is null or "routedTo" = $3) and ("ruledAt" is not null or not $6::boolean)
		   order by "dueAt", "id" limit $5 for update skip locked)
		 select o."id", o."number", o."document", o."connectionId", c."options",
		        (select r."result" from "OrderRuling" r where r."accountId" = o."accountId" and r."orderId" = o."id") as "ruling",
		        (select json_agg(json_build_object('id', l."id", 'sourceLineId', l."sourceLineId", 'sku', l."sku"))
		         from "OrderLine" l where l."accountId" = o."accountId" and l."orderId" = o."id") as "lines",
		        d."id" as "deliveryId", d."key" as "deliveryKey", d."state" as "deliveryState", d."document" as "deliveryDocument",
		        d."attempts" as "deliveryAttempts", d."firstTriedAt", d."cancelState"
		 from due join "Order" o on o."accountId" = $1 and o."id" = due."id"
		 join "Connection" c on c."accountId" = o."accountId" and c."id" = o."connectionId"
		 left join "Delivery" d on d."accountId" = o."accountId" and d."orderId" = o."id" and d."connectionId" = $3
		 order by o."id"`,
		[work.scope.accountId, work.scope.merchantId, work.connection.id, work.now(), limit, hasRules],
	);
}

/** Which of these orders' numbers another order has at this destination already, or has in this very batch. */
async function takenNumbers(tx: Commit, work: FlowWork, due: DueRow[]): Promise<Set<string>> {
	const rows = await tx.sql<{ key: string; orderId: string }>(
		`select "key", "orderId" from "Delivery" where "accountId" = $1 and "connectionId" = $2 and "key" = any($3)`,
		[work.scope.accountId, work.connection.id, due.map((row) => row.number)],
	);
	const owners = new Map(rows.map((row) => [row.key, row.orderId]));
	const taken = new Set<string>();
	for (const row of due) {
		const owner = owners.get(row.number);
		if (owner && owner !== row.id) taken.add(row.id);
		else owners.set(row.number, row.id);
	}
	return taken;
}

/** Asks what the warehouse keeps only where an order would wait for the answer. */
function codesOf(tx: Commit, work: FlowWork, due: DueRow[]): Promise<PageOfCodes> {
	const holds = due.some((row) => sourceOptions.parse(row.options).unknownItems === "hold");
	const { accountId, merchantId } = work.scope;
	const lines = due.flatMap(codesOfRow);
	return loadItemCodes(tx, { accountId, merchantId, lines, warehouseId: holds ? work.connection.id : undefined });
}

/** The item codes of an order as its cart wrote them. */
export function codesOfRow({ connectionId, lines }: Pick<DraftRow, "connectionId" | "lines">) {
	return lines.map(({ sku }) => ({ connectionId, code: sku }));
}

interface Shared {
	destination: DestinationOptions;
	taken: ReadonlySet<string>;
	codes: PageOfCodes;
	mappingsOf: (cartId: string) => ShipMappings;
}

/** An order as the steps of preparing take it. */
export function draftOf(
	work: { connection: { connector: Connector } },
	row: DraftRow,
	{ destination, taken, codes, mappingsOf }: Shared,
) {
	const { document } = row;
	return {
		order: orderOf(document),
		orderId: row.id,
		lineIds: new Map(row.lines.map((line) => [line.sourceLineId, line.id])),
		source: sourceOptions.parse(row.options),
		destination,
		maxNumberLength: work.connection.connector.destination?.orders?.maxNumberLength,
		numberTaken: taken.has(row.id),
		codes: codes.of(row.connectionId),
		shipMappings: mappingsOf(row.connectionId),
		ruling: row.ruling ? rulingSchema.parse(row.ruling) : null,
	};
}

function plan(work: FlowWork, row: DueRow, value: DeliverableOrder): PlannedDelivery {
	return {
		id: row.deliveryId ?? newId("dlv"),
		orderId: row.id,
		orderNumber: row.number,
		// A number that was used once stays: a later look must find what an earlier attempt may have left.
		key: row.deliveryKey ?? value.number,
		value: row.deliveryKey ? { ...value, number: row.deliveryKey } : value,
		attempt: (row.deliveryAttempts ?? 0) + 1,
		look: false,
		firstTriedAt: row.firstTriedAt ?? work.now(),
	};
}

function repeat(work: FlowWork, row: DueRow): PlannedDelivery {
	const value = row.deliveryDocument as DeliverableOrder;
	return { ...plan(work, row, value), look: true, lookOnly: row.cancelState === "wanted" };
}

async function writeDeliveries(
	tx: Commit,
	work: FlowWork,
	fresh: { delivery: PlannedDelivery; prepared: Extract<Prepared, { ok: true }> }[],
): Promise<void> {
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

/** Deliveries that are looked for keep their document; all orders of the batch stop being due. */
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
	await tx.sql(`update "Order" set "dueAt" = null where "accountId" = $1 and "id" = any($2)`, [
		work.scope.accountId,
		planned.map((delivery) => delivery.orderId),
	]);
}
