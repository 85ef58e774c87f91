/**
 * Computes what one cart should be told for every SKU of its merchant, and keeps what changed as wanted. Levels, open
 * orders and earlier figures are three plain reads, put together here: joined in one query they depend on statistics
 * that a new merchant's tables do not have yet, and twenty thousand SKUs then took minutes. The rule is `figure`.
 */
import { inventoryTerm } from "@/lib/canonical/connection-options";
import { insertRows } from "@/lib/db/bulk";
import { sourceOptionsOf } from "../connect/open-connection";
import type { Commit, FlowWork } from "../work";
import { type Basis, type FigureInput, figure } from "./figure";
import { buildable } from "./kit-figure";
import { inWarehouseItems, readStockCodes, type SoldLine, type StockCodes } from "./stock-codes";

/** What is known of one SKU: its places, and when the latest of them was counted. */
interface Count {
	sku: string;
	levels: { location: string; name: string; units: number }[];
	takenAt: Date;
}
interface Told {
	sku: string;
	code: string | null;
	quantity: number;
	terms: unknown;
}

export async function computeFigures(tx: Commit, work: FlowWork): Promise<void> {
	const options = sourceOptionsOf(work.connection);
	const { connector, context } = work.connection;
	const basis = connector.source?.inventory?.basis?.(context.settings) ?? "available";
	const counts = await readCounts(tx, work, { location: options.inventoryLocation, basis });
	const codes = await readStockCodes(tx, work, options.pushInventoryAs);
	// Who is told what is in the building takes its own orders off, the ones that wait here too.
	const sold = basis === "on-hand" ? [] : await inWarehouseItems(tx, work, await readSold(tx, work, counts));
	const told = new Map((await readTold(tx, work)).map((row) => [row.sku, row]));
	const inputs = inputsOf(counts, bySku(sold), codes);
	const changed = inputs.flatMap(({ sku, ...input }) => {
		const { quantity, terms } = figure({ basis, ...input, minimum: options.minimumInventoryLevel });
		const code = columnOf(codes, sku);
		const before = told.get(sku);
		const same =
			before?.quantity === quantity &&
			before.code === code &&
			JSON.stringify(inventoryTerm.array().parse(before.terms)) === JSON.stringify(terms);
		return same ? [] : [{ sku, code, quantity, terms }];
	});
	tx.count("read", inputs.length);
	tx.count("unchanged", inputs.length - changed.length);
	await keepWanted(tx, work, changed, options.pushInventoryAs);
}

/** How a figure's row holds what the cart calls the item: null for the SKU itself, empty where it has no code. */
function columnOf(codes: StockCodes, sku: string): string | null {
	const code = codes.codeOf(sku);
	return code === sku ? null : (code ?? "");
}

type Input = { sku: string } & Omit<FigureInput, "basis" | "minimum">;

/** What every figure comes from: an item from its own levels, a kit from those of its parts. */
function inputsOf(counts: Count[], sold: Map<string, SoldLine[]>, codes: StockCodes): Input[] {
	const bySku = new Map(counts.map((count) => [count.sku, count]));
	const units = new Map(counts.map((count) => [count.sku, unitsOf(count, sold.get(count.sku) ?? [])]));
	const plain = counts
		.filter(({ sku }) => !codes.kits.has(sku))
		.map(({ sku, levels }): Input => ({ sku, levels, ...(units.get(sku) ?? { newerUnits: 0, waitingUnits: 0 }) }));
	const kits = [...codes.kits].map(([sku, parts]): Input => {
		const stock = parts.map((part) => {
			const { newerUnits = 0, waitingUnits = 0 } = units.get(part.sku) ?? {};
			const levels = bySku.get(part.sku)?.levels ?? [];
			return { sku: part.sku, per: part.quantity, levels, taken: newerUnits + waitingUnits };
		});
		return { sku, kit: true, ...buildable(stock) };
	});
	return [...plain, ...kits.filter(({ levels }) => levels.length > 0)];
}

type Wanted = Told & { terms: unknown };

async function keepWanted(tx: Commit, work: FlowWork, changed: Wanted[], type: string): Promise<void> {
	const now = work.now();
	await insertRows(
		tx,
		"InventoryFigure",
		{
			accountId: "text",
			merchantId: "text",
			connectionId: "text",
			sku: "text",
			code: "text",
			quantity: "int",
			terms: "json",
			state: "text",
			problem: "text",
			attempts: "int",
			nextTryAt: "timestamptz",
			computedAt: "timestamptz",
		},
		changed.map((row) => ({
			accountId: work.scope.accountId,
			merchantId: work.scope.merchantId,
			connectionId: work.connection.id,
			...row,
			state: row.code === "" ? "skipped" : "wanted",
			problem: row.code === "" ? `it has no code of the type "${type}"` : null,
			attempts: 0,
			nextTryAt: row.code === "" ? null : now,
			computedAt: now,
		})),
		// Other terms with the same sum are remembered, but there is nothing to tell the cart.
		`on conflict ("accountId", "connectionId", "sku") do update set
		   "quantity" = excluded."quantity", "code" = excluded."code", "terms" = excluded."terms", "computedAt" = excluded."computedAt",
		   "state" = case when ${untouched} then "InventoryFigure"."state" else excluded."state" end,
		   "problem" = case when ${untouched} then "InventoryFigure"."problem" else excluded."problem" end,
		   "attempts" = case when ${untouched} then "InventoryFigure"."attempts" else 0 end,
		   "nextTryAt" = case when ${untouched} then "InventoryFigure"."nextTryAt" else excluded."nextTryAt" end`,
	);
}

const untouched = `"InventoryFigure"."quantity" = excluded."quantity" and "InventoryFigure"."code" is not distinct from excluded."code"`;

/**
 * An order counts against stock when the warehouse did not know it at its last count: loaded later, or loaded
 * earlier but delivered later or still waiting here. Canceled orders count nowhere.
 */
function unitsOf({ takenAt }: Count, sold: SoldLine[]): { newerUnits: number; waitingUnits: number } {
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
async function readSold(tx: Commit, work: FlowWork, counts: Count[]): Promise<SoldLine[]> {
	if (counts.length === 0) return [];
	const oldestMs = counts.reduce((least, { takenAt }) => Math.min(least, takenAt.getTime()), Number.POSITIVE_INFINITY);
	return tx.sql<SoldLine>(
		// Of an order that is at the warehouse in part, what waits here for stock counts as not sent.
		`select l."sku", o."connectionId", sum(x."units")::int as "units", o."createdAt", x."deliveredAt"
		 from "Order" o cross join lateral (
		   select "sku", "quantity", "waitingQuantity" from "OrderLine" where "accountId" = $1 and "orderId" = o."id" offset 0) l
		 cross join lateral (values (l."quantity" - l."waitingQuantity", o."deliveredAt"), (l."waitingQuantity", null)) as x("units", "deliveredAt")
		 where o."accountId" = $1 and o."merchantId" = $2 and o."status" <> 'canceled' and not o."sendingCanceled" and x."units" > 0
		   and (o."status" in ('new', 'error') or o."deliveredAt" > $3 or (o."status" = 'at_wms' and o."backorderedAt" is not null))
		 group by l."sku", o."connectionId", o."createdAt", x."deliveredAt"`,
		[work.scope.accountId, work.scope.merchantId, new Date(oldestMs)],
	);
}

function readTold(tx: Commit, work: FlowWork): Promise<Told[]> {
	return tx.sql<Told>(
		`select "sku", "code", "quantity", "terms" from "InventoryFigure" where "accountId" = $1 and "connectionId" = $2`,
		[work.scope.accountId, work.connection.id],
	);
}

function bySku(sold: SoldLine[]): Map<string, SoldLine[]> {
	const groups = new Map<string, SoldLine[]>();
	for (const row of sold) {
		const group = groups.get(row.sku);
		if (group) group.push(row);
		else groups.set(row.sku, [row]);
	}
	return groups;
}
