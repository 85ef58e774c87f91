/**
 * Order Download: an order source's orders become ours. Promise: each page is stored whole with its cursor or
 * not at all, one bad record stops none of its neighbours, and a source order becomes one order, ever.
 */
import type { Order } from "@/lib/canonical/order";
import type { Read } from "@/lib/connectors/kit/types";
import type { Ended } from "@/lib/jobs/job";
import { sourceOptionsOf } from "../connect/open-connection";
import { readPages } from "../run/read-pages";
import { triggerAutomatic } from "../run/trigger";
import type { Commit, FlowWork } from "../work";
import { acceptOrder } from "./accept-order";
import { acknowledgeOrders } from "./acknowledge-orders";
import { storeOrders } from "./store-orders";

export async function downloadOrders(work: FlowWork): Promise<Ended> {
	const orders = work.connection.connector.source?.orders;
	if (!orders) return { stop: true, because: "this system has no orders to download" };
	const options = sourceOptionsOf(work.connection);
	const ended = await readPages(work, orders, {
		from: options.earliestOrderDate ?? work.flow.readFrom,
		store: (tx, records) => storeRead(tx, work, records),
	});
	return (await acknowledgeOrders(work)) ?? ended;
}

/** Takes what a source handed us, and starts what follows from it in the same transaction. */
export async function storeRead(tx: Commit, work: FlowWork, records: Read<Order>[]): Promise<void> {
	const options = sourceOptionsOf(work.connection);
	const accepted = records.map((record) => acceptOrder(record, options));
	if ((await storeOrders(tx, work, accepted)) === 0) return;
	await triggerAutomatic(tx, work, "orders/deliver");
	// Stock that this cart just sold is gone for the merchant's other carts.
	await triggerAutomatic(tx, work, "inventory/upload", { except: work.connection.id });
}
