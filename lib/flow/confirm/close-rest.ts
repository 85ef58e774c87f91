import { statusesBefore } from "@/lib/canonical/status";
import type { Transaction } from "@/lib/db/transact";
import { withdrawRest } from "../deliver/backorders";

interface Asker {
	accountId: string;
	now: Date;
}

/** Nothing more will come of these orders, and something has left: what waited for all of it is told, and they are done. */
export async function closeRest(tx: Transaction, { accountId, now }: Asker, orderIds: string[]): Promise<void> {
	if (orderIds.length === 0) return;
	await tx.sql(
		`update "Order" set "status" = 'shipped', "shippedAt" = $3, "updatedAt" = $3, "dueAt" = null, "problem" = null, "problemCode" = null
		 where "accountId" = $1 and "id" = any($2) and "status" = any($4)`,
		[accountId, orderIds, now, statusesBefore("shipped")],
	);
	await withdrawRest(tx, accountId, orderIds);
	await releaseWaiting(tx, { accountId, now }, orderIds);
	await confirmOrders(tx, { accountId, now }, orderIds);
}

/** With "wait for all", messages wait until their order has shipped; those of orders that have are due. */
export async function releaseWaiting(tx: Transaction, { accountId, now }: Asker, orderIds: string[]): Promise<void> {
	await tx.sql(
		`with waiting as materialized (
		   select "id", "orderId" from "Confirmation"
		   where "accountId" = $1 and "orderId" = any($2) and "state" = 'intended' and "nextTryAt" is null)
		 update "Confirmation" set "nextTryAt" = $3 where "accountId" = $1 and "id" = any(array(
		   select w."id" from waiting w join "Order" o on o."accountId" = $1 and o."id" = w."orderId" where o."status" = 'shipped'))
		   and "state" = 'intended' and "nextTryAt" is null`,
		[accountId, orderIds, now],
	);
}

/** An order is confirmed when everything that left for it has been told. */
export async function confirmOrders(tx: Transaction, { accountId, now }: Asker, orderIds: string[]): Promise<void> {
	if (orderIds.length === 0) return;
	await tx.sql(
		`update "Order" o set "status" = 'confirmed', "confirmedAt" = $3, "updatedAt" = $3
		 where o."accountId" = $1 and o."id" = any($2) and o."status" = 'shipped'
		   and exists (select 1 from "Confirmation" c where c."accountId" = $1 and c."orderId" = o."id") and not exists (
		   select 1 from "Confirmation" c where c."accountId" = $1 and c."orderId" = o."id" and c."state" not in ('accepted', 'canceled'))`,
		[accountId, orderIds, now],
	);
}
