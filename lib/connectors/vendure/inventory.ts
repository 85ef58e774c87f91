import { z } from "zod";
import type { InventoryFigure } from "@/lib/canonical/inventory";
import { ConnectorError } from "../kit/fault";
import type { Context, Outcome, Setter, Write } from "../kit/types";
import { locationList, setStockAnswer, variant } from "./api";
import { call } from "./calls";
import type { VendureSettings } from "./settings";

type Variant = z.output<typeof variant>;
interface Change {
	write: Write<InventoryFigure>;
	input: { id: string; stockLevels: { stockLocationId: string; stockOnHand: number }[] }[];
}

/**
 * Writes what may still be sold. Vendure takes units that are allocated to paid orders off its own stock on hand,
 * so they are added before writing. SKUs the shop does not know or does not track are skipped with the reason.
 */
export const inventory: Setter<VendureSettings, InventoryFigure> = {
	maxBatch: 100,
	async set(context, writes) {
		if (writes.length === 0) return [];
		const variants = await findVariants(context, writes);
		const outcomes: Outcome[] = [];
		const changes: Change[] = [];
		const locations = await locationsFor(context, writes, variants);
		for (const write of writes) {
			const planned = plan(context, write, { variants: variants.get(write.value.sku) ?? [], locations });
			if ("input" in planned) changes.push(planned);
			else outcomes.push(planned);
		}
		outcomes.push(...(await setStock(context, changes)));
		return writes.flatMap(({ key }) => outcomes.find((outcome) => outcome.key === key) ?? []);
	},
};

/** Vendure changes all variants of a call or none: when it refuses, each is tried alone. */
async function setStock(context: Context<VendureSettings>, changes: Change[]): Promise<Outcome[]> {
	if (changes.length === 0) return [];
	try {
		const { exchangeId } = await call(context, {
			name: "setStock",
			data: setStockAnswer,
			repeatable: true,
			variables: { input: changes.flatMap(({ input }) => input) },
		});
		return changes.map(({ write: { key } }) => ({ key, ok: true, exchangeId }));
	} catch (error) {
		if (!(error instanceof ConnectorError)) throw error;
		if (error.fault.kind !== "permanent" || changes.length === 1)
			return changes.map(({ write: { key } }) => ({ key, ok: false, error }));
		const outcomes: Outcome[] = [];
		for (const change of changes) outcomes.push(...(await setStock(context, [change])));
		return outcomes;
	}
}

const variants = z.object({ productVariants: z.object({ items: z.array(variant) }) });

async function findVariants(
	context: Context<VendureSettings>,
	writes: Write<InventoryFigure>[],
): Promise<Map<string, Variant[]>> {
	const { data } = await call(context, {
		name: "variants",
		data: variants,
		repeatable: true,
		variables: { options: { take: 1000, filter: { sku: { in: writes.map((write) => write.value.sku) } } } },
	});
	const bySku = new Map<string, Variant[]>();
	for (const one of data.productVariants.items) bySku.set(one.sku, [...(bySku.get(one.sku) ?? []), one]);
	return bySku;
}

const locationOf = (context: Context<VendureSettings>, write: Write<InventoryFigure>) =>
	write.value.location || context.settings.stockLocation;

/** The locations the shop has. Asked only when a variant has no stock yet where it is to be written. */
async function locationsFor(
	context: Context<VendureSettings>,
	writes: Write<InventoryFigure>[],
	variants: Map<string, Variant[]>,
): Promise<Set<string>> {
	const known = new Set(
		[...variants.values()].flat().flatMap((one) => one.stockLevels.map((at) => at.stockLocationId)),
	);
	const wanted = writes.map((write) => locationOf(context, write)).filter(Boolean);
	if (wanted.every((id) => known.has(id))) return known;
	const { data } = await call(context, { name: "locations", data: locationList, repeatable: true });
	return new Set(data.stockLocations.items.map((location) => location.id));
}

function plan(
	context: Context<VendureSettings>,
	write: Write<InventoryFigure>,
	shop: { variants: Variant[]; locations: Set<string> },
): Change | Outcome {
	const skip = (reason: string): Outcome => ({ key: write.key, ok: "skipped", reason });
	if (shop.variants.length === 0) return skip("no product in the shop has this SKU");
	const tracked = shop.variants.filter((one) => one.trackInventory !== "FALSE");
	if (tracked.length === 0) return skip("the shop does not track stock for this product");
	const input: Change["input"] = [];
	for (const one of tracked) {
		const stockLocationId = locationOf(context, write) || firstLocation(one);
		if (!stockLocationId) continue;
		if (!shop.locations.has(stockLocationId)) return { key: write.key, ok: false, error: unknownLocation() };
		const allocated = one.stockLevels.find((level) => level.stockLocationId === stockLocationId)?.stockAllocated ?? 0;
		input.push({ id: one.id, stockLevels: [{ stockLocationId, stockOnHand: write.value.quantity + allocated }] });
	}
	return input.length === 0 ? skip("the shop has no stock location for this product") : { write, input };
}

/** Vendure lists levels in no order: always the same one is taken, or the shop's stock would count twice. */
function firstLocation(one: Variant): string | undefined {
	const byId = (a: string, b: string) => a.localeCompare(b, "en", { numeric: true });
	return one.stockLevels.map((level) => level.stockLocationId).sort(byId)[0];
}

function unknownLocation(): ConnectorError {
	return new ConnectorError(
		{ kind: "permanent", code: "unknown-location", field: "stockLocation" },
		"Vendure has no such stock location. Choose one of the shop's in the connection's settings.",
	);
}
