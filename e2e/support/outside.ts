/** What tests do outside of Crossdock: buy in the shop, pack and count in the warehouse, and look at what is there. */
import { z } from "zod";
import {
	cancelOrder,
	changeQuantity,
	type PlacedOrder,
	type Purchase,
	placePaidOrder,
	sellable,
	showOrder,
} from "../vendure/orders";
import { enterVendure } from "../vendure/start-vendure";
import { addKey, endKey, rights } from "../vendure/store";
import type { Box, Trouble } from "./warehouse-control";
import { theWorld } from "./world";

const shop = async () => enterVendure(theWorld().shop.url, theWorld().shop.credentials);

/** A paid order of a new shopper. */
export async function buy(lines: Purchase["lines"], more: Omit<Purchase, "lines"> = {}): Promise<PlacedOrder> {
	return placePaidOrder(await shop(), theWorld().shop.seeded, { lines, ...more });
}

export async function orderInShop(order: PlacedOrder) {
	return showOrder(await shop(), order.id);
}

/** How many units of a SKU a shopper can buy. */
export async function sellableInShop(sku: string): Promise<number> {
	return sellable(await shop(), theWorld().shop.seeded.variants[sku] ?? "");
}

/** The warehouse ships an order in these boxes. */
export async function ship(reference: string, boxes: Box[]): Promise<void> {
	await control("ship", { reference, boxes });
}

/** What goes wrong at the warehouse from now on. */
export async function troubleAtWarehouse(kind: Trouble): Promise<void> {
	await control("trouble", { kind });
}

/** The shopper no longer wants it: the shop's people cancel the whole order. */
export async function cancelInShop(order: PlacedOrder): Promise<void> {
	await cancelOrder(await shop(), order.id);
}

/** The shop's people sell more of a SKU of an order that is paid already. */
export async function changeInShop(order: PlacedOrder, { sku, quantity }: { sku: string; quantity: number }) {
	const line = order.lines.find((one) => one.productVariant.sku === sku);
	await changeQuantity(await shop(), order.id, { orderLineId: line?.id ?? "none", quantity });
}

/** One of the warehouse's people cancels an order there. */
export async function cancelAtWarehouse(reference: string, by: string): Promise<void> {
	await control("cancel", { reference, by });
}

/** A new key of the shop, with just the rights that the guide names, and how the shop's people end it. */
export async function newShopKey(): Promise<{ apiKey: string; end: () => Promise<void> }> {
	const { admin } = await shop();
	const { apiKey, entityId } = await addKey(admin, rights);
	return { apiKey, end: () => endKey(admin, entityId) };
}

/** A paid order in the second, smaller shop. Gives its number. */
export async function buyInSecondShop(lines: { sku: string; quantity: number }[]): Promise<string> {
	const answer = await fetch(`${theWorld().secondShop.controlUrl}/buy`, {
		method: "POST",
		body: JSON.stringify({ lines }),
	});
	return z.object({ code: z.string() }).parse(await answer.json()).code;
}

/** The warehouse counts what is available of a SKU. */
export async function count(sku: string, available: number): Promise<void> {
	await control("count", { sku, available });
}

const atWarehouse = z.object({
	/** How often an order with this number was made there, ever. */
	times: z.int(),
	lines: z.array(z.object({ itemIdentifier: z.object({ sku: z.string() }), qty: z.int() })),
	/** Null while it is not there. */
	shipTo: z.object({ city: z.string(), state: z.string(), zip: z.string() }).nullable(),
});

export async function orderAtWarehouse(code: string): Promise<z.output<typeof atWarehouse>> {
	const answer = await fetch(`${theWorld().warehouse.controlUrl}/created/${code}`);
	return atWarehouse.parse(await answer.json());
}

async function control(path: string, body: object): Promise<void> {
	const answer = await fetch(`${theWorld().warehouse.controlUrl}/${path}`, {
		method: "POST",
		body: JSON.stringify(body),
	});
	if (!answer.ok) throw new Error(`the warehouse could not ${path}: ${await answer.text()}`);
}
