import { idFloor } from "@/lib/db/ids";
import { systemTransaction } from "@/lib/db/system";
import { after, dayMs } from "@/lib/time";

/** How long records of runs and their exchanges are kept, and how far ahead their partitions are made. */
const keepDays = 30;
const daysAhead = 7;
/** How long one can look back on stock. */
const keepStockDays = 180;

/** Makes the partitions of the coming days and drops those that are old, counters that ran out, and what was told long ago. */
export async function prune(): Promise<void> {
	await systemTransaction((tx) => tx.sql("select crossdock_partitions($1, $2)", [keepDays, daysAhead]));
	await systemTransaction((tx) => tx.sql(`delete from "HookEvent" where "receivedAt" < now() - interval '7 days'`));
	await systemTransaction((tx) => tx.sql(`delete from "RateLimit" where "expire" < $1`, [Date.now()]));
	await systemTransaction((tx) =>
		tx.sql(`delete from "WebhookDelivery" where "createdAt" < now() - make_interval(days => $1) and "dueAt" is null`, [
			keepDays,
		]),
	);
	await systemTransaction((tx) =>
		tx.sql(`delete from "InventoryDay" where "day" < now() - make_interval(days => $1)`, [keepStockDays]),
	);
	// Ids sort by time, and are indexed.
	const oldest = idFloor("psh", after(new Date(), -keepStockDays * dayMs));
	await systemTransaction((tx) => tx.sql(`delete from "InventoryPush" where "id" < $1`, [oldest]));
	for (const [table, ended] of [
		["Reconciliation", "endedAt"],
		["ReconciliationDifference", "goneAt"],
	])
		await systemTransaction((tx) =>
			tx.sql(`delete from "${table}" where "${ended}" < now() - make_interval(days => $1)`, [keepDays]),
		);
	await systemTransaction((tx) =>
		tx.sql(`delete from "Notification" where "createdAt" < now() - make_interval(days => $1) and "dueAt" is null`, [
			keepDays,
		]),
	);
}
