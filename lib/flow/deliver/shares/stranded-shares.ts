/** What of a split order was to come from a warehouse connection that has gone since. */
import type { Commit, FlowWork } from "../../work";
import { goneReason, tellGone } from "../warehouses";
import { planAnew } from "./adopt-calls";
import { loadSplits } from "./load-splits";
import { refreshShares } from "./refresh-shares";
import { hasLeft } from "./share-rest";

/** Planned anew while nothing has left; later a person decides, and what was to come from there goes with the first. */
export async function dropGone(tx: Commit, work: FlowWork): Promise<void> {
	const { accountId, merchantId } = work.scope;
	const rows = await tx.sql<{ id: string }>(
		`select o."id" from "Order" o where o."accountId" = $1 and o."merchantId" = $2 and o."splits" = 'planned' and o."id" in (
		   select s."orderId" from "Connection" c join "OrderShare" s on s."accountId" = $1 and s."connectionId" = c."id" and s."rest" <> '{}'
		   where c."accountId" = $1 and c."merchantId" = $2 and c."side" = 'destination' and c."archivedAt" is not null)
		   and o."dueAt" <= $3 and o."status" in ('new', 'error', 'at_wms') and o."heldAt" is null and not o."sendingCanceled"
		 order by o."id" limit 500 for update of o skip locked`,
		[accountId, merchantId, work.now()],
	);
	if (rows.length === 0) return;
	const ids = rows.map(({ id }) => id);
	const splits = await loadSplits(tx, accountId, ids);
	const started = ids.filter((id) => hasLeft(splits.get(id)?.deliveries ?? []));
	await planAnew(
		tx,
		accountId,
		ids.filter((id) => !started.includes(id)),
	);
	if (started.length === 0) return;
	await tx.sql(
		`delete from "OrderShare" s using "Connection" c where s."accountId" = $1 and s."orderId" = any($2) and c."accountId" = $1
		   and c."id" = s."connectionId" and c."archivedAt" is not null`,
		[accountId, started],
	);
	await refreshShares(tx, accountId, started);
	await holdOrders(tx, work, started);
}

/** None of the warehouses that the rule names is there: whoever releases them sends them to any. */
export async function holdLost(tx: Commit, work: FlowWork, orderIds: string[]): Promise<void> {
	if (orderIds.length === 0) return;
	await tx.sql(`update "Order" set "splits" = null where "accountId" = $1 and "id" = any($2)`, [
		work.scope.accountId,
		orderIds,
	]);
	await holdOrders(tx, work, orderIds);
}

async function holdOrders(tx: Commit, work: FlowWork, orderIds: string[]): Promise<void> {
	await tx.sql(
		`update "Order" set "heldAt" = coalesce("heldAt", $3), "heldBy" = array['rule'], "heldReason" = $4, "dueAt" = null
		 where "accountId" = $1 and "id" = any($2)`,
		[work.scope.accountId, orderIds, work.now(), goneReason],
	);
	await tellGone(tx, work, orderIds);
}
