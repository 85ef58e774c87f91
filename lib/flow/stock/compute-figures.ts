/**
 * Computes what one cart should be told for every SKU of its merchant, and keeps what changed as wanted. Levels, open
 * orders and earlier figures are three plain reads, put together here: joined in one query they depend on statistics
 * that a new merchant's tables do not have yet, and twenty thousand SKUs then took minutes. The rule is `figure`.
 */
import { inventoryTerm } from "@/lib/canonical/connection-options";
import { insertRows } from "@/lib/db/bulk";
import { sourceOptionsOf } from "../connect/open-connection";
import type { Commit, FlowWork } from "../work";
import { type Basis, figure } from "./figure";

/** What is known of one SKU: its places, and when the latest of them was counted. */
interface Count {
	sku: string;
	levels: { location: string; name: string; units: number }[];
	takenAt: Date;
}
/** Units of one SKU on orders that came, and left, together. */
interface Sold {
	sku: string;
	units: number;
	createdAt: Date;
	deliveredAt: Date | null;
}
interface Told {
	sku: string;
	quantity: number;
	terms: unknown;
}

export async function computeFigures(tx: Commit, work: FlowWork): Promise<void> {
	const options = sourceOptionsOf(work.connection);
	const { connector, context } = work.connection;
	const basis = connector.source?.inventory?.basis?.(context.settings) ?? "available";
	const counts = await readCounts(tx, work, { location: options.inventoryLocation, basis });
	// Who is told what is in the building takes its own orders off, the ones that wait here too.
	const sold = basis === "on-hand" ? new Map<string, Sold[]>() : bySku(await readSold(tx, work, counts));
	const told = new Map((await readTold(tx, work)).map((row) => [row.sku, row]));
	const changed = counts.flatMap((count) => {
		const units = unitsOf(count, sold.get(count.sku) ?? []);
		const { quantity, terms } = figure({
			basis,
			levels: count.levels,
			...units,
			minimum: options.minimumInventoryLevel,
		});
		const before = told.get(count.sku);
		const same =
			before?.quantity === quantity &&
			JSON.stringify(inventoryTerm.array().parse(before.terms)) === JSON.stringify(terms);
		return same ? [] : [{ sku: count.sku, quantity, terms }];
	});
	const now = work.now();
	tx.count("read", counts.length);
	tx.count("unchanged", counts.length - changed.length);
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
function unitsOf({ takenAt }: Count, sold: Sold[]): { newerUnits: number; waitingUnits: number } {
	const units = { newerUnits: 0, waitingUnits: 0 };
	for (const { createdAt, deliveredAt, units: sum } of sold) {
		if (deliveredAt && deliveredAt <= takenAt) continue;
		units[createdAt > takenAt ? "newerUnits" : "waitingUnits"] += sum;
	}
	return units;
}

function readCounts(tx: Commit, work: FlowWork, of: { location: string; basis: Basis }): Promise<Count[]> {
	const units = of.basis === "on-hand" ? `l."onHand"` : `l."available"`;
	return tx.sql<Count>(
		`select l."sku", max(l."takenAt") as "takenAt",
		   json_agg(json_build_object('location', l."location", 'name', coalesce(p."name", l."location"), 'units', ${units})
		     order by l."location") as "levels"
		 from "InventoryLevel" l
		 left join "Location" p on p."accountId" = l."accountId" and p."connectionId" = l."connectionId" and p."externalId" = l."location"
		 where l."accountId" = $1 and l."merchantId" = $2 and p."excludedAt" is null and ($3 = '' or l."location" = $3)
		 group by l."sku" order by l."sku"`,
		[work.scope.accountId, work.scope.merchantId, of.location],
	);
}

/** The lines of every order that some count may not know. The offset makes the orders lead, not all lines there are. */
async function readSold(tx: Commit, work: FlowWork, counts: Count[]): Promise<Sold[]> {
	if (counts.length === 0) return [];
	const oldestMs = counts.reduce((least, { takenAt }) => Math.min(least, takenAt.getTime()), Number.POSITIVE_INFINITY);
	return tx.sql<Sold>(
		`select l."sku", sum(l."quantity")::int as "units", o."createdAt", o."deliveredAt"
		 from "Order" o cross join lateral (
		   select "sku", "quantity" from "OrderLine" where "accountId" = $1 and "orderId" = o."id" offset 0) l
		 where o."accountId" = $1 and o."merchantId" = $2 and o."status" <> 'canceled' and not o."sendingCanceled"
		   and (o."status" in ('new', 'error') or o."deliveredAt" > $3)
		 group by l."sku", o."createdAt", o."deliveredAt"`,
		[work.scope.accountId, work.scope.merchantId, new Date(oldestMs)],
	);
}

function readTold(tx: Commit, work: FlowWork): Promise<Told[]> {
	return tx.sql<Told>(
		`select "sku", "quantity", "terms" from "InventoryFigure" where "accountId" = $1 and "connectionId" = $2`,
		[work.scope.accountId, work.connection.id],
	);
}

function bySku(sold: Sold[]): Map<string, Sold[]> {
	const groups = new Map<string, Sold[]>();
	for (const row of sold) {
		const group = groups.get(row.sku);
		if (group) group.push(row);
		else groups.set(row.sku, [row]);
	}
	return groups;
}
