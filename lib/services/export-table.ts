/**
 * The one way in which a list leaves as a file. Its rows come from the verb that the list itself shows, page by page,
 * so scope, filter and order are the list's; nothing but one page is in memory, and whoever reads slowly is waited for.
 * Each export is noted before its first byte leaves. One that breaks off fails for the reader, and is never cut short.
 */
import type { CsvFile } from "@/lib/api/contract/export";
import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { log } from "@/lib/log";
import { csvRow } from "./csv";
import type { Page } from "./page";

/** Rows read at once. */
export const exportRowsAtOnce = 500;

/** What stands above a cell, and what in it: text, a number, or a moment, which is written as ISO 8601 in UTC. */
export type ExportColumn<T> = readonly [heading: string, cell: (row: T) => string | number | Date | null | undefined];

interface Given<T> {
	/** Names the file and the entry in the audit log: "orders". */
	table: string;
	columns: readonly ExportColumn<T>[];
	/** What the list is narrowed to, for the audit log. */
	filter: object;
	page: (asked: { after: string | undefined; limit: number }) => Promise<Page<T>>;
}

/** Reads the first page and notes the export; the rest is read while the file is sent. */
export async function exportTable<T>(scope: Scope, given: Given<T>): Promise<CsvFile> {
	const first = await given.page({ after: undefined, limit: exportRowsAtOnce });
	await noteExport(scope, given);
	const at = new Date().toISOString();
	const name = `${given.table}-${at.slice(0, 10)}-${at.slice(11, 16).replace(":", "")}Z.csv`;
	return {
		headers: {
			"content-type": "text/csv; charset=utf-8",
			"content-disposition": `attachment; filename="${name}"`,
		},
		body: bodyOf(given, first),
	};
}

function noteExport<T>(scope: Scope, { table, filter }: Given<T>): Promise<void> {
	const narrowed = Object.fromEntries(
		Object.entries(filter).filter(([name, value]) => name !== "accountId" && value !== undefined),
	);
	return transact(scope, (tx) =>
		audit(tx, scope, {
			action: "table.exported",
			subjectType: "table",
			subjectId: table,
			after: { name: table.replaceAll("-", " "), ...narrowed },
		}),
	);
}

/** Spreadsheets take a file for UTF-8 by this mark alone. */
const byteOrderMark = "\uFEFF";

function bodyOf<T>({ table, columns, page }: Given<T>, first: Page<T>): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	const text = ({ items }: Page<T>) => items.map((row) => csvRow(columns.map(([, cell]) => cell(row)))).join("");
	let head = byteOrderMark + csvRow(columns.map(([heading]) => heading));
	let ahead: Page<T> | null = first;
	let after: string | undefined;
	return new ReadableStream({
		async pull(controller) {
			try {
				const now: Page<T> = ahead ?? (await page({ after, limit: exportRowsAtOnce }));
				ahead = null;
				controller.enqueue(encoder.encode(head + text(now)));
				head = "";
				after = now.next ?? undefined;
				if (now.next === null) controller.close();
			} catch (error) {
				log().error({ table, name: error instanceof Error ? error.name : "unknown" }, "an export broke off");
				throw error;
			}
		},
	});
}

/** A list without pages, as the one page of its file. */
export function wholePage<T>(items: T[]): Page<T> {
	return { items, next: null };
}
