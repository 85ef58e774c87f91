/**
 * The watchdog: an order too long in a state raises an alert although nothing failed, one per merchant and state. It
 * closes by itself when the last such order has gone on.
 */
import type { OrderStatus } from "@/lib/canonical/status";
import { systemTransaction } from "@/lib/db/system";
import type { Transaction } from "@/lib/db/transact";
import { raiseAlerts } from "@/lib/flow/run/alerts";
import { after, dayMs, hourMs } from "@/lib/time";

/** How long an order may rest in a state, counted from when it came into it. */
const patience: { status: OrderStatus; since: string; restMs: number; words: string }[] = [
	{ status: "new", since: "createdAt", restMs: 4 * hourMs, words: "not at the warehouse for more than 4 hours" },
	{ status: "at_wms", since: "deliveredAt", restMs: 3 * dayMs, words: "at the warehouse for more than 3 days" },
	{
		status: "shipped",
		since: "shippedAt",
		restMs: 4 * hourMs,
		words: "shipped more than 4 hours ago, and the cart was not told",
	},
];

interface Late {
	accountId: string;
	merchantId: string;
	merchant: string;
	status: OrderStatus;
	count: number;
	oldest: string;
}

/** Looks at every account; returns how many merchants have late orders. */
export async function watch(now: Date): Promise<number> {
	return systemTransaction(async (tx) => {
		const late = await readLate(tx, now);
		const open = new Set<string>();
		for (const row of late) {
			const cause = `late:${row.merchantId}:${row.status}`;
			open.add(cause);
			// Joined, not added up: the count says how many are late now.
			await tx.sql(`update "Alert" set "count" = 0 where "accountId" = $1 and "cause" = $2 and "resolvedAt" is null`, [
				row.accountId,
				cause,
			]);
			const facts = {
				merchant: row.merchant,
				subject: row.count === 1 ? `Order ${row.oldest}` : `Order ${row.oldest} and ${row.count - 1} more`,
				problem: patience.find(({ status }) => status === row.status)?.words,
			};
			const tenant = { accountId: row.accountId, merchantId: row.merchantId };
			await raiseAlerts(tx, tenant, [{ cause, code: "late", facts, count: row.count }], now);
		}
		await tx.sql(
			`update "Alert" set "resolvedAt" = $1 where "resolvedAt" is null and "cause" like 'late:%' and not "cause" = any($2)`,
			[now, [...open]],
		);
		return late.length;
	});
}

function readLate(tx: Transaction, now: Date): Promise<Late[]> {
	const parts = patience.map(
		({ status, since }, index) =>
			`select "accountId", "merchantId", '${status}' as "status", count(*)::int as "count",
			   (array_agg("number" order by "${since}"))[1] as "oldest"
			 from "Order" where "status" = '${status}' and "${since}" < $${index + 1} and "heldAt" is null and not "sendingCanceled"
			 group by "accountId", "merchantId"`,
	);
	return tx.sql<Late>(
		`select l.*, m."name" as "merchant" from (${parts.join(" union all ")}) l
		 join "Merchant" m on m."accountId" = l."accountId" and m."id" = l."merchantId" order by 1, 2, 3`,
		patience.map(({ restMs }) => after(now, -restMs)),
	);
}
