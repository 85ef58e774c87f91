/** Purchase Order Download: what a merchant expects becomes ours, and the warehouse is told. */
import type { Ended } from "@/lib/jobs/job";
import { readPages } from "../run/read-pages";
import type { FlowWork } from "../work";
import { storePurchaseOrders } from "./store-purchase-orders";

export async function downloadPurchaseOrders(work: FlowWork): Promise<Ended> {
	const purchaseOrders = work.connection.connector.source?.purchaseOrders;
	if (!purchaseOrders) return { stop: true, because: "this system tells no purchase orders" };
	return readPages(work, purchaseOrders, {
		from: work.flow.readFrom,
		store: (tx, records) => storePurchaseOrders(tx, work, records),
	});
}
