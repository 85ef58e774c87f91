import { z } from "zod";
import type { InventoryLevel } from "@/lib/canonical/inventory";
import { reader } from "../kit/define";
import type { Read } from "../kit/types";
import { warehouseId, warehouses } from "./access";
import { type OmContext, remember } from "./calls";
import { channelId, salesChannels } from "./channels";
import { listing, type StockRow, stockRow } from "./destination-api";
import { broken, channelOf, listingsBySku, onePage, type PageCursor, pageCursor, pages } from "./destination-lists";
import type { OmSettings } from "./settings";

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
		itemCode === "master"
			? [product.masterSku]
			: [...new Set(((await listingsBySku(context)).get(product.masterSku) ?? []).map(({ code }) => code))];
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

/** The places that levels name: warehouses, and with levels per sales channel also those. */
export async function places(context: OmContext): Promise<{ externalId: string; name: string }[]> {
	const all = (await warehouses(context)).map(({ name }) => name);
	if (context.settings.inventorySyncMode === "channel")
		all.push(...(await salesChannels(context)).map(({ name }) => name));
	return [...new Set(all)].map((name) => ({ externalId: name, name }));
}
