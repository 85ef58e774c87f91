import type { InventoryFigure } from "@/lib/canonical/inventory";
import type { Outcome, Setter } from "../kit/types";
import { stockAnswer } from "./api";
import type { Settings } from "./index";

/** Absolute figures: writing one twice changes nothing, so a lost answer is simply written again. */
export const inventory: Setter<Settings, InventoryFigure> = {
	maxBatch: 100,
	async set(context, writes): Promise<Outcome[]> {
		if (writes.length === 0) return [];
		const items = writes.map(({ value }) => ({ sku: value.sku, quantity: value.quantity }));
		const { data, exchangeId } = await context.http.send(
			"PUT",
			"/stock",
			{ items },
			{ schema: stockAnswer, repeatable: true },
		);
		const bySku = new Map(data.results.map((result) => [result.sku, result]));
		return writes.map(({ key, value }): Outcome => {
			const result = bySku.get(value.sku);
			return result?.ok
				? { key, ok: true, exchangeId }
				: { key, ok: "skipped", reason: result?.reason ?? "the shop said nothing about this SKU" };
		});
	},
};
