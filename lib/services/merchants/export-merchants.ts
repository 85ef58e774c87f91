import type { CsvFile } from "@/lib/api/contract/export";
import type { Scope } from "@/lib/db/scope";
import { exportTable, wholePage } from "../export-table";
import { listMerchants } from "./list-merchants";

/** The merchants with what is open for each. */
export function exportMerchants(scope: Scope): Promise<CsvFile> {
	return exportTable(scope, {
		table: "merchants",
		filter: {},
		columns: [
			["Merchant", (merchant) => merchant.name],
			["Carts", (merchant) => merchant.carts],
			["Warehouses", (merchant) => merchant.warehouses],
			["Open orders", (merchant) => merchant.openOrders],
			["Stuck", (merchant) => merchant.stuckOrders],
			["Oldest waiting", (merchant) => merchant.oldestWaitingAt && new Date(merchant.oldestWaitingAt)],
			["Added", (merchant) => new Date(merchant.createdAt)],
		],
		page: async () => wholePage(await listMerchants(scope)),
	});
}
