import type { orderFilterStates } from "@/lib/api/contract/orders";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { after, dayMs } from "@/lib/time";
import { Conditions, cutPage, type Page, type PageInput, startsWith } from "../page";
import { type OrderSummary, type SummaryRow, summaryColumns, summaryJoins, summaryOf } from "./order-row";

export interface OrderFilters extends PageInput {
	search?: string | undefined;
	state?: (typeof orderFilterStates)[number] | undefined;
	merchantId?: string | undefined;
	connectionId?: string | undefined;
	days?: number | undefined;
}

/** Orders, newest first, by keyset: the last page is as fast as the first. */
export async function listOrders(scope: Scope, filters: OrderFilters): Promise<Page<OrderSummary>> {
	const rows = await transact(scope, async (tx) => {
		const ids = await pageIds(tx, scope, filters);
		if (ids.length === 0) return [];
		return tx.sql<SummaryRow>(
			`select ${summaryColumns} from "Order" o ${summaryJoins}
			 where o."accountId" = $1 and o."id" = any($2) order by o."id" desc`,
			[scope.accountId, ids],
		);
	});
	return cutPage(rows, filters.limit, { key: (row) => row.id, item: summaryOf });
}

/** The ids of one page come from an index alone; only they are joined. */
async function pageIds(tx: Transaction, scope: Scope, filters: OrderFilters): Promise<string[]> {
	const conditions = new Conditions();
	conditions.add(`"accountId" = ?`, scope.accountId);
	conditions.add(`"merchantId" = ?`, scope.merchantId ?? filters.merchantId);
	conditions.add(`"connectionId" = ?`, filters.connectionId);
	conditions.add(`"id" < ?`, filters.after);
	if (filters.days) conditions.add(`"createdAt" > ?`, after(new Date(), -filters.days * dayMs));
	if (filters.state === "held") conditions.plain(`"heldAt" is not null and "status" in ('new', 'error')`);
	else if (filters.state === "sending_canceled") conditions.plain(`"sendingCanceled" and "status" in ('new', 'error')`);
	else conditions.add(`"status" = ?`, filters.state);
	if (filters.search) {
		const exact = await exactMatches(tx, scope, filters.search);
		conditions.values.push(startsWith(filters.search), filters.search, exact);
		const [prefix, source, ids] = [-2, -1, 0].map((back) => `$${conditions.values.length + back}`);
		conditions.plain(`(lower("number") like ${prefix} or "sourceId" = ${source} or "id" = any(${ids}))`);
	}
	const rows = await tx.sql<{ id: string }>(
		`select "id" from "Order" where ${conditions.where} order by "id" desc limit ${filters.limit + 1}`,
		conditions.values,
	);
	return rows.map((row) => row.id);
}

/** Orders whose warehouse number or tracking code is exactly this. */
export async function exactMatches(tx: Transaction, scope: Scope, text: string): Promise<string[]> {
	const rows = await tx.sql<{ orderId: string }>(
		`select d."orderId" from "Delivery" d where d."accountId" = $1 and (d."externalId" = $2 or d."externalNumber" = $2 or d."key" = $2)
		 union
		 select s."orderId" from "ShipmentPackage" p join "Shipment" s on s."accountId" = p."accountId" and s."id" = p."shipmentId"
		 where p."accountId" = $1 and p."trackingNumber" = $2
		 limit 200`,
		[scope.accountId, text],
	);
	return rows.map((row) => row.orderId);
}
