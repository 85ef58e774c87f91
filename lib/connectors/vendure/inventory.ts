import { z } from "zod";
import type { InventoryFigure } from "@/lib/canonical/inventory";
import { ConnectorError } from "../kit/fault";
import type { Context, Outcome, Setter, Write } from "../kit/types";
import { setStockAnswer, variant, variantPage } from "./api";
import { call } from "./calls";
import type { VendureSettings } from "./settings";

type Variant = z.output<typeof variant>;

/**
 * Writes what may still be sold. Vendure takes units that are allocated to paid orders off its own stock on hand,
 * so they are added before writing. SKUs the shop does not know or does not track are skipped with the reason.
 */
export const inventory: Setter<VendureSettings, InventoryFigure> = {
	maxBatch: 100,
	async set(context, writes) {
		const variants = await findVariants(context, writes);
		const outcomes = new Map<string, Outcome>();
		const input: { id: string; stockLevels: { stockLocationId: string; stockOnHand: number }[] }[] = [];
		const sent: Write<InventoryFigure>[] = [];
		for (const write of writes) {
			const target = targetOf(context, write, variants.get(write.value.sku) ?? []);
			if ("reason" in target) outcomes.set(write.key, { key: write.key, ok: "skipped", reason: target.reason });
			else {
				input.push(...target.input);
				sent.push(write);
			}
		}
		if (sent.length > 0) {
			try {
				const { exchangeId } = await call(context, {
					name: "setStock",
					data: setStockAnswer,
					repeatable: true,
					variables: { input },
				});
				for (const { key } of sent) outcomes.set(key, { key, ok: true, exchangeId });
			} catch (error) {
				if (!(error instanceof ConnectorError)) throw error;
				for (const { key } of sent) outcomes.set(key, { key, ok: false, error });
			}
		}
		return writes.flatMap(({ key }) => outcomes.get(key) ?? []);
	},
};

async function findVariants(
	context: Context<VendureSettings>,
	writes: Write<InventoryFigure>[],
): Promise<Map<string, Variant[]>> {
	const { data } = await call(context, {
		name: "variants",
		data: variantPage,
		repeatable: true,
		variables: { options: { take: 1000, filter: { sku: { in: writes.map((write) => write.value.sku) } } } },
	});
	const variants = z.array(variant).parse(data.productVariants.items);
	const bySku = new Map<string, Variant[]>();
	for (const one of variants) bySku.set(one.sku, [...(bySku.get(one.sku) ?? []), one]);
	return bySku;
}

function targetOf(context: Context<VendureSettings>, write: Write<InventoryFigure>, variants: Variant[]) {
	if (variants.length === 0) return { reason: "no product in the shop has this SKU" };
	const tracked = variants.filter((one) => one.trackInventory !== "FALSE");
	if (tracked.length === 0) return { reason: "the shop does not track stock for this product" };
	const input = tracked.flatMap((one) => {
		const wanted = write.value.location || context.settings.stockLocation || one.stockLevels[0]?.stockLocationId;
		if (!wanted) return [];
		const allocated = one.stockLevels.find((level) => level.stockLocationId === wanted)?.stockAllocated ?? 0;
		return [{ id: one.id, stockLevels: [{ stockLocationId: wanted, stockOnHand: write.value.quantity + allocated }] }];
	});
	return input.length === 0 ? { reason: "the shop has no stock location for this product" } : { input };
}
