/** Item codes from a CSV file: first what each row would do, then the good ones are saved and the bad ones given back. */
import { type ItemKind, type ItemRow, itemRow, parseParts } from "@/lib/canonical/item-codes";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { columnAt, csvRow, padded, parseCsv } from "../csv";
import { type Effect, touchedCodes, type Wanted } from "./plan-items";
import { countWaiting } from "./release-waiting";
import { keep, plan, summaryOf } from "./save-items";

interface Given {
	kind: ItemKind;
	connectionId?: string | undefined;
	text: string;
	apply: boolean;
}

/** Columns as the export writes them; a file may have more, and in any order. */
export const itemColumns: Record<ItemKind, string[]> = {
	mapping: ["Cart code", "Warehouse SKU"],
	alias: ["Type", "Code", "Warehouse SKU"],
	kit: ["Kit", "Parts", "Sent as", "Cart is told"],
};
export const kitWords = { explode: "parts", whole: "whole", wait: "with the last part", first: "with the first part" };
const mostRows = 20_000;

export function importItems(scope: Scope, merchantId: string, given: Given) {
	const { head, rows } = readFile(given);
	const parsed = rows.map(({ line, cells }) => ({ line, cells, ...rowOf(given, head, cells) }));
	const wanted = parsed.flatMap(({ line, row }): Wanted[] => (row ? [{ line, row }] : []));
	return transact(scope, async (tx) => {
		const { owner, effects: planned } = await plan(tx, scope, merchantId, { rows: wanted, remove: [] });
		const unread = parsed.flatMap(({ line, cells, problem }): Effect[] =>
			problem ? [{ line, effect: "refused", code: cells[0] ?? "", sentence: problem, before: null, after: null }] : [],
		);
		const effects = [...unread, ...planned].sort((a, b) => a.line - b.line);
		const refused = new Map(effects.flatMap((one) => (one.effect === "refused" ? [[one.line, one.sentence]] : [])));
		const bad = parsed.filter(({ line }) => refused.has(line));
		const waiting = await countWaiting(tx, owner, touchedCodes(effects));
		const none = { changeId: null, saved: 0, released: 0 };
		return {
			...summaryOf(effects),
			waiting,
			...(given.apply ? await keep(tx, scope, owner, effects) : none),
			refusedFile:
				bad.length === 0
					? null
					: csvRow([...head, "Reason"]) +
						bad.map(({ line, cells }) => csvRow([...padded(cells, head.length), refused.get(line)])).join(""),
		};
	});
}

function readFile({ kind, text }: Given) {
	const all = parseCsv(text);
	const refuse = (problem: string) =>
		new AppError("bad-input", { field: "File", problem }, { fields: { text: problem } });
	if (!all) throw refuse("a quotation mark is opened and never closed. Save it again as CSV.");
	const [first, ...rows] = all;
	const missing = itemColumns[kind]
		.slice(0, kind === "alias" ? 3 : 2)
		.find((name) => !first || columnAt(first.cells, name) < 0);
	if (missing) {
		const wanted = itemColumns[kind].map((name) => `"${name}"`).join(", ");
		throw refuse(`has no column "${missing}" in its first line. It needs ${wanted}.`);
	}
	if (rows.length > mostRows) throw refuse(`holds more than ${mostRows.toLocaleString("en")} rows. Split it.`);
	return { head: first?.cells ?? [], rows };
}

function rowOf(given: Given, head: string[], cells: string[]): { row?: ItemRow; problem?: string } {
	const cell = (name: string) => cells[columnAt(head, name)] ?? "";
	const parsed = itemRow.safeParse(fieldsOf(given, cell));
	if (parsed.success) return { row: parsed.data };
	const issue = parsed.error.issues[0];
	if (given.kind === "kit" && issue?.path[0] === "parts")
		return { problem: 'Parts must be a list such as "2 x A + 1 x B", each part once.' };
	return { problem: `${labels[String(issue?.path[0])] ?? "The row"} ${issue?.message ?? "cannot be used"}.` };
}

function fieldsOf({ kind, connectionId }: Given, cell: (name: string) => string): object {
	if (kind === "mapping") return { kind, connectionId, code: cell("Cart code"), sku: cell("Warehouse SKU") };
	if (kind === "alias") return { kind, name: cell("Type"), code: cell("Code"), sku: cell("Warehouse SKU") };
	const mode = cell("Sent as") === kitWords.whole ? "whole" : "explode";
	const partial = cell("Cart is told") === kitWords.first ? "first" : "wait";
	return { kind, code: cell("Kit"), parts: parseParts(cell("Parts")) ?? [], mode, partial };
}

const labels: Record<string, string> = {
	code: "The code",
	sku: "Warehouse SKU",
	name: "Type",
	connectionId: "The cart",
};
