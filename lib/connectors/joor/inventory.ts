import { z } from "zod";
import { ConnectorError } from "../kit/fault";
import { short } from "../kit/faults";
import type { Outcome, Source } from "../kit/types";
import type { JoorSettings } from "./settings";

/** What a log entry says is not documented beyond its names: one that speaks of a failure is one. */
const answer = z.object({
	inventory_log: z
		.array(z.object({ sku: z.union([z.string(), z.number()]).transform(String), status: z.string().nullish() }))
		.nullish()
		.transform((value) => value ?? []),
});

/** Absolute available-to-sell figures, so a lost answer is simply written again. */
export const inventory: NonNullable<Source<JoorSettings>["inventory"]> = {
	// No limit is published.
	maxBatch: 100,
	blocked: ({ warehouseCode }) =>
		warehouseCode === "" ? "Warehouse code is empty, so we cannot say which stock to change: enter one" : null,
	async set(context, writes) {
		if (writes.length === 0) return [];
		const { warehouseCode: warehouse, decreasePending, itemCode, separator } = context.settings;
		if (warehouse === "")
			throw new ConnectorError(
				{ kind: "permanent", code: "no-warehouse", field: "warehouseCode" },
				"Warehouse code is empty, so no stock can be changed. Enter it in the connection's settings.",
			);
		const inventory_date = context.now().toISOString().slice(0, 10);
		const items = writes.map(({ value: { sku, quantity } }) => ({
			warehouse,
			inventory_date,
			...(itemCode === "upc" ? { upc: sku } : partsOf(sku, separator)),
			inventory: quantity,
		}));
		const { data, exchangeId } = await context.http.send(
			"POST",
			"/bulk-inventory",
			{ inventory_items: { inventory_item: items } },
			{ schema: answer, query: { overwrite: 1, dec_pending: decreasePending ? 1 : 0 }, repeatable: true },
		);
		const said = new Map(data.inventory_log.map(({ sku, status }) => [sku, status ?? ""]));
		return writes.map(({ key, value: { sku } }): Outcome => {
			const status = said.get(sku);
			if (status === undefined) return { key, ok: "skipped", reason: "JOOR has no style with this item code" };
			if (!/fail|error|invalid|not found|refused/i.test(status)) return { key, ok: true, exchangeId };
			const message = `JOOR refused the figure: ${short(status)}. Correct the style there.`;
			const fault = { kind: "permanent", code: "refused" } as const;
			return { key, ok: false, error: new ConnectorError(fault, message, { exchangeId }) };
		});
	},
};

/** 4711-RED-M: the last part is the size, the one before it the colour; a style number may hold the separator. */
function partsOf(sku: string, separator: string): { style_number: string; color_code?: string; size?: string } {
	const parts = sku.split(separator);
	if (parts.length < 3) return { style_number: sku };
	const [size = "", color_code = ""] = parts.reverse();
	return { style_number: parts.slice(2).reverse().join(separator), color_code, size };
}
