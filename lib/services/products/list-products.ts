import type { z } from "zod";
import type { productsContract } from "@/lib/api/contract/products";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { Conditions, cutPage, type Page, type PageInput } from "../page";

type Answer = z.input<NonNullable<(typeof productsContract.list)["~orpc"]["outputSchema"]>>;
export type ProductRow = Answer["items"][number];

interface Row extends Omit<ProductRow, "merchant" | "carts"> {
	merchantId: string;
	merchantName: string;
	carts: ProductRow["carts"] | null;
}
export interface ProductFilter {
	search?: string | undefined;
	merchantId?: string | undefined;
}

/** Products by merchant and SKU. Of several warehouses that have one, it is told as the one says that was heard last. */
export async function listProducts(scope: Scope, filters: PageInput & ProductFilter): Promise<Page<ProductRow>> {
	const conditions = new Conditions();
	conditions.add(`d."accountId" = ?`, scope.accountId);
	conditions.add(`d."merchantId" = ?`, scope.merchantId ?? filters.merchantId);
	if (filters.search) conditions.add(`strpos(lower(d."sku" || ' ' || d."name"), lower(?)) > 0`, filters.search);
	if (filters.after)
		conditions.add(`(d."merchantId", d."sku") > (split_part(?, '/', 1), substr(?, strpos(?, '/') + 1))`, filters.after);
	const rows = await transact(scope, (tx) =>
		tx.sql<Row>(
			`with page as (
			   select d."merchantId", d."sku", bool_or(d."active") as "active",
			     json_agg(json_build_object('id', c."id", 'name', c."name", 'active', d."active") order by c."name", c."id") as "warehouses"
			   from "ProductDetail" d join "Connection" c on c."accountId" = d."accountId" and c."id" = d."connectionId"
			   where ${conditions.where} and c."archivedAt" is null
			   group by d."merchantId", d."sku" order by d."merchantId", d."sku" limit ${filters.limit + 1})
			 select page.*, m."name" as "merchantName", told."name", told."description", told."grams", told."lengthMm",
			   told."widthMm", told."heightMm", told."aliases", told."lotTracked", told."updatedAt",
			   (select json_agg(json_build_object('id', c."id", 'name', c."name") order by c."name", c."id")
			    from "InventoryFigure" f join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
			    where f."accountId" = $1 and f."merchantId" = page."merchantId" and f."sku" = page."sku"
			      and f."state" <> 'skipped' and c."archivedAt" is null) as "carts"
			 from page join "Merchant" m on m."accountId" = $1 and m."id" = page."merchantId"
			 cross join lateral (
			   select d.* from "ProductDetail" d join "Connection" c on c."accountId" = d."accountId" and c."id" = d."connectionId"
			   where d."accountId" = $1 and d."merchantId" = page."merchantId" and d."sku" = page."sku" and c."archivedAt" is null
			   order by d."active" desc, d."updatedAt" desc limit 1) told
			 order by page."merchantId", page."sku"`,
			conditions.values,
		),
	);
	return cutPage(rows, filters.limit, {
		key: (row) => `${row.merchantId}/${row.sku}`,
		item: ({ merchantId, merchantName, carts, ...row }) => ({
			...row,
			merchant: { id: merchantId, name: merchantName },
			carts: carts ?? [],
		}),
	});
}
