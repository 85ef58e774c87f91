/** Tells the conformance suite how to make things happen in the sandbox's Order Manager. */
import fc from "fast-check";
import type { Clock, Harness, ReaderRig, Rig } from "../kit/conform/harness";
import { destinationRig, wholeReaders } from "./harness-destination";
import { type OmSandbox, startOmSandbox } from "./sandbox";

function orderRig({ store }: OmSandbox, clock: Clock, canceled: boolean): ReaderRig {
	const of = (id: string) => {
		const order = store.orders.get(Number(id));
		if (!order) throw new Error(`there is no order ${id}`);
		return order;
	};
	const add = (lines: { sku: string; quantity: number; price?: number }[], more: Record<string, unknown> = {}) => {
		const order = store.place({ lines, more });
		if (canceled) store.cancel(order);
		return String(order.orderId);
	};
	const text = fc.string({ unit: "grapheme", maxLength: 40 });
	const line = fc.record({
		sku: fc.constantFrom("TEE", "MUG"),
		quantity: fc.integer({ min: 1, max: 9999 }),
		price: fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100),
	});
	return {
		threePages: 215,
		missing: "999999",
		seed: async (count) =>
			Array.from({ length: count }, () => {
				clock.advance(1000);
				return add([{ sku: "TEE", quantity: 2 }]);
			}),
		touch: (id) => store.touch(of(id)),
		spoil: (id) => {
			of(id).change = (raw) => ({ ...(raw as object), orderItems: "none" });
		},
		replace: (id, change) => {
			of(id).change = change;
		},
		generated: fc
			.record({
				shipName: text.map((value) => `A ${value}`),
				shipAddress1: text.map((value) => `1 ${value}`),
				shipAddress3: fc.option(text),
				shipCountry: fc.constantFrom("USA", "DEU", "GBR", "us"),
				notesFromBuyer: fc.option(text),
				lines: fc.array(line, { minLength: 1, maxLength: 5 }),
			})
			.map(
				({ lines, ...more }) =>
					() =>
						add(lines, more),
			),
	};
}

function purchaseRig({ store: { purchases } }: OmSandbox, clock: Clock): ReaderRig {
	const of = (id: string) => {
		const order = purchases.orders.get(Number(id));
		if (!order) throw new Error(`there is no purchase order ${id}`);
		return order;
	};
	const line = fc.record({
		sku: fc.constantFrom("TEE", "MUG"),
		quantity: fc.integer({ min: 1, max: 9999 }),
		unitsPerPack: fc.integer({ min: 1, max: 24 }),
	});
	return {
		threePages: 215,
		seed: async (count) =>
			Array.from({ length: count }, () => {
				clock.advance(1000);
				return String(purchases.place({ lines: [{ sku: "TEE", quantity: 100 }] }).purchaseOrderId);
			}),
		touch: (id) => purchases.touch(of(id)),
		spoil: (id) => {
			of(id).change = (raw) => ({ ...(raw as object), purchaseOrderItems: "none" });
		},
		replace: (id, change) => {
			of(id).change = change;
		},
		generated: fc
			.array(line, { minLength: 1, maxLength: 5 })
			.map((lines) => () => String(purchases.place({ lines }).purchaseOrderId)),
	};
}

async function start(clock: Clock): Promise<Rig & { sandbox: OmSandbox }> {
	const sandbox = await startOmSandbox({ now: clock.now, quotas: false });
	const { store } = sandbox;
	const taking = destinationRig(sandbox, clock);
	return {
		sandbox,
		settings: { ...sandbox.settings, ...taking.settings, labelDownloaded: true, loadCustomFields: true },
		cancel: taking.cancel,
		wrong: { apiToken: "another-token-0123456789", password: "another-password-0123456789" },
		personal: ["Ann Example", "1 Main St", "7755550101", "ann@example.test"],
		readers: {
			"source.orders": orderRig(sandbox, clock, false),
			"source.cancellations": orderRig(sandbox, clock, true),
			"source.purchaseOrders": purchaseRig(sandbox, clock),
			...taking.readers,
		},
		creators: {
			...taking.creators,
			"source.confirm": {
				async sample(n) {
					const order = store.place({ lines: [{ sku: "TEE", quantity: 4 }] });
					const lines = order.items.map((item) => ({ lineId: String(item.orderItemId), sku: item.sku, quantity: 4 }));
					const value = {
						orderSourceId: String(order.orderId),
						carrier: "UPS",
						service: "Ground",
						trackingNumbers: [`1Z${n}`],
						shippedAt: clock.now(),
						cost: "7.12",
						lines,
					};
					return { key: `shp_${n}`, value };
				},
				count: (key) => store.shipments.filter((one) => one.trackingNumber === `1Z${key.slice(4)}`).length,
				isCreate: (call) => call.method === "PUT" && call.path === "/v1.1/shipment/external",
			},
			"source.receipts": {
				async sample(n) {
					const order = store.purchases.place({ lines: [{ sku: "TEE", quantity: 100 }], number: `PO-${n}` });
					const lineId = String(order.lines[0]?.purchaseOrderItemId);
					const value = {
						purchaseOrderSourceId: String(order.purchaseOrderId),
						purchaseOrderNumber: order.number,
						kind: "purchase" as const,
						sourceLineId: lineId,
						sku: "TEE",
						quantity: 60,
						receivedTotal: 60,
						expectedQuantity: 100,
						unitsPerPack: 1,
						lot: "",
						receivedAt: clock.now(),
						closes: false,
					};
					return { key: `${lineId}-${n}`, value };
				},
				count: (key) =>
					store.purchases.receipts.filter((one) => String(one.purchaseOrderItemId) === key.split("-")[0]).length,
				isCreate: (call) => call.method === "PUT" && call.path === "/v1/purchaseorders/receive",
			},
			"source.cancel": {
				async sample(n) {
					const { orderId } = store.place({ lines: [{ sku: "TEE", quantity: 1 }], number: `X-${n}` });
					return { key: `wcn_${n}`, value: { orderSourceId: String(orderId), reason: "out of stock" } };
				},
				count: (key) =>
					store.canceled.filter(({ orderId }) => store.orders.get(orderId)?.orderNumber === `X-${key.slice(4)}`).length,
				isCreate: (call) => call.path.startsWith("/v1/orders/cancel"),
			},
		},
		sourceCancel: {
			async gone() {
				const order = store.place({ lines: [{ sku: "TEE", quantity: 1 }], status: "SHIPPED" });
				return { orderSourceId: String(order.orderId), reason: "out of stock" };
			},
			isCanceled: (id) => store.orders.get(Number(id))?.status === "CANCELLED",
		},
		setters: {
			"source.inventory": {
				good: (n) => {
					store.addProduct(`G-${n}`, { locked: n });
					return { sku: `G-${n}`, quantity: 7 };
				},
				unknown: (n) => ({ sku: `NOPE-${n}`, quantity: 1 }),
				holds: ({ sku, quantity }) => store.shows(sku).available === quantity,
			},
			"source.acknowledge": {
				good: () => ({ sourceId: String(store.place({ lines: [{ sku: "TEE", quantity: 1 }] }).orderId) }),
				unknown: (n) => ({ sourceId: String(900_000 + n) }),
				holds: ({ sourceId }) => store.orders.get(Number(sourceId))?.labels.includes("Loaded by warehouse") ?? false,
			},
		},
	};
}

export const withToken: Harness = { start, whole: wholeReaders };

export const withPassword: Harness = {
	tokens: true,
	whole: wholeReaders,
	async start(clock) {
		const rig = await start(clock);
		const { passwordSettings, expireTokens, tokensGiven } = rig.sandbox;
		return {
			...rig,
			settings: { ...rig.settings, apiToken: "", ...passwordSettings },
			isTokenCall: ({ path }) => path === "/oauth/token",
			tokens: { expire: expireTokens, given: tokensGiven },
		};
	},
};
