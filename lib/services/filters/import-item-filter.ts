/** The item codes of a cart's filter, from a CSV file and into one. A file first shows what each row would do. */
import type { z } from "zod";
import type { rowEffect } from "@/lib/api/contract/dry-run";
import type { filtersContract } from "@/lib/api/contract/filters";
import { mostItemCodes } from "@/lib/canonical/filters";
import { code as codeSchema } from "@/lib/canonical/text";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { csvRow, parseCsv } from "../csv";
import { readFilteredCart } from "./cart";
import { keepFilters } from "./save-filters";

type Imported = z.input<NonNullable<(typeof filtersContract.importItems)["~orpc"]["outputSchema"]>>;
type Effect = z.input<typeof rowEffect>;
interface Given {
	text: string;
	mode: "add" | "replace";
	type?: "whitelist" | "blacklist" | undefined;
	apply: boolean;
}

const column = "Item code";
/** How a file names lines without an item code: an empty cell would be an empty line. */
export const blankWord = "(blank)";
const shown = 500;

export function importItemFilter(scope: Scope, connectionId: string, given: Given): Promise<Imported> {
	const { head, at, rows } = readFile(given.text);
	return transact(scope, async (tx) => {
		const cart = await readFilteredCart(tx, scope, connectionId, given.apply ? "for no key update of c" : "");
		const { items } = cart.filters;
		const type = items.type === "disabled" ? given.type : items.type;
		if (!type) throw new AppError("conflict", { problem: "Say first whether it is a whitelist or a blacklist." });
		const before = new Set(items.codes);
		const { effects, codes } = judgeRows(rows, at, before);
		const gone = given.mode === "replace" ? items.codes.filter((one) => !codes.has(one)) : [];
		const after = given.mode === "replace" ? [...codes] : [...new Set([...items.codes, ...codes])];
		if (after.length > mostItemCodes) throw fileProblem(`makes more than ${mostItemCodes.toLocaleString("en")} codes.`);
		if (after.length === 0) throw fileProblem("leaves the filter without any code. Switch it off instead.");
		const all = [...effects, ...gone.map((one, n) => removal(one, rows.length + n + 2))];
		const bad = new Map(
			effects.flatMap((one) => (one.effect === "refused" ? [[one.line, one.sentence] as const] : [])),
		);
		const filters = { ...cart.filters, items: { ...items, type, codes: after } };
		return {
			...summaryOf(all),
			saved: given.apply ? await keepFilters(tx, scope, cart, { filters, note: "Item codes from a file" }) : null,
			refusedFile:
				bad.size === 0
					? null
					: csvRow([...head, "Reason"]) +
						rows
							.filter(({ line }) => bad.has(line))
							.map(({ line, cells }) => csvRow([...head.map((_, n) => cells[n] ?? ""), bad.get(line)]))
							.join(""),
		};
	});
}

export function exportItemFilter(scope: Scope, connectionId: string): Promise<File> {
	return transact(scope, async (tx) => {
		const { filters } = await readFilteredCart(tx, scope, connectionId);
		const rows = filters.items.codes.map((one) => csvRow([one || blankWord]));
		return new File([csvRow([column]) + rows.join("")], "item-filter.csv", { type: "text/csv;charset=utf-8" });
	});
}

interface FileRow {
	line: number;
	cells: string[];
}

function readFile(text: string): { head: string[]; at: number; rows: FileRow[] } {
	const all = parseCsv(text);
	if (!all) throw fileProblem("a quotation mark is opened and never closed. Save it again as CSV.");
	const [first, ...rows] = all;
	const head = first?.cells ?? [];
	const at = head.findIndex((cell) => ["item code", "sku"].includes(cell.toLowerCase()));
	if (at < 0) throw fileProblem(`has no column "${column}" in its first line.`);
	if (rows.length > mostItemCodes)
		throw fileProblem(`holds more than ${mostItemCodes.toLocaleString("en")} rows. Split it.`);
	return { head, at, rows };
}

function fileProblem(problem: string): AppError {
	return new AppError("bad-input", { field: "File", problem }, { fields: { text: problem } });
}

function judgeRows(rows: FileRow[], at: number, before: ReadonlySet<string>) {
	const first = new Map<string, number>();
	const effects = rows.map(({ line, cells }): Effect => {
		const written = cells[at] ?? "";
		const parsed = codeSchema.safeParse(written);
		if (!parsed.success) {
			const why = written === "" ? `must not be empty. Write ${blankWord} for lines without one` : "is too long";
			return { line, effect: "refused", code: written.slice(0, 100), sentence: `The item code ${why}.` };
		}
		const code = written === blankWord ? "" : parsed.data;
		const twice = first.get(code);
		if (twice !== undefined)
			return { line, effect: "refused", code: written, sentence: `${written} is there twice: also in line ${twice}.` };
		first.set(code, line);
		const effect = before.has(code) ? "same" : "new";
		const words = code === "" ? "Lines without an item code" : code;
		return { line, effect, code: written, sentence: effect === "same" ? `${words}, as it is now.` : words };
	});
	return { effects, codes: new Set(first.keys()) };
}

function removal(code: string, line: number): Effect {
	return {
		line,
		effect: "remove",
		code: code || blankWord,
		sentence: `${code || "Lines without an item code"} is removed.`,
	};
}

function summaryOf(effects: Effect[]): Pick<Imported, "effects" | "counts"> {
	const counts = { new: 0, change: 0, same: 0, remove: 0, refused: 0 };
	for (const { effect } of effects) counts[effect]++;
	const ordered = [...effects].sort((a, b) => Number(b.effect === "refused") - Number(a.effect === "refused"));
	return { counts, effects: ordered.slice(0, shown) };
}
