/** A cart's ship methods as a CSV file, and back: first what each row would do, then the good ones are saved. */

import { shipMethodChange } from "@/lib/api/contract/ship-methods";
import { type ShipMethodAction, shipMethodConditions } from "@/lib/canonical/ship-method";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { csvRow, parseCsv } from "../csv";
import { type MethodRow, readCart, readRows } from "./cart";
import { type Change, planChanges, questionKey } from "./plan-ship-methods";
import { effectOf, keepShipMethods } from "./save-ship-methods";

const columns = [
	...["Code", "Name", "Countries", "Grams from", "Grams to", "Value from", "Value to", "Currency"],
	...["Becomes", "Carrier", "Service"],
];
const becomes: Record<ShipMethodAction, string> = { unmapped: "not mapped", map: "mapped", pass: "passed through" };
const mostRows = 2_000;
const shown = 500;

export function exportShipMethods(scope: Scope, connectionId: string): Promise<File> {
	return transact(scope, async (tx) => {
		await readCart(tx, scope, connectionId);
		const rows = await readRows(tx, scope.accountId, connectionId);
		const text = csvRow(columns) + rows.map((row) => csvRow(cellsOf(row))).join("");
		return new File([text], "ship-methods.csv", { type: "text/csv;charset=utf-8" });
	});
}

function cellsOf({ code, name, conditions, action, carrier, service }: MethodRow): unknown[] {
	const { countries, gramsFrom, gramsTo, valueFrom, valueTo, currency } = conditions;
	const asked = [countries?.join(" "), gramsFrom, gramsTo, valueFrom, valueTo, currency];
	return [code, name, ...asked, becomes[action], carrier, service];
}

type Effect = "new" | "change" | "same" | "refused";
interface Line {
	line: number;
	cells: string[];
	effect: Effect;
	sentence: string;
	change: Change | null;
}

export function importShipMethods(scope: Scope, connectionId: string, given: { text: string; apply: boolean }) {
	const { head, rows } = readFile(given.text);
	return transact(scope, async (tx) => {
		const cart = await readCart(tx, scope, connectionId, "for no key update of c");
		const stored = await readRows(tx, scope.accountId, connectionId);
		const lines = judge(rows, head, stored);
		const changes = lines.flatMap(({ effect, change }) => (change && effect !== "refused" ? [change] : []));
		const effect = await effectOf(tx, scope, cart, { changes });
		const kept = given.apply ? await keepShipMethods(tx, scope, cart, { changes }) : null;
		const bad = lines.filter((one) => one.effect === "refused");
		return {
			counts: countOf(lines),
			rows: [...bad, ...lines.filter((one) => one.effect !== "refused")]
				.slice(0, shown)
				.map(({ line, effect: what, sentence }) => ({ line, effect: what, sentence })),
			refusedFile: bad.length === 0 ? null : refusedFile(head, bad),
			effect,
			saved: kept?.saved ?? 0,
			released: kept?.released ?? 0,
			undo: kept?.undo ?? null,
		};
	});
}

function refusedFile(head: string[], bad: Line[]): string {
	const rows = bad.map(({ cells, sentence }) => csvRow([...head.map((_, at) => cells[at] ?? ""), sentence]));
	return csvRow([...head, "Reason"]) + rows.join("");
}

function countOf(lines: Line[]): Record<Effect, number> {
	const counts = { new: 0, change: 0, same: 0, refused: 0 };
	for (const { effect } of lines) counts[effect]++;
	return counts;
}

function readFile(text: string) {
	const refuse = (problem: string) =>
		new AppError("bad-input", { field: "File", problem }, { fields: { text: problem } });
	const all = parseCsv(text);
	if (!all) throw refuse("a quotation mark is opened and never closed. Save it again as CSV.");
	const [first, ...rows] = all;
	const head = first?.cells ?? [];
	for (const name of ["Code", "Becomes"])
		if (columnAt(head, name) < 0)
			throw refuse(
				`has no column "${name}" in its first line. It needs Code and Becomes, and may have the others of an export.`,
			);
	if (rows.length > mostRows) throw refuse(`holds more than ${mostRows.toLocaleString("en")} rows. Split it.`);
	return { head, rows };
}

function judge(rows: { line: number; cells: string[] }[], head: string[], stored: MethodRow[]): Line[] {
	const known = new Map(stored.map((row) => [questionKey(row), row]));
	const seen = new Map<string, number>();
	return rows.map(({ line, cells }): Line => {
		const refused = (sentence: string): Line => ({ line, cells, effect: "refused", sentence, change: null });
		const parsed = changeOf((name) => (cells[columnAt(head, name)] ?? "").trim());
		if (typeof parsed === "string") return refused(parsed);
		const key = questionKey(parsed);
		const earlier = seen.get(key);
		if (earlier) return refused(`Asks the same as line ${earlier}. Leave one of them out.`);
		seen.set(key, line);
		const before = known.get(key);
		const change = before ? { ...parsed, id: before.id } : parsed;
		try {
			const { written } = planChanges(before ? [before] : [], [change], () => newId("shm"));
			const effect = written.length === 0 ? "same" : before ? "change" : "new";
			return { line, cells, effect, sentence: sentenceOf(parsed), change };
		} catch (error) {
			if (!(error instanceof AppError)) throw error;
			return refused(error.message);
		}
	});
}

function sentenceOf({ code, action, carrier, service }: Change): string {
	const way = action === "map" ? [carrier, service].filter(Boolean).join(" ") : becomes[action];
	return `${code || "(no ship method)"} → ${way}`;
}

/** The change a row asks for, or what is wrong with it. */
function changeOf(cell: (name: string) => string): Change | string {
	const word = cell("Becomes").toLowerCase();
	const action = (Object.keys(becomes) as ShipMethodAction[]).find((one) => becomes[one] === word || one === word);
	if (!action) return `Becomes must be "mapped", "passed through" or "not mapped", and not "${cell("Becomes")}".`;
	const number = (name: string) => (cell(name) === "" ? undefined : Number(cell(name)));
	const words = (name: string) => cell(name) || undefined;
	const conditions = shipMethodConditions.safeParse({
		countries: cell("Countries")
			.toUpperCase()
			.split(/[\s,;]+/)
			.filter(Boolean),
		...{ gramsFrom: number("Grams from"), gramsTo: number("Grams to") },
		...{ valueFrom: words("Value from"), valueTo: words("Value to") },
		currency: words("Currency")?.toUpperCase(),
	});
	if (!conditions.success) return issueOf(conditions.error.issues);
	const parsed = shipMethodChange.safeParse({
		...{ code: cell("Code"), conditions: conditions.data, action },
		...{ carrier: cell("Carrier"), service: cell("Service") },
	});
	return parsed.success ? parsed.data : issueOf(parsed.error.issues);
}

const labels: Record<string, string> = {
	...{ code: "Code", countries: "Countries", gramsFrom: "Grams from", gramsTo: "Grams to" },
	...{ valueFrom: "Value from", valueTo: "Value to", currency: "Currency", carrier: "Carrier", service: "Service" },
};

function issueOf([issue]: { path: PropertyKey[]; message: string }[]): string {
	return `${labels[String(issue?.path[0])] ?? "The row"} ${issue?.message ?? "cannot be used"}.`;
}

function columnAt(head: string[], name: string): number {
	return head.findIndex((one) => one.trim().toLowerCase() === name.toLowerCase());
}
