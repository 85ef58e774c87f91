import { z } from "zod";
import type { Location, Product } from "@/lib/canonical/catalogue";
import { product } from "@/lib/canonical/catalogue";
import type { InventoryFigure, InventoryLevel } from "@/lib/canonical/inventory";
import { reader } from "../kit/define";
import type { Context, Outcome, Read, Reader, Setter } from "../kit/types";
import { call } from "./calls";
import type { ImSettings } from "./settings";
import { batchAnswer, type InventoryRow, inventoryRow } from "./words";

/** As a public client asks; the default of 20 would cost a call for every twenty products. */
const pageSize = 250;
/** Stock of a product that names no warehouse. */
const onlyPlace = "all";

const cursorSchema = z.strictObject({ page: z.int().positive() });
type Cursor = z.output<typeof cursorSchema>;

async function readRows(context: Context<ImSettings>, page: number) {
	const { data, headers } = await call(context, "/merchant/inventory", {
		schema: z.array(z.unknown()).nullish(),
		query: { limit: pageSize, page },
	});
	const rows = data ?? [];
	const total = headers.get("total-records");
	const more = rows.length > 0 && (total === null ? rows.length >= pageSize : page * pageSize < Number(total));
	return { rows, more };
}

/** Everything each time: the list is of all products, and says nothing about changes. */
function wholeReader<T>(
	records: (raw: unknown, context: Context<ImSettings>) => Read<T>[],
): Reader<ImSettings, T, Cursor> {
	return reader<ImSettings, T, Cursor>({
		cursor: cursorSchema,
		async *read(context, { cursor }) {
			let page = cursor?.page ?? 1;
			for (let more = true; more; ) {
				const read = await readRows(context, page);
				more = read.more;
				page = more ? page + 1 : 1;
				yield { records: read.rows.flatMap((raw) => records(raw, context)), next: { page } };
			}
		},
	});
}

export const inventory = wholeReader<InventoryLevel>((raw, { now }) => {
	const row = inventoryRow.safeParse(raw);
	if (!row.success) return [broken(raw, row.error)];
	const places = Object.entries(row.data.warehouses);
	return places.length === 0
		? [toLevel(row.data.sku, onlyPlace, row.data, { raw, now: now() })]
		: places.map(([id, figures]) => toLevel(row.data.sku, id, figures, { raw, now: now() }));
});

function toLevel(
	sku: string,
	location: string,
	figures: Pick<InventoryRow, "qty_available" | "qty_on_hand">,
	{ raw, now }: { raw: unknown; now: Date },
): Read<InventoryLevel> {
	const sourceId = `${location}/${sku}`;
	const [available, onHand] = [countOf(figures.qty_available), countOf(figures.qty_on_hand)];
	if (available === null && onHand === null)
		return { ok: false, sourceId, field: "qty_available", problem: "qty_available is no number", raw };
	// As of this reading: wms_datetime is when the warehouse last changed it, which may be long ago and still true.
	const takenAt = now;
	const value = {
		sku,
		location,
		available: available ?? onHand ?? 0,
		availableStated: available !== null,
		onHand: onHand ?? available ?? 0,
		locked: 0,
		incoming: 0,
		takenAt,
	};
	return { ok: true, sourceId, changedAt: takenAt, value, raw };
}

/** Whole units that can be sold; null where the API says nothing usable. */
function countOf(text: string): number | null {
	if (!/^-?\d{1,12}(\.\d*)?$/.test(text)) return null;
	return Math.min(1_000_000_000, Math.max(0, Math.floor(Number(text))));
}

/** The API lists products only by their stock. */
export const products = wholeReader<Product>((raw) => {
	const row = inventoryRow.safeParse(raw);
	const value = row.success ? product.safeParse({ sku: row.data.sku, externalId: row.data.sku }) : null;
	if (!row.success) return [broken(raw, row.error)];
	if (!value?.success) return [{ ok: false, sourceId: row.data.sku, field: "sku", problem: "sku is too long", raw }];
	return [{ ok: true, sourceId: value.data.sku, changedAt: new Date(0), value: value.data, raw }];
});

function broken(raw: unknown, error: z.ZodError): Extract<Read<never>, { ok: false }> {
	const field = error.issues[0]?.path.join(".") ?? "";
	const sku = typeof raw === "object" && raw !== null && "sku" in raw ? String(raw.sku) : "?";
	return { ok: false, sourceId: sku, field, problem: `${field || "the row"} cannot be read`, raw };
}

/** The warehouses that the stock of any product names. */
export async function listLocations(context: Context<ImSettings>): Promise<Location[]> {
	const names = new Map<string, string>();
	for (let page = 1, more = true; more && page <= 20; page++) {
		const read = await readRows(context, page);
		more = read.more;
		for (const raw of read.rows) {
			const row = inventoryRow.safeParse(raw);
			if (!row.success) continue;
			for (const [id, { warehouse }] of Object.entries(row.data.warehouses)) names.set(id, warehouse || id);
		}
	}
	return [...names].map(([externalId, name]) => ({ externalId, name }));
}

/** Absolute figures, many in one call. An answer that says nothing about a SKU has taken it. */
export const figures: Setter<ImSettings, InventoryFigure> = {
	maxBatch: 100,
	async set(context, writes): Promise<Outcome[]> {
		if (writes.length === 0) return [];
		const rows = writes.map(({ value }) => ({
			sku: value.sku,
			qty_available: value.quantity,
			qty_on_hand: value.quantity,
			...(value.location && { warehouse: value.location }),
		}));
		const { data, exchangeId } = await call(context, context.settings.inventoryPath, {
			body: rows,
			schema: batchAnswer.nullish(),
			repeatable: true,
		});
		const refused = new Map((data?.failed ?? []).map((one) => [one.sku, one.message]));
		return writes.map(({ key, value }): Outcome => {
			const why = refused.get(value.sku);
			if (why === undefined) return { key, ok: true, exchangeId };
			return { key, ok: "skipped", reason: why || "Integration Manager refused this SKU" };
		});
	},
};
