/**
 * The watchdog: an order too long in a state raises an alert although nothing failed, one per merchant and state, and
 * so do orders of a merchant without a warehouse. Each closes by itself when the last such order has gone on.
 */
import type { OrderStatus } from "@/lib/canonical/status";
import { type WatchedStatus, watchedStatuses } from "@/lib/canonical/watch";
import { systemTransaction } from "@/lib/db/system";
import type { Transaction } from "@/lib/db/transact";
import { raiseAlerts } from "@/lib/flow/run/alerts";

interface Late {
	accountId: string;
	merchantId: string;
	merchant: string;
	status: OrderStatus & WatchedStatus;
	restMinutes: number;
	count: number;
	oldest: string;
}

/** Looks at every account; returns how many merchants have late orders. */
export async function watch(now: Date): Promise<number> {
	return systemTransaction(async (tx) => {
		const late = await readLate(tx, now);
		for (const { accountId, merchantId, status, count, ...row } of late) {
			const facts = {
				merchant: row.merchant,
				subject: count === 1 ? `Order ${row.oldest}` : `Order ${row.oldest} and ${count - 1} more`,
				problem: watchedStatuses[status].words(duration(row.restMinutes)),
				restMinutes: row.restMinutes,
			};
			const cause = { cause: `late:${merchantId}:${status}`, code: "late" as const, facts, count, status };
			// Stated, not added up: the count says how many are late now.
			await raiseAlerts(tx, { accountId, merchantId }, [cause], now, "stated");
		}
		const open = late.map(({ merchantId, status }) => `late:${merchantId}:${status}`);
		await tx.sql(
			`update "Alert" set "resolvedAt" = $1 where "resolvedAt" is null and "cause" like 'late:%' and not "cause" = any($2)`,
			[now, open],
		);
		await raiseWithoutWarehouse(tx, now);
		return late.length;
	});
}

function readLate(tx: Transaction, now: Date): Promise<Late[]> {
	const parts = Object.entries(watchedStatuses).map(
		([status, { since, restMinutes }]) =>
			`select o."accountId", o."merchantId", '${status}' as "status", coalesce(w."restMinutes", ${restMinutes}) as "restMinutes",
			   count(*)::int as "count", (array_agg(o."number" order by o."${since}"))[1] as "oldest"
			 from "Order" o left join "WatchLimit" w on w."accountId" = o."accountId" and w."status" = '${status}'
			 where o."status" = '${status}' and coalesce(w."restMinutes", ${restMinutes}) > 0
			   and o."${since}" < $1::timestamptz - make_interval(mins => coalesce(w."restMinutes", ${restMinutes}))
			   and o."heldAt" is null and not o."sendingCanceled" and coalesce(o."waitsUntil" < $1, true)
			 group by o."accountId", o."merchantId", w."restMinutes"`,
	);
	return tx.sql<Late>(
		`select l.*, m."name" as "merchant" from (${parts.join(" union all ")}) l
		 join "Merchant" m on m."accountId" = l."accountId" and m."id" = l."merchantId" order by 1, 2, 3`,
		[now],
	);
}

/** Orders that nobody can send: there is no warehouse to send them to. Closed with the other causes that are gone. */
async function raiseWithoutWarehouse(tx: Transaction, now: Date): Promise<void> {
	const stuck = await tx.sql<{ accountId: string; merchantId: string; merchant: string; count: number }>(
		`select o."accountId", o."merchantId", m."name" as "merchant", count(*)::int as "count" from "Order" o
		 join "Merchant" m on m."accountId" = o."accountId" and m."id" = o."merchantId"
		 where o."status" = 'new' and o."heldAt" is null and not o."sendingCanceled"
		   and o."createdAt" < $1::timestamptz - interval '15 minutes'
		   and not exists (select 1 from "Connection" c where c."accountId" = o."accountId" and c."merchantId" = o."merchantId"
		     and c."side" = 'destination' and c."archivedAt" is null)
		 group by 1, 2, 3 order by 1, 2`,
		[now],
	);
	for (const { accountId, merchantId, merchant, count } of stuck) {
		const cause = {
			cause: `no-destination:${merchantId}`,
			code: "no-destination" as const,
			facts: { merchant },
			count,
		};
		await raiseAlerts(tx, { accountId, merchantId }, [cause], now, "stated");
	}
}

/** "4 hours", "3 days": the largest unit that says it exactly. */
function duration(minutes: number): string {
	const [size, unit] = minutes % (24 * 60) === 0 ? [24 * 60, "day"] : minutes % 60 === 0 ? [60, "hour"] : [1, "minute"];
	const count = minutes / Number(size);
	return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
