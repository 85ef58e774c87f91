import type { Transaction } from "@/lib/db/transact";
import type { Commit, FlowWork } from "../../work";
import { refreshShares } from "./refresh-shares";

/** What of split orders is due here waits until the warehouse opens; other warehouses send theirs. What may be there already does not wait. */
export async function delayShares(tx: Commit, work: FlowWork, until: Date): Promise<void> {
	const { accountId, merchantId } = work.scope;
	const rows = await tx.sql<{ id: string }>(
		`select o."id" from "Order" o join "OrderShare" s on s."accountId" = $1 and s."orderId" = o."id" and s."connectionId" = $3
		 where o."accountId" = $1 and o."merchantId" = $2 and o."dueAt" <= $4 and s."dueAt" <= $4 and o."splits" = 'planned'
		   and o."status" in ('new', 'error', 'at_wms') and o."heldAt" is null and not o."sendingCanceled" and o."hurriedAt" is null
		   and not exists (select 1 from "Delivery" d where d."accountId" = $1 and d."orderId" = o."id" and d."connectionId" = $3
		     and d."state" in ('sending', 'unknown', 'accepted'))
		 order by o."id" for update of o skip locked`,
		[accountId, merchantId, work.connection.id, work.now()],
	);
	await setDue(
		tx,
		work,
		rows.map(({ id }) => id),
		until,
	);
}

/** This warehouse's shares of these orders, which are locked, are due then. */
export async function setDue(tx: Commit, work: FlowWork, orderIds: string[], at: Date): Promise<void> {
	if (orderIds.length === 0) return;
	await tx.sql(
		`update "OrderShare" set "dueAt" = $4 where "accountId" = $1 and "orderId" = any($2) and "connectionId" = $3`,
		[work.scope.accountId, orderIds, work.connection.id, at],
	);
	await refreshShares(tx, work.scope.accountId, orderIds);
}

/** The warehouse answers again after it did not since then: what waits for another try at it is tried now, or when it may be looked for. */
export async function hastenShares(tx: Transaction, work: FlowWork, since: Date, looked: Date): Promise<void> {
	const values = [work.scope.accountId, work.connection.id, work.now()];
	const rows = await tx.sql<{ id: string }>(
		`select o."id" from "Order" o join "OrderShare" s on s."accountId" = $1 and s."orderId" = o."id" and s."connectionId" = $2
		 where o."accountId" = $1 and o."splits" in ('planned', 'cut') and s."dueAt" > $3
		   and s."problemCode" in ('partner-unreachable', 'delivery-unknown') order by o."id" for update of o`,
		values,
	);
	if (rows.length === 0) return;
	const ids = rows.map(({ id }) => id);
	await tx.sql(
		`update "OrderShare" s set "dueAt" = least(s."dueAt", greatest($3, (select max(d."sentAt" + ($6::timestamptz - $5::timestamptz)) from "Delivery" d
		   where d."accountId" = $1 and d."orderId" = s."orderId" and d."connectionId" = $2 and d."state" = 'unknown')))
		 where s."accountId" = $1 and s."connectionId" = $2 and s."orderId" = any($4)`,
		[...values, ids, since, looked],
	);
	await refreshShares(tx, work.scope.accountId, ids);
}

/** What was being sent of split orders when its process died is looked for then. */
export async function lookAgain(tx: Commit, work: FlowWork, orderIds: string[], at: Date): Promise<void> {
	const rows = await tx.sql<{ id: string }>(
		`select "id" from "Order" where "accountId" = $1 and "id" = any($2) and "splits" in ('planned', 'cut') order by "id" for update`,
		[work.scope.accountId, orderIds],
	);
	await setDue(
		tx,
		work,
		rows.map(({ id }) => id),
		at,
	);
}
