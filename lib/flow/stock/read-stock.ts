/**
 * What is known of a merchant's stock, read once for all of its carts. Levels and open orders are plain reads, put
 * together here: joined in one query they depend on statistics that a new merchant's tables do not have yet, and twenty
 * thousand SKUs then took minutes.
 */
import type { Kit } from "@/lib/canonical/item-codes";
import type { Transaction } from "@/lib/db/transact";
import { shareUnits } from "../deliver/shares/share-units";
import { groupRows } from "./group";
import type { Owner } from "./read-rules";
import { inWarehouseItems, readKits, type SoldLine } from "./stock-codes";

export interface Level {
	/** The warehouse's connection and its own name of the location, as stock rules name a place. */
	place: string;
	location: string;
	name: string;
	available: number;
	onHand: number;
	takenAt: Date;
}

export interface Stock {
	/** By SKU; without locations that are excluded. */
	levels: ReadonlyMap<string, Level[]>;
	/** What was sold and may not be in some count, by SKU of the warehouse. */
	sold: ReadonlyMap<string, SoldLine[]>;
	/** Kits that the warehouse does not keep whole: their parts. */
	kits: ReadonlyMap<string, Kit["parts"]>;
}

export async function readStock(tx: Transaction, owner: Owner): Promise<Stock> {
	const rows = await readLevels(tx, owner);
	const sold = await inWarehouseItems(tx, owner, await readSold(tx, owner, rows));
	return {
		levels: groupRows(rows, ({ sku }) => sku),
		sold: groupRows(sold, ({ sku }) => sku),
		kits: await readKits(tx, owner),
	};
}

function readLevels(tx: Transaction, owner: Owner): Promise<(Level & { sku: string })[]> {
	return tx.sql<Level & { sku: string }>(
		`select l."sku", l."connectionId" || '/' || l."location" as "place", l."location", coalesce(p."name", l."location") as "name",
		   l."available", l."onHand", l."takenAt"
		 from "InventoryLevel" l
		 left join "Location" p on p."accountId" = l."accountId" and p."connectionId" = l."connectionId" and p."externalId" = l."location"
		 where l."accountId" = $1 and l."merchantId" = $2 and p."excludedAt" is null
		 order by l."sku", l."location", l."connectionId"`,
		[owner.accountId, owner.merchantId],
	);
}

/** The lines of every order that some count may not know. The offset makes the orders lead, not all lines there are. */
async function readSold(tx: Transaction, owner: Owner, levels: Level[]): Promise<SoldLine[]> {
	if (levels.length === 0) return [];
	const oldestMs = levels.reduce((least, { takenAt }) => Math.min(least, takenAt.getTime()), Number.POSITIVE_INFINITY);
	return tx.sql<SoldLine>(
		// Of an order that is at the warehouse in part, what waits here for stock counts as not sent.
		`select l."sku", o."connectionId", sum(x."units")::int as "units", o."createdAt", x."deliveredAt", null as "at"
		 from "Order" o cross join lateral (
		   select "sku", "quantity", "waitingQuantity" from "OrderLine"
		   where "accountId" = $1 and "orderId" = o."id" and not "filtered" and not "leftOut" offset 0) l
		 cross join lateral (values (l."quantity" - l."waitingQuantity", o."deliveredAt"), (l."waitingQuantity", null)) as x("units", "deliveredAt")
		 where o."accountId" = $1 and o."merchantId" = $2 and o."status" <> 'canceled' and not o."sendingCanceled" and x."units" > 0
		   and (o."splits" is null or o."splits" = 'wanted') and (o."status" in ('new', 'error') or o."deliveredAt" > $3 or (o."status" = 'at_wms' and o."backorderedAt" is not null))
		 group by l."sku", o."connectionId", o."createdAt", x."deliveredAt"
		 union all
		 select l."sku", o."connectionId", x."units", o."createdAt", x."since", x."at"
		 from "Order" o cross join lateral ${shareUnits} x
		 join "OrderLine" l on l."accountId" = $1 and l."orderId" = o."id" and l."id" = x."lineId"
		 where o."accountId" = $1 and o."merchantId" = $2 and o."splits" in ('planned', 'cut') and not o."sendingCanceled"
		   and o."status" <> 'canceled' and (o."status" in ('new', 'error', 'at_wms') or o."deliveredAt" > $3)
		   and (x."since" is null or x."since" > $3)`,
		[owner.accountId, owner.merchantId, new Date(oldestMs)],
	);
}
