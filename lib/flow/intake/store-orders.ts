/**
 * Writes one page of accepted orders. The ledger of source keys decides what is new: two runs that hand in
 * the same record at once make one order. Set-based: a page costs a handful of statements, whatever its size.
 */
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import { sourceOptionsOf } from "../connect/open-connection";
import { growShipMethods } from "../prepare/ship-methods/grow";
import type { Commit, FlowWork } from "../work";
import type { Accepted } from "./accept-order";
import { type Known, keyColumns, noteRefusals } from "./note-refusals";
import { lineColumns, lineRows, orderColumns, orderRow } from "./order-rows";
import { type Edited, storeEdits, tenantOf } from "./store-edits";

type Acceptable = Extract<Accepted, { kind: "accept" }>;

/** Returns how many orders now wait for delivery that did not before. */
export async function storeOrders(tx: Commit, work: FlowWork, page: Accepted[]): Promise<number> {
	const unique = [...new Map(page.map((record) => [record.sourceId, record])).values()];
	const known = await readKnown(tx, work, unique);
	const fresh: Acceptable[] = [];
	const edited: Edited[] = [];
	const refused: Exclude<Accepted, Acceptable>[] = [];
	for (const record of unique) {
		const before = known.get(record.sourceId);
		if (record.kind !== "accept") {
			if (!before?.orderId) refused.push(record);
			else tx.count("unchanged");
		} else if (!before?.orderId) fresh.push(record);
		else if (before.fingerprint === record.fingerprint) tx.count("unchanged");
		else edited.push({ record, orderId: before.orderId });
	}
	const orders = [...fresh, ...edited.map(({ record }) => record)].map(({ order }) => order);
	await growShipMethods(tx, { ...tenantOf(work), now: work.now() }, orders);
	const created = await createOrders(tx, work, fresh);
	const replaced = await storeEdits(tx, work, edited);
	await noteRefusals(tx, work, refused, known);
	return created + replaced;
}

async function readKnown(tx: Commit, work: FlowWork, page: Accepted[]): Promise<Map<string, Known>> {
	const rows = await tx.sql<Known>(
		`select "sourceId", "orderId", "fingerprint", "refusal", "recheckAt" from "SourceKey"
		 where "accountId" = $1 and "connectionId" = $2 and "sourceId" = any($3)`,
		[work.scope.accountId, work.connection.id, page.map((record) => record.sourceId)],
	);
	return new Map(rows.map((row) => [row.sourceId, row]));
}

async function createOrders(tx: Commit, work: FlowWork, records: Acceptable[]): Promise<number> {
	const now = work.now();
	const rows = records.map((record) => ({ record, orderId: newId("ord") }));
	const claimed = await insertRows<typeof keyColumns, { orderId: string }>(
		tx,
		"SourceKey",
		keyColumns,
		rows.map(({ record, orderId }) => ({
			...tenantOf(work),
			sourceId: record.sourceId,
			orderId,
			fingerprint: record.fingerprint,
			refusal: null,
			firstSeenAt: now,
		})),
		// A key that was refused before may become an order; one that has an order never gets a second.
		`on conflict ("accountId", "connectionId", "sourceId") do update
		 set "orderId" = excluded."orderId", "fingerprint" = excluded."fingerprint", "refusal" = null,
		   "number" = null, "refusedBy" = null, "refusedAt" = null, "recheckAt" = null
		 where "SourceKey"."orderId" is null
		 returning "orderId"`,
	);
	const { holdMinutes } = sourceOptionsOf(work.connection);
	const held = (await isInTest(tx, work)) ? { heldAt: now, heldBy: ["go-live"] } : { heldAt: null, heldBy: [] };
	const mine = new Set(claimed.map((row) => row.orderId));
	const won = rows.filter((row) => mine.has(row.orderId));
	await insertRows(
		tx,
		"Order",
		{ ...orderColumns, heldAt: "timestamptz", heldBy: "text[]" },
		won.map(({ record, orderId }) => ({
			id: orderId,
			...tenantOf(work),
			...orderRow(record, now, holdMinutes),
			...held,
		})),
	);
	await insertRows(
		tx,
		"OrderLine",
		lineColumns,
		won.flatMap(({ record, orderId }) =>
			lineRows(work.scope.accountId, orderId, record.order, work.connection.filters.items),
		),
	);
	for (const { record, orderId } of won)
		tx.record({ subjectType: "order", subject: record.order.number, orderId, outcome: "created" });
	tx.count("created", won.length);
	tx.count("unchanged", rows.length - won.length);
	return won.length;
}

/** True for a cart that has not gone live. Going live waits for this transaction, so no order slips by it. */
async function isInTest(tx: Commit, work: FlowWork): Promise<boolean> {
	const [row] = await tx.sql<{ liveAt: Date | null }>(
		`select "liveAt" from "Connection" where "accountId" = $1 and "id" = $2 for share`,
		[work.scope.accountId, work.connection.id],
	);
	return row?.liveAt === null;
}
