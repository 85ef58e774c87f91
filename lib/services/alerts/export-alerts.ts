import type { CsvFile } from "@/lib/api/contract/export";
import { sideWords } from "@/lib/canonical/alert";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { type ExportColumn, exportTable } from "../export-table";
import { type AlertFilters, type AlertView, readAlerts } from "./list-alerts";

/** Alerts as the list shows them, newest first. */
export function exportAlerts(scope: Scope, filter: Omit<AlertFilters, "after" | "limit">): Promise<CsvFile> {
	return exportTable(scope, {
		table: "alerts",
		filter,
		columns,
		page: (asked) => transact(scope, (tx) => readAlerts(tx, scope, { ...filter, ...asked })),
	});
}

const columns: ExportColumn<AlertView>[] = [
	["Alert", (alert) => alert.sentence],
	["What to do", (alert) => alert.action],
	["Whose side", (alert) => sideWords[alert.side]],
	["Merchant", (alert) => alert.merchant?.name],
	["Connection", (alert) => alert.connection?.name],
	["Times", (alert) => alert.count],
	["First seen", (alert) => new Date(alert.firstSeenAt)],
	["Last seen", (alert) => new Date(alert.lastSeenAt)],
	["Assigned to", (alert) => alert.assignee?.name],
	["Snoozed until", (alert) => alert.snoozedUntil && new Date(alert.snoozedUntil)],
	["Resolved", (alert) => alert.resolvedAt && new Date(alert.resolvedAt)],
];
