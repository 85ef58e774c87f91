/** How receipts are written: lines by item and lot, and what is new about them since they were last told. */
import type { Receipt } from "@/lib/canonical/purchase-order";
import { insertRows, updateRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Commit, FlowWork } from "../work";
import type { ExpectedLine, Expecting } from "./record-receipts";

/** One line of a receipt, and by how many units it differs from what was known of it. */
export interface Grown {
	key: string;
	/** Absent: nobody ordered it. */
	line: ExpectedLine | undefined;
	by: number;
}

interface Kept {
	key: string;
	line: ExpectedLine | undefined;
	sku: string;
	lot: string;
	quantity: number;
	putAwayQuantity: number | null;
	expiresAt: Date | null;
}

interface Before {
	key: string;
	quantity: number;
	purchaseOrderLineId: string | null;
	sku: string;
	lot: string;
}

export async function saveReceipt(
	tx: Commit,
	work: FlowWork,
	order: Expecting,
	receipt: Receipt,
): Promise<{ id: string; isNew: boolean; grown: Grown[] }> {
	const { accountId, merchantId } = work.scope;
	const now = work.now();
	const [row] = await tx.sql<{ id: string; isNew: boolean }>(
		`insert into "Receipt" ("id", "accountId", "merchantId", "purchaseOrderId", "connectionId", "externalId", "receivedAt", "final", "document", "createdAt", "updatedAt")
		 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
		 on conflict ("accountId", "connectionId", "externalId") do update set "receivedAt" = excluded."receivedAt", "final" = excluded."final",
		   "document" = excluded."document"
		 returning "id", xmax = 0 as "isNew"`,
		[
			...[newId("rct"), accountId, merchantId, order.id, work.connection.id, receipt.externalId],
			...[receipt.receivedAt, receipt.final, JSON.stringify(receipt), now],
		],
	);
	if (!row) throw new Error("a receipt was neither written nor found");
	const before = await tx.sql<Before>(
		`select "key", "quantity", "purchaseOrderLineId", "sku", "lot" from "ReceiptLine" where "accountId" = $1 and "receiptId" = $2`,
		[accountId, row.id],
	);
	const kept = linesOf(order, receipt, before);
	await writeLines(tx, work, row.id, kept);
	const gone = before.filter(({ key }) => !kept.some((line) => line.key === key));
	await tx.sql(
		`update "ReceiptLine" set "quantity" = 0 where "accountId" = $1 and "receiptId" = $2 and "key" = any($3)`,
		[...[accountId, row.id, gone.map(({ key }) => key)]],
	);
	const known = new Map(before.map(({ key, quantity }) => [key, quantity]));
	const all = [
		...kept.map(({ key, line, quantity }) => ({ key, line, by: quantity - (known.get(key) ?? 0) })),
		...gone.map(({ key, quantity, purchaseOrderLineId: id }) => ({
			...{ key, line: order.lines.find((line) => line.id === id), by: -quantity },
		})),
	];
	const grown = all.filter(({ by }) => by !== 0);
	await addToLines(tx, work, order.id, grown);
	if (grown.length > 0)
		await tx.sql(`update "Receipt" set "updatedAt" = $3 where "accountId" = $1 and "id" = $2`, [
			accountId,
			row.id,
			now,
		]);
	return { ...row, grown };
}

/** Two lines of one item and lot are one. */
function linesOf(order: Expecting, receipt: Receipt, before: Before[]): Kept[] {
	const kept = new Map<string, Kept>();
	for (const given of receipt.lines) {
		const known = before.find(({ sku, lot }) => sku === given.sku && lot === given.lot);
		const wanted = given.lineId || known?.purchaseOrderLineId;
		const line = order.lines.find(({ id }) => id === wanted) ?? bySku(order, given.sku);
		const key = [line?.id ?? "", given.sku, given.lot].join("|");
		const same = kept.get(key);
		const put = given.putAwayQuantity;
		kept.set(key, {
			...{ key, line, sku: given.sku, lot: given.lot, quantity: given.quantity + (same?.quantity ?? 0) },
			putAwayQuantity: put === undefined ? (same?.putAwayQuantity ?? null) : put + (same?.putAwayQuantity ?? 0),
			expiresAt: given.expiresAt ?? null,
		});
	}
	return [...kept.values()];
}

/** Of two lines with one SKU the first that still waits for some. */
function bySku(order: Expecting, sku: string): ExpectedLine | undefined {
	const sent = order.lines.filter((line) => line.sentAs === sku);
	const same = sent.length > 0 ? sent : order.lines.filter((line) => line.sku === sku);
	return same.find((line) => line.receivedQuantity < line.expectedQuantity) ?? same[0];
}

const lineColumns = {
	accountId: "text",
	merchantId: "text",
	receiptId: "text",
	key: "text",
	purchaseOrderLineId: "text",
	sku: "text",
	lot: "text",
	quantity: "int",
	putAwayQuantity: "int",
	expiresAt: "timestamptz",
};

async function writeLines(tx: Commit, work: FlowWork, receiptId: string, kept: Kept[]): Promise<void> {
	const { accountId, merchantId } = work.scope;
	await insertRows(
		tx,
		"ReceiptLine",
		lineColumns,
		kept.map(({ line, ...rest }) => ({
			accountId,
			merchantId,
			receiptId,
			purchaseOrderLineId: line?.id ?? null,
			...rest,
		})),
		`on conflict ("accountId", "receiptId", "key") do update set "quantity" = excluded."quantity",
		   "putAwayQuantity" = excluded."putAwayQuantity", "expiresAt" = excluded."expiresAt"`,
	);
}

async function addToLines(tx: Commit, work: FlowWork, purchaseOrderId: string, grown: Grown[]): Promise<void> {
	const sums = new Map<string, number>();
	for (const { line, by } of grown) if (line) sums.set(line.id, (sums.get(line.id) ?? 0) + by);
	await updateRows(
		tx,
		"PurchaseOrderLine",
		{ id: "text", by: "int" },
		[...sums].map(([id, by]) => ({ id, by })),
		{
			key: "id",
			set: `"receivedQuantity" = greatest(0, "PurchaseOrderLine"."receivedQuantity" + given."by")`,
			where: `"PurchaseOrderLine"."accountId" = $2 and "PurchaseOrderLine"."purchaseOrderId" = $3 and "PurchaseOrderLine"."id" = given."id"`,
		},
		[work.scope.accountId, purchaseOrderId],
	);
}

const uploadColumns = {
	id: "text",
	accountId: "text",
	merchantId: "text",
	purchaseOrderId: "text",
	purchaseOrderLineId: "text",
	receiptId: "text",
	lineKey: "text",
	connectionId: "text",
	key: "text",
	quantity: "int",
	closes: "boolean",
	state: "text",
	attempts: "int",
	nextTryAt: "timestamptz",
	existed: "boolean",
	createdAt: "timestamptz",
};

/** Plans what the source is told: of each line what it was not told of yet. The last one closes, where that is wanted. */
export async function insertUploads(
	tx: Commit,
	work: FlowWork,
	plan: { order: Expecting; receiptId: string; grown: Grown[]; closes: boolean; nextTryAt: Date | null },
): Promise<void> {
	const { accountId, merchantId } = work.scope;
	const { order, receiptId, closes, nextTryAt } = plan;
	const planned = await tx.sql<{ lineKey: string; units: number; said: number }>(
		`select l."key" as "lineKey", l."quantity" as "units", coalesce((select sum(u."quantity") from "ReceiptUpload" u where u."accountId" = $1
		   and u."receiptId" = $2 and u."lineKey" = l."key"), 0)::int as "said"
		 from "ReceiptLine" l where l."accountId" = $1 and l."receiptId" = $2`,
		[accountId, receiptId],
	);
	const open = new Map(planned.map(({ lineKey, units, said }) => [lineKey, { units, more: units - said }]));
	const rows = plan.grown.flatMap(({ key, line }) => {
		const { units, more } = open.get(key) ?? { units: 0, more: 0 };
		return line && more > 0 ? [{ key, line, units, more }] : [];
	});
	await insertRows(
		tx,
		"ReceiptUpload",
		uploadColumns,
		rows.map(({ key, line, units, more }, n) => ({
			...{
				id: newId("rcu"),
				accountId,
				merchantId,
				purchaseOrderId: order.id,
				purchaseOrderLineId: line.id,
				receiptId,
			},
			...{ lineKey: key, connectionId: order.sourceConnectionId, key: `${receiptId}/${key}/${units}`, quantity: more },
			...{ closes: closes && n === rows.length - 1, state: "intended", attempts: 0, nextTryAt, existed: false },
			createdAt: work.now(),
		})),
		`on conflict ("accountId", "connectionId", "key") do nothing`,
	);
}
