import type { z } from "zod";
import type { inventoryContract } from "@/lib/api/contract/inventory";
import { inventoryTerm } from "@/lib/canonical/connection-options";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";

type Levels = {
	location: string;
	name: string;
	warehouse: string;
	available: number;
	availableStated: boolean;
	onHand: number;
	locked: number;
	incoming: number;
	takenAt: Date;
}[];
type Figure = {
	id: string;
	cart: string;
	quantity: number;
	terms: unknown;
	state: string;
	problem: string | null;
	computedAt: Date;
	pushedAt: Date | null;
	pushed: number | null;
};
export type Explained = z.input<NonNullable<(typeof inventoryContract.explain)["~orpc"]["outputSchema"]>>;

/** Where each cart's figure of one SKU comes from: the warehouse's levels, the terms, and what was pushed when. */
export function explainFigure(scope: Scope, merchantId: string, sku: string): Promise<Explained> {
	const one = [scope.accountId, merchantId, sku];
	return transact(scope, async (tx) => {
		const [merchant] = await tx.sql<{ id: string; name: string; product: string | null }>(
			`select m."id", m."name", p."name" as "product" from "Merchant" m
			 left join "Product" p on p."accountId" = m."accountId" and p."merchantId" = m."id" and p."sku" = $3
			 where m."accountId" = $1 and m."id" = $2 and ($4::text is null or m."id" = $4)`,
			[...one, scope.merchantId ?? null],
		);
		const levels = await tx.sql<Levels[number]>(
			`select l."location", coalesce(p."name", l."location") as "name", c."name" as "warehouse", l."available", l."availableStated",
			   l."onHand", l."locked", l."incoming", l."takenAt"
			 from "InventoryLevel" l join "Connection" c on c."accountId" = l."accountId" and c."id" = l."connectionId"
			 left join "Location" p on p."accountId" = l."accountId" and p."connectionId" = l."connectionId" and p."externalId" = l."location"
			 where l."accountId" = $1 and l."merchantId" = $2 and l."sku" = $3 order by c."name", 2`,
			one,
		);
		const figures = await tx.sql<Figure>(
			`select c."id", c."name" as "cart", f."quantity", f."terms", f."state", f."problem", f."computedAt", f."pushedAt", f."pushed"
			 from "InventoryFigure" f join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
			 where f."accountId" = $1 and f."merchantId" = $2 and f."sku" = $3 order by c."name"`,
			one,
		);
		if (!merchant || (levels.length === 0 && figures.length === 0)) throw new AppError("not-found", { thing: "SKU" });
		const history = await tx.sql<Explained["history"][number]>(
			`select * from (select p."at", c."name" as "cart", p."quantity", p."outcome", p."message", p."id" from "InventoryPush" p
			   join "Connection" c on c."accountId" = p."accountId" and c."id" = p."connectionId"
			   where p."accountId" = $1 and p."merchantId" = $2 and p."sku" = $3 order by p."at" desc limit 100) h order by "at"`,
			one,
		);
		const waiting = await tx.sql<Explained["waiting"][number]>(
			// Of an order that the warehouse has in part and has counted since, only what waits here for stock.
			`with counted as (select min("takenAt") as "at" from "InventoryLevel" where "accountId" = $1 and "merchantId" = $2 and "sku" = $3)
			 select o."id", o."number", o."status", o."createdAt", sum(case when o."status" in ('new', 'error') or o."deliveredAt" > counted."at"
			     then l."quantity" else l."waitingQuantity" end)::int as "quantity"
			 from counted cross join "Order" o
			 join "OrderLine" l on l."accountId" = o."accountId" and l."orderId" = o."id" and l."sku" = $3
			 where o."accountId" = $1 and o."merchantId" = $2 and not o."sendingCanceled" and o."status" <> 'canceled'
			   and (o."status" in ('new', 'error') or o."deliveredAt" > counted."at"
			     or (o."status" = 'at_wms' and o."backorderedAt" is not null and l."waitingQuantity" > 0))
			 group by o."id", o."number", o."status", o."createdAt" order by o."id" limit 50`,
			one,
		);
		return {
			sku,
			name: merchant.product ?? "",
			merchant: { id: merchant.id, name: merchant.name },
			levels,
			figures: figures.map(({ id, cart, terms, ...figure }) => ({
				...figure,
				cart: { id, name: cart },
				terms: inventoryTerm.array().parse(terms),
			})),
			history,
			waiting,
		};
	});
}
