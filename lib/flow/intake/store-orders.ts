/**
 * Writes one page of accepted orders. The ledger of source keys decides what is new: two runs that hand in
 * the same record at once make one order. Set-based: a page costs a handful of statements, whatever its size.
 */
import { insertRows, updateRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import { writeEvents } from "../run/events";
import type { Commit, FlowWork } from "../work";
import type { Accepted } from "./accept-order";
import { lineColumns, lineRows, orderColumns, orderRow } from "./order-rows";

type Acceptable = Extract<Accepted, { kind: "accept" }>;

interface Known {
	sourceId: string;
	orderId: string | null;
	fingerprint: string;
	refusal: string | null;
}
interface Edit {
	record: Acceptable;
	orderId: string;
	/** Nothing of the order has left yet, so the edit replaces it. */
	editable: boolean;
}

/** Returns how many orders now wait for delivery that did not before. */
export async function storeOrders(tx: Commit, work: FlowWork, page: Accepted[]): Promise<number> {
	const unique = [...new Map(page.map((record) => [record.sourceId, record])).values()];
	const known = await readKnown(tx, work, unique);
	const fresh: Acceptable[] = [];
	const edited: { record: Acceptable; orderId: string }[] = [];
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
	const created = await createOrders(tx, work, fresh);
	const replaced = await replaceOrders(tx, work, await lockEdits(tx, work, edited));
	await noteRefusals(tx, work, refused, known);
	return created + replaced;
}

async function readKnown(tx: Commit, work: FlowWork, page: Accepted[]): Promise<Map<string, Known>> {
	const rows = await tx.sql<Known>(
		`select "sourceId", "orderId", "fingerprint", "refusal" from "SourceKey"
		 where "accountId" = $1 and "connectionId" = $2 and "sourceId" = any($3)`,
		[work.scope.accountId, work.connection.id, page.map((record) => record.sourceId)],
	);
	return new Map(rows.map((row) => [row.sourceId, row]));
}

const keyColumns = {
	accountId: "text",
	merchantId: "text",
	connectionId: "text",
	sourceId: "text",
	orderId: "text",
	fingerprint: "text",
	refusal: "text",
	firstSeenAt: "timestamptz",
};

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
		 set "orderId" = excluded."orderId", "fingerprint" = excluded."fingerprint", "refusal" = null
		 where "SourceKey"."orderId" is null
		 returning "orderId"`,
	);
	const mine = new Set(claimed.map((row) => row.orderId));
	const won = rows.filter((row) => mine.has(row.orderId));
	await insertRows(
		tx,
		"Order",
		orderColumns,
		won.map(({ record, orderId }) => ({ id: orderId, ...tenantOf(work), ...orderRow(record, now) })),
	);
	await insertRows(
		tx,
		"OrderLine",
		lineColumns,
		won.flatMap(({ record, orderId }) => lineRows(work.scope.accountId, orderId, record.order)),
	);
	for (const { record, orderId } of won)
		tx.record({ subjectType: "order", subject: record.order.number, orderId, outcome: "created" });
	tx.count("created", won.length);
	tx.count("unchanged", rows.length - won.length);
	return won.length;
}

/** Locks edited orders against a delivery that starts meanwhile, then sees which of them have left already. */
async function lockEdits(
	tx: Commit,
	work: FlowWork,
	edited: { record: Acceptable; orderId: string }[],
): Promise<Edit[]> {
	if (edited.length === 0) return [];
	const values = [work.scope.accountId, edited.map(({ orderId }) => orderId)];
	await tx.sql(`select 1 from "Order" where "accountId" = $1 and "id" = any($2) order by "id" for update`, values);
	const open = await tx.sql<{ id: string }>(
		`select "id" from "Order" o where "accountId" = $1 and "id" = any($2) and "status" in ('new', 'error') and not exists (
		   select 1 from "Delivery" d where d."accountId" = o."accountId" and d."orderId" = o."id"
		   and d."state" in ('sending', 'unknown', 'accepted'))`,
		values,
	);
	const editable = new Set(open.map((row) => row.id));
	return edited.map((edit) => ({ ...edit, editable: editable.has(edit.orderId) }));
}

/** Replaces orders that have not left yet; notes the edit on those that have. */
async function replaceOrders(tx: Commit, work: FlowWork, edits: Edit[]): Promise<number> {
	const now = work.now();
	const open = edits.filter((edit) => edit.editable);
	await updateRows(
		tx,
		"Order",
		orderColumns,
		open.map(({ record, orderId }) => ({ id: orderId, ...tenantOf(work), ...orderRow(record, now) })),
		{
			key: "id",
			set: `"number" = given."number", "shipToName" = given."shipToName", "shipToCountry" = given."shipToCountry",
			      "lineCount" = given."lineCount", "unitCount" = given."unitCount", "totalAmount" = given."totalAmount",
			      "currency" = given."currency", "document" = given."document", "sourceChangedAt" = given."sourceChangedAt",
			      "updatedAt" = given."updatedAt", "status" = 'new', "problem" = null, "problemCode" = null,
			      "dueAt" = case when "Order"."sendingCanceled" then null else given."dueAt" end`,
			where: `"Order"."accountId" = given."accountId" and "Order"."id" = given."id"`,
		},
	);
	const openIds = open.map(({ orderId }) => orderId);
	if (openIds.length > 0) {
		await tx.sql(`delete from "OrderLine" where "accountId" = $1 and "orderId" = any($2)`, [
			work.scope.accountId,
			openIds,
		]);
	}
	await insertRows(
		tx,
		"OrderLine",
		lineColumns,
		open.flatMap(({ record, orderId }) => lineRows(work.scope.accountId, orderId, record.order)),
	);
	await rememberFingerprints(
		tx,
		work,
		edits.map(({ record }) => record),
	);
	await noteEdits(tx, work, edits);
	for (const { record, orderId, editable } of edits) {
		const reason = editable
			? "changed in the cart before delivery"
			: "changed in the cart after it was sent; the warehouse keeps what it has";
		tx.record({ subjectType: "order", subject: record.order.number, orderId, outcome: "updated", reason });
	}
	tx.count("updated", edits.length);
	return open.length;
}

async function rememberFingerprints(tx: Commit, work: FlowWork, records: Acceptable[]): Promise<void> {
	await updateRows(
		tx,
		"SourceKey",
		{ sourceId: "text", fingerprint: "text" },
		records.map(({ sourceId, fingerprint }) => ({ sourceId, fingerprint })),
		{
			key: "sourceId",
			set: `"fingerprint" = given."fingerprint"`,
			where: `"SourceKey"."accountId" = $2 and "SourceKey"."connectionId" = $3 and "SourceKey"."sourceId" = given."sourceId"`,
		},
		[work.scope.accountId, work.connection.id],
	);
}

function noteEdits(tx: Commit, work: FlowWork, edits: Edit[]): Promise<void> {
	return writeEvents(
		tx,
		work,
		edits.map(({ orderId, editable }) => ({
			orderId,
			kind: editable ? "replaced-by-source" : "changed-after-delivery",
		})),
	);
}

/** Remembers why a record is not an order; said again only when the reason changes. */
async function noteRefusals(
	tx: Commit,
	work: FlowWork,
	refused: Exclude<Accepted, Acceptable>[],
	known: Map<string, Known>,
): Promise<void> {
	const reasonOf = (record: Exclude<Accepted, Acceptable>) => (record.kind === "skip" ? record.reason : record.problem);
	for (const record of refused) {
		if (known.get(record.sourceId)?.refusal === reasonOf(record)) {
			tx.count("unchanged");
			continue;
		}
		tx.count(record.kind === "skip" ? "skipped" : "failed");
		tx.record({
			subjectType: "order",
			subject: record.sourceId,
			outcome: record.kind === "skip" ? "skipped" : "failed",
			reason: reasonOf(record),
		});
	}
	await insertRows(
		tx,
		"SourceKey",
		keyColumns,
		refused.map((record) => ({
			...tenantOf(work),
			sourceId: record.sourceId,
			orderId: null,
			fingerprint: "",
			refusal: reasonOf(record),
			firstSeenAt: work.now(),
		})),
		`on conflict ("accountId", "connectionId", "sourceId") do update set "refusal" = excluded."refusal" where "SourceKey"."orderId" is null`,
	);
}

function tenantOf(work: FlowWork) {
	return { accountId: work.scope.accountId, merchantId: work.scope.merchantId, connectionId: work.connection.id };
}
