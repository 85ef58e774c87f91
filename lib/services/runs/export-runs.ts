import type { CsvFile } from "@/lib/api/contract/export";
import { runStateWords, triggerWords } from "@/lib/canonical/state-words";
import type { Scope } from "@/lib/db/scope";
import { type ExportColumn, exportTable } from "../export-table";
import { listRuns, type RunFilters } from "./list-runs";
import type { RunSummary } from "./run-row";

/** Runs as the list shows them, newest first; what each did as figures. */
export function exportRuns(scope: Scope, filter: Omit<RunFilters, "after" | "limit">): Promise<CsvFile> {
	return exportTable(scope, {
		table: "runs",
		filter,
		columns,
		page: (asked) => listRuns(scope, { ...filter, ...asked }),
	});
}

const columns: ExportColumn<RunSummary>[] = [
	["Function", (run) => run.title],
	["State", (run) => runStateWords[run.state]],
	["Connection", (run) => run.connection.name],
	["Merchant", (run) => run.merchant.name],
	["Read", (run) => run.counts.read ?? 0],
	["Created", (run) => run.counts.created ?? 0],
	["Updated", (run) => run.counts.updated ?? 0],
	["Skipped", (run) => run.counts.skipped ?? 0],
	["Failed", (run) => run.counts.failed ?? 0],
	["Message", (run) => run.message],
	["Started by", (run) => triggerWords[run.trigger]],
	["Took (seconds)", (run) => run.endedAt && (Number(new Date(run.endedAt)) - Number(new Date(run.startedAt))) / 1000],
	["Started", (run) => new Date(run.startedAt)],
	["Ended", (run) => run.endedAt && new Date(run.endedAt)],
];
