/**
 * Takes purchase orders that are due and commits the intention to send them, before anything is sent. One is sent to
 * one warehouse only: the first that takes it.
 */
import { destinationOptions, sourceOptions } from "@/lib/canonical/connection-options";
import { expectingStates, type PurchaseOrder, purchaseOrderOf } from "@/lib/canonical/purchase-order";
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import { loadItemCodes, type PageOfCodes, warehouseSku } from "../prepare/item-codes";
import { purchaseReferences, withReferences } from "../references/purchase-references";
import { type Reference, referenceWords, stopOf } from "../references/reference";
import type { Commit, FlowWork } from "../work";
import type { PlannedWrite } from "../writes/send-writes";

export interface PlannedInbound extends PlannedWrite<PurchaseOrder> {
	purchaseOrderId: string;
	number: string;
	firstTriedAt: Date;
	/** Built from templates, for its page; empty where nothing was. */
	references: string;
	/** Why it must not be sent as it is. */
	stop: string | null;
}

interface DueRow {
	id: string;
	number: string;
	document: unknown;
	sourceConnectionId: string;
	/** Of its source. */
	options: unknown;
	lines: { id: string; sourceLineId: string; open: number }[];
	deliveryId: string | null;
	deliveryKey: string | null;
	deliveryState: string | null;
	deliveryDocument: unknown;
	attempts: number | null;
	firstTriedAt: Date | null;
}

/** Claims up to `limit`. `taken` counts those that turned out to have nothing left to send, too. */
export async function claimPurchaseOrders(
	tx: Commit,
	work: FlowWork,
	limit: number,
): Promise<{ planned: PlannedInbound[]; taken: number }> {
	const due = await lockDue(tx, work, limit);
	const numbers = await takenNumbers(tx, work, due);
	const codes = await codesOf(tx, work, due);
	const planned = due.flatMap((row) => plan(work, row, { numbers, codes }) ?? []);
	await writeIntents(tx, work, planned);
	await tx.sql(`update "PurchaseOrder" set "dueAt" = null where "accountId" = $1 and "id" = any($2)`, [
		work.scope.accountId,
		due.map((row) => row.id),
	]);
	return { planned, taken: due.length };
}

function lockDue(tx: Commit, work: FlowWork, limit: number): Promise<DueRow[]> {
	return tx.sql<DueRow>(
		`with due as materialized (
		   select p."id" from "PurchaseOrder" p where p."accountId" = $1 and p."merchantId" = $2 and p."dueAt" <= $4 and p."state" = any($6)
		     and not p."sendingCanceled" and not exists (select 1 from "InboundDelivery" o where o."accountId" = $1
		       and o."purchaseOrderId" = p."id" and o."connectionId" <> $3)
		   order by p."dueAt", p."id" limit $5 for update skip locked)
		 select p."id", p."number", p."document", p."connectionId" as "sourceConnectionId", c."options",
		   (select json_agg(json_build_object('id', l."id", 'sourceLineId', l."sourceLineId", 'open', l."expectedQuantity" - l."receivedQuantity"))
		    from "PurchaseOrderLine" l where l."accountId" = $1 and l."purchaseOrderId" = p."id") as "lines",
		   d."id" as "deliveryId", d."key" as "deliveryKey", d."state" as "deliveryState", d."document" as "deliveryDocument",
		   d."attempts", d."firstTriedAt"
		 from due join "PurchaseOrder" p on p."accountId" = $1 and p."id" = due."id"
		 join "Connection" c on c."accountId" = $1 and c."id" = p."connectionId"
		 left join "InboundDelivery" d on d."accountId" = $1 and d."purchaseOrderId" = p."id" and d."connectionId" = $3
		 order by p."id"`,
		[work.scope.accountId, work.scope.merchantId, work.connection.id, work.now(), limit, expectingStates],
	);
}

/** Which purchase order has each number at this destination already. */
async function takenNumbers(tx: Commit, work: FlowWork, due: DueRow[]): Promise<Map<string, string>> {
	const rows = await tx.sql<{ key: string; purchaseOrderId: string }>(
		`select "key", "purchaseOrderId" from "InboundDelivery" where "accountId" = $1 and "connectionId" = $2 and "key" = any($3)`,
		[work.scope.accountId, work.connection.id, due.map((row) => row.number)],
	);
	return new Map(rows.map((row) => [row.key, row.purchaseOrderId]));
}

function codesOf(tx: Commit, work: FlowWork, due: DueRow[]): Promise<PageOfCodes> {
	const { accountId, merchantId } = work.scope;
	const lines = due.flatMap(({ document, sourceConnectionId: connectionId }) =>
		purchaseOrderOf(document).lines.map(({ sku }) => ({ connectionId, code: sku })),
	);
	return loadItemCodes(tx, { accountId, merchantId, lines });
}

function plan(
	work: FlowWork,
	row: DueRow,
	{ numbers: taken, codes }: { numbers: Map<string, string>; codes: PageOfCodes },
): PlannedInbound | null {
	// It may be there already: what was sent then is what is looked for now, and sent again if absent.
	const look = row.deliveryState === "unknown";
	const order = purchaseOrderOf(look ? row.deliveryDocument : row.document);
	const left = look ? order : whatIsLeft(order, row, codes);
	if (left.lines.length === 0) return null;
	const { told, value, stop } = look ? { told: [], value: left, stop: null } : referred(work, { order, left, row });
	const owner = taken.get(row.number) ?? row.id;
	taken.set(row.number, owner);
	return {
		id: row.deliveryId ?? newId("ibd"),
		purchaseOrderId: row.id,
		number: row.number,
		// A number that was used once stays: a later look must find what an earlier attempt may have left.
		key: row.deliveryKey ?? (owner === row.id ? row.number : `${row.number}-${row.id.slice(-6)}`),
		value,
		attempt: (row.attempts ?? 0) + 1,
		look,
		firstTriedAt: row.firstTriedAt ?? work.now(),
		references: referenceWords(told),
		stop,
	};
}

/** With what the warehouse's settings say of its references. */
function referred(
	{ connection }: FlowWork,
	{ order, left, row }: { order: PurchaseOrder; left: PurchaseOrder; row: DueRow },
): { told: Reference[]; value: PurchaseOrder; stop: string | null } {
	const takes = connection.connector.destination?.purchaseOrders?.takes;
	if (!takes) return { told: [], value: left, stop: null };
	const options = destinationOptions.parse(connection.options);
	const ids = new Map(row.lines.map(({ id, sourceLineId }) => [sourceLineId, id]));
	const told = purchaseReferences(order, { ids, options, takes });
	return { told, value: withReferences(left, told, takes), stop: stopOf(told, options) };
}

/** Lines under our own ids, in the warehouse's item codes, and only what has not arrived elsewhere. */
function whatIsLeft(
	order: PurchaseOrder,
	{ lines, sourceConnectionId, options }: DueRow,
	codes: PageOfCodes,
): PurchaseOrder {
	const known = codes.of(sourceConnectionId);
	const { translateItemCode } = sourceOptions.parse(options);
	const skuOf = (sku: string) => warehouseSku(known, translateItemCode, sku);
	const ours = new Map(lines.map((line) => [line.sourceLineId, line]));
	return {
		...order,
		lines: order.lines.flatMap((line) => {
			const mine = ours.get(line.sourceLineId);
			return mine && mine.open > 0
				? [{ ...line, sku: skuOf(line.sku), sourceLineId: mine.id, quantity: mine.open }]
				: [];
		}),
	};
}

const columns = {
	id: "text",
	accountId: "text",
	merchantId: "text",
	purchaseOrderId: "text",
	connectionId: "text",
	key: "text",
	state: "text",
	attempts: "int",
	firstTriedAt: "timestamptz",
	sentAt: "timestamptz",
	document: "jsonb",
	existed: "boolean",
	runId: "text",
	createdAt: "timestamptz",
};

async function writeIntents(tx: Commit, work: FlowWork, planned: PlannedInbound[]): Promise<void> {
	const { accountId, merchantId } = work.scope;
	const now = work.now();
	await insertRows(
		tx,
		"InboundDelivery",
		columns,
		planned.map(({ id, purchaseOrderId, key, attempt, firstTriedAt, value }) => ({
			...{ id, accountId, merchantId, purchaseOrderId, connectionId: work.connection.id, key, state: "sending" },
			...{
				attempts: attempt,
				firstTriedAt,
				sentAt: now,
				document: value,
				existed: false,
				runId: work.runId,
				createdAt: now,
			},
		})),
		`on conflict ("accountId", "id") do update set "state" = 'sending', "attempts" = excluded."attempts", "sentAt" = excluded."sentAt",
		   "firstTriedAt" = excluded."firstTriedAt", "document" = excluded."document", "runId" = excluded."runId", "nextTryAt" = null`,
	);
}
