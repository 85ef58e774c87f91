import { z } from "zod";
import type { Product } from "@/lib/canonical/catalogue";
import type { InventoryLevel } from "@/lib/canonical/inventory";
import { reader } from "../kit/define";
import type { Page, Read } from "../kit/types";
import { warehouseId, warehouses } from "./access";
import { rawList } from "./api";
import { type OmContext, refusal, remember } from "./calls";
import { channelId, salesChannels } from "./channels";
import { type Listing, listing, omProduct, type StockRow, stockRow } from "./destination-api";
import type { OmSettings } from "./settings";

const pageSize = 100;
const pageCursor = z.strictObject({ page: z.int().positive() });
type PageCursor = z.output<typeof pageCursor>;
type Query = Record<string, string | number | undefined>;

async function onePage(context: OmContext, path: string, query: Query): Promise<unknown[]> {
	const { data } = await context.http.get(path, {
		schema: rawList,
		query: { ...query, limit: pageSize },
		fault: refusal(context),
	});
	return data;
}

/** Everything, page by page, and from the start again after the end. Lists have no total: a short page is the last. */
async function* pages<T>(
	{ context, path, query, cursor }: { context: OmContext; path: string; query: Query; cursor: PageCursor | null },
	read: (raw: unknown[]) => Promise<Read<T>[]>,
): AsyncGenerator<Page<T, PageCursor>, void> {
	for (let page = cursor?.page ?? 1; ; page++) {
		const raw = await onePage(context, path, { ...query, page });
		const more = raw.length >= pageSize;
		yield { records: await read(raw), next: { page: more ? page + 1 : 1 } };
		if (!more) return;
	}
}

/** Levels by sales channel as Order Manager shares stock out, or by warehouse. A place's id here is its name. */
export const inventory = reader<OmSettings, InventoryLevel, PageCursor>({
	cursor: pageCursor,
	async *read(context, { cursor }) {
		const takenAt = context.now();
		if (context.settings.inventorySyncMode === "channel") {
			const query = { salesChannelId: await channelId(context) };
			yield* pages({ context, path: "/v1/listings", query, cursor }, async (raw) => {
				const names = new Map((await salesChannels(context)).map((one) => [one.salesChannelId, one.name]));
				return raw.flatMap((one) => channelLevel(context, one, { names, takenAt, channel: query.salesChannelId }));
			});
			return;
		}
		const query = { warehouseId: await warehouseId(context) };
		const names = new Map((await allWarehouses(context)).map((one) => [one.warehouseId, one.name]));
		yield* pages({ context, path: "/v1/inventory", query, cursor }, async (raw) => {
			const levels = new Map<string, Read<InventoryLevel>>();
			for (const one of raw)
				for (const read of await warehouseLevels(context, one, { names, takenAt })) levels.set(read.sourceId, read);
			return [...levels.values()];
		});
	},
});

const allWarehouses = (context: OmContext) => remember(context, "warehouses", () => warehouses(context));

interface About {
	names: Map<number, string>;
	takenAt: Date;
	channel?: number | undefined;
}

function channelLevel(context: OmContext, raw: unknown, { names, takenAt, channel }: About): Read<InventoryLevel>[] {
	const { listingQuantityField, itemCode, ignoreInactive, subtractLocked } = context.settings;
	const parsed = listing.safeParse(raw);
	if (!parsed.success) return [broken(raw, "listingId", parsed.error.issues[0])];
	const { listingId, listingSku, product, lockedQuantity } = parsed.data;
	const place = channelOf(parsed.data);
	if ((channel !== undefined && place !== channel) || (ignoreInactive && product?.active === false)) return [];
	const onHand = z.number().safeParse(parsed.data[listingQuantityField]);
	if (!onHand.success || place === undefined) {
		const path = onHand.success ? ["salesChannelId"] : [listingQuantityField];
		return [broken(raw, "listingId", { path, message: "is missing, or no number" })];
	}
	const sku = itemCode === "listing" ? listingSku : (product?.masterSku ?? listingSku);
	const location = names.get(place) ?? String(place);
	const value = levelOf({ sku, location, onHand: onHand.data, locked: lockedQuantity ?? 0, subtractLocked, takenAt });
	return [{ ok: true, sourceId: String(listingId), changedAt: takenAt, value, raw }];
}

/** The total of a place stands in each row of it; where it does not, the rows of that SKU are asked for and added up. */
async function warehouseLevels(
	context: OmContext,
	raw: unknown,
	{ names, takenAt }: About,
): Promise<Read<InventoryLevel>[]> {
	const parsed = stockRow.safeParse(raw);
	if (!parsed.success) return [broken(raw, "productStockId", parsed.error.issues[0])];
	const { product, stockLocation } = parsed.data;
	const { ignoreInactive, itemCode, subtractLocked } = context.settings;
	if (ignoreInactive && product.active === false) return [];
	const { onHand, locked, incoming } = await totalsOf(context, parsed.data);
	const location = names.get(stockLocation.warehouseId) ?? String(stockLocation.warehouseId);
	const codes =
		itemCode === "master" ? [product.masterSku] : ((await listingsBySku(context)).get(product.masterSku) ?? []);
	return codes.map((sku) => ({
		...{ ok: true, sourceId: `${location}/${sku}`, changedAt: takenAt, raw },
		value: { ...levelOf({ sku, location, onHand, locked, subtractLocked, takenAt }), incoming: whole(incoming) },
	}));
}

async function totalsOf(context: OmContext, row: StockRow) {
	const totals = row.warehouseStockTotals;
	if (totals)
		return {
			onHand: totals.onHandQuantity,
			locked: totals.lockedQuantity ?? 0,
			incoming: totals.inTransitQuantity ?? 0,
		};
	const { warehouseId: place } = row.stockLocation;
	const raw = await onePage(context, "/v1/inventory", { sku: row.product.masterSku, warehouseId: place, page: 1 });
	const rows = raw.flatMap((one) => stockRow.safeParse(one).data ?? []);
	const sum = (of: (one: StockRow) => number) => rows.reduce((all, one) => all + of(one), 0);
	return { onHand: sum((one) => one.quantity ?? 0), locked: sum((one) => one.quantityLocked ?? 0), incoming: 0 };
}

/** No: the level is what is on hand. Yes: what is on hand less what is locked, and never less than nothing. */
function levelOf(given: {
	sku: string;
	location: string;
	onHand: number;
	locked: number;
	subtractLocked: boolean;
	takenAt: Date;
}): InventoryLevel {
	const { sku, location, takenAt, subtractLocked } = given;
	const [onHand, locked] = [whole(given.onHand), whole(given.locked)];
	const available = subtractLocked ? Math.max(0, onHand - locked) : onHand;
	return { sku, location, available, availableStated: !subtractLocked, onHand, locked, incoming: 0, takenAt };
}

function whole(value: number): number {
	return Math.min(1_000_000_000, Math.max(0, Math.floor(value)));
}

export const products = reader<OmSettings, Product, PageCursor>({
	cursor: pageCursor,
	async *read(context, { cursor }) {
		const { ignoreInactive, downloadProducts } = context.settings;
		yield* pages({ context, path: "/v1.1/products", query: {}, cursor }, async (raw) =>
			(await Promise.all(raw.map((one) => readProduct(context, one, { ignoreInactive, downloadProducts })))).flat(),
		);
	},
});

async function readProduct(
	context: OmContext,
	raw: unknown,
	{ ignoreInactive, downloadProducts }: { ignoreInactive: boolean; downloadProducts: boolean },
): Promise<Read<Product>[]> {
	const parsed = omProduct.safeParse(raw);
	if (!parsed.success) return [broken(raw, "productId", parsed.error.issues[0])];
	const { productId, masterSku, name, active, modifiedDate } = parsed.data;
	if (ignoreInactive && active === false) return [];
	const sourceId = String(productId);
	const aliases = ((await listingsBySku(context)).get(masterSku) ?? []).filter((code) => code !== masterSku);
	const value: Product = {
		sku: masterSku,
		name: downloadProducts ? name.slice(0, 500) : "",
		externalId: sourceId,
		...(aliases.length > 0 && { aliases }),
	};
	return [{ ok: true, sourceId, changedAt: modifiedDate ?? context.now(), value, raw }];
}

/** Listing SKUs of the chosen sales channel, or of all, by master SKU. */
function listingsBySku(context: OmContext): Promise<Map<string, string[]>> {
	return remember(context, "listings", async () => {
		const channel = await channelId(context);
		const found = new Map<string, Set<string>>();
		for (let page = 1; ; page++) {
			const raw = await onePage(context, "/v1/listings", { salesChannelId: channel, page });
			for (const one of raw) {
				const known = listing.safeParse(one).data;
				if (!known?.product || (channel !== undefined && channelOf(known) !== channel)) continue;
				const codes = found.get(known.product.masterSku) ?? new Set();
				found.set(known.product.masterSku, codes.add(known.listingSku));
			}
			if (raw.length < pageSize) return new Map([...found].map(([sku, codes]) => [sku, [...codes]]));
		}
	});
}

function channelOf({ salesChannelId, salesChannel }: Listing): number | undefined {
	return salesChannelId ?? salesChannel?.salesChannelId;
}

/** The places that levels name: warehouses, and with levels per sales channel also those. */
export async function places(context: OmContext): Promise<{ externalId: string; name: string }[]> {
	const all = (await warehouses(context)).map(({ name }) => name);
	if (context.settings.inventorySyncMode === "channel")
		all.push(...(await salesChannels(context)).map(({ name }) => name));
	return [...new Set(all)].map((name) => ({ externalId: name, name }));
}

function broken(raw: unknown, idField: string, issue: { path: PropertyKey[]; message: string } | undefined) {
	const field = issue?.path.join(".") ?? "";
	const held = typeof raw === "object" && raw !== null ? (raw as Record<string, unknown>)[idField] : undefined;
	const sourceId = typeof held === "number" || typeof held === "string" ? String(held) : "?";
	return { ok: false, sourceId, field, problem: `${field} ${issue?.message ?? "is not usable"}`, raw } as const;
}
