/**
 * Set-based writes: one statement for a page of rows, sent as one JSON parameter. Column types are written
 * out beside the rows, so PostgreSQL casts them and a wrong shape fails loudly. Names come from code, never
 * from input. What is the same in all rows, such as the account, is sent once beside them.
 */
import type { Transaction } from "./transact";

/** Column name → PostgreSQL type. */
export type Columns = Record<string, string>;

type Row<C extends Columns> = { [K in keyof C]: unknown };

/** Inserts all rows; `after` is what follows the select, such as an `on conflict` clause with `returning`. */
export async function insertRows<C extends Columns, Returned = never>(
	tx: Transaction,
	table: string,
	columns: C,
	rows: Row<C>[],
	after = "",
): Promise<Returned[]> {
	if (rows.length === 0) return [];
	const names = Object.keys(columns).map((name) => `"${name}"`);
	const { source, values } = listOf(columns, rows, []);
	return tx.sql<Returned>(
		`insert into "${table}" (${names.join(", ")}) select ${names.join(", ")} from ${source} ${after}`,
		values,
	);
}

/**
 * Updates rows from a list: `set` and `where` may use the table's own name and `given`, the list. `key` is a column
 * that both have and that picks few rows: without the list of its values, a table whose statistics are young would be
 * walked once per row. `returning` is a select list, or empty.
 */
export async function updateRows<C extends Columns, Returned = never>(
	tx: Transaction,
	table: string,
	columns: C,
	rows: Row<C>[],
	clauses: { key: keyof C & string; set: string; where: string; returning?: string },
	given: unknown[] = [],
): Promise<Returned[]> {
	if (rows.length === 0) return [];
	const returning = clauses.returning ? `returning ${clauses.returning}` : "";
	const { source, values } = listOf(columns, rows, [...given, rows.map((row) => row[clauses.key])]);
	return tx.sql<Returned>(
		`update "${table}" set ${clauses.set} from ${source}
		 where ${clauses.where} and "${table}"."${clauses.key}" = any($${given.length + 2}) ${returning}`,
		values,
	);
}

/** The rows as a list called `given`: `$1` holds what differs, `more` follows as `$2` and on, then what is the same. */
function listOf<C extends Columns>(columns: C, rows: Row<C>[], more: unknown[]): { source: string; values: unknown[] } {
	const same = Object.keys(columns).filter((name) => isSame(rows, name) && isPlain(rows[0]?.[name], columns[name]));
	const differing = Object.keys(columns).filter((name) => !same.includes(name));
	// A list without a column is none.
	if (differing.length === 0) differing.push(...same.splice(0, 1));
	const typed = differing.map((name) => `"${name}" ${columns[name]}`);
	const once = same.map((name, place) => `, $${place + more.length + 2}::${columns[name]} as "${name}"`);
	// As jsonb a list is read in half the time where it holds documents; only json keeps the order of keys.
	const form = Object.values(columns).includes("json") ? "json" : "jsonb";
	return {
		source: `(select * ${once.join("")} from ${form}_to_recordset($1::${form}) as listed(${typed.join(", ")})) as given`,
		values: [JSON.stringify(rowsOf(rows, differing)), ...more, ...same.map((name) => rows[0]?.[name])],
	};
}

function isSame<C extends Columns>(rows: Row<C>[], name: string): boolean {
	const value = rows[0]?.[name];
	return rows.every((row) => row[name] === value);
}

/** What means the same as a parameter and within JSON: no object or list, and no text that would have to be JSON. */
function isPlain(value: unknown, type = ""): boolean {
	if (value === null || value === undefined || value instanceof Date) return true;
	return typeof value !== "object" && !type.startsWith("json");
}

function rowsOf<C extends Columns>(rows: Row<C>[], names: string[]): Record<string, unknown>[] {
	return rows.map((row) => {
		const kept: Record<string, unknown> = {};
		for (const name of names) kept[name] = row[name];
		return kept;
	});
}
