/**
 * Order Download: an order source's orders become ours. Promise: each page is stored whole with its cursor or
 * not at all, one bad record stops none of its neighbours, and a source order becomes one order, ever.
 */
import type { Ended } from "@/lib/jobs/job";
import { sourceOptionsOf } from "../connect/open-connection";
import { readPages } from "../run/read-pages";
import { type FlowWork, mustYield } from "../work";
import { acknowledgeOrders } from "./acknowledge-orders";
import { lookAgain } from "./look-again";
import { storeRead } from "./store-read";

export async function downloadOrders(work: FlowWork): Promise<Ended> {
	const orders = work.connection.connector.source?.orders;
	if (!orders) return { stop: true, because: "this system has no orders to download" };
	const options = sourceOptionsOf(work.connection);
	await lookAgain(work);
	if (mustYield(work)) return { done: true };
	const ended = await readPages(work, orders, {
		from: options.earliestOrderDate ?? work.flow.readFrom,
		store: (tx, records) => storeRead(tx, work, records),
	});
	return (await acknowledgeOrders(work)) ?? ended;
}
