import { omOrder, rawList } from "./api";
import { type OmContext, refusal, remember } from "./calls";

const pageSize = 100;

interface Held {
	orders: number;
	/** By master SKU. */
	units: Map<string, number>;
}

/**
 * Orders that lock stock in Order Manager while no warehouse knows them. Those that carry our label were loaded
 * before they were held: the hub has taken them off its figure already.
 */
export function heldOrders(context: OmContext, place: number): Promise<Held> {
	return remember(context, `held:${place}`, () => readHeld(context, place));
}

async function readHeld(context: OmContext, place: number): Promise<Held> {
	const { heldStatuses, labelDownloaded, labelName } = context.settings;
	const statuses = heldStatuses.map((status) => `status=${status}`).join("&");
	const held: Held = { orders: 0, units: new Map() };
	const seen = new Set<number>();
	for (let page = 1; ; page++) {
		const { data } = await context.http.get(`/v1.1/orders?${statuses}`, {
			schema: rawList,
			query: { warehouseId: place, page, limit: pageSize },
			fault: refusal(context),
		});
		for (const raw of data) {
			const order = omOrder.safeParse(raw).data;
			if (!order || seen.has(order.orderId)) continue;
			seen.add(order.orderId);
			if (labelDownloaded && order.labels?.some(({ name }) => name === labelName)) continue;
			held.orders++;
			for (const { product, quantityOrdered } of order.orderItems)
				if (product) held.units.set(product.masterSku, (held.units.get(product.masterSku) ?? 0) + quantityOrdered);
		}
		if (data.length < pageSize) return held;
	}
}
