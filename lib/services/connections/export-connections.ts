import type { CsvFile } from "@/lib/api/contract/export";
import { connectionStateWords, inTestWords } from "@/lib/canonical/state-words";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { type ExportColumn, exportTable, wholePage } from "../export-table";
import { type ConnectionSummary, connectionSummaryOf, readConnections } from "./connection-rows";

/** Connections as the list shows them, without the strip of their runs. */
export function exportConnections(scope: Scope, filter: { merchantId?: string | undefined }): Promise<CsvFile> {
	return exportTable(scope, {
		table: "connections",
		filter,
		columns,
		page: async () => {
			const now = new Date();
			const rows = await transact(scope, (tx) => readConnections(tx, scope, { merchantId: filter.merchantId }));
			return wholePage(rows.map((row) => connectionSummaryOf(row, [], now)));
		},
	});
}

const columns: ExportColumn<ConnectionSummary>[] = [
	["Connection", (row) => row.name],
	["State", (row) => [connectionStateWords[row.state], row.inTest && inTestWords].filter(Boolean).join(", ")],
	["Why", (row) => row.stateReason],
	["Merchant", (row) => row.merchant.name],
	["System", (row) => row.connector.name],
	["Side", (row) => (row.side === "source" ? "cart" : "warehouse")],
	["Last run", (row) => row.lastRunAt && new Date(row.lastRunAt)],
	["Next run", (row) => row.nextRunAt && new Date(row.nextRunAt)],
	["Alerts", (row) => row.openAlerts],
];
