import type { z } from "zod";
import type { inventoryContract } from "@/lib/api/contract/inventory";
import { inventoryTerm } from "@/lib/canonical/connection-options";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { shareUnits } from "@/lib/flow/deliver/shares/share-units";
import { expectedUnits, notPutAwayUnits } from "./purchase-units";

export type Explained = z.input<NonNullable<(typeof inventoryContract.explain)["~orpc"]["outputSchema"]>>;
type FigureRow = Omit<Explained["figures"][number], "cart" | "terms"> & { id: string; cart: string; terms: unknown };
/** The account, the merchant, the SKU. */
type One = [string, string, string];

/** Where each cart's figure of one SKU comes from: the warehouse's levels, the terms, and what was pushed when. */
export function explainFigure(scope: Scope, merchantId: string, sku: string): Promise<Explained> {
	const one: One = [scope.accountId, merchantId, sku];
	return transact(scope, async (tx) => {
		const [merchant] = await tx.sql<{ id: string; name: string; product: string | null }>(
			`select m."id", m."name", p."name" as "product" from "Merchant" m
			 left join "Product" p on p."accountId" = m."accountId" and p."merchantId" = m."id" and p."sku" = $3
			 where m."accountId" = $1 and m."id" = $2 and ($4::text is null or m."id" = $4)`,
			[...one, scope.merchantId ?? null],
		);
		const levels = await readLevels(tx, one);
		const figures = await readFigures(tx, one);
		if (!merchant || (levels.length === 0 && figures.length === 0)) throw new AppError("not-found", { thing: "SKU" });
		return {
			sku,
			name: merchant.product ?? "",
			merchant: { id: merchant.id, name: merchant.name },
			levels,
			purchases: await readPurchases(tx, one),
			figures: figures.map(({ id, cart, terms, ...figure }) => ({
				...figure,
				cart: { id, name: cart },
				terms: inventoryTerm.array().parse(terms),
			})),
			history: await readHistory(tx, one),
			days: await readDays(tx, one),
			waiting: await readWaiting(tx, one),
		};
	});
}

function readLevels(tx: Transaction, one: One) {
	return tx.sql<Explained["levels"][number]>(
		`select l."location", coalesce(p."name", l."location") as "name", c."name" as "warehouse", l."available", l."availableStated",
		   l."onHand", l."locked", l."incoming", l."takenAt"
		 from "InventoryLevel" l join "Connection" c on c."accountId" = l."accountId" and c."id" = l."connectionId"
		 left join "Location" p on p."accountId" = l."accountId" and p."connectionId" = l."connectionId" and p."externalId" = l."location"
		 where l."accountId" = $1 and l."merchantId" = $2 and l."sku" = $3 order by c."name", 2`,
		one,
	);
}

function readFigures(tx: Transaction, one: One) {
	return tx.sql<FigureRow>(
		`select c."id", c."name" as "cart", f."quantity", f."terms", f."state", f."problem", f."computedAt", f."pushedAt", f."pushed",
		   coalesce(f."code", f."sku") as "code",
		   (select x."id" from "Exchange" x where x."accountId" = $1 and x."id" = f."exchangeId") as "exchangeId"
		 from "InventoryFigure" f join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
		 where f."accountId" = $1 and f."merchantId" = $2 and f."sku" = $3 and c."archivedAt" is null order by c."name"`,
		one,
	);
}

/** Per warehouse: what purchase orders bring, and what arrived and is in no count yet. */
function readPurchases(tx: Transaction, one: One) {
	return tx.sql<Explained["purchases"][number]>(
		`select c."name" as "warehouse", coalesce(e."units", 0)::int as "expected", coalesce(n."units", 0)::int as "notPutAway"
		 from "Connection" c
		 left join lateral (${expectedUnits(`exists (select 1 from "InboundDelivery" d where d."accountId" = p."accountId"
		   and d."purchaseOrderId" = p."id" and d."connectionId" = c."id")`)}) e on true
		 left join lateral (${notPutAwayUnits(`r."connectionId" = c."id"`)}) n on true
		 where c."accountId" = $1 and c."merchantId" = $2 and c."side" = 'destination' and c."archivedAt" is null
		   and (e."units" > 0 or n."units" > 0) order by c."name"`,
		one,
	);
}

function readHistory(tx: Transaction, one: One) {
	return tx.sql<Explained["history"][number]>(
		`select * from (select p."at", c."name" as "cart", p."quantity", p."outcome", p."message", p."id" from "InventoryPush" p
		   join "Connection" c on c."accountId" = p."accountId" and c."id" = p."connectionId"
		   where p."accountId" = $1 and p."merchantId" = $2 and p."sku" = $3 order by p."at" desc limit 100) h order by "at"`,
		one,
	);
}

/** Sums over locations, each as it stood at the end of the day: a location without a change keeps its last numbers. */
function readDays(tx: Transaction, one: One) {
	return tx.sql<Explained["days"][number]>(
		`with mine as (select * from "InventoryDay" where "accountId" = $1 and "merchantId" = $2 and "sku" = $3),
		 places as (select distinct "connectionId", "location" from mine), days as (select distinct "day" from mine)
		 select d."day"::text as "day", sum(s."onHand")::int as "onHand", sum(s."available")::int as "available",
		   sum(s."locked")::int as "locked", sum(s."incoming")::int as "incoming"
		 from days d cross join places p cross join lateral (select * from mine m where m."connectionId" = p."connectionId"
		   and m."location" = p."location" and m."day" <= d."day" order by m."day" desc limit 1) s
		 group by d."day" order by d."day"`,
		one,
	);
}

function readWaiting(tx: Transaction, one: One) {
	return tx.sql<Explained["waiting"][number]>(
		// Of an order that the warehouse has in part and has counted since, only what waits here for stock.
		`with counted as (select min("takenAt") as "at" from "InventoryLevel" where "accountId" = $1 and "merchantId" = $2 and "sku" = $3)
		 select o."id", o."number", o."status", o."createdAt", sum(case when o."splits" in ('planned', 'cut') then x."units"
		     when o."status" in ('new', 'error') or o."deliveredAt" > counted."at" then l."quantity" else l."waitingQuantity" end)::int as "quantity"
		 from counted cross join "Order" o
		 join "OrderLine" l on l."accountId" = o."accountId" and l."orderId" = o."id" and l."sku" = $3 and not l."filtered" and not l."leftOut"
		 cross join lateral (select coalesce(sum(u."units"), 0)::int as "units" from ${shareUnits} u
		   where o."splits" in ('planned', 'cut') and u."lineId" = l."id" and (u."since" is null or u."since" > counted."at")) x
		 where o."accountId" = $1 and o."merchantId" = $2 and not o."sendingCanceled" and o."status" <> 'canceled'
		   and case when o."splits" in ('planned', 'cut') then x."units" > 0 and (o."status" in ('new', 'error', 'at_wms') or o."deliveredAt" > counted."at")
		     else true end and (o."splits" in ('planned', 'cut') or o."status" in ('new', 'error') or o."deliveredAt" > counted."at"
		     or (o."status" = 'at_wms' and o."backorderedAt" is not null and l."waitingQuantity" > 0))
		 group by o."id", o."number", o."status", o."createdAt" order by o."id" limit 50`,
		one,
	);
}
