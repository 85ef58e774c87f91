import { stockList } from "./api";
import { type OmContext, refusal, remember } from "./calls";

/** Up to so many SKUs are asked for one by one; for more, the whole warehouse is read. */
const askSingly = 10;
/** The size that is given unasked: a page of fewer is certainly the last. */
const usualPage = 100;
/** Sizes up to 1000 were seen. Where less is given than was asked for, only an empty page is certainly the end. */
const largePage = 500;

/** Units locked at one place, by master SKU. A product without a stock record there is absent. */
export async function lockedBySku(context: OmContext, place: number, skus: string[]): Promise<Map<string, number>> {
	const wanted = [...new Set(skus)];
	if (wanted.length > askSingly) return remember(context, `stock:${place}`, () => readStock(context, place, undefined));
	const found = await Promise.all(wanted.map((sku) => readStock(context, place, sku)));
	return new Map(wanted.flatMap((sku, n) => (found[n]?.has(sku) ? [[sku, found[n].get(sku) ?? 0] as const] : [])));
}

async function readStock(context: OmContext, place: number, sku: string | undefined): Promise<Map<string, number>> {
	const locked = new Map<string, number>();
	const limit = sku === undefined ? largePage : usualPage;
	for (let page = 1; ; page++) {
		const query = { warehouseId: place, sku, page, limit };
		const { data } = await context.http.get("/v1/inventory", { schema: stockList, query, fault: refusal(context) });
		for (const { product, quantityLocked, warehouseStockTotals } of data) {
			// The total of the place stands in each of its rows; without it, the rows are added up.
			const total = warehouseStockTotals?.lockedQuantity;
			const before = locked.get(product.masterSku) ?? 0;
			locked.set(product.masterSku, typeof total === "number" ? total : before + (quantityLocked ?? 0));
		}
		if (data.length < (sku === undefined ? 1 : usualPage)) return locked;
	}
}
