import type { CsvFile } from "@/lib/api/contract/export";
import type { Scope } from "@/lib/db/scope";
import { type ExportColumn, exportTable } from "../export-table";
import type { AuditEntryView, AuditFilters } from "./audit-rows";
import { listAudit } from "./list-audit";

/** Exactly what the filters show, newest first. */
export function exportAudit(scope: Scope, filters: AuditFilters): Promise<CsvFile> {
	return exportTable(scope, {
		table: "audit-log",
		filter: filters,
		columns,
		page: (asked) => listAudit(scope, { ...filters, ...asked }),
	});
}

const columns: ExportColumn<AuditEntryView>[] = [
	["When", (entry) => new Date(entry.at)],
	["Who", (entry) => entry.actor],
	["What", (entry) => entry.action],
	["Thing", (entry) => entry.subjectType],
	["Thing id", (entry) => entry.subjectId],
	["Merchant", (entry) => entry.merchant],
	["Before", (entry) => entry.before && JSON.stringify(entry.before)],
	["After", (entry) => entry.after && JSON.stringify(entry.after)],
	["From", (entry) => entry.network],
	["Request", (entry) => entry.requestId],
];
