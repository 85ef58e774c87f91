/**
 * Set-based writes: one statement for a page of rows, sent as one JSON parameter. Column types are written
 * out beside the rows, so PostgreSQL casts them and a wrong shape fails loudly. Names come from code, never
 * from input.
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
	return tx.sql<Returned>(
		`insert into "${table}" (${names.join(", ")}) select ${names.join(", ")} from ${recordset(columns)} ${after}`,
		[JSON.stringify(rows)],
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
	values: unknown[] = [],
): Promise<Returned[]> {
	if (rows.length === 0) return [];
	const returning = clauses.returning ? `returning ${clauses.returning}` : "";
	return tx.sql<Returned>(
		`update "${table}" set ${clauses.set} from ${recordset(columns, "given")}
		 where ${clauses.where} and "${table}"."${clauses.key}" = any($${values.length + 2}) ${returning}`,
		[JSON.stringify(rows), ...values, rows.map((row) => row[clauses.key])],
	);
}

function recordset(columns: Columns, alias = "given"): string {
	const typed = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
	return `json_to_recordset($1::json) as ${alias}(${typed.join(", ")})`;
}
