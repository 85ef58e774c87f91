import type { CsvFile } from "@/lib/api/contract/export";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { type ExportColumn, exportTable } from "../export-table";
import type { Page, PageInput } from "../page";
import { listOrderIds, type OrderFilters } from "./list-orders";

interface ShipmentRow {
	number: string;
	merchant: string;
	warehouse: string;
	externalId: string;
	carrier: string;
	service: string;
	tracking: string | null;
	units: number | null;
	shippedAt: Date;
	told: boolean;
}

/** What left of the orders that a list shows: one row per shipment, newest order first. */
export function exportShipments(scope: Scope, filter: Omit<OrderFilters, "after" | "limit">): Promise<CsvFile> {
	return exportTable(scope, {
		table: "shipments",
		columns,
		filter,
		page: (asked) => readPage(scope, { ...filter, ...asked }),
	});
}

const columns: ExportColumn<ShipmentRow>[] = [
	["Order", (row) => row.number],
	["Merchant", (row) => row.merchant],
	["Warehouse", (row) => row.warehouse],
	["Id at the warehouse", (row) => row.externalId],
	["Carrier", (row) => row.carrier],
	["Service", (row) => row.service],
	["Tracking", (row) => row.tracking],
	["Units", (row) => row.units],
	["Shipped", (row) => row.shippedAt],
	["Told to the cart", (row) => (row.told ? "yes" : "no")],
];

/** A page of orders is a page here too: an order's shipments are few, and stay together. */
function readPage(scope: Scope, asked: OrderFilters & PageInput): Promise<Page<ShipmentRow>> {
	return transact(scope, async (tx) => {
		const found = await listOrderIds(tx, scope, asked);
		const ids = found.slice(0, asked.limit);
		const items = await tx.sql<ShipmentRow>(
			`select o."number", m."name" as "merchant", c."name" as "warehouse", s."externalId", s."carrier", s."service", s."shippedAt",
			   (select string_agg(p."trackingNumber", ' ' order by p."position") from "ShipmentPackage" p
			     where p."accountId" = $1 and p."shipmentId" = s."id") as "tracking",
			   (select sum(l."quantity")::int from "ShipmentLine" l where l."accountId" = $1 and l."shipmentId" = s."id") as "units",
			   exists (select 1 from "Confirmation" f where f."accountId" = $1 and f."shipmentId" = s."id" and f."state" = 'accepted') as "told"
			 from "Shipment" s join "Order" o on o."accountId" = $1 and o."id" = s."orderId"
			 join "Merchant" m on m."accountId" = $1 and m."id" = s."merchantId"
			 join "Connection" c on c."accountId" = $1 and c."id" = s."connectionId"
			 where s."accountId" = $1 and s."orderId" = any($2) order by o."id" desc, s."id"`,
			[scope.accountId, ids],
		);
		return { items, next: found.length > asked.limit ? (ids.at(-1) ?? null) : null };
	});
}
