import type { Hono } from "hono";
import { z } from "zod";
import type { SandboxEnv } from "../../kit/sandbox-server";
import { numberOf, paged, Refusal, showProduct, showStock } from "./answers";
import type { OmStore } from "./store";

const adjustments = z
	.array(
		z.strictObject({
			masterSku: z.string().min(1),
			onHandQuantity: z.int().nonnegative(),
			warehouseId: z.int(),
			stockLocationName: z.string(),
		}),
	)
	.min(1)
	.max(200, "at most 200 rows");

export function stockRoutes(app: Hono<SandboxEnv>, store: OmStore): void {
	app.get("/v1/warehouses", (context) => context.json(paged(context, store.warehouses)));
	app.get("/v1/inventory", (context) => {
		const [place, sku] = [numberOf(context, "warehouseId"), context.req.query("sku")];
		const found = store.stock.filter(
			(row) => (place === undefined || row.warehouseId === place) && (sku === undefined || row.sku === sku),
		);
		return context.json(paged(context, found).map((row) => showStock(store, row) as object));
	});
	app.get("/v1.1/products", (context) => {
		const asked = context.req.query("sku");
		if (asked !== undefined && !/^"[^"]+"(,"[^"]+")*$/.test(asked)) throw new Refusal("sku must be a quoted list");
		const wanted = asked && new Set(asked.slice(1, -1).split('","'));
		const found = [...store.products].filter((sku) => !wanted || wanted.has(sku));
		return context.json(paged(context, found).map((masterSku) => showProduct(store, masterSku) as object));
	});
	app.post("/v1.1/inventory/adjust", async (context) => {
		const given = adjustments.safeParse(await context.req.json().catch(() => null));
		if (!given.success) throw new Refusal(given.error.issues[0]?.message ?? "malformed");
		const errors: object[] = [];
		for (const [n, { masterSku, warehouseId, stockLocationName, onHandQuantity }] of given.data.entries()) {
			const refuse = (errorCode: string, message: string) =>
				errors.push({ message, errorCode, identifier: masterSku, index: n + 1 });
			const row = store.rowOf(masterSku, warehouseId);
			if (!store.products.has(masterSku)) refuse("ERR053", "Product does not exist");
			else if (!row || stockLocationName !== "GLOBAL") refuse("ERR097", "Product stock not found");
			else store.push(row, onHandQuantity);
		}
		return context.json({ results: given.data.length > errors.length ? [{}] : [], errors });
	});
}
