import type { Hono } from "hono";
import { z } from "zod";
import type { SandboxEnv } from "../../kit/sandbox-server";
import { dateOf, paged, Refusal, time } from "./answers";
import type { StoredPurchaseOrder } from "./purchase-book";
import type { OmStore } from "./store";

/** The call that books receipts is not public: this sandbox takes it here, and no other form of it. */
const booked = z
	.array(
		z.strictObject({
			purchaseOrderId: z.int(),
			closeShort: z.boolean().optional(),
			purchaseOrderItems: z
				.array(
					z.strictObject({
						purchaseOrderItemId: z.int(),
						receivedQuantity: z.number().nonnegative(),
						receivedDate: z
							.string()
							.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, "receivedDate must be yyyy-MM-ddTHH:mm:ssZ"),
					}),
				)
				.min(1),
		}),
	)
	.min(1);

export function purchaseRoutes(app: Hono<SandboxEnv>, { purchases }: OmStore): void {
	app.get("/v1/vendors", (context) => context.json(paged(context, purchases.vendors)));
	app.get("/v1.1/purchaseorders", (context) => {
		const bounds = (name: string) => [dateOf(context, `${name}DateFrom`), dateOf(context, `${name}DateTo`)] as const;
		const within = (ms: number | null, [from, to]: readonly [number | undefined, number | undefined]) =>
			from === undefined && to === undefined ? true : ms !== null && ms >= (from ?? 0) && ms <= (to ?? ms);
		const [created, modified] = [bounds("created"), bounds("modified")];
		const number = context.req.query("customPurchaseOrderNumber");
		const found = [...purchases.orders.values()].filter(
			(order) =>
				within(order.createdMs, created) &&
				within(order.modifiedMs, modified) &&
				(number === undefined || order.customNumber === number),
		);
		return context.json(paged(context, found).map(showPurchaseOrder));
	});
	app.get("/v1/inventory/stocktransfers", (context) => context.json(paged(context, purchases.transfers)));
	app.put("/v1/purchaseorders/receive", async (context) => {
		const given = booked.safeParse(await context.req.json().catch(() => null));
		if (!given.success) throw new Refusal(given.error.issues[0]?.message ?? "malformed");
		const errors: object[] = [];
		for (const [n, { purchaseOrderId, purchaseOrderItems, closeShort }] of given.data.entries()) {
			const order = purchases.orders.get(purchaseOrderId);
			const refuse = (message: string, errorCode: string) =>
				errors.push({ message, errorCode, identifier: purchaseOrderId, index: n + 1 });
			if (!order) {
				refuse("Purchase order does not exist", "ERR021");
				continue;
			}
			for (const item of purchaseOrderItems) {
				const refusal = purchases.receive(order, item.purchaseOrderItemId, item.receivedQuantity);
				if (refusal) refuse(refusal, "ERR022");
			}
			if (closeShort && order.status === "PARTIALLY_DELIVERED") purchases.move(order, "CLOSED_SHORT");
		}
		return context.json({ results: given.data.length > errors.length ? [{}] : [], errors });
	});
}

function showPurchaseOrder(order: StoredPurchaseOrder): unknown {
	const raw = {
		purchaseOrderId: order.purchaseOrderId,
		number: order.number,
		customPurchaseOrderNumber: order.customNumber,
		status: order.status,
		type: "STANDARD",
		vendorId: order.vendorId,
		destinationWarehouseId: order.warehouseId,
		dateCreated: time(order.createdMs),
		dateModified: order.modifiedMs === null ? null : time(order.modifiedMs),
		dateIssued: null,
		internalNotes: null,
		currency: "USD",
		purchaseOrderItems: order.lines.map((line) => ({
			purchaseOrderItemId: line.purchaseOrderItemId,
			vendorProductMasterSku: line.sku,
			quantity: line.quantity,
			uomUnitQuantity: line.unitsPerPack,
			unitOfMeasure: line.unitsPerPack > 1 ? "CASE" : "EACH",
			status: line.received >= line.quantity ? "FULFILLED" : order.status,
			estimatedDeliveryDate: line.estimatedDeliveryDate,
			receivedDate: line.receivedMs === null ? null : time(line.receivedMs),
			receivedQuantity: line.received,
		})),
	};
	return order.change ? order.change(raw) : raw;
}
