/** Keeps a demo that runs for weeks small: the newest orders and the last days of its runs stay. */
import { systemTransaction } from "@/lib/db/system";
import { after, dayMs } from "@/lib/time";

const keptOrders = 5000;
const keptDays = 3;

/** Ids of the shops' orders never come again, so what is forgotten here cannot be loaded twice. */
export async function trimDemo(accountId: string, now: Date, most = keptOrders): Promise<{ orders: number }> {
	return systemTransaction(async (tx) => {
		const gone = await tx.sql<{ id: string }>(
			`delete from "Order" where "accountId" = $1 and "status" in ('confirmed', 'canceled') and "id" <= (
			   select "id" from "Order" where "accountId" = $1 order by "id" desc offset $2 limit 1) returning "id"`,
			[accountId, most],
		);
		const ids = gone.map((order) => order.id);
		await tx.sql(`delete from "SourceKey" where "accountId" = $1 and "orderId" = any($2)`, [accountId, ids]);
		const before = after(now, -keptDays * dayMs);
		await tx.sql(`delete from "Run" where "accountId" = $1 and "startedAt" < $2 and "state" <> 'running'`, [
			accountId,
			before,
		]);
		await tx.sql(`delete from "RunRecord" where "accountId" = $1 and "at" < $2`, [accountId, before]);
		await tx.sql(`delete from "Exchange" where "accountId" = $1 and "at" < $2`, [accountId, before]);
		await tx.sql(`delete from "InventoryPush" where "accountId" = $1 and "at" < $2`, [accountId, before]);
		return { orders: ids.length };
	});
}
