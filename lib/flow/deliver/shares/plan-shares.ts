/**
 * Plans which warehouse sends what of orders that rules want split, by what each has now. Promise: planned before any
 * warehouse may claim the order, once, and never again once something of it may have left.
 */
import { sourceOptions } from "@/lib/canonical/connection-options";
import { orderOf } from "@/lib/canonical/order";
import { type Ruling, ruling as rulingSchema } from "@/lib/canonical/rule";
import { insertRows, updateRows } from "@/lib/db/bulk";
import { loadItemFilters } from "../../intake/load-filters";
import { loadItemCodes, partsOf } from "../../prepare/item-codes";
import { keptLines } from "../../prepare/steps/item-filters";
import { writeEvents } from "../../run/events";
import { triggerAutomatic } from "../../run/trigger";
import type { Commit, FlowWork } from "../../work";
import type { Need } from "../allocate";
import { codesToLoad, type DraftRow, wantedOf } from "../draft";
import { warehouseNames } from "../warehouses";
import { adoptCalls } from "./adopt-calls";
import { freeAt } from "./free-at";
import { type PlannedShare, planSplit, shareReason } from "./plan-split";
import { dropGone, holdLost } from "./stranded-shares";

interface Row extends DraftRow {
	dueAt: Date;
}
interface Wish {
	row: Row;
	/** The warehouses that are still there, the first choice first. */
	ranked: string[];
	needs: Need[];
}

export async function planShares(tx: Commit, work: FlowWork, limit: number): Promise<void> {
	await adoptCalls(tx, work);
	const { accountId, merchantId } = work.scope;
	await dropGone(tx, work);
	const rows = await lockWanted(tx, work, limit);
	if (rows.length === 0) return;
	// Two that plan at once would count on the same units.
	await tx.sql(`select pg_advisory_xact_lock(hashtext('shares ' || $1))`, [merchantId]);
	const names = await warehouseNames(tx, work);
	const wishes = await wishesOf(tx, work, rows, names);
	await holdLost(
		tx,
		work,
		wishes.filter(({ ranked }) => ranked.length === 0).map(({ row }) => row.id),
	);
	const able = wishes.filter(({ ranked }) => ranked.length > 0);
	const skus = able.flatMap(({ needs }) => needs.flatMap(({ parts }) => parts.map(({ sku }) => sku)));
	const warehouses = [...new Set(able.flatMap(({ ranked }) => ranked))];
	const free = await freeAt(tx, { accountId, warehouses, skus: [...new Set(skus)] });
	const planned = able.map((wish) => {
		const ranked = wish.ranked.map((id) => ({ id, free: free.get(id) ?? new Map<string, number>() }));
		const shares = planSplit(wish.needs, ranked);
		for (const share of shares) takeFrom(free.get(share.warehouseId), wish.needs, share);
		return { wish, shares };
	});
	await keepPlans(tx, work, planned);
	await writeEvents(
		tx,
		work,
		planned.map(({ wish, shares }) => ({
			orderId: wish.row.id,
			kind: "split-planned" as const,
			facts: { reason: shares.map((share) => shareWords(wish.row, share, names)).join("; ") },
		})),
	);
	const others = warehouses.filter((id) => id !== work.connection.id);
	if (others.length > 0) await triggerAutomatic(tx, work, "orders/deliver", { connectionIds: others });
}

function lockWanted(tx: Commit, work: FlowWork, limit: number): Promise<Row[]> {
	return tx.sql<Row>(
		`with due as materialized (
		   select "id" from "Order" where "accountId" = $1 and "merchantId" = $2 and "splits" = 'wanted' and "dueAt" <= $3
		     and "status" = 'new' and not "sendingCanceled" and "heldAt" is null
		   order by "dueAt", "id" limit $4 for update skip locked)
		 select o."id", o."number", o."connectionId", o."document", o."dueAt", c."options",
		   (select r."result" from "OrderRuling" r where r."accountId" = $1 and r."orderId" = o."id") as "ruling",
		   (select json_agg(json_build_object('id', l."id", 'sourceLineId', l."sourceLineId", 'sku', l."sku", 'filtered', l."filtered"))
		    from "OrderLine" l where l."accountId" = $1 and l."orderId" = o."id") as "lines"
		 from due join "Order" o on o."accountId" = $1 and o."id" = due."id"
		 join "Connection" c on c."accountId" = $1 and c."id" = o."connectionId" order by o."id"`,
		[work.scope.accountId, work.scope.merchantId, work.now(), limit],
	);
}

/** What each order needs of stock, in the warehouses' codes and with kits in their parts, as rules ask about stock. */
async function wishesOf(tx: Commit, work: FlowWork, rows: Row[], names: ReadonlyMap<string, string>): Promise<Wish[]> {
	const { accountId, merchantId } = work.scope;
	const filtersOf = await loadItemFilters(
		tx,
		accountId,
		rows.map(({ connectionId }) => connectionId),
	);
	const lines = rows.flatMap((row) =>
		codesToLoad({ connectionId: row.connectionId, lines: orderOf(row.document).lines }, rulingOf(row)),
	);
	const codes = await loadItemCodes(tx, { accountId, merchantId, lines });
	return rows.map((row) => {
		const { translateItemCode } = sourceOptions.parse(row.options);
		const lineIds = new Map(row.lines.map((line) => [line.sourceLineId, line.id]));
		const { order } = wantedOf(row);
		const needs = keptLines({ order, itemFilter: filtersOf(row.connectionId) }).map((line) => ({
			lineId: lineIds.get(line.sourceLineId) ?? line.sourceLineId,
			units: line.quantity,
			parts: partsOf(codes.of(row.connectionId), translateItemCode, line.sku),
		}));
		const ranked = rulingOf(row)?.split?.warehouseIds ?? [];
		return { row, ranked: ranked.filter((id) => names.has(id)), needs };
	});
}

function rulingOf({ ruling }: Row): Ruling | null {
	return ruling ? rulingSchema.parse(ruling) : null;
}

/** What one order gets, the next of this page does not. */
function takeFrom(free: Map<string, number> | undefined, needs: Need[], { units }: PlannedShare): void {
	for (const { lineId, parts } of needs)
		for (const { sku, per } of parts) {
			const there = free?.get(sku);
			if (there !== undefined) free?.set(sku, Math.max(0, there - per * (units.get(lineId) ?? 0)));
		}
}

interface Plan {
	wish: Wish;
	shares: PlannedShare[];
}

async function keepPlans(tx: Commit, work: FlowWork, planned: Plan[]): Promise<void> {
	const { accountId, merchantId } = work.scope;
	await insertRows(
		tx,
		"OrderShare",
		{
			...{ accountId: "text", merchantId: "text", orderId: "text", connectionId: "text", place: "int" },
			...{
				units: "jsonb",
				rest: "jsonb",
				parts: "jsonb",
				reason: "text",
				dueAt: "timestamptz",
				plannedAt: "timestamptz",
			},
		},
		planned.flatMap(({ wish, shares }) =>
			withOne(wish, shares).map((share, place) => {
				const units = Object.fromEntries(share.units);
				return {
					...{ accountId, merchantId, orderId: wish.row.id, connectionId: share.warehouseId, place: place + 1 },
					...{ units, rest: units, parts: Object.fromEntries(wish.needs.map(({ lineId, parts }) => [lineId, parts])) },
					...{ reason: shareReason(share, shares.length === 1), dueAt: wish.row.dueAt, plannedAt: work.now() },
				};
			}),
		),
	);
	await updateRows(
		tx,
		"Order",
		{ id: "text" },
		planned.map(({ wish }) => ({ id: wish.row.id })),
		{
			key: "id",
			set: `"splits" = 'planned', "sharedDueAt" = "Order"."dueAt"`,
			where: `"Order"."accountId" = $2 and "Order"."id" = given."id"`,
		},
		[accountId],
	);
	await dropTried(
		tx,
		accountId,
		planned.map(({ wish }) => wish.row.id),
	);
}

/** What was tried under an earlier plan at a warehouse that has no share any more is not tried again. */
async function dropTried(tx: Commit, accountId: string, orderIds: string[]): Promise<void> {
	await tx.sql(
		`update "Delivery" d set "state" = 'canceled', "nextTryAt" = null where d."accountId" = $1 and d."orderId" = any($2)
		   and d."state" in ('intended', 'refused') and not exists (select 1 from "OrderShare" s where s."accountId" = $1
		     and s."orderId" = d."orderId" and s."connectionId" = d."connectionId")`,
		[accountId, orderIds],
	);
}

/** An order of which nothing is left to send goes to the first, where its preparation says why. */
function withOne({ ranked: [first] }: Wish, shares: PlannedShare[]): PlannedShare[] {
	return shares.length > 0 || !first ? shares : [{ warehouseId: first, units: new Map(), missing: new Map() }];
}

/** "2 × TEE at East". */
function shareWords({ lines, ...row }: Row, { warehouseId, units }: PlannedShare, names: ReadonlyMap<string, string>) {
	const added = rulingOf({ lines, ...row })?.add ?? [];
	const codeOf = (lineId: string) =>
		lines.find(({ id }) => id === lineId)?.sku ?? added[Number(lineId.split(":")[1]) - 1]?.sku ?? lineId;
	const what = [...units].map(([lineId, count]) => `${count} × ${codeOf(lineId)}`).join(", ") || "nothing";
	return `${what} at ${names.get(warehouseId) ?? warehouseId}`;
}
