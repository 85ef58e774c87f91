import type { CsvFile } from "@/lib/api/contract/export";
import { outcomeWords } from "@/lib/canonical/state-words";
import type { Scope } from "@/lib/db/scope";
import { exportTable } from "../export-table";
import { listRunRecords } from "./list-run-records";

/** What a run did, record by record. Throws `not-found` when there is no such run. */
export function exportRunRecords(
	scope: Scope,
	runId: string,
	{ outcome }: { outcome?: string | undefined },
): Promise<CsvFile> {
	return exportTable(scope, {
		table: "run-records",
		filter: { runId, outcome },
		page: (asked) => listRunRecords(scope, runId, { outcome, ...asked }),
		columns: [
			["Record", (record) => record.subject],
			["Kind", (record) => record.subjectType],
			["Outcome", (record) => outcomeWords[record.outcome] ?? record.outcome],
			["Reason", (record) => record.reason],
			["Time", (record) => record.at],
		],
	});
}
