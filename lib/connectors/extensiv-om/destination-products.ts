/** Product Detail Pickup and Product Alias Pickup of Order Manager. */
import type { Product } from "@/lib/canonical/catalogue";
import { reader } from "../kit/define";
import type { Read } from "../kit/types";
import type { OmContext } from "./calls";
import { omProduct } from "./destination-api";
import { broken, listingsBySku, type PageCursor, pageCursor, pages } from "./destination-lists";
import type { OmSettings } from "./settings";

export const products = reader<OmSettings, Product, PageCursor>({
	cursor: pageCursor,
	async *read(context, { cursor }) {
		yield* pages({ context, path: "/v1.1/products", query: {}, cursor }, async (raw) =>
			(await Promise.all(raw.map((one) => readProduct(context, one)))).flat(),
		);
	},
});

/** Without "Download products data" a product is its code, and whether it is active. */
async function readProduct(context: OmContext, raw: unknown): Promise<Read<Product>[]> {
	const { ignoreInactive, downloadProducts } = context.settings;
	const parsed = omProduct.safeParse(raw);
	if (!parsed.success) return [broken(raw, "productId", parsed.error.issues[0])];
	const { productId, masterSku: sku, name, upc, active, modifiedDate } = parsed.data;
	if (ignoreInactive && active === false) return [];
	const sourceId = String(productId);
	const value: Product = { sku, name: "", externalId: sourceId, active: active !== false };
	if (downloadProducts) {
		const aliases = [...(upc ? [{ name: "UPC", code: upc }] : []), ...(await listingAliases(context, sku))];
		Object.assign(value, { name: name.slice(0, 500), ...(aliases.length > 0 && { aliases: aliases.slice(0, 100) }) });
	}
	return [{ ok: true, sourceId, changedAt: modifiedDate ?? context.now(), value, raw }];
}

/** A type of code for each sales channel. Where carts' codes are listing SKUs, those are the items' own codes. */
async function listingAliases(context: OmContext, sku: string) {
	if (context.settings.itemCode === "listing") return [];
	const listed = (await listingsBySku(context)).get(sku) ?? [];
	return listed
		.filter(({ code }) => code !== sku)
		.map(({ code, channel }) => ({ name: `${channel} listing`.trim(), code }));
}
