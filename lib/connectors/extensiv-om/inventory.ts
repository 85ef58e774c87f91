import type { InventoryFigure } from "@/lib/canonical/inventory";
import { ConnectorError } from "../kit/fault";
import { short } from "../kit/faults";
import type { Outcome, Source, Write } from "../kit/types";
import { warehouseId } from "./access";
import { bulkAnswer, productList } from "./api";
import { type OmContext, pause, refusal } from "./calls";
import { heldOrders } from "./held";
import { pushOf } from "./push-modes";
import type { OmSettings } from "./settings";
import { lockedBySku } from "./stock";

/** The most rows of one call, and the longest we wait within a batch for the next: one call per ten seconds is allowed. */
const mostRows = 200;
const mostWaitMs = 60_000;
/** SKUs per question, so that the address stays short. */
const skusAtOnce = 40;

const noStock =
	"it has no starting inventory in Order Manager: enter any number for this warehouse there once, and it is uploaded";
const noProduct = "no product in Order Manager has this master SKU";

type Figure = Write<InventoryFigure>;
interface Row {
	masterSku: string;
	onHandQuantity: number;
	warehouseId: number;
	stockLocationName: string;
}

/** Absolute figures, so a lost answer is simply written again. */
export const inventory: NonNullable<Source<OmSettings>["inventory"]> = {
	maxBatch: mostRows,
	blocked: ({ warehouseName }) =>
		warehouseName === ""
			? "Warehouse name is empty, so we cannot say which stock to change: choose a warehouse to upload inventory"
			: null,
	basis: ({ inventoryMode }) => (inventoryMode === "on-hand" ? "on-hand" : "available"),
	async caution(context) {
		// B and C count them rightly.
		if (context.settings.inventoryMode !== "unlocked") return null;
		const { orders } = await heldOrders(context, await placeOf(context));
		if (orders === 0) return null;
		return `${orders} ${orders === 1 ? "order is" : "orders are"} on hold in Order Manager, and lock stock that the warehouse counts as free`;
	},
	async set(context, writes) {
		if (writes.length === 0) return [];
		const place = await placeOf(context);
		const { inventoryMode: mode, pushedAs, stockLocation } = context.settings;
		const locked = await lockedBySku(
			context,
			place,
			writes.map(({ value }) => value.sku),
		);
		const held =
			mode === "unlocked-at-warehouse" ? (await heldOrders(context, place)).units : new Map<string, number>();
		const known = writes.filter(({ value }) => locked.has(value.sku));
		const rows = known.map(({ value: { sku, quantity } }): Row => {
			const input = { mode, pushedAs, quantity, locked: locked.get(sku) ?? 0, held: held.get(sku) ?? 0 };
			return { masterSku: sku, onHandQuantity: pushOf(input), warehouseId: place, stockLocationName: stockLocation };
		});
		const unknown = writes.filter(({ value }) => !locked.has(value.sku));
		return [...(await adjust(context, known, rows)), ...(await whySkipped(context, unknown))];
	},
};

async function placeOf(context: OmContext): Promise<number> {
	const id = await warehouseId(context);
	if (id !== undefined) return id;
	throw new ConnectorError(
		{ kind: "permanent", code: "no-warehouse", field: "warehouseName" },
		"Warehouse name is empty, so no stock can be changed. Choose a warehouse in the connection's settings.",
	);
}

async function adjust(context: OmContext, writes: Figure[], rows: Row[]): Promise<Outcome[]> {
	if (rows.length === 0) return [];
	const { data, exchangeId } = await sendInTurn(context, rows);
	return writes.map(({ key, value }, n): Outcome => {
		const error = data.errors.find(({ index, identifier }) => (index ? index === n + 1 : identifier === value.sku));
		if (!error) return { key, ok: true, exchangeId };
		if (error.errorCode === "ERR053") return { key, ok: "skipped", reason: noProduct };
		if (error.errorCode === "ERR097") return { key, ok: "skipped", reason: noStock };
		const fault = { kind: "permanent", code: error.errorCode || "refused" } as const;
		const message = `Order Manager refused the figure: ${short(error.message)}. Correct it there.`;
		return { key, ok: false, error: new ConnectorError(fault, message, { exchangeId }) };
	});
}

/** Batches of one upload come faster than Order Manager takes them: a short wait is part of the call. */
async function sendInTurn(context: OmContext, rows: Row[]) {
	for (let waitedMs = 0; ; ) {
		try {
			return await context.http.send("POST", "/v1.1/inventory/adjust", rows, {
				schema: bulkAnswer,
				repeatable: true,
				fault: refusal(context),
			});
		} catch (error) {
			if (!(error instanceof ConnectorError) || error.fault.kind !== "rate-limited") throw error;
			const waitMs = error.fault.retryAt.getTime() - context.now().getTime();
			if (waitedMs + waitMs > mostWaitMs) throw error;
			await pause(waitMs, context.signal);
			waitedMs += waitMs;
		}
	}
}

/** Of SKUs without stock in this warehouse: whether the product is unknown or only has no stock yet. */
async function whySkipped(context: OmContext, writes: Figure[]): Promise<Outcome[]> {
	const known = new Set<string>();
	for (let start = 0; start < writes.length; start += skusAtOnce) {
		const sku = writes.slice(start, start + skusAtOnce).map(({ value }) => `"${value.sku.replaceAll('"', "")}"`);
		const { data } = await context.http.get("/v1.1/products", {
			schema: productList,
			query: { sku: sku.join(","), page: 1, limit: 100 },
			fault: refusal(context),
		});
		for (const { masterSku } of data) known.add(masterSku);
	}
	return writes.map(({ key, value }) => ({ key, ok: "skipped", reason: known.has(value.sku) ? noStock : noProduct }));
}
