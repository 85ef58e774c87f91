/** What saving rows of item codes would do, row by row. Pure: the dry run and the saving ask the same. */
import { type ItemRow, partsText } from "@/lib/canonical/item-codes";
import { codesOf, type ItemKey, keyOf, type StoredItem } from "./item-rows";

export interface Effect {
	line: number;
	effect: "new" | "change" | "same" | "remove" | "refused";
	code: string;
	sentence: string;
	before: StoredItem | null;
	after: ItemRow | null;
}
export interface Wanted {
	line: number;
	row: ItemRow;
}
interface Known {
	stored: StoredItem[];
	/** Names of the merchant's carts, by id. */
	carts: ReadonlyMap<string, string>;
}

export function planItems(wanted: Wanted[], remove: ItemKey[], known: Known): Effect[] {
	const byKey = new Map(known.stored.map((one) => [keyOf(one.row), one]));
	const removed = new Set(remove.map(keyOf));
	// The world as it will be: what is removed or given anew does not stand in the way.
	const given = new Set(wanted.map(({ row }) => keyOf(row)));
	const stays = known.stored.filter(({ row }) => !removed.has(keyOf(row)) && !given.has(keyOf(row)));
	const world = newWorld(stays.map(({ row }) => row));
	const first = new Map<string, number>();
	const effects = wanted.map(({ line, row }): Effect => {
		const before = byKey.get(keyOf(row)) ?? null;
		const base = { line, code: row.code, before, after: row };
		const twice = first.get(keyOf(row));
		const problem =
			twice === undefined ? problemOf(row, world, known) : `${row.code} is there twice: also in line ${twice}.`;
		first.set(keyOf(row), twice ?? line);
		if (problem !== null) {
			// What is refused leaves what there is, so that it goes on to stand in the way of others.
			if (before && twice === undefined) world.add(before.row);
			return { ...base, effect: "refused", sentence: problem };
		}
		world.add(row);
		if (before && sameRow(before.row, row))
			return { ...base, effect: "same", sentence: `${wordsOf(row)}, as it is now.` };
		return before
			? { ...base, effect: "change", sentence: `${wordsOf(before.row)} → ${targetOf(row)}` }
			: { ...base, effect: "new", sentence: wordsOf(row) };
	});
	const gone = [...removed].filter((key) => !given.has(key)).flatMap((key) => byKey.get(key) ?? []);
	return [...effects, ...gone.map((before, position) => removal(before, wanted.length + position + 1))];
}

function removal(before: StoredItem, line: number): Effect {
	const sentence = `${wordsOf(before.row)} is removed.`;
	return { line, effect: "remove", code: before.row.code, sentence, before, after: null };
}

interface World {
	add(row: ItemRow): void;
	/** Which row already leads to this item in the same place. */
	ownerOf(place: string): string | undefined;
	isKit(code: string): boolean;
	/** The kit that has it as a part. */
	kitWith(code: string): string | undefined;
}

function newWorld(rows: ItemRow[]): World {
	const owners = new Map<string, string>();
	const kits = new Set<string>();
	const parts = new Map<string, string>();
	const add = (row: ItemRow) => {
		if (row.kind !== "kit") owners.set(placeOf(row), row.code);
		else {
			kits.add(row.code);
			for (const { sku } of row.parts) parts.set(sku, row.code);
		}
	};
	for (const row of rows) add(row);
	return {
		add,
		ownerOf: (place) => owners.get(place),
		isKit: (code) => kits.has(code),
		kitWith: (code) => parts.get(code),
	};
}

function placeOf(row: Exclude<ItemRow, { kind: "kit" }>): string {
	return [row.kind, row.kind === "mapping" ? row.connectionId : row.name, row.sku].join("\n");
}

function problemOf(row: ItemRow, world: World, { carts }: Known): string | null {
	if (row.kind === "kit") {
		const nested = row.parts.find(({ sku }) => sku === row.code || world.isKit(sku));
		if (nested?.sku === row.code) return `${row.code} cannot be a part of itself.`;
		if (nested) return `${nested.sku} is a kit itself. Name its parts instead.`;
		const within = world.kitWith(row.code);
		return within ? `${row.code} is a part of kit ${within}, so it cannot be a kit.` : null;
	}
	if (row.kind === "mapping" && !carts.has(row.connectionId)) return "The cart is not one of this merchant.";
	const owner = world.ownerOf(placeOf(row));
	if (owner === undefined || owner === row.code) return null;
	return row.kind === "mapping"
		? `${row.sku} is what ${owner} means in this cart already. A code leads to one item, and back.`
		: `${row.sku} has the ${row.name} code ${owner} already. Remove that one first.`;
}

export function sameRow(a: ItemRow | null, b: ItemRow | null): boolean {
	return a === b || (a !== null && b !== null && keyOf(a) === keyOf(b) && wordsOf(a) === wordsOf(b));
}

export function wordsOf(row: ItemRow): string {
	return `${row.code} → ${targetOf(row)}`;
}

function targetOf(row: ItemRow): string {
	if (row.kind === "mapping") return row.sku;
	if (row.kind === "alias") return `${row.sku} (${row.name})`;
	const whole = row.mode === "whole" ? ", kept whole" : "";
	return `${partsText(row.parts)}${whole}${row.partial === "first" ? ", told with the first part" : ""}`;
}

/** Every code that the effects touch. */
export function touchedCodes(effects: Effect[]): string[] {
	const rows = effects
		.filter(({ effect }) => effect !== "refused" && effect !== "same")
		.flatMap(({ before, after }) => [before?.row, after].filter((row) => row !== null && row !== undefined));
	return [...new Set(rows.flatMap(codesOf))];
}
