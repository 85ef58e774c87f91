import type { CsvFile } from "@/lib/api/contract/export";
import type { Scope } from "@/lib/db/scope";
import { exportTable } from "../export-table";
import { listProducts, type ProductFilter } from "./list-products";

/** Products as the list shows them, in the units they are stored in. */
export function exportProductList(scope: Scope, filter: ProductFilter): Promise<CsvFile> {
	return exportTable(scope, {
		table: "products",
		filter,
		page: (asked) => listProducts(scope, { ...filter, ...asked }),
		columns: [
			["SKU", (row) => row.sku],
			["Name", (row) => row.name],
			["Merchant", (row) => row.merchant.name],
			["Description", (row) => row.description],
			["Weight in g", (row) => row.grams],
			["Length in mm", (row) => row.lengthMm],
			["Width in mm", (row) => row.widthMm],
			["Height in mm", (row) => row.heightMm],
			["Codes", (row) => row.aliases.map(({ name, code }) => `${name}: ${code}`).join(", ")],
			["State", (row) => (row.active ? "active" : "inactive")],
			["Lots", (row) => (row.lotTracked === null ? "" : row.lotTracked ? "tracked" : "not tracked")],
			["Warehouses", (row) => row.warehouses.map(({ name }) => name).join(", ")],
			["Carts", (row) => row.carts.map(({ name }) => name).join(", ")],
			["Changed", (row) => new Date(row.updatedAt)],
		],
	});
}
