/** Tells the conformance suite how to make things happen in an Order Manager that takes orders. */
import fc from "fast-check";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import type { Clock, ReaderName, ReaderRig, Rig } from "../kit/conform/harness";
import type { OmSandbox } from "./sandbox";

export const shipTo = {
	name: "Ann Example",
	company: "Example & Daughters",
	line1: "1 Main St",
	line2: "Apt 9",
	city: "Reno",
	region: "NV",
	postalCode: "89501",
	country: "US",
	phone: "7755550101",
	email: "ann@example.test",
};
export const hubShop = { salesChannelId: 5, name: "Hub shop", active: true };

export function sampleOrder({ store }: OmSandbox, n: number | string): DeliverableOrder {
	for (const sku of ["TEE", "MUG"]) store.addProduct(sku);
	return {
		...{ number: `SO-${n}`, sourceNumber: `SO-${n}`, orderSource: "Shop", shipTo },
		shipMethod: { carrier: "UPS", service: "Ground" },
		lines: [
			{ lineId: `l${n}a`, sku: "TEE", quantity: 2, unitPrice: "12.50" },
			{ lineId: `l${n}b`, sku: "MUG", quantity: 1 },
		],
		note: "Leave it at the door",
		giftMessage: "",
	};
}

/** An order of the hub's channel that has left with these tracking numbers. */
export function placeShipped({ store }: OmSandbox, made: { quantity?: number; boxes?: Box[]; more?: object } = {}) {
	const lines = [{ sku: "TEE", quantity: made.quantity ?? 2 }];
	const order = store.place({ lines, status: "AWAITING_SHIPMENT", more: { salesChannel: hubShop, ...made.more } });
	for (const box of made.boxes ?? [{ trackingNumber: "1Z5R89390357567127" }]) {
		const { carrier = "UPS", cost } = box;
		store.ship(order, {
			trackingNumber: box.trackingNumber,
			shippingCarrier: carrier,
			carrierFee: cost === undefined ? null : { amount: cost, currency: "USD" },
			shipDate: `${store.now().toISOString().slice(0, 19)}Z`,
			deliveryStatus: "IN_TRANSIT",
		});
	}
	store.move(order, "SHIPPED");
	return order;
}
interface Box {
	trackingNumber: string;
	carrier?: string;
	cost?: number;
}

function shipmentRig(sandbox: OmSandbox, clock: Clock): ReaderRig {
	const of = (id: string) => {
		const order = sandbox.store.orders.get(Number(id));
		if (!order) throw new Error(`there is no order ${id}`);
		return order;
	};
	const text = fc.string({ unit: "grapheme", maxLength: 30 });
	const box = fc.record({
		trackingNumber: text,
		carrier: fc.constantFrom("UPS", "OTHER_CARRIER"),
		cost: fc.double({ min: 0, max: 500, noNaN: true }),
	});
	return {
		threePages: 215,
		seed: async (count) =>
			Array.from({ length: count }, () => {
				clock.advance(1000);
				return String(placeShipped(sandbox).orderId);
			}),
		touch: (id) => sandbox.store.touch(of(id)),
		spoil: (id) => {
			of(id).change = (raw) => ({ ...(raw as object), orderItems: "none" });
		},
		replace: (id, change) => {
			of(id).change = change;
		},
		generated: fc
			.record({ quantity: fc.integer({ min: 1, max: 9999 }), boxes: fc.array(box, { maxLength: 3 }) })
			.map((made) => () => String(placeShipped(sandbox, made).orderId)),
	};
}

let skus = 0;

function stockRig({ store }: OmSandbox): ReaderRig {
	const rowOf = (id: string) => {
		const row = store.stock.find((one) => `East 3PL/${one.sku}` === id);
		if (!row) throw new Error(`there is no stock ${id}`);
		return row;
	};
	const add = (onHand: number, locked: number) => {
		const sku = `S-${++skus}`;
		store.addProduct(sku, { onHand, locked });
		return `East 3PL/${sku}`;
	};
	return {
		threePages: 215,
		seed: async (count) => Array.from({ length: count }, () => add(5, 1)),
		spoil: (id) => {
			const row = rowOf(id);
			// The row's own number is all that is left to name it by.
			row.change = (raw) => ({ ...(raw as object), productStockId: id, quantity: "five" });
		},
		replace: (id, change) => {
			rowOf(id).change = change;
		},
		generated: fc
			.record({ onHand: fc.integer({ min: -5, max: 1_000_000 }), locked: fc.integer({ min: 0, max: 1000 }) })
			.map(
				({ onHand, locked }) =>
					() =>
						add(onHand, locked),
			),
	};
}

function productRig({ store }: OmSandbox): ReaderRig {
	const skuOf = (id: string) => [...store.products][Number(id) - 1] ?? "";
	return {
		threePages: 215,
		seed: async (count) =>
			Array.from({ length: count }, () => {
				store.addProduct(`P-${++skus}`);
				return String(store.products.size);
			}),
		spoil: (id) => {
			store.productChanges.set(skuOf(id), (raw) => ({ ...(raw as object), masterSku: null }));
		},
		replace: (id, change) => {
			store.productChanges.set(skuOf(id), change);
		},
	};
}

/** What an Order Manager that takes orders adds to a rig. */
export function destinationRig(sandbox: OmSandbox, clock: Clock) {
	const { store } = sandbox;
	const waiting = () => store.place({ lines: [{ sku: "TEE", quantity: 1 }], status: "AWAITING_SHIPMENT" });
	return {
		settings: { salesChannel: "Hub shop", inventorySyncMode: "warehouse", downloadProducts: true },
		readers: {
			"destination.shipments": shipmentRig(sandbox, clock),
			"destination.inventory": stockRig(sandbox),
			"destination.products": productRig(sandbox),
		},
		creators: {
			"destination.orders": {
				async sample(n) {
					const value = sampleOrder(sandbox, n);
					return { key: value.number, value };
				},
				count: (key) => store.created.filter((one) => one === key).length,
				isCreate: (call) => call.method === "PUT" && call.path === "/v1/order",
			},
		},
		cancel: {
			open: async () => String(waiting().orderId),
			gone: async () => String(placeShipped(sandbox).orderId),
			isCanceled: (id) => store.orders.get(Number(id))?.status === "CANCELLED",
		},
	} satisfies Partial<Rig>;
}

export const wholeReaders: readonly ReaderName[] = ["destination.inventory", "destination.products"];
