import { z } from "zod";
import type { InventoryLevel } from "@/lib/canonical/inventory";
import { reader } from "../kit/define";
import type { Context, Read } from "../kit/types";
import { stockSummaries, stockSummary } from "./api";
import { broken, hal } from "./calls";
import { itemPage, pageCursor } from "./items";
import type { ExtensivSettings } from "./settings";

const rowsPerPage = 500;

/**
 * Stock of the merchant's items, a page of items at a time. The rows of a stock summary do not say whose they are,
 * and credentials may see a whole warehouse: rows count only when their item is the merchant's.
 */
export const inventory = reader<ExtensivSettings, InventoryLevel, z.output<typeof pageCursor>>({
	cursor: pageCursor,
	async *read(context, { cursor }) {
		for (let at = cursor ?? { page: 1 }, more = true; more; ) {
			const items = await itemPage(context, at.page);
			const ids = items.raw.flatMap((raw) => idOf(raw));
			const records = ids.length > 0 ? await levelsOf(context, new Set(ids)) : [];
			({ more, next: at } = items);
			yield { records, next: at };
		}
	},
});

const itemId = z.object({ readOnly: z.object({ itemId: z.number() }) });

function idOf(raw: unknown): number[] {
	const parsed = itemId.safeParse(raw);
	return parsed.success ? [parsed.data.readOnly.itemId] : [];
}

async function levelsOf(context: Context<ExtensivSettings>, ids: Set<number>): Promise<Read<InventoryLevel>[]> {
	const takenAt = context.now();
	const levels = new Map<string, InventoryLevel>();
	const bad = new Map<string, Read<InventoryLevel>>();
	for (let page = 1, more = true; more; page++) {
		const { data } = await context.http.get("/inventory/stocksummaries", {
			schema: stockSummaries,
			headers: hal,
			query: { pgsiz: rowsPerPage, pgnum: page, rql: `itemIdentifier.id=in=(${[...ids].join(",")})` },
		});
		for (const raw of data.summaries) addRow({ raw, ids, takenAt, levels, bad });
		more = data.summaries.length > 0 && page * rowsPerPage < data.totalResults;
	}
	// A sum that lacks a row would be wrong, so a bad row takes its SKU and place with it.
	const good = [...levels].filter(([key]) => !bad.has(key));
	return [
		...bad.values(),
		...good.map(
			([sourceId, value]): Read<InventoryLevel> => ({ ok: true, sourceId, changedAt: takenAt, value, raw: null }),
		),
	];
}

interface Row {
	raw: unknown;
	ids: Set<number>;
	takenAt: Date;
	levels: Map<string, InventoryLevel>;
	bad: Map<string, Read<InventoryLevel>>;
}

/** There is one row per item, qualifier and facility: qualifiers are summed. */
function addRow({ raw, ids, takenAt, levels, bad }: Row): void {
	const parsed = stockSummary.safeParse(raw);
	if (!parsed.success) {
		const sku = broken(raw, parsed.error, ["itemIdentifier", "sku"]).sourceId;
		const key = `${broken(raw, parsed.error, ["facilityId"]).sourceId}/${sku}`;
		bad.set(key, { ...broken(raw, parsed.error, ["facilityId"]), sourceId: key });
		return;
	}
	const row = parsed.data;
	if (!ids.has(row.itemIdentifier.id)) return;
	const location = String(row.facilityId);
	const key = `${location}/${row.itemIdentifier.sku}`;
	const known = levels.get(key);
	levels.set(key, {
		sku: row.itemIdentifier.sku,
		location,
		available: (known?.available ?? 0) + count(row.available),
		availableStated: true,
		onHand: (known?.onHand ?? 0) + count(row.onHand),
		locked: (known?.locked ?? 0) + count(row.onHold ?? 0),
		incoming: 0,
		takenAt,
	});
}

/** Stock may be a fraction or, for a moment, below nothing; what can be sold is whole units. */
function count(value: number): number {
	return Math.max(0, Math.floor(value));
}
