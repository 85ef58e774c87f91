/** Rules of single SKUs from a CSV file: first what each row would do, then the good ones are saved and the bad ones given back. */
import { type SkuRule, skuRule } from "@/lib/canonical/stock-rules";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { readCarts, type StockCart } from "@/lib/flow/stock/read-rules";
import { columnAt, csvRow, padded, parseCsv } from "../csv";
import { countChanges } from "./count-changes";
import type { Effect, Wanted } from "./plan-rules";
import { ownerOf } from "./rule-rows";
import { keep, plan, summaryOf } from "./save-rules";

/** Columns as the export writes them; a file may have more, and in any order. */
export const ruleColumns = ["SKU", "Cart", "Safety stock", "Cap"];
const mostRows = 20_000;

interface Parsed {
	line: number;
	cells: string[];
	rule?: SkuRule;
	problem?: string;
}

export function importRules(scope: Scope, merchantId: string, given: { text: string; apply: boolean }) {
	const { head, rows } = readFile(given.text);
	return transact(scope, async (tx) => {
		const carts = await readCarts(tx, await ownerOf(tx, scope, merchantId));
		const parsed = rows.map(({ line, cells }): Parsed => ({ line, cells, ...readRow(head, cells, carts) }));
		const wanted = parsed.flatMap(({ line, rule }): Wanted[] => (rule ? [{ line, rule }] : []));
		const planned = await plan(tx, scope, merchantId, { rows: wanted, remove: [] });
		const unread = parsed.flatMap(({ line, cells, problem }): Effect[] =>
			problem ? [{ ...noRule, line, code: cells[0] ?? "", sentence: problem }] : [],
		);
		const effects = [...unread, ...planned.effects].sort((a, b) => a.line - b.line);
		const refused = new Map(effects.flatMap((one) => (one.effect === "refused" ? [[one.line, one.sentence]] : [])));
		const bad = parsed.filter(({ line }) => refused.has(line));
		const none = { changeId: null, saved: 0 };
		return {
			...summaryOf(effects),
			changes: given.apply ? [] : await countChanges(tx, planned),
			...(given.apply ? await keep(tx, scope, planned) : none),
			refusedFile:
				bad.length === 0
					? null
					: csvRow([...head, "Reason"]) +
						bad.map(({ line, cells }) => csvRow([...padded(cells, head.length), refused.get(line)])).join(""),
		};
	});
}

const noRule = { effect: "refused" as const, key: { connectionId: "", sku: "" }, before: null, after: null };

function readFile(text: string) {
	const all = parseCsv(text);
	const refuse = (problem: string) =>
		new AppError("bad-input", { field: "File", problem }, { fields: { text: problem } });
	if (!all) throw refuse("a quotation mark is opened and never closed. Save it again as CSV.");
	const [first, ...rows] = all;
	const missing = ruleColumns.slice(0, 2).find((name) => !first || columnAt(first.cells, name) < 0);
	if (missing) {
		const wanted = ruleColumns.map((name) => `"${name}"`).join(", ");
		throw refuse(`has no column "${missing}" in its first line. It needs ${wanted}.`);
	}
	if (rows.length > mostRows) throw refuse(`holds more than ${mostRows.toLocaleString("en")} rows. Split it.`);
	return { head: first?.cells ?? [], rows };
}

function readRow(head: string[], cells: string[], carts: StockCart[]): Pick<Parsed, "rule" | "problem"> {
	const cell = (name: string) => (cells[columnAt(head, name)] ?? "").trim();
	const named = cell("Cart").toLowerCase();
	const cart = carts.find(({ id, name }) => name.toLowerCase() === named || id === named);
	if (!cart) return { problem: `No cart of this merchant that takes stock is called "${cell("Cart")}".` };
	const units = (name: string) => (cell(name) === "" ? null : Number(cell(name)));
	const row = {
		kind: "sku",
		connectionId: cart.id,
		sku: cell("SKU"),
		safetyStock: units("Safety stock"),
		cap: units("Cap"),
	};
	const parsed = skuRule.safeParse(row);
	if (parsed.success) return { rule: parsed.data };
	const issue = parsed.error.issues[0];
	return { problem: `${labels[String(issue?.path[0])] ?? "The row"} ${issue?.message ?? "cannot be used"}.` };
}

const labels: Record<string, string> = { sku: "The SKU", safetyStock: "Safety stock", cap: "Cap" };
