/** What the program that posted an order does with it afterwards: cancel it, and say that it took the tracking. */
import { z } from "zod";
import { statusesBefore } from "@/lib/canonical/status";
import { shipment, word } from "@/lib/connectors/extensiv-im/words";
import { transact } from "@/lib/db/transact";
import { commitDirect, openDirect } from "@/lib/flow/direct";
import { storeCancellations } from "@/lib/flow/intake/cancel-orders";
import { flowJob } from "@/lib/jobs/catalogue";
import { enqueue } from "@/lib/jobs/job";
import { findOrder, type OrderRow } from "./find-orders";
import { type MerchantScope, must, refused } from "./who";

const cancelBody = z.object({ cust_ref: word.refine((ref) => ref !== "", "must not be empty") });

/** Cancels what no warehouse has. What has left is for `askWarehouse`. */
export async function cancelHere(scope: MerchantScope, body: unknown) {
	must(scope, "orders:write");
	const parsed = cancelBody.safeParse(body);
	if (!parsed.success) throw refused("Missing required field(s): cust_ref");
	const order = await ownOrder(scope, parsed.data.cust_ref);
	if (order.status === "canceled") return { success: true, message: "" };
	if (order.status !== "new" && order.status !== "error")
		return { success: false, message: `The order is ${order.status}. Ask the warehouse by wms_cancel.` };
	await storeCancel(scope, order);
	const after = await findOrder(scope, order.sourceId);
	return after.status === "canceled"
		? { success: true, message: "" }
		: { success: false, message: "The order is just being sent. Ask the warehouse by wms_cancel." };
}

/** Asks the warehouse. Its answer shows in the order's status, or in an alert. */
export async function askWarehouse(scope: MerchantScope, custRef: string) {
	must(scope, "orders:write");
	const order = await ownOrder(scope, custRef);
	if (order.status === "canceled") return { success: true, message: "" };
	if (order.status === "shipped" || order.status === "confirmed" || order.isPartial)
		return { success: false, message: "The order has shipped." };
	await storeCancel(scope, order);
	return { success: true, message: "" };
}

async function storeCancel(scope: MerchantScope, order: OrderRow): Promise<void> {
	const work = await openDirect(scope, order.connectionId, "orders/cancel");
	const value = { sourceId: order.sourceId, reason: "" };
	await commitDirect(work, async (tx) => {
		await storeCancellations(tx, work, [
			{ ok: true, sourceId: order.sourceId, changedAt: work.now(), value, raw: null },
		]);
		const flows = await tx.sql<{ id: string }>(
			`select "id" from "Flow" where "accountId" = $1 and "connectionId" = $2 and "job" = 'orders/cancel' and "pausedAt" is null`,
			[scope.accountId, order.connectionId],
		);
		const { accountId, merchantId } = scope;
		for (const { id } of flows)
			await enqueue(
				tx,
				flowJob("orders/cancel"),
				{ accountId, merchantId, flowId: id, trigger: "hint" },
				{ at: work.now() },
			);
	});
}

const updateBody = z.object({
	order_status: word,
	shipments: z.array(shipment).optional(),
});

/** The program took the tracking: what has shipped is confirmed. Said twice, it is done once. */
export async function confirmTaken(scope: MerchantScope, custRef: string, body: unknown) {
	must(scope, "orders:write");
	const parsed = updateBody.safeParse(body);
	if (!parsed.success || parsed.data.order_status !== "confirmed")
		throw refused("order_status: must be confirmed, which says that you took the tracking.");
	const order = await ownOrder(scope, custRef);
	const known = new Set(
		(order.shipments ?? []).flatMap(({ document }) => document.packages.map((box) => box.trackingNumber)),
	);
	const foreign = (parsed.data.shipments ?? []).find((one) => one.tracking_no !== "" && !known.has(one.tracking_no));
	if (foreign) throw refused(`shipments.tracking_no: ${foreign.tracking_no} is none of this order's.`);
	if (order.status !== "confirmed") {
		if (order.status !== "shipped") throw refused(`order_status: the order is ${order.status}, it has not shipped.`);
		await transact(scope, (tx) =>
			tx.sql(
				`update "Order" set "status" = 'confirmed', "confirmedAt" = now(), "updatedAt" = now()
				 where "accountId" = $1 and "id" = $2 and "status" = any($3) and "status" = 'shipped'`,
				[scope.accountId, order.id, statusesBefore("confirmed")],
			),
		);
	}
	return { cust_ref: order.sourceId, order_status: "confirmed" };
}

/** Only orders that arrived by API are the program's to change: a cart's own are told by the cart. */
async function ownOrder(scope: MerchantScope, custRef: string): Promise<OrderRow> {
	const order = await findOrder(scope, custRef);
	if (order.connectorKey !== "api")
		throw refused(`The order is of ${order.sourceName}. Only orders that arrived by API can be changed by it.`);
	return order;
}
