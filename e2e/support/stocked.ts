/** A merchant of its own with a warehouse and shops of its own, all live: for what is counted, told and sold. */
import { type ExtensivSandbox, startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { startVendureSandbox, type VendureSandbox } from "@/lib/connectors/vendure/sandbox";
import { type Desk, merchantNamed, runToEnd } from "./api";

export interface Stocked {
	merchantId: string;
	warehouse: ExtensivSandbox;
	/** By the name of the cart. */
	shops: Map<string, VendureSandbox>;
	/** What a shopper can buy in a shop. */
	sellable(cart: string): number;
	close(): Promise<unknown>;
}

export const stockedSku = "LAMP";

/** The warehouse has so many units of one item, which every shop sells. */
export async function startStocked(
	desk: Desk,
	{ merchant, carts, units }: { merchant: string; carts: string[]; units: number },
): Promise<Stocked> {
	const { api, accountId } = desk;
	const warehouse = await startExtensivSandbox();
	warehouse.store.setStock(stockedSku, 2, units);
	const merchantId = await merchantNamed(desk, merchant);
	const made = { accountId, merchantId };
	const name = warehouseOf(merchant);
	await api.connections.create({
		...{ ...made, connectorKey: "extensiv-3pl", side: "destination", name, values: warehouse.settings },
	});
	const shops = new Map<string, VendureSandbox>();
	for (const cart of carts) {
		const shop = await startVendureSandbox();
		shop.store.addProduct(stockedSku, 0);
		shops.set(cart, shop);
		const { id } = await api.connections.create({
			...{ ...made, connectorKey: "vendure", side: "source", name: cart, values: shop.settings },
		});
		await api.goLive.goLive({ accountId, connectionId: id });
	}
	await runToEnd(desk, name, "Inventory");
	return {
		...{ merchantId, warehouse, shops },
		sellable: (cart) => {
			const stock = shops.get(cart)?.store.variants.get(stockedSku)?.stock.get("1");
			return (stock?.onHand ?? 0) - (stock?.allocated ?? 0);
		},
		close: () => Promise.all([warehouse.close(), ...[...shops.values()].map((shop) => shop.close())]),
	};
}

export function warehouseOf(merchant: string): string {
	return `${merchant} warehouse`;
}
