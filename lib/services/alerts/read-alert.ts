import type { z } from "zod";
import type { alertDetail, alertEvent } from "@/lib/api/contract/alerts";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { kindOf } from "@/lib/flow/run/alert-causes";
import { type OrderSummary, type SummaryRow, summaryColumns, summaryJoins, summaryOf } from "../orders/order-row";
import { reviewOf, warehouseOptions } from "../orders/review-order-address";
import { cutPage, type Page, type PageInput } from "../page";
import { type AlertRow, alertColumns, alertJoins, mappingOf, viewOf } from "./list-alerts";

/** One alert, what waits on it, and its history, newest first. */
export function readAlert(scope: Scope, alertId: string): Promise<z.input<typeof alertDetail>> {
	return transact(scope, async (tx) => {
		const row = await alertOf(tx, scope, alertId);
		const events = await tx.sql<z.input<typeof alertEvent>>(
			`select "id", "kind", "who", "text", "count", "at" from "AlertEvent"
			 where "accountId" = $1 and "alertId" = $2 order by "at" desc, "id" desc limit 200`,
			[scope.accountId, alertId],
		);
		const waiting = row.resolvedAt ? 0 : await countWaiting(tx, scope, row);
		return {
			...viewOf(row),
			waiting,
			retry: (!row.resolvedAt && kindOf(row.cause)?.retry) || null,
			proposes: waiting > 0 && row.code === "bad-input" && (await hasProposals(tx, scope, row)),
			mapping: row.resolvedAt ? null : mappingOf(row),
			events,
		};
	});
}

export async function alertOf(tx: Transaction, scope: Scope, alertId: string): Promise<AlertRow> {
	const [row] = await tx.sql<AlertRow>(
		`select ${alertColumns} from "Alert" a ${alertJoins}
		 where a."accountId" = $1 and a."id" = $2 and ($3::text is null or a."merchantId" = $3)`,
		[scope.accountId, alertId, scope.merchantId ?? null],
	);
	if (!row) throw new AppError("not-found", { thing: "alert" });
	return row;
}

/** `$1` is the account, `$2` the alert. */
function waitingFrom(row: Pick<AlertRow, "cause">): string | null {
	const orders = kindOf(row.cause)?.orders;
	return orders
		? `"Alert" a join "Order" o on o."accountId" = a."accountId" and ${orders} ${summaryJoins}
		   where a."accountId" = $1 and a."id" = $2`
		: null;
}

async function countWaiting(tx: Transaction, scope: Scope, row: AlertRow): Promise<number> {
	const from = waitingFrom(row);
	if (!from) return 0;
	const [counted] = await tx.sql<{ count: number }>(`select count(*)::int as "count" from ${from}`, [
		scope.accountId,
		row.id,
	]);
	return counted?.count ?? 0;
}

/** As many as are looked at: orders of one cause are alike, so that one without any proposal says much for the others. */
const looked = 50;

/** Whether one of the oldest orders that wait may take a proposed address. */
async function hasProposals(tx: Transaction, scope: Scope, row: AlertRow): Promise<boolean> {
	const from = waitingFrom(row);
	if (!from) return false;
	const orders = await tx.sql<{ document: unknown; warehouseOptions: unknown[] }>(
		`select o."document", ${warehouseOptions} as "warehouseOptions" from ${from} and o."editedAt" is null and o."addressKeptAt" is null
		 order by o."id" limit ${looked}`,
		[scope.accountId, row.id],
	);
	return orders.some((order) => (reviewOf(order)?.changes.length ?? 0) > 0);
}

/** The orders that wait on an alert, oldest first. */
export function listWaiting(scope: Scope, alertId: string, page: PageInput): Promise<Page<OrderSummary>> {
	return transact(scope, async (tx) => {
		const row = await alertOf(tx, scope, alertId);
		const from = row.resolvedAt ? null : waitingFrom(row);
		if (!from) return { items: [], next: null };
		const rows = await tx.sql<SummaryRow>(
			`select ${summaryColumns} from ${from} and o."id" > $3 order by o."id" limit ${page.limit + 1}`,
			[scope.accountId, alertId, page.after ?? ""],
		);
		return cutPage(rows, page.limit, { key: ({ id }) => id, item: summaryOf });
	});
}
