/** The sandbox's records as the API writes them, and what it says when it refuses. */
import type { Context } from "hono";
import type { SandboxEnv } from "../../kit/sandbox-server";
import type { OmStore, StockRow, StoredOrder, StoredShipment } from "./store";

export const usualAddress = {
	shipName: "Ann Example",
	shipCompany: null,
	shipAddress1: "1 Main St",
	shipAddress2: null,
	shipCity: "Reno",
	shipState: "NV",
	shipZipCode: "89501",
	shipCountry: "USA",
	shipPhone: "7755550101",
	shipEmail: "ann@example.test",
};

export function time(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

export function showOrder(store: OmStore, order: StoredOrder): unknown {
	const total = order.items.reduce((sum, item) => sum + item.price * item.quantity, 0);
	const raw = {
		orderId: order.orderId,
		orderNumber: order.orderNumber,
		orderStatus: order.status,
		salesChannel: { salesChannelId: 2, name: "Wayfair", active: true },
		customer: { customerId: 9, name: "Ann Example" },
		...usualAddress,
		requestedShippingService: "UPS Ground",
		shipMethod: { shippingCarrier: "UPS", shippingServiceId: null, packageTypeId: null },
		fulfillmentSource: {
			warehouseId: order.warehouseId,
			name: store.warehouses.find((one) => one.warehouseId === order.warehouseId)?.name,
		},
		orderItems: order.items.map((item) => ({
			orderItemId: item.orderItemId,
			listingSku: `L-${item.sku}`,
			product: { productId: 1, masterSku: item.sku, name: `Product ${item.sku}` },
			quantityOrdered: item.quantity,
			unitPrice: { amount: item.price, currency: "USD" },
		})),
		orderTotal: { amount: Math.round(total * 100) / 100, currency: "USD" },
		orderDate: time(order.createdMs),
		createdDate: time(order.createdMs),
		modifiedDate: order.modifiedMs === null ? null : time(order.modifiedMs),
		labels: order.labels.map((name, n) => ({ labelId: n + 1, name, hexColor: "#888888" })),
		customField1: null,
		customField2: null,
		customField3: null,
		notesFromBuyer: null,
		giftMessage: null,
		cancelReason: order.cancelReason ? { type: order.cancelReason, details: null } : null,
		shipments: store.shipments.filter((one) => one.orderId === order.orderId).map(showShipment),
		...order.more,
	};
	return order.change ? order.change(raw) : raw;
}

export function showStock(store: OmStore, row: StockRow): unknown {
	const { onHand, locked, available } = store.shows(row.sku, row.warehouseId);
	const raw = {
		productStockId: row.productStockId,
		quantity: onHand,
		quantityLocked: locked,
		availableQuantity: available,
		active: true,
		product: { masterSku: row.sku, active: !store.inactive.has(row.sku) },
		stockLocation: { stockLocationId: 1, location: "GLOBAL", warehouseId: row.warehouseId },
		warehouseStockTotals: {
			onHandQuantity: onHand,
			availableQuantity: available,
			lockedQuantity: locked,
			inTransitQuantity: store.purchases.inTransit(row.sku, row.warehouseId),
		},
	};
	return row.change ? row.change(raw) : raw;
}

export function showProduct(store: OmStore, masterSku: string): unknown {
	const productId = [...store.products].indexOf(masterSku) + 1;
	const raw = { productId, masterSku, name: `Product ${masterSku}`, active: !store.inactive.has(masterSku) };
	const change = store.productChanges.get(masterSku);
	return change ? change(raw) : raw;
}

export function showShipment(shipment: StoredShipment): object {
	const { shipmentId, orderId, trackingNumber, shippingCarrier, carrierFee, shipDate, deliveryStatus } = shipment;
	const shipMethod = { shippingCarrier };
	return {
		shipmentId,
		orderId,
		type: "FULFILLMENT",
		trackingNumber,
		shipMethod,
		carrierFee,
		shipDate,
		deliveryStatus,
		external: true,
	};
}

export class Refusal extends Error {}

/** The page of a list that was asked for. Lists are bare arrays: no envelope and no total. */
export function paged<T>(context: Context<SandboxEnv>, all: T[]): T[] {
	const page = Number(context.req.query("page") ?? 1);
	const limit = Number(context.req.query("limit") ?? 100);
	if (!Number.isInteger(page) || page < 1) throw new Refusal("page must be 1 or more");
	if (!Number.isInteger(limit) || limit < 1 || limit > 1000) throw new Refusal("limit must be between 1 and 1000");
	return all.slice((page - 1) * limit, page * limit);
}

export function dateOf(context: Context<SandboxEnv>, name: string): number | undefined {
	const value = context.req.query(name);
	if (value === undefined) return undefined;
	if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) throw new Refusal(`${name} must be yyyy-MM-ddTHH:mm:ssZ`);
	return Date.parse(value);
}

export function numberOf(context: Context<SandboxEnv>, name: string): number | undefined {
	const value = context.req.query(name);
	if (value === undefined) return undefined;
	if (!/^\d+$/.test(value)) throw new Refusal(`${name} must be a number`);
	return Number(value);
}
