/**
 * Whoever wants an order tried sets when it is due, and knows nothing of shares: that holds for every share. Of an order
 * of which nothing has left, the plan is made anew, as the order and the stock are now.
 */
import type { Commit, FlowWork } from "../../work";
import { loadSplits } from "./load-splits";
import { isCalled, refreshShares } from "./refresh-shares";
import { hasLeft } from "./share-rest";

export async function adoptCalls(tx: Commit, work: FlowWork): Promise<void> {
	const { accountId, merchantId } = work.scope;
	const called = await tx.sql<{ id: string; asked: string | null }>(
		`select o."id", o."backorderAsked" as "asked" from "Order" o where o."accountId" = $1 and o."merchantId" = $2
		   and o."splits" in ('planned', 'cut') and ${isCalled} and o."heldAt" is null and not o."sendingCanceled"
		   and o."status" in ('new', 'error', 'at_wms') order by o."id" limit 500 for update skip locked`,
		[accountId, merchantId],
	);
	if (called.length === 0) return;
	const splits = await loadSplits(
		tx,
		accountId,
		called.map(({ id }) => id),
	);
	const anew = called.filter(({ id, asked }) => {
		const split = splits.get(id);
		return !split || (split.state === "planned" && asked === null && !hasLeft(split.deliveries));
	});
	await planAnew(
		tx,
		accountId,
		anew.map(({ id }) => id),
	);
	const others = called.filter((one) => !anew.includes(one)).map(({ id }) => id);
	if (others.length === 0) return;
	await tx.sql(
		`update "OrderShare" s set "dueAt" = least(s."dueAt", o."dueAt"), "problem" = null, "problemCode" = null,
		   "asked" = coalesce(o."backorderAsked", s."asked")
		 from "Order" o where s."accountId" = $1 and s."orderId" = any($2) and o."accountId" = $1 and o."id" = s."orderId"`,
		[accountId, others],
	);
	await tx.sql(
		`update "Order" set "sharedDueAt" = "dueAt", "backorderAsked" = null where "accountId" = $1 and "id" = any($2)`,
		[accountId, others],
	);
	await refreshShares(tx, accountId, others);
}

/** Of these, which are locked, nothing has left: what was planned counts no more. */
export async function planAnew(tx: Commit, accountId: string, orderIds: string[]): Promise<void> {
	if (orderIds.length === 0) return;
	for (const table of ["OrderShare", "BackorderItem"])
		await tx.sql(`delete from "${table}" where "accountId" = $1 and "orderId" = any($2)`, [accountId, orderIds]);
	await tx.sql(
		`update "Order" set "splits" = 'wanted', "sharedDueAt" = null where "accountId" = $1 and "id" = any($2)`,
		[accountId, orderIds],
	);
}
