/** The demo's shops and warehouse: what the step sees of them, and what its actions do to them. */
import type { ExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import type { StoredOrder } from "@/lib/connectors/extensiv-3pl/sandbox/store";
import type { VendureSandbox } from "@/lib/connectors/vendure/sandbox";
import type { FlowJobName } from "@/lib/jobs/catalogue";
import { hourMs, minuteMs } from "@/lib/time";
import { type DemoMerchant, demoMerchants } from "./catalogue";
import type { Action, MerchantView, View } from "./world";

export interface Floor {
	shops: Map<string, VendureSandbox>;
	warehouse: ExtensivSandbox;
}

/** A function that has something to do now, and whose. */
export interface Hint {
	merchant: string;
	job: FlowJobName;
}

/** Products and first stock, where they are missing. */
export function furnish(floor: Floor): void {
	for (const merchant of demoMerchants) {
		const shop = shopOf(floor, merchant);
		const { stock } = floor.warehouse.store.customer(merchant.customerId);
		for (const product of merchant.products) {
			if (!shop.variants.has(product.sku)) shop.addProduct(product.sku, product.stock).name = product.name;
			if (!stock.has(`${merchant.facilityId}/${product.sku}`))
				floor.warehouse.store.setStock(product.sku, merchant.facilityId, product.stock, {}, merchant.customerId);
		}
	}
}

export function look(floor: Floor): View {
	return { merchants: demoMerchants.map((merchant) => lookAt(floor, merchant)) };
}

function lookAt(floor: Floor, merchant: DemoMerchant): MerchantView {
	const orders = [...shopOf(floor, merchant).orders.values()];
	const cancelled = new Set(orders.filter((order) => order.state === "Cancelled").map((order) => order.code));
	// Who packs would not send what the shopper cancelled: Crossdock's request is on its way.
	const open = floor.warehouse.store.orders.filter(
		({ readOnly, referenceNum }) =>
			readOnly.status === 0 && readOnly.customerIdentifier.id === merchant.customerId && !cancelled.has(referenceNum),
	);
	return {
		merchant,
		waiting: orders.filter((order) => order.state === "PaymentSettled").map((order) => order.id),
		open: open.map((order) => ({
			orderId: order.readOnly.orderId,
			carrier: String(order.routingInfo.carrier ?? ""),
			quantities: order.items.map((item) => item.qty),
		})),
		available: [...floor.warehouse.store.customer(merchant.customerId).stock.values()].map((row) => ({
			sku: row.sku,
			quantity: row.available,
		})),
	};
}

/** Does one thing in the shop or the warehouse, and says which function of Crossdock would notice. */
export function act(floor: Floor, action: Action): Hint | null {
	const { merchant } = action;
	const shop = shopOf(floor, merchant);
	const hint = (job: FlowJobName): Hint => ({ merchant: merchant.key, job });
	switch (action.kind) {
		case "place": {
			const order = shop.place(action.order);
			order.code = `${merchant.prefix}${order.id}`;
			return hint("orders/download");
		}
		case "cancel": {
			const order = shop.orders.get(action.shopOrderId);
			// What has left cannot be called back.
			if (order?.state !== "PaymentSettled" || atWarehouse(floor, order.code)?.readOnly.status === 1) return null;
			shop.cancel(order);
			return hint("orders/cancel");
		}
		case "move":
			moveStock(floor, merchant, action.sku, { available: action.by, onHand: action.by, allocated: 0 });
			return hint("inventory/fetch");
		case "reserve":
			eachItem(floor, action.orderId, ({ sku, qty }) =>
				moveStock(floor, merchant, sku, { available: -qty, onHand: 0, allocated: qty }),
			);
			return null;
		case "release":
			putBack(floor, merchant, action.orderId);
			return null;
		case "ship": {
			// Cancelled in this very moment.
			const code = floor.warehouse.store.get(action.orderId)?.referenceNum;
			if ([...shop.orders.values()].some((order) => order.code === code && order.state === "Cancelled")) {
				putBack(floor, merchant, action.orderId);
				return null;
			}
			floor.warehouse.store.ship(action.orderId, action.boxes);
			eachItem(floor, action.orderId, ({ sku, qty }) =>
				moveStock(floor, merchant, sku, { available: 0, onHand: -qty, allocated: -qty }),
			);
			return hint("shipments/fetch");
		}
	}
}

function putBack(floor: Floor, merchant: DemoMerchant, orderId: number): void {
	eachItem(floor, orderId, ({ sku, qty }) =>
		moveStock(floor, merchant, sku, { available: qty, onHand: 0, allocated: -qty }),
	);
}

/** Orders that went all their way some time ago: nobody asks for them any more. */
export function tidy(floor: Floor, now: number): void {
	for (const { store } of floor.shops.values()) {
		store.ledger.length = 0;
		for (const order of store.orders.values()) {
			const keepMs = order.state === "Shipped" ? 30 * minuteMs : order.state === "Cancelled" ? 24 * hourMs : null;
			if (keepMs === null || now - order.updatedAtMs < keepMs) continue;
			store.forget(order);
			const packed = atWarehouse(floor, order.code);
			if (packed && packed.readOnly.status !== 0) floor.warehouse.store.forget(packed);
		}
	}
	floor.warehouse.store.ledger.length = 0;
}

function atWarehouse(floor: Floor, code: string): StoredOrder | undefined {
	return demoMerchants
		.map(({ customerId }) => floor.warehouse.store.find(code, customerId))
		.find((order) => order !== undefined);
}

function eachItem(floor: Floor, orderId: number, work: (item: { sku: string; qty: number }) => void): void {
	for (const item of floor.warehouse.store.get(orderId)?.items ?? [])
		work({ sku: item.itemIdentifier.sku, qty: item.qty });
}

function moveStock(
	floor: Floor,
	merchant: DemoMerchant,
	sku: string,
	by: { available: number; onHand: number; allocated: number },
): void {
	const row = floor.warehouse.store.customer(merchant.customerId).stock.get(`${merchant.facilityId}/${sku}`);
	if (!row) return;
	row.available = Math.max(0, row.available + by.available);
	row.onHand = Math.max(0, row.onHand + by.onHand);
	row.allocated = Math.max(0, row.allocated + by.allocated);
}

function shopOf(floor: Floor, merchant: DemoMerchant) {
	const shop = floor.shops.get(merchant.key);
	if (!shop) throw new Error(`the demo has no shop for ${merchant.name}`);
	return shop.store;
}
