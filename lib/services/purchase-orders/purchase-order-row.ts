/** How a purchase order is read: its columns, and what people are shown of them. */
import type { z } from "zod";
import type { purchaseOrderSummary, Units } from "@/lib/api/contract/purchase-orders";
import { expectingStates, isExpecting } from "@/lib/canonical/purchase-order";

export type PurchaseOrderSummary = z.input<typeof purchaseOrderSummary>;

/**
 * Units of one receipt line `rl` of receipt `r` that can be picked: what the warehouse states, else all of them once it
 * gave a stock figure of the item after we heard of them.
 */
export const putAway = `coalesce(rl."putAwayQuantity", case when exists (select 1 from "InventoryLevel" i where i."accountId" = r."accountId"
  and i."connectionId" = r."connectionId" and i."sku" = rl."sku" and i."takenAt" >= r."updatedAt") then rl."quantity" else 0 end)`;

const expecting = expectingStates.map((state) => `'${state}'`).join(", ");

export const summaryColumns = `p."id", p."number", p."kind", p."state", p."supplier", p."problem", p."sendingCanceled", p."changeState", p."overState", p."testId",
  p."expectedAt", p."receivedAt", p."createdAt", p."dueAt", p."sentAt", p."merchantId", m."name" as "merchantName", p."connectionId",
  c."name" as "connectionName", l.*, coalesce(rp."putAway", 0)::int + l."before" as "putAway"`;
export const summaryJoins = `join "Merchant" m on m."accountId" = p."accountId" and m."id" = p."merchantId"
  join "Connection" c on c."accountId" = p."accountId" and c."id" = p."connectionId"
  cross join lateral (select count(*)::int as "lineCount", coalesce(sum(x."expectedQuantity"), 0)::int as "expected",
    coalesce(sum(x."receivedQuantity"), 0)::int as "received", coalesce(sum(x."receivedBefore"), 0)::int as "before",
    coalesce(sum(case when p."state" in (${expecting}) then greatest(0, x."expectedQuantity" - x."receivedQuantity") end), 0)::int as "inTransit"
    from "PurchaseOrderLine" x where x."accountId" = p."accountId" and x."purchaseOrderId" = p."id") l
  left join lateral (select sum(${putAway}) as "putAway" from "Receipt" r join "ReceiptLine" rl on rl."accountId" = r."accountId"
    and rl."receiptId" = r."id" and rl."purchaseOrderLineId" is not null
    where r."accountId" = p."accountId" and r."purchaseOrderId" = p."id") rp on true`;

export interface SummaryRow extends Units {
	id: string;
	number: string;
	kind: PurchaseOrderSummary["kind"];
	state: PurchaseOrderSummary["state"];
	supplier: string;
	problem: string | null;
	sendingCanceled: boolean;
	changeState: string | null;
	overState: string | null;
	testId: string | null;
	expectedAt: Date | null;
	receivedAt: Date | null;
	createdAt: Date;
	dueAt: Date | null;
	sentAt: Date | null;
	merchantId: string;
	merchantName: string;
	connectionId: string;
	connectionName: string;
	lineCount: number;
}

export function summaryOf(row: SummaryRow): PurchaseOrderSummary {
	const { id, number, kind, state, supplier, problem, expectedAt, receivedAt, createdAt, lineCount } = row;
	return {
		...{ id, number, kind, state, supplier, problem, expectedAt, receivedAt, createdAt, lineCount },
		sending: sendingOf(row),
		merchant: { id: row.merchantId, name: row.merchantName },
		source: { id: row.connectionId, name: row.connectionName },
		units: {
			expected: row.expected,
			received: row.received,
			putAway: Math.min(row.putAway, row.received),
			inTransit: row.inTransit,
		},
		changed: row.changeState === "open",
		overReceived: row.overState === "open",
		test: row.testId !== null,
	};
}

function sendingOf(row: SummaryRow): PurchaseOrderSummary["sending"] {
	if (row.sentAt) return "sent";
	if (row.sendingCanceled) return "canceled";
	if (!isExpecting(row.state)) return "none";
	if (row.dueAt) return "waiting";
	return row.problem ? "stopped" : "waiting";
}
