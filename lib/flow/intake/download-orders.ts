/**
 * Order Download: an order source's orders become ours. Promise: each page is stored whole with its cursor or
 * not at all, one bad record stops none of its neighbours, and a source order becomes one order, ever.
 */
import type { Ended } from "@/lib/jobs/job";
import { sourceOptionsOf } from "../connect/open-connection";
import { readPages } from "../run/read-pages";
import { triggerAutomatic } from "../run/trigger";
import type { FlowWork } from "../work";
import { acceptOrder } from "./accept-order";
import { storeOrders } from "./store-orders";

export async function downloadOrders(work: FlowWork): Promise<Ended> {
	const orders = work.connection.connector.source?.orders;
	if (!orders) return { stop: true, because: "this system has no orders to download" };
	const options = sourceOptionsOf(work.connection);
	return readPages(work, orders, {
		from: options.earliestOrderDate ?? work.flow.readFrom,
		store: async (tx, records) => {
			const waiting = await storeOrders(
				tx,
				work,
				records.map((record) => acceptOrder(record, options)),
			);
			if (waiting === 0) return;
			await triggerAutomatic(tx, work, "orders/deliver");
			// Stock that this cart just sold is gone for the merchant's other carts.
			await triggerAutomatic(tx, work, "inventory/upload", { except: work.connection.id });
		},
	});
}
