/**
 * Brings an order that is split in line with its shares: what each has still to send, and from all of them together
 * when the order is due, what it waits for, what stops it and how far it is. Called after whatever changed one of them.
 */
import { updateRows } from "@/lib/db/bulk";
import type { Transaction } from "@/lib/db/transact";
import { addedPrefix } from "../../prepare/rules/apply-ruling";
import { loadSplits, type OrderSplit } from "./load-splits";
import { restOfShares } from "./share-rest";

/** Locks the orders. Those that are not split are left as they are. */
export async function refreshShares(tx: Transaction, accountId: string, orderIds: string[]): Promise<void> {
	if (orderIds.length === 0) return;
	const rows = await tx.sql<{ id: string }>(
		`select "id" from "Order" where "accountId" = $1 and "id" = any($2) and "splits" in ('planned', 'cut') order by "id" for update`,
		[accountId, orderIds],
	);
	if (rows.length === 0) return;
	const ids = rows.map(({ id }) => id);
	const splits = await loadSplits(tx, accountId, ids);
	const lines = await tx.sql<{ orderId: string; id: string; quantity: number }>(
		`select "orderId", "id", "quantity" from "OrderLine"
		 where "accountId" = $1 and "orderId" = any($2) and not "filtered" and not "leftOut"`,
		[accountId, ids],
	);
	const quantities = new Map(ids.map((id) => [id, new Map<string, number>()]));
	for (const { orderId, id, quantity } of lines) quantities.get(orderId)?.set(id, quantity);
	await writeShares(
		tx,
		accountId,
		[...splits].flatMap(([id, split]) => restRows(id, split, quantities.get(id) ?? new Map())),
	);
	await writeOrders(tx, accountId, ids);
}

function restRows(orderId: string, split: OrderSplit, quantities: Map<string, number>) {
	// What rules add is on no line of the order.
	for (const { units } of split.shares)
		for (const [lineId, count] of units)
			if (lineId.startsWith(addedPrefix)) quantities.set(lineId, (quantities.get(lineId) ?? 0) + count);
	const rests = restOfShares(quantities, split.shares, split.deliveries);
	return split.shares.map(({ connectionId }) => {
		const rest = split.state === "cut" ? new Map() : (rests.get(connectionId) ?? new Map());
		const inDoubt = split.deliveries.some((one) => one.connectionId === connectionId && one.state === "unknown");
		return { orderId, connectionId, rest: Object.fromEntries(rest), over: rest.size === 0 && !inDoubt };
	});
}

function writeShares(tx: Transaction, accountId: string, rows: ReturnType<typeof restRows>): Promise<unknown> {
	return updateRows(
		tx,
		"OrderShare",
		{ orderId: "text", connectionId: "text", rest: "jsonb", over: "boolean" },
		rows,
		{
			key: "orderId",
			set: `"rest" = given."rest", "dueAt" = case when not given."over" then "OrderShare"."dueAt" end,
			  "problem" = case when not given."over" then "OrderShare"."problem" end,
			  "problemCode" = case when not given."over" then "OrderShare"."problemCode" end`,
			where: `"OrderShare"."accountId" = $2 and "OrderShare"."orderId" = given."orderId" and "OrderShare"."connectionId" = given."connectionId"`,
		},
		[accountId],
	);
}

/** One that nothing more will be tried of without a person stops the order; the others go on. */
async function writeOrders(tx: Transaction, accountId: string, ids: string[]): Promise<void> {
	await tx.sql(
		`with shared as (
		   select s."orderId", min(s."dueAt") as "dueAt", bool_or(s."problem" is not null and s."dueAt" is null) as "stuck",
		     (array_agg(s."problem" order by s."dueAt" is not null, s."place") filter (where s."problem" is not null))[1] as "problem",
		     (array_agg(s."problemCode" order by s."dueAt" is not null, s."place") filter (where s."problem" is not null))[1] as "problemCode",
		     exists (select 1 from "Delivery" d where d."accountId" = $1 and d."orderId" = s."orderId" and d."state" = 'accepted') as "isThere",
		     exists (select 1 from "BackorderItem" b where b."accountId" = $1 and b."orderId" = s."orderId") as "waits"
		   from "OrderShare" s where s."accountId" = $1 and s."orderId" = any($2) group by s."orderId")
		 update "Order" o set "status" = case when s."stuck" then 'error' when s."isThere" then 'at_wms' else 'new' end,
		   "problem" = s."problem", "problemCode" = s."problemCode",
		   "dueAt" = case when ${isCalled} then o."dueAt" else s."dueAt" end,
		   "sharedDueAt" = case when ${isCalled} then o."sharedDueAt" else s."dueAt" end,
		   "backorderedAt" = case when s."waits" then coalesce(o."backorderedAt", now()) end
		 from shared s where o."accountId" = $1 and o."id" = s."orderId" and o."status" in ('new', 'error', 'at_wms')`,
		[accountId, ids],
	);
	await tx.sql(
		`update "OrderLine" l set "waitingQuantity" = w."units" from (
		   select x."orderId", x."id", coalesce((select sum((s."rest" ->> x."id")::int) from "OrderShare" s
		     where s."accountId" = $1 and s."orderId" = x."orderId" and s."rest" ? x."id" and exists (select 1 from "BackorderItem" b
		       where b."accountId" = $1 and b."orderId" = x."orderId" and b."connectionId" = s."connectionId" and b."lineId" = x."id")), 0)::int as "units"
		   from "OrderLine" x where x."accountId" = $1 and x."orderId" = any($2)) w
		 where l."accountId" = $1 and l."orderId" = w."orderId" and l."id" = w."id" and l."waitingQuantity" <> w."units"`,
		[accountId, ids],
	);
}

/** SQL over an order `o`: somebody wants it tried who knows nothing of its shares. */
export const isCalled = `(o."dueAt" is not null and o."dueAt" is distinct from o."sharedDueAt")`;
