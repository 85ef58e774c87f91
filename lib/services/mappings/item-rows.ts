/** The three tables of item codes in one shape: rows as people see them, found by their key. */
import { type ItemKind, type ItemRow, itemRow } from "@/lib/canonical/item-codes";
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Transaction } from "@/lib/db/transact";

export interface ItemKey {
	kind: ItemKind;
	connectionId?: string | undefined;
	code: string;
}
export interface StoredItem {
	id: string;
	row: ItemRow;
}
export type Owner = { accountId: string; merchantId: string };

export const tables = { mapping: "ItemMapping", alias: "ItemAlias", kit: "ItemKit" } as const;

/** One text per row that can exist once. */
export function keyOf(key: ItemKey | ItemRow): string {
	return [key.kind, "connectionId" in key && key.kind === "mapping" ? key.connectionId : "", key.code].join("\n");
}

export const rowColumns: Record<ItemKind, string> = {
	mapping: `"id", json_build_object('kind', 'mapping', 'connectionId', "connectionId", 'code', "code", 'sku', "sku") as "row"`,
	alias: `"id", json_build_object('kind', 'alias', 'name', "name", 'code', "code", 'sku', "sku") as "row"`,
	kit: `"id", json_build_object('kind', 'kit', 'code', "code", 'parts', "parts", 'mode', "mode", 'partial', "partial") as "row"`,
};

/** Rows with one of these codes or items, and kits that have one of them as a part: all that new rows may touch. */
export async function readTouched(tx: Transaction, owner: Owner, codes: string[]): Promise<StoredItem[]> {
	const given = [owner.accountId, owner.merchantId, codes];
	const of = (kind: ItemKind, more: string) =>
		tx.sql<StoredItem>(
			`select ${rowColumns[kind]} from "${tables[kind]}" where "accountId" = $1 and "merchantId" = $2 and ("code" = any($3) or ${more})`,
			given,
		);
	const found = [
		await of("mapping", `"sku" = any($3)`),
		await of("alias", `"sku" = any($3)`),
		await of("kit", `exists (select 1 from jsonb_array_elements("parts") p where p ->> 'sku' = any($3))`),
	];
	return found.flat().map(({ id, row }) => ({ id, row: itemRow.parse(row) }));
}

/** What a row names: its code, and what that leads to. */
export function codesOf(row: ItemRow): string[] {
	return row.kind === "kit" ? [row.code, ...row.parts.map(({ sku }) => sku)] : [row.code, row.sku];
}

/** Removes first, so that two rows may change places. */
export async function writeRows(tx: Transaction, owner: Owner, gone: StoredItem[], rows: ItemRow[]): Promise<void> {
	for (const [kind, table] of Object.entries(tables)) {
		const ids = gone.filter(({ row }) => row.kind === kind).map(({ id }) => id);
		if (ids.length > 0)
			await tx.sql(`delete from "${table}" where "accountId" = $1 and "id" = any($2)`, [owner.accountId, ids]);
		const mine = rows.filter((row) => row.kind === kind);
		const extra = columnsOf[kind as ItemKind];
		await insertRows(
			tx,
			table,
			{ id: "text", accountId: "text", merchantId: "text", code: "text", ...extra },
			mine.map((row) => ({ id: newId("itm"), ...owner, ...row })),
		);
	}
}

const columnsOf: Record<ItemKind, Record<string, string>> = {
	mapping: { connectionId: "text", sku: "text" },
	alias: { name: "text", sku: "text" },
	kit: { parts: "jsonb", mode: "text", partial: "text" },
};
