/**
 * Computes what one cart should be told for every SKU of its merchant, and keeps what changed as wanted. One query
 * gathers all terms; the rule itself is `figure`.
 */
import { inventoryTerm } from "@/lib/canonical/connection-options";
import { insertRows } from "@/lib/db/bulk";
import { sourceOptionsOf } from "../connect/open-connection";
import type { Commit, FlowWork } from "../work";
import { figure } from "./figure";

interface Row {
	sku: string;
	levels: { location: string; name: string; available: number }[];
	newerUnits: number;
	waitingUnits: number;
	quantity: number | null;
	terms: unknown;
}

export async function computeFigures(tx: Commit, work: FlowWork): Promise<void> {
	const options = sourceOptionsOf(work.connection);
	const rows = await readTerms(tx, work, options.inventoryLocation);
	const changed = rows.flatMap((row) => {
		const { quantity, terms } = figure({ ...row, minimum: options.minimumInventoryLevel });
		const same =
			row.quantity === quantity &&
			JSON.stringify(inventoryTerm.array().nullable().parse(row.terms)) === JSON.stringify(terms);
		return same ? [] : [{ sku: row.sku, quantity, terms }];
	});
	const now = work.now();
	tx.count("read", rows.length);
	tx.count("unchanged", rows.length - changed.length);
	await insertRows(
		tx,
		"InventoryFigure",
		{
			accountId: "text",
			merchantId: "text",
			connectionId: "text",
			sku: "text",
			quantity: "int",
			terms: "json",
			state: "text",
			attempts: "int",
			nextTryAt: "timestamptz",
			computedAt: "timestamptz",
		},
		changed.map((row) => ({
			accountId: work.scope.accountId,
			merchantId: work.scope.merchantId,
			connectionId: work.connection.id,
			...row,
			state: "wanted",
			attempts: 0,
			nextTryAt: now,
			computedAt: now,
		})),
		// Other terms with the same sum are remembered, but there is nothing to tell the cart.
		`on conflict ("accountId", "connectionId", "sku") do update set
		   "quantity" = excluded."quantity", "terms" = excluded."terms", "computedAt" = excluded."computedAt",
		   "state" = case when "InventoryFigure"."quantity" = excluded."quantity" then "InventoryFigure"."state" else 'wanted' end,
		   "attempts" = case when "InventoryFigure"."quantity" = excluded."quantity" then "InventoryFigure"."attempts" else 0 end,
		   "nextTryAt" = case when "InventoryFigure"."quantity" = excluded."quantity" then "InventoryFigure"."nextTryAt" else excluded."nextTryAt" end`,
	);
}

/**
 * An order counts against stock when the warehouse did not know it at its last count: loaded later, or loaded
 * earlier but delivered later or still waiting here. Canceled orders count nowhere.
 */
function readTerms(tx: Commit, work: FlowWork, location: string): Promise<Row[]> {
	return tx.sql<Row>(
		`with places as (
		   select l."sku", l."location", l."available", l."takenAt", coalesce(p."name", l."location") as "name"
		   from "InventoryLevel" l
		   left join "Location" p on p."accountId" = l."accountId" and p."connectionId" = l."connectionId" and p."externalId" = l."location"
		   where l."accountId" = $1 and l."merchantId" = $2 and p."excludedAt" is null and ($4 = '' or l."location" = $4)),
		 counts as (
		   select "sku", max("takenAt") as "takenAt",
		     json_agg(json_build_object('location', "location", 'name', "name", 'available', "available") order by "location") as "levels"
		   from places group by "sku"),
		 oldest as (select min("takenAt") as "at" from counts),
		 unknown as (
		   select o."id", o."createdAt", o."deliveredAt" from "Order" o
		   where o."accountId" = $1 and o."merchantId" = $2 and o."status" <> 'canceled' and not o."sendingCanceled"
		     and (o."status" in ('new', 'error') or o."deliveredAt" > (select "at" from oldest))),
		 sold as (
		   select c."sku",
		     sum(l."quantity") filter (where u."createdAt" > c."takenAt") as "newer",
		     sum(l."quantity") filter (where u."createdAt" <= c."takenAt") as "waiting"
		   from unknown u join "OrderLine" l on l."accountId" = $1 and l."orderId" = u."id"
		   join counts c on c."sku" = l."sku"
		   where u."deliveredAt" is null or u."deliveredAt" > c."takenAt"
		   group by c."sku")
		 select c."sku", c."levels", coalesce(s."newer", 0)::int as "newerUnits", coalesce(s."waiting", 0)::int as "waitingUnits",
		   f."quantity", f."terms"
		 from counts c left join sold s on s."sku" = c."sku"
		 left join "InventoryFigure" f on f."accountId" = $1 and f."connectionId" = $3 and f."sku" = c."sku"`,
		[work.scope.accountId, work.scope.merchantId, work.connection.id, location],
	);
}
