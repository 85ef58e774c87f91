import type { purchaseOrderFilterStates } from "@/lib/api/contract/purchase-orders";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { Conditions, cutPage, type Page, type PageInput, startsWith } from "../page";
import {
	type PurchaseOrderSummary,
	type SummaryRow,
	summaryColumns,
	summaryJoins,
	summaryOf,
} from "./purchase-order-row";

export interface PurchaseOrderFilters extends PageInput {
	search?: string | undefined;
	state?: (typeof purchaseOrderFilterStates)[number] | undefined;
	merchantId?: string | undefined;
}

/** Purchase orders and transfers, newest first. */
export async function listPurchaseOrders(
	scope: Scope,
	filters: PurchaseOrderFilters,
): Promise<Page<PurchaseOrderSummary>> {
	const conditions = new Conditions();
	conditions.add(`p."accountId" = ?`, scope.accountId);
	conditions.add(`p."merchantId" = ?`, scope.merchantId ?? filters.merchantId);
	conditions.add(`p."id" < ?`, filters.after);
	if (filters.state === "changed") conditions.plain(`p."changeState" = 'open'`);
	else if (filters.state === "over_received") conditions.plain(`p."overState" = 'open'`);
	else if (filters.state === "problem") conditions.plain(stopped);
	else conditions.add(`p."state" = ?`, filters.state);
	if (filters.search) {
		conditions.values.push(startsWith(filters.search), filters.search);
		const last = conditions.values.length;
		conditions.plain(`(lower(p."number") like $${last - 1} or p."sourceId" = $${last} or exists (select 1 from "PurchaseOrderLine" s
		  where s."accountId" = p."accountId" and s."purchaseOrderId" = p."id" and lower(s."sku") = lower($${last})))`);
	}
	const rows = await transact(scope, (tx) =>
		tx.sql<SummaryRow>(
			`select ${summaryColumns} from (select * from "PurchaseOrder" p where ${conditions.where} order by p."id" desc limit ${filters.limit + 1}) p
			 ${summaryJoins} order by p."id" desc`,
			conditions.values,
		),
	);
	return cutPage(rows, filters.limit, { key: (row) => row.id, item: summaryOf });
}

/** Sending it, or telling its source of a receipt, waits for a person. */
const stopped = `((p."problem" is not null and p."dueAt" is null) or exists (select 1 from "ReceiptUpload" u where u."accountId" = p."accountId"
  and u."purchaseOrderId" = p."id" and u."problem" is not null and u."nextTryAt" is null and u."state" not in ('accepted', 'canceled')))`;
