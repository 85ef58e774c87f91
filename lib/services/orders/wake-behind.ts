import type { Transaction } from "@/lib/db/transact";
import { wakeBackorders } from "@/lib/flow/deliver/wake-backorders";
import { flowJob } from "@/lib/jobs/catalogue";
import { enqueue } from "@/lib/jobs/job";
import type { LockedOrder } from "./change-order";

/** An order that waited for stock gives up its place: those behind it in a strict queue are looked at again. */
export async function wakeBehind(tx: Transaction, order: LockedOrder, accountId: string): Promise<void> {
	if (!order.backordered) return;
	const { merchantId } = order;
	if ((await wakeBackorders(tx, { accountId, merchantId })) > 0) await startDelivery(tx, accountId, merchantId);
}

/** Starts Order Delivery of a merchant as after any change: where it runs by itself. */
export async function startDelivery(tx: Transaction, accountId: string, merchantId: string): Promise<void> {
	const flows = await tx.sql<{ id: string }>(
		`select "id" from "Flow" where "accountId" = $1 and "merchantId" = $2 and "job" = 'orders/deliver' and "mode" = 'automatic'
		   and "pausedAt" is null order by "id"`,
		[accountId, merchantId],
	);
	for (const { id } of flows)
		await enqueue(tx, flowJob("orders/deliver"), { accountId, merchantId, flowId: id, trigger: "automatic" });
}
