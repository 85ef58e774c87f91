import type { z } from "zod";
import type { purchaseOrderDetail } from "@/lib/api/contract/purchase-orders";
import { isExpecting } from "@/lib/canonical/purchase-order";
import type { WriteState } from "@/lib/canonical/status";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { inTransit } from "@/lib/flow/inbound/policies/partial-receipt";
import { type JourneyRows, purchaseOrderJourney } from "./journey";
import { putAway, type SummaryRow, summaryColumns, summaryJoins, summaryOf } from "./purchase-order-row";

type PurchaseOrderDetail = z.input<typeof purchaseOrderDetail>;
type Row = SummaryRow & { sourceId: string; changeNote: string; note: string };
interface LineRow {
	id: string;
	sku: string;
	name: string;
	lot: string;
	unitOfMeasure: string;
	unitsPerPack: number;
	expectedAt: Date | null;
	expectedQuantity: number;
	receivedQuantity: number;
	putAway: number;
	lots: { lot: string; expiresAt: string | null; quantity: number }[];
}

/** One purchase order with its lines, what arrived of them, and its journey. Throws `not-found`. */
export async function readPurchaseOrder(scope: Scope, purchaseOrderId: string): Promise<PurchaseOrderDetail> {
	return transact(scope, async (tx) => {
		const one = [scope.accountId, purchaseOrderId];
		const [row] = await tx.sql<Row>(
			`select ${summaryColumns}, p."sourceId", p."changeNote", p."document" ->> 'note' as "note" from "PurchaseOrder" p ${summaryJoins}
			 where p."accountId" = $1 and p."id" = $2`,
			one,
		);
		if (!row) throw new AppError("not-found", { thing: "purchase order" });
		const rows = await journeyRows(tx, one);
		const lines = await linesOf(tx, one);
		const strangers = await tx.sql<{ sku: string; quantity: number }>(
			`select rl."sku", sum(rl."quantity")::int as "quantity" from "Receipt" r join "ReceiptLine" rl on rl."accountId" = $1
			   and rl."receiptId" = r."id" and rl."purchaseOrderLineId" is null
			 where r."accountId" = $1 and r."purchaseOrderId" = $2 group by rl."sku" having sum(rl."quantity") > 0 order by rl."sku"`,
			one,
		);
		return detailOf(row, { lines, strangers, rows });
	});
}

function detailOf(
	row: Row,
	{ lines, strangers, rows }: { lines: LineRow[]; strangers: PurchaseOrderDetail["strangers"]; rows: JourneyRows },
): PurchaseOrderDetail {
	const summary = summaryOf(row);
	const expecting = isExpecting(row.state);
	const [delivery] = rows.deliveries;
	const mayBeThere = delivery !== undefined && ["sending", "unknown", "accepted"].includes(delivery.state);
	const isStopped = rows.uploads.some(
		(one) => one.problem && !one.nextTryAt && ["refused", "unknown"].includes(one.state),
	);
	return {
		...summary,
		...{ sourceId: row.sourceId, note: row.note ?? "", changeNote: summary.changed ? row.changeNote : "", strangers },
		lines: lines.map(({ expectedQuantity, receivedQuantity, lots, ...line }) => ({
			...line,
			expected: expectedQuantity,
			received: receivedQuantity,
			putAway: Math.min(line.putAway, receivedQuantity),
			inTransit: inTransit({ expectedQuantity, receivedQuantity }, expecting),
			lots: lots.map((lot) => ({ ...lot, expiresAt: lot.expiresAt ? new Date(lot.expiresAt) : null })),
		})),
		delivery: delivery
			? {
					warehouse: { id: delivery.connectionId, name: delivery.connectionName },
					...{ number: delivery.key, state: delivery.state as WriteState, externalId: delivery.externalId },
				}
			: null,
		journey: purchaseOrderJourney(summary, rows),
		can: {
			resend: expecting && !row.sendingCanceled && delivery?.state !== "sending" && delivery?.state !== "accepted",
			cancelSending: expecting && !row.sendingCanceled && !mayBeThere,
			enableSending: row.sendingCanceled,
			dealWith: summary.changed || summary.overReceived,
			resendReceipts: isStopped,
		},
	};
}

function linesOf(tx: Transaction, one: unknown[]): Promise<LineRow[]> {
	return tx.sql<LineRow>(
		`select l."id", l."sku", l."name", l."lot", l."unitOfMeasure", l."unitsPerPack", l."expectedAt", l."expectedQuantity", l."receivedQuantity",
		   l."receivedBefore" + coalesce((select sum(${putAway}) from "Receipt" r join "ReceiptLine" rl on rl."accountId" = $1 and rl."receiptId" = r."id"
		     and rl."purchaseOrderLineId" = l."id" where r."accountId" = $1 and r."purchaseOrderId" = $2), 0)::int as "putAway",
		   coalesce((select json_agg(x) from (select rl."lot", max(rl."expiresAt") as "expiresAt", sum(rl."quantity")::int as "quantity"
		     from "Receipt" r join "ReceiptLine" rl on rl."accountId" = $1 and rl."receiptId" = r."id" and rl."purchaseOrderLineId" = l."id"
		     where r."accountId" = $1 and r."purchaseOrderId" = $2 and rl."lot" <> '' group by rl."lot" order by rl."lot") x), '[]') as "lots"
		 from "PurchaseOrderLine" l where l."accountId" = $1 and l."purchaseOrderId" = $2 order by l."position", l."id"`,
		one,
	);
}

async function journeyRows(tx: Transaction, one: unknown[]): Promise<JourneyRows> {
	return {
		deliveries: await tx.sql(
			`select d.*, c."name" as "connectionName" from "InboundDelivery" d join "Connection" c on c."accountId" = $1 and c."id" = d."connectionId"
			 where d."accountId" = $1 and d."purchaseOrderId" = $2`,
			one,
		),
		receipts: await tx.sql(
			`select r."id", r."externalId", r."createdAt", r."receivedAt", r."overReceived", c."name" as "connectionName",
			   (select coalesce(sum(rl."quantity"), 0)::int from "ReceiptLine" rl where rl."accountId" = $1 and rl."receiptId" = r."id") as "units"
			 from "Receipt" r join "Connection" c on c."accountId" = $1 and c."id" = r."connectionId"
			 where r."accountId" = $1 and r."purchaseOrderId" = $2`,
			one,
		),
		uploads: await tx.sql(
			`select u.*, l."sku", c."name" as "connectionName" from "ReceiptUpload" u join "Connection" c on c."accountId" = $1 and c."id" = u."connectionId"
			 join "PurchaseOrderLine" l on l."accountId" = $1 and l."purchaseOrderId" = $2 and l."id" = u."purchaseOrderLineId"
			 where u."accountId" = $1 and u."purchaseOrderId" = $2`,
			one,
		),
		attempts: await tx.sql(
			`select * from "InboundAttempt" where "accountId" = $1 and "purchaseOrderId" = $2 order by "startedAt", "id"`,
			one,
		),
		events: await tx.sql(`select * from "PurchaseOrderEvent" where "accountId" = $1 and "purchaseOrderId" = $2`, one),
	};
}
