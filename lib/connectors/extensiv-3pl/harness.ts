/** Tells the conformance suite how to make things happen in the sandbox warehouse. */
import fc from "fast-check";
import type { Product } from "@/lib/canonical/catalogue";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import type { Clock, Harness, ReaderRig } from "../kit/conform/harness";
import { receiptRig, samplePurchase } from "./harness-inbound";
import { type ExtensivSandbox, startExtensivSandbox } from "./sandbox";
import { halOrder } from "./sandbox/answers";
import { createOrder } from "./sandbox/create-order";
import type { StoredOrder } from "./sandbox/store";

const shipTo = {
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

function sampleOrder(sandbox: ExtensivSandbox, n: number): DeliverableOrder {
	for (const sku of ["TEE", "MUG"]) sandbox.store.addItem(sku);
	return {
		number: `SO-${n}`,
		sourceNumber: `SO-${n}`,
		orderSource: "Shop",
		shipTo,
		shipMethod: { carrier: "UPS", service: "Ground" },
		lines: [
			{ lineId: `l${n}a`, sku: "TEE", quantity: 2, unitPrice: "12.50" },
			{ lineId: `l${n}b`, sku: "MUG", quantity: 1 },
		],
		note: "Leave it at the door",
		giftMessage: "",
	};
}

let orders = 0;
/** An order as it stands in the warehouse, whoever sent it. */
function place({ store }: ExtensivSandbox, lines = [{ sku: "TEE", qty: 2 }], routingInfo: object = { carrier: "UPS" }) {
	for (const { sku } of lines) store.addItem(sku);
	const created = createOrder(store, {
		customerIdentifier: { id: store.customerId },
		facilityIdentifier: { id: 2 },
		referenceNum: `R-${++orders}`,
		routingInfo,
		shipTo: { name: shipTo.name, address1: shipTo.line1 },
		orderItems: lines.map(({ sku, qty }, n) => ({ itemIdentifier: { sku }, qty, externalId: `l${n}` })),
	});
	if (!("order" in created)) throw new Error(`refused: ${JSON.stringify(created.refused)}`);
	return created.order;
}

function shipmentRig(sandbox: ExtensivSandbox, clock: Clock): ReaderRig {
	const { store } = sandbox;
	const orderOf = (id: string): StoredOrder => {
		const order = store.get(Number(id));
		if (!order) throw new Error(`there is no order ${id}`);
		return order;
	};
	const text = fc.string({ unit: "grapheme", maxLength: 30 });
	return {
		threePages: 520,
		seed: async (count) =>
			Array.from({ length: count }, () => {
				clock.advance(1000);
				const { orderId } = place(sandbox).readOnly;
				store.ship(orderId);
				return String(orderId);
			}),
		touch: (id) => store.touch(orderOf(id)),
		spoil: (id) => {
			orderOf(id).malformed = { readOnly: { orderId: Number(id) }, referenceNum: 7 };
		},
		replace: (id, change) => {
			orderOf(id).malformed = change(halOrder(orderOf(id), "All"));
		},
		generated: fc
			.record({
				lines: fc.array(
					fc.record({ sku: fc.constantFrom("TEE", "MUG", "é-1"), qty: fc.integer({ min: 1, max: 999 }) }),
					{
						minLength: 1,
						maxLength: 4,
					},
				),
				routing: fc.record({ carrier: text, mode: fc.option(text), account: text }),
				tracking: fc.array(text, { maxLength: 3 }),
				late: fc.integer({ min: 0, max: 500_000_000 }),
			})
			.map((made) => () => {
				const { orderId } = place(sandbox, made.lines, made.routing).readOnly;
				// Each box holds one of the lines; what is in no box stays behind.
				const boxes = made.tracking.map((trackingNumber, n) => ({
					trackingNumber,
					contents: made.lines.flatMap(({ qty }, line) => (line === n ? [{ line, qty }] : [])),
				}));
				store.ship(orderId, boxes, new Date(clock.now().getTime() - made.late));
				return String(orderId);
			}),
	};
}

function cancellationRig(sandbox: ExtensivSandbox, clock: Clock): ReaderRig {
	const { store } = sandbox;
	const orderOf = (id: string): StoredOrder => {
		const order = store.get(Number(id));
		if (!order) throw new Error(`there is no order ${id}`);
		return order;
	};
	const add = (by?: string) => {
		const order = place(sandbox);
		store.cancel(order, by);
		return String(order.readOnly.orderId);
	};
	return {
		threePages: 520,
		seed: async (count) =>
			Array.from({ length: count }, () => {
				clock.advance(1000);
				return add("Pat Packer");
			}),
		touch: (id) => store.touch(orderOf(id)),
		spoil: (id) => {
			orderOf(id).malformed = { readOnly: { orderId: Number(id) }, referenceNum: 7 };
		},
		replace: (id, change) => {
			orderOf(id).malformed = change(halOrder(orderOf(id), "All"));
		},
		generated: fc.string({ unit: "grapheme", maxLength: 600 }).map((by) => () => add(by)),
	};
}

function stockRig({ store }: ExtensivSandbox): ReaderRig {
	const rowOf = (id: string) => {
		const row = store.stock.get(id);
		if (!row) throw new Error(`there is no stock ${id}`);
		return row;
	};
	let skus = 0;
	const amount = fc.double({ min: -5, max: 1_000_000, noNaN: true });
	const add = (facility: number, available: number, more = {}) => {
		const sku = `S-${++skus}`;
		store.setStock(sku, facility, available, more);
		return `${facility}/${sku}`;
	};
	return {
		threePages: 250,
		seed: async (count) => Array.from({ length: count }, () => add(2, 5)),
		spoil: (id) => {
			const { sku, facilityId } = rowOf(id);
			rowOf(id).malformed = { itemIdentifier: { id: store.addItem(sku).itemId, sku }, facilityId, available: "five" };
		},
		replace: (id, change) => {
			const { sku, ...row } = rowOf(id);
			rowOf(id).malformed = change({ itemIdentifier: { id: store.addItem(sku).itemId, sku }, qualifier: "", ...row });
		},
		generated: fc.record({ facility: fc.constantFrom(2, 3), available: amount, onHand: amount, onHold: amount }).map(
			({ facility, available, ...more }) =>
				() =>
					add(facility, available, more),
		),
	};
}

function productRig({ store }: ExtensivSandbox): ReaderRig {
	let items = 0;
	const itemOf = (id: string) => {
		const found = store.itemOf(Number(id));
		if (!found) throw new Error(`there is no item ${id}`);
		return found.item;
	};
	return {
		threePages: 250,
		seed: async (count) => Array.from({ length: count }, () => String(store.addItem(`P-${++items}`).itemId)),
		spoil: (id) => {
			itemOf(id).malformed = { sku: null, readOnly: { itemId: Number(id) } };
		},
		replace: (id, change) => {
			const { sku, lastModifiedDate } = itemOf(id);
			itemOf(id).malformed = change({ sku, description: "x", readOnly: { itemId: Number(id), lastModifiedDate } });
		},
	};
}

const sampleProduct = (n: number): Product => ({
	...{ sku: `NEW-${n}`, name: `New item ${n}`, externalId: "", active: true },
	aliases: [{ name: "UPC", code: `0000${n}` }],
	measures: [{ weight: 1.25, length: 10, width: 5, height: 2, massUnit: "kg", lengthUnit: "cm" }],
});

export const harness: Harness = {
	tokens: true,
	whole: ["destination.inventory", "destination.products"],
	async start(clock) {
		const sandbox = await startExtensivSandbox({ now: clock.now });
		const { store } = sandbox;
		const isCanceled = (id: string) => store.get(Number(id))?.readOnly.status === 2;
		return {
			sandbox,
			settings: sandbox.settings,
			wrong: {
				clientId: "nobody",
				clientSecret: "not-the-secret",
				tplKey: "{00000000-0000-0000-0000-000000000000}",
				userLoginId: "1",
				customerId: 99,
				facilityId: 99,
			},
			personal: [shipTo.name, shipTo.company, shipTo.line1, shipTo.line2, shipTo.phone, shipTo.email],
			isTokenCall: (call) => call.path.startsWith("/AuthServer"),
			tokens: { expire: sandbox.expireTokens, given: sandbox.tokensGiven },
			readers: {
				"destination.shipments": shipmentRig(sandbox, clock),
				"destination.receipts": receiptRig(sandbox, clock),
				"destination.cancellations": cancellationRig(sandbox, clock),
				"destination.inventory": stockRig(sandbox),
				"destination.products": productRig(sandbox),
			},
			creators: {
				"destination.orders": {
					async sample(n) {
						const value = sampleOrder(sandbox, n);
						return { key: value.number, value };
					},
					count: (key) => store.ledger.filter((one) => one.kind === "created" && one.referenceNum === key).length,
					isCreate: (call) => call.method === "POST" && call.path === "/orders",
				},
				"destination.purchaseOrders": {
					async sample(n) {
						const value = samplePurchase(sandbox, n);
						return { key: value.number, value };
					},
					count: (key) => store.dock.receivers.filter((one) => one.referenceNum === key).length,
					isCreate: (call) => call.method === "POST" && call.path === "/inventory/receivers",
				},
				"destination.products.add": {
					sample: async (n) => ({ key: `NEW-${n}`, value: sampleProduct(n) }),
					count: (key) => Number(store.customer().items.has(key)),
					isCreate: (call) => call.method === "POST" && call.path.endsWith("/items"),
				},
			},
			update: {
				pack: (externalId) => store.pack(Number(externalId)),
				holds(externalId, { lines }) {
					const items = store.get(Number(externalId))?.items ?? [];
					const there = items.map((item) => `${item.qty} ${item.itemIdentifier.sku}`);
					return there.join() === lines.map((line) => `${line.quantity} ${line.sku}`).join();
				},
			},
			cancel: {
				open: async () => String(place(sandbox).readOnly.orderId),
				async gone() {
					const { orderId } = place(sandbox).readOnly;
					store.ship(orderId);
					return String(orderId);
				},
				isCanceled,
			},
			hooks: {
				good: () => sandbox.event("OrderConfirm", { OrderId: "7" }),
				forged() {
					const good = sandbox.event("OrderConfirm", { OrderId: "7" });
					const signature = Buffer.from("not the warehouse").toString("base64");
					return new Request(good.url, {
						method: "POST",
						headers: { signature },
						body: '{"eventType":"OrderConfirm"}',
					});
				},
				events: () => [eventBody("1"), eventBody("2")],
			},
		};
	},
};

const eventBody = (wmsEventId: string) => ({
	wmsEventId,
	eventDateTimeUtc: "2026-03-02T10:00:00.1234567",
	eventType: "OrderConfirm",
});
