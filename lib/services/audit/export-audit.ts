import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { csvRow } from "../csv";
import { type AuditEntryView, type AuditFilters, readAuditRows } from "./audit-rows";

const rowsAtOnce = 1_000;
/** What is larger is refused rather than cut: half an answer would look like a whole one. */
const mostRows = 50_000;

/** Exactly what the filters show, as a CSV file. */
export async function exportAudit(scope: Scope, filters: AuditFilters): Promise<File> {
	let text = csvRow(columns);
	let after: string | undefined;
	for (let count = 0; ; ) {
		const rows = await readAuditRows(scope, filters, { after, limit: rowsAtOnce });
		for (const row of rows) text += csvRow(cellsOf(row));
		count += rows.length;
		after = rows.at(-1)?.id;
		if (rows.length < rowsAtOnce) return new File([text], "audit-log.csv", { type: "text/csv;charset=utf-8" });
		if (count >= mostRows) throw tooMany();
	}
}

const columns = ["Time (UTC)", "Who", "Action", "Thing", "Thing id", "Merchant", "Before", "After", "From", "Request"];

function cellsOf(row: AuditEntryView): unknown[] {
	return [
		new Date(row.at).toISOString(),
		row.actor,
		row.action,
		row.subjectType,
		row.subjectId,
		row.merchant,
		row.before && JSON.stringify(row.before),
		row.after && JSON.stringify(row.after),
		row.network,
		row.requestId,
	];
}

function tooMany(): AppError {
	const problem = `more than ${mostRows.toLocaleString("en")} entries fit these filters. Choose a shorter time.`;
	return new AppError("bad-input", { field: "Time", problem }, { fields: { from: problem } });
}
