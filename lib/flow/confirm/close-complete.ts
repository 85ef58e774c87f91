import { statusesBefore } from "@/lib/canonical/status";
import type { Transaction } from "@/lib/db/transact";
import { addedPrefix } from "../prepare/rules/apply-ruling";

/**
 * SQL over a delivery `d` and its connection `w`: nothing more will leave of it. All that was sent has, its warehouse said
 * that this was the last or canceled the rest, or the warehouse's first shipment counts as the last.
 */
const isOver = `exists (select 1 from "Shipment" s where s."accountId" = $1 and s."deliveryId" = d."id" and (
    coalesce((s."document" ->> 'final')::boolean, false) or w."options" ->> 'partialShipments' = 'first_is_final'))
  or exists (select 1 from "WarehouseCancellation" v where v."accountId" = $1 and v."deliveryId" = d."id")
  or case when jsonb_typeof(d."document" -> 'lines') = 'array' then not exists (
    select 1 from jsonb_to_recordset(d."document" -> 'lines') as x("sku" text, "quantity" int) group by x."sku"
    having sum(x."quantity") > coalesce((select sum(l."quantity") from "Shipment" s
      join "ShipmentLine" l on l."accountId" = $1 and l."shipmentId" = s."id"
      where s."accountId" = $1 and s."deliveryId" = d."id" and l."sku" = x."sku"), 0)) else false end`;

/** SQL over an order `o`: a share of it that is still to be sent, and of whose warehouse no first shipment was the last. */
const openShare = `select 1 from "OrderShare" s join "Connection" w on w."accountId" = $1 and w."id" = s."connectionId"
  where s."accountId" = $1 and s."orderId" = o."id" and s."rest" <> '{}' and not (
    coalesce(w."options" ->> 'partialShipments' = 'first_is_final', false) and exists (select 1 from "Shipment" h
      where h."accountId" = $1 and h."orderId" = o."id" and h."connectionId" = s."connectionId"))`;

/**
 * Orders of which nothing more will come are shipped: every unit has left, or every delivery of them is over and nothing
 * waits here. What waits for stock keeps an order open, unless its warehouse's first shipment is to be the last.
 */
export async function closeComplete(
	tx: Transaction,
	{ accountId, now }: { accountId: string; now: Date },
	orderIds: string[],
): Promise<string[]> {
	if (orderIds.length === 0) return [];
	const closed = await tx.sql<{ id: string }>(
		`update "Order" o set "status" = 'shipped', "shippedAt" = $3, "updatedAt" = $3, "dueAt" = null, "problem" = null, "problemCode" = null,
		   "deliveredAt" = coalesce("deliveredAt", $3)
		 where o."accountId" = $1 and o."id" = any($2) and o."status" = any($4) and (
		   (not exists (select 1 from "OrderLine" l where l."accountId" = $1 and l."orderId" = o."id" and not l."filtered" and not l."leftOut" and l."shippedQuantity" < l."quantity")
		     and (o."sendingCanceled" or not exists (select 1 from "BackorderItem" b where b."accountId" = $1 and b."orderId" = o."id" and b."lineId" like '${addedPrefix}%')))
		   or (exists (select 1 from "Shipment" s where s."accountId" = $1 and s."orderId" = o."id")
		     and not exists (select 1 from "Delivery" d join "Connection" w on w."accountId" = $1 and w."id" = d."connectionId"
		       where d."accountId" = $1 and d."orderId" = o."id" and d."state" <> 'canceled' and not (${isOver}))
		     and (o."sendingCanceled" or case when o."splits" is not null then not exists (${openShare}) else o."backorderedAt" is null or exists (
		       select 1 from "Delivery" d join "Connection" w on w."accountId" = $1 and w."id" = d."connectionId"
		       where d."accountId" = $1 and d."orderId" = o."id" and w."options" ->> 'partialShipments' = 'first_is_final') end)))
		 returning o."id"`,
		[accountId, orderIds, now, statusesBefore("shipped")],
	);
	return closed.map(({ id }) => id);
}
