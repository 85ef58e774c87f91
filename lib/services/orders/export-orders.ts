import type { CsvFile } from "@/lib/api/contract/export";
import { type OrderColumn, orderColumnNames, orderColumnWords } from "@/lib/api/contract/order-columns";
import { orderOverOf, orderOverWords, orderStateOf, orderStateWords } from "@/lib/canonical/state-words";
import type { Scope } from "@/lib/db/scope";
import { type ExportColumn, exportTable } from "../export-table";
import { listOrders, type OrderFilters } from "./list-orders";
import type { OrderSummary } from "./order-row";

type Asked = Omit<OrderFilters, "after" | "limit">;

/** The orders that a list shows, with the columns that it shows; all columns when none are named. */
export function exportOrders(
	scope: Scope,
	{ columns = orderColumnNames, ...filter }: Asked & { columns?: OrderColumn[] | undefined },
): Promise<CsvFile> {
	return exportTable(scope, {
		table: "orders",
		columns: columns.flatMap((name) => cells[name]),
		filter: { ...filter, columns: columns.map((name) => orderColumnWords[name]).join(", ") },
		page: (asked) => listOrders(scope, { ...filter, ...asked }),
	});
}

const of = orderColumnWords;
/** What a list puts into one cell to be read takes two in a file, where it is sorted and added up. */
const cells: Record<OrderColumn, ExportColumn<OrderSummary>[]> = {
	number: [[of.number, (order) => order.number]],
	status: [[of.status, stateOf]],
	merchant: [[of.merchant, (order) => order.merchant.name]],
	source: [[of.source, (order) => order.source.name]],
	to: [
		[of.to, (order) => order.shipToName],
		["Country", (order) => order.shipToCountry],
	],
	units: [[of.units, (order) => order.unitCount]],
	lines: [[of.lines, (order) => order.lineCount]],
	tags: [[of.tags, (order) => order.tags.join(", ")]],
	total: [
		[of.total, (order) => order.total?.amount],
		["Currency", (order) => order.total?.currency],
	],
	problem: [[of.problem, (order) => order.problem]],
	placed: [[of.placed, (order) => new Date(order.placedAt)]],
	created: [[of.created, (order) => new Date(order.createdAt)]],
	updated: [[of.updated, (order) => new Date(order.updatedAt)]],
};

function stateOf(order: OrderSummary): string {
	const over = orderOverOf(order);
	return [orderStateWords[orderStateOf(order)], over && orderOverWords[over]].filter(Boolean).join(", ");
}
