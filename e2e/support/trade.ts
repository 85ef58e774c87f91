/** A merchant of its own whose shop and warehouse are sandboxes, both live: for what becomes of orders between them. */
import { startVendureSandbox, type VendureSandbox } from "@/lib/connectors/vendure/sandbox";
import { type Desk, merchantNamed, orderNumbered, runToEnd } from "./api";

interface Wanted {
	/** Names its merchant, and with "shop" and "warehouse" its connections. */
	merchant: string;
	warehouse: { connectorKey: string; values: Record<string, unknown>; options?: Record<string, unknown> };
	/** What the shop sells. */
	items: string[];
}

export interface Trade {
	merchantId: string;
	shop: VendureSandbox;
	/** Names of the two connections. */
	cart: string;
	warehouse: string;
	/** An order is placed in the shop, loaded, and offered to the warehouse. */
	order(
		code: string,
		lines: { sku: string; quantity: number }[],
	): Promise<ReturnType<VendureSandbox["store"]["place"]>>;
	/** What the warehouse shipped is read, and what the cart may be told of it is told. */
	bringTracking(): Promise<void>;
	/** Tracking numbers that the shop has of an order, with the carrier it was told. */
	trackingOf(code: string): string[];
}

export async function startTrade(desk: Desk, { merchant, warehouse, items }: Wanted): Promise<Trade> {
	const { api, accountId } = desk;
	const shop = await startVendureSandbox();
	for (const sku of items) shop.store.addProduct(sku, 100);
	const merchantId = await merchantNamed(desk, merchant);
	const names = { cart: `${merchant} shop`, warehouse: `${merchant} warehouse` };
	const made = { accountId, merchantId };
	await api.connections.create({ ...made, ...warehouse, side: "destination", name: names.warehouse });
	const { id: connectionId } = await api.connections.create({
		...{ ...made, connectorKey: "vendure", side: "source", name: names.cart, values: shop.settings },
	});
	await api.goLive.goLive({ accountId, connectionId });
	const inShop = (code: string) => [...shop.store.orders.values()].find((order) => order.code === code);
	return {
		...{ merchantId, shop, ...names },
		async order(code, lines) {
			const placed = shop.store.place({ code, lines });
			await runToEnd(desk, names.cart, "Order Download");
			await orderNumbered(desk, code);
			await runToEnd(desk, names.warehouse, "Order Delivery");
			return placed;
		},
		async bringTracking() {
			await runToEnd(desk, names.warehouse, "Shipping Confirmations");
			await runToEnd(desk, names.cart, "Shipment Upload");
		},
		trackingOf: (code) =>
			(inShop(code)?.fulfillments ?? [])
				.filter(({ state }) => state === "Shipped")
				.map(({ method, trackingCode }) => `${method}, ${trackingCode}`),
	};
}
