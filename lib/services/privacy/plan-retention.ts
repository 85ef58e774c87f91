/** Which orders are kept long enough, and the round that erases them. */
import { newId } from "@/lib/db/ids";
import type { Transaction } from "@/lib/db/transact";
import { enqueue } from "@/lib/jobs/job";
import { eraseJob } from "@/lib/jobs/privacy";
import { isClosed, type Tenant } from "./erase-orders";

/** Orders of one round; what is more follows in the next, so that what is sealed meanwhile stays small. */
export const mostAtOnce = 2000;

/** When an order closed, as the index has it. */
export const closedAt = `coalesce(o."confirmedAt", o."canceledAt", o."shippedAt")`;

/** The days of the order's source, or of the account; null keeps. `c` is the connection, `a` the account. */
export const daysKept = `coalesce(c."retentionDays", a."retentionDays")`;

/** Orders of a merchant to erase now: closed long enough, or closed and asked for. */
export async function dueOrders(tx: Transaction, tenant: Tenant, now: Date, limit: number): Promise<string[]> {
	const rows = await tx.sql<{ id: string }>(
		`(select o."id" from "Connection" c
		  join "Account" a on a."id" = c."accountId"
		  join "Order" o on o."accountId" = c."accountId" and o."connectionId" = c."id" and o."erasedAt" is null
		    and ${closedAt} < $3::timestamptz - make_interval(days => ${daysKept})
		  where c."accountId" = $1 and c."merchantId" = $2 and ${isClosed} limit $4)
		 union
		 (select o."id" from "Order" o where o."accountId" = $1 and o."merchantId" = $2 and o."eraseWantedAt" is not null
		    and o."erasedAt" is null and ${isClosed} limit $4)
		 limit $4`,
		[tenant.accountId, tenant.merchantId, now, limit],
	);
	return rows.map(({ id }) => id);
}

/** Starts a round for a merchant that has something to erase; one at a time. */
export async function planRetention(tx: Transaction, tenant: Tenant, now: Date): Promise<boolean> {
	if ((await dueOrders(tx, tenant, now, 1)).length === 0) return false;
	const id = newId("ers");
	const added = await tx.sql(
		`insert into "Erasure" ("id", "accountId", "merchantId", "kind") values ($1, $2, $3, 'retention')
		 on conflict ("accountId", "merchantId") where "kind" = 'retention' and "state" <> 'done' do nothing returning 1`,
		[id, tenant.accountId, tenant.merchantId],
	);
	if (added.length === 0) return false;
	await enqueue(tx, eraseJob, { accountId: tenant.accountId, merchantId: tenant.merchantId, id });
	return true;
}
