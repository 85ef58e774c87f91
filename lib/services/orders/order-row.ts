import type { z } from "zod";
import type { orderSummary } from "@/lib/api/contract/orders";
import type { OrderStatus } from "@/lib/canonical/status";
import { type Holder, holdersOf } from "./side";

export type OrderSummary = z.input<typeof orderSummary>;

/** The columns a list shows; for a query that calls the order `o`, its merchant `m` and its source `c`. */
export const summaryColumns = `o."id", o."number", o."status", o."heldAt", o."heldBy", o."sendingCanceled", o."testId", o."changeState", o."waitsUntil", o."problem", o."backorderedAt",
  coalesce((select d."cancelState" from "Delivery" d where d."accountId" = o."accountId" and d."orderId" = o."id"
    and d."cancelState" <> 'none' order by d."id" desc limit 1), 'none') as "cancelState",
  o."merchantId", m."name" as "merchantName", o."connectionId", c."name" as "sourceName", o."shipToName", o."shipToCountry",
  o."lineCount", o."unitCount", o."tags", o."totalAmount", o."currency", o."placedAt", o."createdAt", o."updatedAt"`;

export const summaryJoins = `join "Merchant" m on m."accountId" = o."accountId" and m."id" = o."merchantId"
  join "Connection" c on c."accountId" = o."accountId" and c."id" = o."connectionId"`;

export interface SummaryRow {
	id: string;
	number: string;
	status: OrderStatus;
	heldAt: Date | null;
	heldBy: Holder[];
	sendingCanceled: boolean;
	cancelState: string;
	testId: string | null;
	changeState: OrderSummary["changeState"];
	waitsUntil: Date | null;
	backorderedAt: Date | null;
	problem: string | null;
	merchantId: string;
	merchantName: string;
	connectionId: string;
	sourceName: string;
	shipToName: string;
	shipToCountry: string;
	lineCount: number;
	unitCount: number;
	tags: string[];
	totalAmount: string | null;
	currency: string | null;
	placedAt: Date;
	createdAt: Date;
	updatedAt: Date;
}

export function summaryOf(row: SummaryRow): OrderSummary {
	return {
		id: row.id,
		number: row.number,
		status: row.status,
		held: row.heldAt !== null,
		heldBy: [...holdersOf(row)],
		sendingCanceled: row.sendingCanceled,
		cancelState: row.cancelState,
		test: row.testId !== null,
		changeState: row.changeState,
		backordered: row.backorderedAt !== null,
		waitsUntil: isWaiting(row) ? row.waitsUntil : null,
		problem: row.problem,
		merchant: { id: row.merchantId, name: row.merchantName },
		source: { id: row.connectionId, name: row.sourceName },
		shipToName: row.shipToName,
		shipToCountry: row.shipToCountry,
		lineCount: row.lineCount,
		unitCount: row.unitCount,
		tags: row.tags,
		total: moneyOf(row.totalAmount, row.currency),
		placedAt: row.placedAt,
		createdAt: row.createdAt,
		updatedAt: row.updatedAt,
	};
}

function isWaiting({ status, waitsUntil }: SummaryRow): boolean {
	return status === "new" && waitsUntil !== null && waitsUntil > new Date();
}

/** An amount as people write it: at least two decimals, no trailing zeros beyond them. */
export function moneyOf(amount: string | null, currency: string | null): OrderSummary["total"] {
	if (amount === null || currency === null) return null;
	const [whole, part = ""] = amount.split(".");
	return { amount: `${whole}.${part.replace(/0+$/, "").padEnd(2, "0")}`, currency };
}
