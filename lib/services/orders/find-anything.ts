import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { startsWith } from "../page";
import { exactMatches, numberBegins } from "./match-number";

export interface Hit {
	id: string;
	title: string;
	detail: string;
	/** Below the account's address. */
	path: string;
}

/** What the palette finds: orders by any number or tracking code, SKUs and connections by their beginning. */
export function findAnything(scope: Scope, query: string): Promise<Hit[]> {
	return transact(scope, async (tx) => {
		const exact = await exactMatches(tx, scope, query);
		const values: unknown[] = [scope.accountId, query, exact];
		const orders = await tx.sql<{ id: string; number: string; merchant: string; shipToName: string }>(
			`select o."id", o."number", m."name" as "merchant", o."shipToName" from "Order" o
			 join "Merchant" m on m."accountId" = o."accountId" and m."id" = o."merchantId"
			 where o."accountId" = $1 and (${numberBegins(query, values, `o."number"`)} or o."sourceId" = $2 or o."id" = any($3))
			 order by o."id" desc limit 6`,
			values,
		);
		const skus = await tx.sql<{ sku: string; merchantId: string; merchant: string }>(
			`select distinct l."sku", l."merchantId", m."name" as "merchant" from "InventoryLevel" l
			 join "Merchant" m on m."accountId" = l."accountId" and m."id" = l."merchantId"
			 where l."accountId" = $1 and lower(l."sku") like $2 order by l."sku" limit 4`,
			[scope.accountId, startsWith(query)],
		);
		const connections = await tx.sql<{ id: string; name: string; side: string }>(
			`select "id", "name", "side" from "Connection" where "accountId" = $1 and "archivedAt" is null and lower("name") like $2
			 order by "name" limit 4`,
			[scope.accountId, `%${startsWith(query)}`],
		);
		return [
			...orders.map(({ id, number, merchant, shipToName }) => ({
				id,
				title: number,
				detail: `Order · ${merchant} · ${shipToName}`,
				path: `orders/${id}`,
			})),
			...skus.map(({ sku, merchantId, merchant }) => ({
				id: `sku:${merchantId}:${sku}`,
				title: sku,
				detail: `Inventory · ${merchant}`,
				path: `inventory/${merchantId}/${encodeURIComponent(sku)}`,
			})),
			...connections.map(({ id, name, side }) => ({
				id,
				title: name,
				detail: side === "source" ? "Cart" : "Warehouse",
				path: `connections/${id}`,
			})),
		];
	});
}
