/** How purchase orders and their lines are written. */
import type { PurchaseOrder, PurchaseOrderLine } from "@/lib/canonical/purchase-order";
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Commit, FlowWork } from "../work";

const orderColumns = {
	id: "text",
	accountId: "text",
	merchantId: "text",
	connectionId: "text",
	sourceId: "text",
	number: "text",
	kind: "text",
	state: "text",
	supplier: "text",
	document: "jsonb",
	fingerprint: "text",
	expectedAt: "timestamptz",
	dueAt: "timestamptz",
	sourceChangedAt: "timestamptz",
	createdAt: "timestamptz",
	updatedAt: "timestamptz",
	sendingCanceled: "boolean",
};
const lineColumns = {
	id: "text",
	accountId: "text",
	merchantId: "text",
	purchaseOrderId: "text",
	sourceLineId: "text",
	position: "int",
	sku: "text",
	name: "text",
	expectedQuantity: "int",
	receivedBefore: "int",
	receivedQuantity: "int",
	unitOfMeasure: "text",
	unitsPerPack: "int",
	lot: "text",
	expectedAt: "timestamptz",
};

export async function insertPurchaseOrders(
	tx: Commit,
	work: FlowWork,
	rows: { id: string; order: PurchaseOrder; changedAt: Date; fingerprint: string }[],
): Promise<void> {
	const { accountId, merchantId } = work.scope;
	const now = work.now();
	await insertRows(
		tx,
		"PurchaseOrder",
		orderColumns,
		rows.map(({ id, order, changedAt, fingerprint }) => ({
			...{ id, accountId, merchantId, connectionId: work.connection.id, fingerprint, document: order },
			...{ sourceId: order.sourceId, number: order.number, kind: order.kind, state: order.state },
			...{ supplier: order.supplier, expectedAt: order.expectedAt ?? null, dueAt: now, sendingCanceled: false },
			...{ sourceChangedAt: changedAt, createdAt: now, updatedAt: now },
		})),
	);
	for (const { id, order } of rows) await updateLines(tx, work, { purchaseOrderId: id, lines: order.lines });
}

/** New lines are added, known ones changed; one that the source took back is expected no more. */
export async function updateLines(
	tx: Commit,
	work: FlowWork,
	{ purchaseOrderId, lines }: { purchaseOrderId: string; lines: PurchaseOrderLine[] },
): Promise<void> {
	const { accountId, merchantId } = work.scope;
	await insertRows(
		tx,
		"PurchaseOrderLine",
		lineColumns,
		lines.map((line, position) => ({
			...{ id: newId("pol"), accountId, merchantId, purchaseOrderId, sourceLineId: line.sourceLineId, position },
			...{ sku: line.sku, name: line.name, expectedQuantity: line.quantity, lot: line.lot },
			...{ receivedBefore: line.receivedQuantity, receivedQuantity: line.receivedQuantity },
			...{ unitOfMeasure: line.unitOfMeasure, unitsPerPack: line.unitsPerPack, expectedAt: line.expectedAt ?? null },
		})),
		`on conflict ("accountId", "purchaseOrderId", "sourceLineId") do update set "position" = excluded."position", "sku" = excluded."sku",
		   "name" = excluded."name", "expectedQuantity" = excluded."expectedQuantity", "lot" = excluded."lot",
		   "unitOfMeasure" = excluded."unitOfMeasure", "unitsPerPack" = excluded."unitsPerPack", "expectedAt" = excluded."expectedAt"`,
	);
	await tx.sql(
		`update "PurchaseOrderLine" set "expectedQuantity" = 0
		 where "accountId" = $1 and "purchaseOrderId" = $2 and not "sourceLineId" = any($3)`,
		[accountId, purchaseOrderId, lines.map((line) => line.sourceLineId)],
	);
}
