/** Orders as the CartRover API looks for them: by cust_ref, by status, and by the time of that status. */
import type { Shipment } from "@/lib/canonical/shipment";
import type { OrderStatus } from "@/lib/canonical/status";
import type { ListStatus } from "@/lib/connectors/extensiv-im/words";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { Conditions } from "../page";
import type { MerchantScope } from "./who";

export interface OrderRow {
	id: string;
	sourceId: string;
	number: string;
	status: OrderStatus;
	isPartial: boolean;
	connectionId: string;
	connectorKey: string;
	sourceName: string;
	sendingCanceled: boolean;
	heldAt: Date | null;
	problem: string | null;
	problemCode: string | null;
	document: unknown;
	createdAt: Date;
	updatedAt: Date;
	deliveredAt: Date | null;
	canceledAt: Date | null;
	lines: LineRow[] | null;
	shipments: { id: string; document: Shipment }[] | null;
	shipMethod: { carrier?: string; service?: string } | null;
}
export interface LineRow {
	id: string;
	sourceLineId: string;
	sku: string;
	name: string;
	quantity: number;
	shippedQuantity: number;
	unitPrice: string | null;
	filtered: boolean;
}

/** At the warehouse, and some of it left. */
const isPartial = `(o."status" = 'at_wms' and exists (select 1 from "OrderLine" l
  where l."accountId" = o."accountId" and l."orderId" = o."id" and l."shippedQuantity" > 0))`;

const columns = `o."id", o."sourceId", o."number", o."status", ${isPartial} as "isPartial", o."connectionId", c."connectorKey",
  c."name" as "sourceName", o."sendingCanceled", o."heldAt", o."problem", o."problemCode", o."document", o."createdAt",
  o."updatedAt", o."deliveredAt", o."canceledAt",
  (select json_agg(json_build_object('id', l."id", 'sourceLineId', l."sourceLineId", 'sku', l."sku", 'name', l."name",
     'quantity', l."quantity", 'shippedQuantity', l."shippedQuantity", 'unitPrice', l."unitPrice"::text, 'filtered', l."filtered") order by l."position")
   from "OrderLine" l where l."accountId" = o."accountId" and l."orderId" = o."id") as "lines",
  (select json_agg(json_build_object('id', s."id", 'document', s."document") order by s."id")
   from "Shipment" s where s."accountId" = o."accountId" and s."orderId" = o."id") as "shipments",
  (select d."document" -> 'shipMethod' from "Delivery" d where d."accountId" = o."accountId" and d."orderId" = o."id"
   order by d."id" desc limit 1) as "shipMethod"`;
const from = `"Order" o join "Connection" c on c."accountId" = o."accountId" and c."id" = o."connectionId"`;

/** Of the key's own source; or for the key of a warehouse what waits, and what that warehouse has. */
const ofConnection = `(o."connectionId" = ? or ((o."status" in ('new', 'error') or exists (select 1 from "Delivery" d
  where d."accountId" = o."accountId" and d."orderId" = o."id" and d."connectionId" = ?))
  and exists (select 1 from "Connection" w where w."accountId" = o."accountId" and w."id" = ? and w."side" = 'destination')))`;

/** Orders this key may see: those of its connection, or all of its merchant. */
function reach(scope: MerchantScope): Conditions {
	const conditions = new Conditions();
	conditions.add(`o."accountId" = ?`, scope.accountId);
	conditions.add(`o."merchantId" = ?`, scope.merchantId);
	conditions.add(ofConnection, scope.connectionId);
	return conditions;
}

/** Throws `not-found`. Of several sources that use the same cust_ref, the newest order is meant. */
export async function findOrder(scope: MerchantScope, custRef: string): Promise<OrderRow> {
	const conditions = reach(scope);
	conditions.add(`o."sourceId" = ?`, custRef);
	const [row] = await transact(scope, (tx) =>
		tx.sql<OrderRow>(
			`select ${columns} from ${from} where ${conditions.where} order by o."id" desc limit 1`,
			conditions.values,
		),
	);
	if (!row) throw new AppError("not-found", { thing: "order" });
	return row;
}

export interface ListFilters {
	status: ListStatus;
	from: Date | null;
	to: Date | null;
	source: string;
	limit: number;
	page: number;
}

const lastLoaded = `(select max(s."createdAt") from "Shipment" s where s."accountId" = o."accountId" and s."orderId" = o."id")`;
/** Which orders a status means, and the time by which its list is cut. */
const lists: Record<ListStatus, [which: string, at: string]> = {
	new: [`o."status" = 'new'`, `o."createdAt"`],
	at_wms: [`o."status" = 'at_wms' and not ${isPartial}`, `o."deliveredAt"`],
	partial: [isPartial, lastLoaded],
	shipped: [`o."status" = 'shipped'`, `o."shippedAt"`],
	confirmed: [`o."status" = 'confirmed'`, `o."confirmedAt"`],
	error: [`o."status" = 'error'`, `o."updatedAt"`],
	canceled: [`o."status" = 'canceled'`, `o."canceledAt"`],
	new_or_at_wms: [`o."status" in ('new', 'at_wms')`, `o."createdAt"`],
	shipped_or_confirmed: [`o."status" in ('shipped', 'confirmed')`, `o."shippedAt"`],
	any: ["true", `o."createdAt"`],
};

export async function listOrders(
	scope: MerchantScope,
	filters: ListFilters,
): Promise<{ rows: OrderRow[]; total: number }> {
	const [which, at] = lists[filters.status];
	const conditions = reach(scope);
	conditions.add(`c."name" = ?`, filters.source || undefined);
	// Times are written to the second: what happened within the last one belongs to it.
	conditions.add(`date_trunc('second', ${at}) >= ?`, filters.from ?? undefined);
	conditions.add(`date_trunc('second', ${at}) <= ?`, filters.to ?? undefined);
	const where = `${conditions.where} and ${which}`;
	return transact(scope, async (tx) => {
		const [count] = await tx.sql<{ total: number }>(
			`select count(*)::int as "total" from ${from} where ${where}`,
			conditions.values,
		);
		const rows = await tx.sql<OrderRow>(
			`select ${columns} from ${from} where ${where} order by o."id" limit ${filters.limit} offset ${(filters.page - 1) * filters.limit}`,
			conditions.values,
		);
		return { rows, total: count?.total ?? 0 };
	});
}
