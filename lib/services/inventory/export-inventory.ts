import type { CsvFile } from "@/lib/api/contract/export";
import type { Scope } from "@/lib/db/scope";
import { exportTable } from "../export-table";
import { listInventory } from "./list-inventory";

interface Filter {
	search?: string | undefined;
	merchantId?: string | undefined;
}

/** Stock as the list shows it: by merchant and SKU. */
export function exportInventory(scope: Scope, filter: Filter): Promise<CsvFile> {
	return exportTable(scope, {
		table: "inventory",
		filter,
		page: (asked) => listInventory(scope, { ...filter, ...asked }),
		columns: [
			["SKU", (row) => row.sku],
			["Name", (row) => row.name],
			["Merchant", (row) => row.merchant.name],
			["Available", (row) => row.available],
			["On hand", (row) => row.onHand],
			["Locked", (row) => row.locked],
			["Incoming", (row) => row.incoming],
			["Received, not put away", (row) => row.notPutAway],
			["Told to carts", (row) => row.figures.map(({ cart, quantity }) => `${cart}: ${quantity}`).join(", ")],
			["Counted", (row) => row.takenAt],
		],
	});
}
