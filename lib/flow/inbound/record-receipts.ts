/**
 * Writes one page of receipts. Promise: what arrived counts once, however often it is told; a receipt that grows adds
 * what is new; too much, or what nobody ordered, is shown and never clamped.
 */
import { sourceOptions } from "@/lib/canonical/connection-options";
import {
	isExpecting,
	type PurchaseOrderState,
	type Receipt,
	receipt as receiptSchema,
} from "@/lib/canonical/purchase-order";
import { connectorByKey } from "@/lib/connectors";
import type { Read } from "@/lib/connectors/kit/types";
import { askForStock } from "../deliver/wake-backorders";
import { raiseAlerts } from "../run/alerts";
import { triggerAutomatic } from "../run/trigger";
import type { Commit, FlowWork } from "../work";
import { overReceivedCause } from "./causes";
import { writeInboundEvents } from "./events";
import { type AfterReceipt, afterReceipt } from "./policies/partial-receipt";
import { type Grown, insertUploads, saveReceipt } from "./receipt-rows";

export interface Expecting {
	id: string;
	number: string;
	state: PurchaseOrderState;
	externalId: string | null;
	key: string;
	sourceConnectionId: string;
	connectorKey: string;
	options: unknown;
	lines: ExpectedLine[];
}
export interface ExpectedLine {
	id: string;
	sku: string;
	/** What the warehouse calls it, where that is known. */
	sentAs: string | null;
	expectedQuantity: number;
	receivedQuantity: number;
}

export async function recordReceipts(tx: Commit, work: FlowWork, records: Read<Receipt>[]): Promise<void> {
	const receipts = usable(tx, records);
	const orders = await lockOrders(tx, work, receipts);
	const told = new Set<string>();
	// One after the other, as they came: each receipt changes what the next one is held against.
	for (const receipt of receipts.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime())) {
		const order =
			orders.get(`id:${receipt.purchaseOrderExternalId}`) ?? orders.get(`key:${receipt.purchaseOrderNumber}`);
		// The warehouse receives for others too: what we did not announce is none of our business.
		if (!order) tx.count("skipped");
		else if (await recordOne(tx, work, order, receipt)) told.add(order.sourceConnectionId);
	}
	const skus = new Set(receipts.flatMap(({ lines }) => lines.map(({ sku }) => sku)));
	if (skus.size > 0) await askForStock(tx, work, [...skus]);
	if (told.size > 0) await triggerAutomatic(tx, work, "receipts/upload", { connectionIds: [...told] });
}

function usable(tx: Commit, records: Read<Receipt>[]): Receipt[] {
	return records.flatMap((record) => {
		const parsed = record.ok ? receiptSchema.safeParse(record.value) : null;
		if (parsed?.success) return [parsed.data];
		const reason = record.ok ? (parsed?.error?.issues[0]?.message ?? "is not usable") : record.problem;
		tx.count("failed");
		tx.record({ subjectType: "receipt", subject: record.sourceId, outcome: "failed", reason });
		return [];
	});
}

async function lockOrders(tx: Commit, work: FlowWork, receipts: Receipt[]): Promise<Map<string, Expecting>> {
	const rows = await tx.sql<Expecting>(
		`with found as materialized (
		   select d."purchaseOrderId", d."externalId", d."key", d."document" from "InboundDelivery" d
		   join "PurchaseOrder" p on p."accountId" = $1 and p."id" = d."purchaseOrderId"
		   where d."accountId" = $1 and d."connectionId" = $2 and (d."externalId" = any($3) or d."key" = any($4) or p."number" = any($4)))
		 select p."id", p."number", p."state", f."externalId", f."key", p."connectionId" as "sourceConnectionId", c."connectorKey", c."options",
		   (select json_agg(json_build_object('id', l."id", 'sku', l."sku", 'expectedQuantity', l."expectedQuantity",
		      'receivedQuantity', l."receivedQuantity", 'sentAs', (select x ->> 'sku' from jsonb_array_elements(f."document" -> 'lines') x
		        where x ->> 'sourceLineId' = l."id" limit 1)) order by l."position") from "PurchaseOrderLine" l
		    where l."accountId" = $1 and l."purchaseOrderId" = p."id") as "lines"
		 from found f join "PurchaseOrder" p on p."accountId" = $1 and p."id" = f."purchaseOrderId"
		 join "Connection" c on c."accountId" = $1 and c."id" = p."connectionId"
		 order by p."id" for update of p`,
		[
			...[work.scope.accountId, work.connection.id],
			receipts.map((one) => one.purchaseOrderExternalId).filter(Boolean),
			receipts.map((one) => one.purchaseOrderNumber).filter(Boolean),
		],
	);
	const found = new Map<string, Expecting>();
	// The number that people know leads to one of several only where no key says which.
	for (const row of rows) found.set(`key:${row.number}`, row);
	for (const row of rows) {
		found.set(`key:${row.key}`, row);
		if (row.externalId) found.set(`id:${row.externalId}`, row);
	}
	return found;
}

/** True when the source has something to hear. */
async function recordOne(tx: Commit, work: FlowWork, order: Expecting, receipt: Receipt): Promise<boolean> {
	const saved = await saveReceipt(tx, work, order, receipt);
	if (saved.grown.length === 0 && !saved.isNew) {
		tx.count("unchanged");
		return false;
	}
	const expected = isExpecting(order.state);
	const policy = sourceOptions.parse(order.options).partialReceipts;
	for (const { line, by } of saved.grown) if (line) line.receivedQuantity += by;
	const after = expected ? afterReceipt(policy, order.lines, receipt.final) : null;
	const over = saved.grown.some(({ line, by }) => by > 0 && (!line || line.receivedQuantity > line.expectedQuantity));
	await advance(tx, work, order, { after, receipt, over: over || !expected });
	tx.count(saved.isNew ? "created" : "updated");
	tx.record({
		...{ subjectType: "receipt", subject: receipt.externalId, outcome: saved.isNew ? "created" : "updated" },
		reason: `purchase order ${order.number}`,
	});
	const lowered = saved.grown.filter(({ by }) => by < 0);
	if (lowered.length > 0) {
		const facts = { receipt: receipt.externalId, units: lowered.reduce((sum, { by }) => sum - by, 0) };
		await writeInboundEvents(tx, work, [{ purchaseOrderId: order.id, kind: "receipt-lowered", facts }]);
	}
	return after ? planUploads(tx, work, { order, receiptId: saved.id, grown: saved.grown, after }) : false;
}

async function advance(
	tx: Commit,
	work: FlowWork,
	order: Expecting,
	{ after, receipt, over }: { after: AfterReceipt | null; receipt: Receipt; over: boolean },
): Promise<void> {
	const now = work.now();
	if (after) order.state = after.state;
	const closed = !isExpecting(order.state);
	await tx.sql(
		`update "PurchaseOrder" set "state" = $3, "receivedAt" = greatest(coalesce("receivedAt", $4), $4), "updatedAt" = $5, "dueAt" = null,
		   "sentAt" = coalesce("sentAt", $5), "problem" = null, "problemCode" = null,
		   "closedAt" = case when $6 then coalesce("closedAt", $5) end, "overState" = case when $7 then 'open' else "overState" end
		 where "accountId" = $1 and "id" = $2`,
		[work.scope.accountId, order.id, order.state, receipt.receivedAt, now, closed, over],
	);
	// What arrived was announced, whatever became of the answer to the announcement.
	await tx.sql(
		`update "InboundDelivery" set "state" = 'accepted', "acceptedAt" = coalesce("acceptedAt", $3), "nextTryAt" = null, "problem" = null, "problemCode" = null
		 where "accountId" = $1 and "purchaseOrderId" = $2 and "state" in ('unknown', 'intended')`,
		[work.scope.accountId, order.id, now],
	);
	if (over) await raiseAlerts(tx, work.scope, [overReceivedCause(work, order.id, order.number)], now);
}

async function planUploads(
	tx: Commit,
	work: FlowWork,
	{ order, receiptId, grown, after }: { order: Expecting; receiptId: string; grown: Grown[]; after: AfterReceipt },
): Promise<boolean> {
	if (!connectorByKey(order.connectorKey)?.source?.receipts) return false;
	const closes = after.state === "closed_short";
	await insertUploads(tx, work, { order, receiptId, grown, closes, nextTryAt: after.tells ? work.now() : null });
	if (!after.tells) return false;
	// What waited for the last receipt goes with it.
	await tx.sql(
		`update "ReceiptUpload" set "nextTryAt" = $3
		 where "accountId" = $1 and "purchaseOrderId" = $2 and "state" = 'intended' and "nextTryAt" is null`,
		[work.scope.accountId, order.id, work.now()],
	);
	return true;
}
