import type { Hono } from "hono";
import { z } from "zod";
import type { SandboxEnv } from "../../kit/sandbox-server";
import { cancelReasons, orderStatuses } from "../api";
import { dateOf, numberOf, paged, Refusal, showOrder, showShipment } from "./answers";
import type { OmStore, StoredOrder } from "./store";

const statusName = z.enum(orderStatuses);

const updates = z
	.array(
		z.strictObject({
			orderIdentifier: z.union([
				z.strictObject({ orderId: z.int() }),
				z.strictObject({ orderNumber: z.string(), salesChannelId: z.int() }),
			]),
			labels: z.array(z.strictObject({ name: z.string().min(1) })).optional(),
			orderStatus: z.literal("PENDING_FULFILLMENT").optional(),
		}),
	)
	.min(1);

const marked = z.strictObject({
	notifyCustomer: z.boolean(),
	updateChannel: z.boolean(),
	shipments: z
		.array(
			z.strictObject({
				orderId: z.int(),
				trackingNumber: z.string().min(1),
				shipMethod: z.strictObject({ shippingCarrier: z.string() }),
				carrierFee: z.strictObject({ amount: z.number(), currency: z.string().regex(/^[A-Z]{3}$/) }).optional(),
				shipDate: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
				deliveryStatus: z.enum(["IN_TRANSIT", "DELIVERED", "UNKNOWN"]),
			}),
		)
		.min(1),
});

export function orderRoutes(app: Hono<SandboxEnv>, store: OmStore): void {
	app.get("/v1.1/orders", (context) => {
		const statuses = (context.req.queries("status") ?? []).map((one) => {
			const parsed = statusName.safeParse(one);
			if (!parsed.success) throw new Refusal(`${one} is no order status`);
			return parsed.data;
		});
		const from = dateOf(context, "modifiedDateFrom") ?? Number.NEGATIVE_INFINITY;
		const to = dateOf(context, "modifiedDateTo") ?? Number.POSITIVE_INFINITY;
		const place = numberOf(context, "warehouseId");
		const numbers = context.req.queries("orderNumber");
		const channel = numberOf(context, "salesChannelId");
		const found = store.listed().filter((order) => {
			const at = order.modifiedMs ?? order.createdMs;
			return (
				(statuses.length === 0 || statuses.includes(order.status)) &&
				at >= from &&
				at <= to &&
				(place === undefined || order.warehouseId === place) &&
				(channel === undefined || channelOf(order) === channel) &&
				(!numbers || numbers.includes(order.orderNumber))
			);
		});
		return context.json(paged(context, found).map((order) => showOrder(store, order)));
	});
	app.get("/v1.1/orders/:id", (context) => {
		const order = store.orders.get(Number(context.req.param("id")));
		return order ? context.json(showOrder(store, order) as object) : context.json({ message: "no such order" }, 404);
	});
	app.post("/v1.1/orders", async (context) => {
		const given = updates.safeParse(await context.req.json().catch(() => null));
		if (!given.success) throw new Refusal(given.error.issues[0]?.message ?? "malformed");
		const errors: object[] = [];
		for (const [n, update] of given.data.entries()) {
			const { orderIdentifier: by } = update;
			const order = [...store.orders.values()].find((one) =>
				"orderId" in by ? one.orderId === by.orderId : one.orderNumber === by.orderNumber,
			);
			if (!order) {
				errors.push({ message: "Order does not exist", errorCode: "ERR012", identifier: by, index: n + 1 });
				continue;
			}
			if (update.labels) order.labels = update.labels.map(({ name }) => name);
			if (update.orderStatus) order.status = update.orderStatus;
			store.touch(order);
		}
		return context.json({ results: given.data.length - errors.length ? [{}] : [], errors });
	});
}

/** Orders that were not placed through the API came from Wayfair. */
function channelOf({ more }: StoredOrder): number {
	const channel = more.salesChannel;
	const id = typeof channel === "object" && channel !== null && "salesChannelId" in channel && channel.salesChannelId;
	return typeof id === "number" ? id : 2;
}

const flag = z.enum(["true", "false"]);
const canceling = z.strictObject({
	orderId: z.coerce.number().int(),
	cancelReasonType: z.enum(cancelReasons),
	updateSalesChannels: flag,
	refundOrdersOnChannels: flag,
});

/** Takes its values from the query. What it answers is not public: here, something that nobody reads. */
export function cancelRoute(app: Hono<SandboxEnv>, store: OmStore): void {
	app.post("/v1/orders/cancel", (context) => {
		const given = canceling.safeParse(context.req.query());
		if (!given.success) throw new Refusal(given.error.issues[0]?.message ?? "malformed");
		const order = store.orders.get(given.data.orderId);
		if (!order) return context.json({ message: "no such order" }, 404);
		if (order.status === "SHIPPED") throw new Refusal("Order is shipped");
		store.canceled.push({ orderId: order.orderId, reason: given.data.cancelReasonType });
		if (order.status !== "CANCELLED") store.cancel(order, given.data.cancelReasonType);
		return context.json({ orderId: order.orderId });
	});
}

export function shipmentRoutes(app: Hono<SandboxEnv>, store: OmStore): void {
	app.get("/v1/shipment/carriers", (context) => context.json(store.carriers));
	app.get("/v1/shipments", (context) => {
		const orderId = numberOf(context, "orderId");
		const found = store.shipments.filter((one) => orderId === undefined || one.orderId === orderId);
		return context.json(paged(context, found).map(showShipment));
	});
	app.put("/v1.1/shipment/external", async (context) => {
		const given = marked.safeParse(await context.req.json().catch(() => null));
		if (!given.success) throw new Refusal(given.error.issues[0]?.message ?? "malformed");
		const foreign = given.data.shipments.find((one) => !store.carriers.includes(one.shipMethod.shippingCarrier));
		if (foreign) throw new Refusal("shippingCarrier is no known carrier");
		const rows = given.data.shipments.map(({ orderId, shipMethod, carrierFee = null, ...rest }) => {
			const order = store.orders.get(orderId);
			const refused = { order: orderId, orderBatchNumber: null, shipment: null, status: "FAILED" };
			if (!order) return { ...refused, processingMessage: "Order does not exist" };
			if (order.status === "CANCELLED") return { ...refused, processingMessage: "Order is cancelled" };
			const made = store.ship(order, { ...rest, shippingCarrier: shipMethod.shippingCarrier, carrierFee });
			return {
				order: orderId,
				orderBatchNumber: 55,
				processingMessage: null,
				shipment: made.shipmentId,
				status: "SUCCESS",
			};
		});
		return context.json(rows);
	});
}
