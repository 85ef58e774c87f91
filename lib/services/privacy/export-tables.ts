/** The tables of an export, in the order in which they are written; each is read in pages after a cursor. */
import type { Transaction } from "@/lib/db/transact";
import type { Tenant } from "./erase-orders";

export interface ExportPage {
	rows: unknown[][];
	/** After the last row; given back for the next page. */
	cursor: string;
	/** True when nothing follows. */
	last: boolean;
}
export interface ExportTable {
	name: string;
	columns: string[];
	/** Of what it holds for `Tenant`, for telling how far it is. */
	count: string;
	page(tx: Transaction, tenant: Tenant, from: { cursor: string; limit: number }): Promise<ExportPage>;
}

type Row = Record<string, unknown> & { key: string };

/** A table whose rows are one query: `$1` account, `$2` merchant, `$3` cursor, `$4` limit; `key` is the cursor after a row. */
function table(name: string, columns: string[], queries: { count: string; rows: string }): ExportTable {
	return {
		...{ name, columns, count: queries.count },
		async page(tx, { accountId, merchantId }, { cursor, limit }) {
			const found = await tx.sql<Row>(queries.rows, [accountId, merchantId, cursor, limit]);
			const rows = found.map(({ key: _, ...cells }) => Object.values(cells).map(cellOf));
			return { rows, cursor: found.at(-1)?.key ?? cursor, last: found.length < limit };
		},
	};
}

function cellOf(value: unknown): unknown {
	if (value instanceof Date) return value.toISOString();
	return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}

const own = `"accountId" = $1 and "merchantId" = $2`;
const addressKeys = ["name", "company", "line1", "line2", "city", "region", "postalCode", "country", "phone", "email"];
const addressWords = [
	"name",
	"company",
	"street",
	"street 2",
	"city",
	"region",
	"postal code",
	"country",
	"phone",
	"mail",
];
const address = (part: string) =>
	addressKeys.map((key) => `o."document" #>> '{${part},${key}}' as "${part}-${key}"`).join(", ");

const orders = table(
	"orders.csv",
	[
		...[
			"Order",
			"Id in the shop",
			"Status",
			"Shop",
			"Placed (UTC)",
			"Loaded (UTC)",
			"Delivered (UTC)",
			"Shipped (UTC)",
		],
		...["Confirmed (UTC)", "Canceled (UTC)", "Total", "Currency", "Customer", "Customer mail"],
		...addressWords.map((word) => `Ship to: ${word}`),
		...addressWords.map((word) => `Bill to: ${word}`),
		...["Shipping", "Note", "Gift message", "Problem", "Personal data erased (UTC)"],
	],
	{
		count: `select count(*)::int as "count" from "Order" where ${own}`,
		rows: `select o."id" as "key", o."number", o."sourceId", o."status", c."name" as "shop", o."placedAt", o."createdAt", o."deliveredAt",
		    o."shippedAt", o."confirmedAt", o."canceledAt", o."totalAmount", o."currency",
		    o."document" #>> '{customer,name}' as "customer", o."document" #>> '{customer,email}' as "mail",
		    ${address("shipTo")}, ${address("billTo")}, o."document" #>> '{shipping,name}' as "shipping",
		    o."document" ->> 'note' as "note", o."document" ->> 'giftMessage' as "gift", o."problem", o."erasedAt"
		  from "Order" o join "Connection" c on c."accountId" = o."accountId" and c."id" = o."connectionId"
		  where o."accountId" = $1 and o."merchantId" = $2 and o."id" > $3 order by o."id" limit $4`,
	},
);

const lines = table("order-lines.csv", ["Order", "Position", "SKU", "Name", "Quantity", "Shipped", "Unit price"], {
	count: `select count(*)::int as "count" from "OrderLine" l join "Order" o on o."accountId" = l."accountId" and o."id" = l."orderId"
	  where o."accountId" = $1 and o."merchantId" = $2`,
	rows: `select l."orderId" || '/' || l."id" as "key", o."number", l."position" + 1 as "position", l."sku", l."name", l."quantity",
	    l."shippedQuantity", l."unitPrice"
	  from "OrderLine" l join "Order" o on o."accountId" = l."accountId" and o."id" = l."orderId"
	  where l."accountId" = $1 and o."merchantId" = $2 and (l."orderId", l."id") > (split_part($3, '/', 1), split_part($3, '/', 2))
	  order by l."orderId", l."id" limit $4`,
});

const shipments = table(
	"shipments.csv",
	[
		"Order",
		"Warehouse",
		"Id at the warehouse",
		"Carrier",
		"Service",
		"Shipped (UTC)",
		"Units",
		"Tracking numbers",
		"Told to the shop",
	],
	{
		count: `select count(*)::int as "count" from "Shipment" where ${own}`,
		rows: `select s."id" as "key", o."number", c."name" as "warehouse", s."externalId", s."carrier", s."service", s."shippedAt",
		    (select sum(l."quantity")::int from "ShipmentLine" l where l."accountId" = $1 and l."shipmentId" = s."id") as "units",
		    (select string_agg(p."trackingNumber", ' ' order by p."position") from "ShipmentPackage" p
		      where p."accountId" = $1 and p."shipmentId" = s."id") as "tracking",
		    case when exists (select 1 from "Confirmation" f where f."accountId" = $1 and f."shipmentId" = s."id" and f."state" = 'accepted')
		      then 'yes' else 'no' end as "told"
		  from "Shipment" s join "Order" o on o."accountId" = s."accountId" and o."id" = s."orderId"
		  join "Connection" c on c."accountId" = s."accountId" and c."id" = s."connectionId"
		  where s."accountId" = $1 and s."merchantId" = $2 and s."id" > $3 order by s."id" limit $4`,
	},
);

const inventory = table(
	"inventory.csv",
	["SKU", "Warehouse", "Location", "Available", "On hand", "Locked", "Incoming", "As of (UTC)"],
	{
		count: `select count(*)::int as "count" from "InventoryLevel" where ${own}`,
		rows: `select json_build_array(i."sku", i."connectionId", i."location")::text as "key", i."sku", c."name" as "warehouse", i."location",
		    i."available", i."onHand", i."locked", i."incoming", i."takenAt"
		  from "InventoryLevel" i join "Connection" c on c."accountId" = i."accountId" and c."id" = i."connectionId"
		  cross join (select case when $3 = '' then '["","",""]' else $3 end::json as "at") k
		  where i."accountId" = $1 and i."merchantId" = $2
		    and (i."sku", i."connectionId", i."location") > (k."at" ->> 0, k."at" ->> 1, k."at" ->> 2)
		  order by i."sku", i."connectionId", i."location" limit $4`,
	},
);

const auditLog = table("audit.csv", ["Time (UTC)", "Who", "Action", "Thing", "Thing id", "Before", "After"], {
	count: `select count(*)::int as "count" from "AuditEntry" where ${own}`,
	rows: `select "id" as "key", "at", coalesce(nullif("actorName", ''), "actorId") as "who", "action", "subjectType", "subjectId", "before", "after"
	  from "AuditEntry" where "accountId" = $1 and "merchantId" = $2 and "id" > $3 order by "id" limit $4`,
});

const items = table("item-codes.csv", ["Kind", "Cart", "Type", "Code", "Warehouse SKU", "Parts"], {
	count: `select (select count(*) from "Product" where ${own})::int + (select count(*) from "ItemMapping" where ${own})::int
	  + (select count(*) from "ItemAlias" where ${own})::int + (select count(*) from "ItemKit" where ${own})::int as "count"`,
	rows: `select x.* from (
	    select p."id" as "key", 'item' as "kind", null as "cart", null as "type", p."name" as "code", p."sku", null as "parts"
	      from "Product" p where p."accountId" = $1 and p."merchantId" = $2
	    union all select m."id", 'mapping', c."name", null, m."code", m."sku", null from "ItemMapping" m
	      join "Connection" c on c."accountId" = m."accountId" and c."id" = m."connectionId" where m."accountId" = $1 and m."merchantId" = $2
	    union all select a."id", 'alias', null, a."name", a."code", a."sku", null from "ItemAlias" a where a."accountId" = $1 and a."merchantId" = $2
	    union all select k."id", 'kit', null, k."mode", k."code", null, k."parts"::text from "ItemKit" k where k."accountId" = $1 and k."merchantId" = $2
	  ) x where x."key" > $3 order by x."key" limit $4`,
});

const inbound = table(
	"purchase-orders.csv",
	[
		"Purchase order",
		"Kind",
		"State",
		"Supplier",
		"Expected (UTC)",
		"Line",
		"SKU",
		"Name",
		"Expected",
		"Received",
		"Closed (UTC)",
	],
	{
		count: `select count(*)::int as "count" from "PurchaseOrder" p left join "PurchaseOrderLine" l
		  on l."accountId" = p."accountId" and l."purchaseOrderId" = p."id" where p."accountId" = $1 and p."merchantId" = $2`,
		rows: `select p."id" || '/' || coalesce(l."id", '') as "key", p."number", p."kind", p."state", p."supplier", p."expectedAt",
		    l."position" + 1 as "line", l."sku", l."name", l."expectedQuantity", l."receivedQuantity", p."closedAt"
		  from "PurchaseOrder" p left join "PurchaseOrderLine" l on l."accountId" = p."accountId" and l."purchaseOrderId" = p."id"
		  where p."accountId" = $1 and p."merchantId" = $2
		    and (p."id", coalesce(l."id", '')) > (split_part($3, '/', 1), split_part($3, '/', 2))
		  order by p."id", coalesce(l."id", '') limit $4`,
	},
);

export const exportTables: readonly ExportTable[] = [orders, lines, shipments, inventory, items, inbound, auditLog];

/** Settings of the connections without what is secret: those values are sealed apart and never read here. */
export async function connectionsJson(tx: Transaction, { accountId, merchantId }: Tenant): Promise<string> {
	const rows = await tx.sql(
		`select "id", "name", "connectorKey" as "system", "side", "state", "values" as "settings", "options", "createdAt", "archivedAt"
		 from "Connection" where ${own} order by "id"`,
		[accountId, merchantId],
	);
	return `${JSON.stringify(rows, null, "\t")}\n`;
}

export function readme(merchant: string, at: Date): string {
	return [
		`All data that Crossdock keeps of ${merchant}, as of ${at.toISOString()}.`,
		"",
		"orders.csv           one row per order, with its shopper unless erased",
		"order-lines.csv      what was ordered and how much of it was shipped",
		"shipments.csv        what left the warehouse, with tracking numbers",
		"inventory.csv        stock as the warehouse last stated it",
		"item-codes.csv       items, what carts call them, further codes, and kits",
		"purchase-orders.csv  what was expected at the warehouse, and what came",
		"audit.csv            who did what",
		"connections.json     settings of the connections; secrets are left out",
		"settings.json        rules in force, filters, ship methods, carriers, stock rules and schedules",
		"",
		"CSV files are UTF-8 with commas. A cell that a spreadsheet could take for a formula begins with an apostrophe.",
		"",
	].join("\r\n");
}
