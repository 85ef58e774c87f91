import { type ItemKind, type ItemRow, itemRow, parseParts, partsText } from "@/lib/canonical/item-codes";

/** Words of one kind of item codes; the same in the table, the form and the file. */
export const kindWords: Record<
	ItemKind,
	{ title: string; about: string; one: string; many: string; code: string; leadsTo: string; example: string }
> = {
	mapping: {
		title: "SKU mappings",
		about:
			"What a cart calls an item, and what the warehouse calls it. It holds both ways: for orders, stock and tracking.",
		one: "mapping",
		many: "mappings",
		code: "Cart code",
		leadsTo: "Warehouse SKU",
		example: "100234",
	},
	alias: {
		title: "Aliases",
		about: "Further codes of an item, each of a named type such as UPC. A cart's settings say which type it uses.",
		one: "alias",
		many: "aliases",
		code: "Code",
		leadsTo: "Warehouse SKU",
		example: "100234",
	},
	kit: {
		title: "Kits",
		about:
			"Items that are made of others. The warehouse is sent the parts, stock is what can be built of them, and the cart is told of kits.",
		one: "kit",
		many: "kits",
		code: "Kit",
		leadsTo: "Parts",
		example: "2 x TEE + 1 x MUG",
	},
};

/** A row as it is typed. */
export interface ItemDraft {
	connectionId: string;
	name: string;
	code: string;
	target: string;
	mode: string;
	partial: string;
}

export function draftOf(row: ItemRow | null, connectionId: string): ItemDraft {
	const empty = { connectionId, name: "", code: "", target: "", mode: "explode", partial: "wait" };
	if (!row) return empty;
	if (row.kind === "kit")
		return { ...empty, code: row.code, target: partsText(row.parts), mode: row.mode, partial: row.partial };
	return { ...empty, ...row, target: row.sku };
}

/** The row that is meant, or what is still wrong with it. */
export function rowOf(kind: ItemKind, draft: ItemDraft): { row: ItemRow } | { problem: string } {
	const { target, ...rest } = draft;
	const parts = kind === "kit" ? parseParts(target) : [];
	if (draft.code.trim() === "") return { problem: `Type the ${kindWords[kind].code.toLowerCase()}.` };
	if (kind === "alias" && draft.name.trim() === "") return { problem: "Type the alias's type, such as UPC." };
	if (parts === null || target.trim() === "")
		return { problem: kind === "kit" ? 'Type the parts, such as "2 x TEE + 1 x MUG".' : "Type the warehouse's SKU." };
	const parsed = itemRow.safeParse({ ...rest, kind, sku: target, parts });
	return parsed.success ? { row: parsed.data } : { problem: parsed.error.issues[0]?.message ?? "It cannot be used." };
}

export function targetText(row: ItemRow): string {
	return row.kind === "kit" ? partsText(row.parts) : row.sku;
}

export function keyOfRow(row: ItemRow) {
	return row.kind === "mapping"
		? { kind: row.kind, connectionId: row.connectionId, code: row.code }
		: { kind: row.kind, code: row.code };
}

/** "3 orders that wait go out when you save." */
export function waitingWords(waiting: number): string {
	if (waiting === 0) return "No order waits for it.";
	return waiting === 1
		? "1 order that waits goes out when you save."
		: `${waiting} orders that wait go out when you save.`;
}
