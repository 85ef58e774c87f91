import type { Order } from "@/lib/canonical/order";
import type { Read } from "@/lib/connectors/kit/types";
import { sourceRulesOf } from "../connect/open-connection";
import { triggerAutomatic } from "../run/trigger";
import type { Commit, FlowWork } from "../work";
import { acceptOrder } from "./accept-order";
import { storeOrders } from "./store-orders";

/** Takes what a source handed us, and starts what follows from it in the same transaction. */
export async function storeRead(tx: Commit, work: FlowWork, records: Read<Order>[]): Promise<void> {
	const rules = sourceRulesOf(work.connection);
	const accepted = records.map((record) => acceptOrder(record, rules));
	if ((await storeOrders(tx, work, accepted)) === 0) return;
	await triggerAutomatic(tx, work, "orders/deliver");
	// Stock that this cart just sold is gone for the merchant's other carts.
	await triggerAutomatic(tx, work, "inventory/upload", { except: work.connection.id });
}
