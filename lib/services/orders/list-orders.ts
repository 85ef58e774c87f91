import type { orderFilterStates } from "@/lib/api/contract/orders";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { after, dayMs } from "@/lib/time";
import { Conditions, cutPage, type Page, type PageInput } from "../page";
import { exactMatches, numberBegins } from "./match-number";
import { type OrderSummary, type SummaryRow, summaryColumns, summaryJoins, summaryOf } from "./order-row";

export interface OrderFilters extends PageInput {
	search?: string | undefined;
	state?: (typeof orderFilterStates)[number] | undefined;
	merchantId?: string | undefined;
	connectionId?: string | undefined;
	days?: number | undefined;
	tag?: string | undefined;
}

/** Orders, newest first, by keyset: the last page is as fast as the first. */
export async function listOrders(scope: Scope, filters: OrderFilters): Promise<Page<OrderSummary>> {
	const rows = await transact(scope, async (tx) => {
		const ids = await listOrderIds(tx, scope, filters);
		if (ids.length === 0) return [];
		return tx.sql<SummaryRow>(
			`select ${summaryColumns} from "Order" o ${summaryJoins}
			 where o."accountId" = $1 and o."id" = any($2) order by o."id" desc`,
			[scope.accountId, ids],
		);
	});
	return cutPage(rows, filters.limit, { key: (row) => row.id, item: summaryOf });
}

/** The ids of one page, and one more where there is more, come from an index alone; only they are joined. */
export async function listOrderIds(tx: Transaction, scope: Scope, filters: OrderFilters): Promise<string[]> {
	const conditions = new Conditions();
	conditions.add(`"accountId" = ?`, scope.accountId);
	conditions.add(`"merchantId" = ?`, scope.merchantId ?? filters.merchantId);
	conditions.add(`"connectionId" = ?`, filters.connectionId);
	conditions.add(`"id" < ?`, filters.after);
	if (filters.days) conditions.add(`"createdAt" > ?`, after(new Date(), -filters.days * dayMs));
	// The first says to the planner that the index of tagged orders has them all.
	if (filters.tag) conditions.plain(`"tags" <> '{}'`);
	conditions.add(`crossdock_tag_keys("tags") @> array[lower(?::text)]`, filters.tag);
	if (filters.state === "held") conditions.plain(`"heldAt" is not null and "status" in ('new', 'error')`);
	else if (filters.state === "sending_canceled") conditions.plain(`"sendingCanceled" and "status" in ('new', 'error')`);
	else if (filters.state === "backordered")
		conditions.plain(`"backorderedAt" is not null and "status" in ('new', 'at_wms')`);
	else if (filters.state === "changed") conditions.plain(`"changeState" = 'open'`);
	else if (filters.state === "cancel_refused")
		conditions.plain(
			`"status" <> 'canceled' and exists (select 1 from "Delivery" d where d."accountId" = "Order"."accountId"
			 and d."orderId" = "Order"."id" and d."cancelState" = 'refused')`,
		);
	else conditions.add(`"status" = ?`, filters.state);
	if (filters.search) {
		const exact = await exactMatches(tx, scope, filters.search);
		const begins = numberBegins(filters.search, conditions.values);
		conditions.values.push(filters.search, exact);
		const last = conditions.values.length;
		conditions.plain(`(${begins} or "sourceId" = $${last - 1} or "id" = any($${last}))`);
	}
	const rows = await tx.sql<{ id: string }>(
		`select "id" from "Order" where ${conditions.where} order by "id" desc limit ${filters.limit + 1}`,
		conditions.values,
	);
	return rows.map((row) => row.id);
}
