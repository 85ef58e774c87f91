import type { CsvFile } from "@/lib/api/contract/export";
import { connectionStateWords } from "@/lib/canonical/state-words";
import type { Scope } from "@/lib/db/scope";
import { exportTable, wholePage } from "../export-table";
import { readOverview } from "./read-overview";

/** How late each connection is, as the overview shows it. */
export function exportOverview(scope: Scope, filter: { merchantId?: string | undefined }): Promise<CsvFile> {
	return exportTable(scope, {
		table: "overview",
		filter,
		page: async () => wholePage((await readOverview(scope, filter)).connections),
		columns: [
			["Connection", (row) => row.name],
			["State", (row) => connectionStateWords[row.state]],
			["Merchant", (row) => row.merchant.name],
			["Last 24 hours", (row) => row.activity.reduce((sum, count) => sum + count, 0)],
			["Waiting", (row) => row.waiting],
			["Oldest", (row) => row.lateSince && new Date(row.lateSince)],
			["Last run", (row) => row.lastRunAt && new Date(row.lastRunAt)],
		],
	});
}
