import { gunzipSync } from "node:zlib";
import pg from "pg";

/**
 * Every place of the database where one of the words stands, as "Table.column": all text, JSON and bytes of all tables,
 * packed ones unpacked, and what waits in the queue; rows of accounts other than the one given are passed over. A table
 * or column that is added later is covered by being there.
 */
export async function walkEverything(
	{ url, accountId }: { url: string; accountId: string },
	words: string[],
): Promise<string[]> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		const { rows: tables } = await client.query<{ schema: string; name: string }>(
			`select n.nspname as "schema", c.relname as "name" from pg_class c join pg_namespace n on n.oid = c.relnamespace
			 where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema')
			   and n.nspname !~ '^pg_' order by 1, 2`,
		);
		const found = new Set<string>();
		for (const { schema, name } of tables) {
			const { rows } = await client.query<Record<string, unknown>>(`select * from "${schema}"."${name}"`);
			for (const row of rows.filter((one) => (one.accountId ?? accountId) === accountId))
				for (const [column, value] of Object.entries(row)) if (holds(value, words)) found.add(`${name}.${column}`);
		}
		return [...found].sort();
	} finally {
		await client.end();
	}
}

function holds(value: unknown, words: string[]): boolean {
	if (value === null || value === undefined) return false;
	const text = textOf(value).toLowerCase();
	return words.some((word) => [word, encodeURIComponent(word)].some((form) => text.includes(form.toLowerCase())));
}

function textOf(value: unknown): string {
	if (!Buffer.isBuffer(value)) return typeof value === "string" ? value : JSON.stringify(value);
	const packed = value[0] === 0x1f && value[1] === 0x8b;
	return (packed ? gunzipSync(value) : value).toString("utf8");
}
