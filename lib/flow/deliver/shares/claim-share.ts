/** One warehouse's share of an order that is split, as it is claimed there. */
import type { ItemRule } from "../../intake/filters";
import { keptLines } from "../../prepare/steps/item-filters";
import type { Commit, FlowWork } from "../../work";
import type { Pending } from "../claim-orders";
import { wantedOf } from "../draft";
import type { DueRow } from "../due-orders";
import { isLive } from "../parts";
import type { OrderSplit } from "./load-splits";
import { refreshShares } from "./refresh-shares";
import { hasLeft, nextPart, restOfShares } from "./share-rest";

export type SplitRow = DueRow & { split: OrderSplit };

export function isSplit(row: DueRow): row is SplitRow {
	return row.split !== undefined;
}

/** Null where this warehouse has nothing to send of the order. */
export function pendingShare(row: SplitRow, itemFilter: ItemRule, connectionId: string): Pending | null {
	const { shares, deliveries, state } = row.split;
	const share = shares.find((one) => one.connectionId === connectionId);
	if (!share || state === "cut") return null;
	const { order: whole, ruling } = wantedOf(row);
	const order = { ...whole, lines: partOfLines(row, { itemFilter, connectionId }) };
	// Also what an earlier plan had here: a number that was used once stays.
	const again = row.deliveries.find(
		(one) => !isLive(one) && one.cancelState !== "accepted" && !wasCanceledThere(row, one, connectionId),
	);
	const part = again?.part ?? nextPart(share, shares, deliveries);
	const number = again?.key ?? (part === 1 ? row.number : `${row.number}-${part}`);
	if (order.lines.length > 0) return { row, wanted: { order, ruling }, again, part, number };
	// Nothing of it may be sent at all: its preparation says why.
	const isEmpty = keptLines({ order: whole, itemFilter }).length === 0 && !hasLeft(deliveries) && share.place === 1;
	return isEmpty ? { row, wanted: { order: whole, ruling }, again, part, number } : null;
}

function wasCanceledThere({ split }: SplitRow, { part }: { part: number }, connectionId: string): boolean {
	return split.deliveries.some((one) => one.connectionId === connectionId && one.part === part && one.canceledThere);
}

function partOfLines(row: SplitRow, { itemFilter, connectionId }: { itemFilter: ItemRule; connectionId: string }) {
	const lineIds = new Map(row.lines.map((line) => [line.sourceLineId, line.id]));
	const lines = keptLines({ order: wantedOf(row).order, itemFilter }).map((line) => {
		return { id: lineIds.get(line.sourceLineId) ?? line.sourceLineId, line };
	});
	const quantities = new Map(lines.map(({ id, line }) => [id, line.quantity]));
	const rest = restOfShares(quantities, row.split.shares, row.split.deliveries).get(connectionId);
	return lines.flatMap(({ id, line }) => {
		const quantity = rest?.get(id) ?? 0;
		return quantity > 0 ? [{ ...line, quantity }] : [];
	});
}

/** What was due of these was looked at here and now; the orders follow their shares, the other warehouses' too. */
export async function settleClaimed(tx: Commit, work: FlowWork, due: DueRow[]): Promise<void> {
	const ids = due.filter(isSplit).map(({ id }) => id);
	if (ids.length === 0) return;
	await tx.sql(
		`update "OrderShare" s set "dueAt" = null, "asked" = null, "problem" = case when w."moves" then null else s."problem" end,
		   "problemCode" = case when w."moves" then null else s."problemCode" end
		 from (select x."orderId", exists (select 1 from "Delivery" d where d."accountId" = $1 and d."orderId" = x."orderId"
		     and d."connectionId" = $3 and d."state" = 'sending') or exists (select 1 from "BackorderItem" b
		     where b."accountId" = $1 and b."orderId" = x."orderId" and b."connectionId" = $3) as "moves"
		   from unnest($2::text[]) as x("orderId")) w
		 where s."accountId" = $1 and s."orderId" = w."orderId" and s."connectionId" = $3`,
		[work.scope.accountId, ids, work.connection.id],
	);
	await refreshShares(tx, work.scope.accountId, ids);
}
