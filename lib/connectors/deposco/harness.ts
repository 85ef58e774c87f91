/** Tells the conformance suite how to make things happen in the sandbox's Deposco, by either API. */
import fc from "fast-check";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import type { PurchaseOrder } from "@/lib/canonical/purchase-order";
import type { Clock, Harness, ReaderName, ReaderRig, Rig } from "../kit/conform/harness";
import { type DeposcoSandbox, startDeposcoSandbox } from "./sandbox";
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

export function sampleOrder({ store }: DeposcoSandbox, n: number | string): DeliverableOrder {
	for (const sku of ["C100", "C200"]) store.items.add(sku);
	return {
		...{ number: `SO-${n}`, sourceNumber: `SHOP-${n}`, orderSource: "Shop", shipTo },
		shipMethod: { carrier: "UPS", service: "Ground" },
		lines: [
			{ lineId: `l${n}a`, sku: "C100", quantity: 2, unitPrice: "4.40" },
			{ lineId: `l${n}b`, sku: "C200", quantity: 1 },
		],
		note: "Leave it at the door",
		giftMessage: "",
	};
}

export function samplePurchase({ store }: DeposcoSandbox, n: number | string, lines = 2): PurchaseOrder {
	return {
		sourceId: `po-${n}`,
		number: `PO-${n}`,
		kind: "purchase",
		state: "pending_delivery",
		supplier: "Mill & Co",
		note: "",
		lines: Array.from({ length: lines }, (_, line) => {
			store.items.add(`R-${line}`);
			return {
				...{ sourceLineId: `p${n}-${line}`, sku: `R-${line}`, name: "", quantity: 10, receivedQuantity: 0 },
				...{ unitOfMeasure: "", unitsPerPack: 1, lot: "" },
			};
		}),
	};
}

let numbers = 0;
export function place(
	{ store }: DeposcoSandbox,
	kind: StoredOrder["kind"] = "Sales Order",
	lines?: Lines,
): StoredOrder {
	return store.place({
		...{ kind, number: `N-${++numbers}` },
		lines: lines ?? [{ sku: "C100", quantity: 10, customerLineNumber: "line-1" }],
	});
}
type Lines = { sku: string; quantity: number; customerLineNumber?: string }[];

function shipmentRig(sandbox: DeposcoSandbox, clock: Clock): ReaderRig {
	const { store } = sandbox;
	const of = (id: string) => {
		const found = store.shipments.find((one) => String(one.id) === id);
		if (!found) throw new Error(`there is no shipment ${id}`);
		return found;
	};
	const text = fc.string({ unit: "grapheme", maxLength: 30 });
	return {
		threePages: 130,
		seed: async (count) =>
			Array.from({ length: count }, () => {
				clock.advance(1000);
				return String(store.ship(place(sandbox)).id);
			}),
		touch: (id) => store.touch(of(id)),
		spoil: (id) => {
			of(id).change = (raw) => ({ ...(raw as object), shipmentLines: "none" });
		},
		replace: (id, change) => {
			of(id).change = change;
		},
		generated: fc
			.record({
				cost: fc.double({ min: 0, max: 900, noNaN: true }),
				carrier: text,
				service: text,
				boxes: fc.array(fc.record({ trackingNumber: text, weight: fc.double({ min: 0, max: 50, noNaN: true }) }), {
					maxLength: 3,
				}),
				lines: fc.array(fc.record({ sku: fc.constantFrom("C100", "é-1"), shipped: fc.integer({ min: 1, max: 999 }) }), {
					minLength: 1,
					maxLength: 12,
				}),
			})
			.map((made) => () => String(store.ship(place(sandbox), made).id)),
	};
}

function receiptRig(sandbox: DeposcoSandbox, clock: Clock, legacy: boolean): ReaderRig {
	const { store } = sandbox;
	const idOf = (one: { id: number }) => (legacy ? `${one.id}-1` : String(one.id));
	const of = (id: string) => {
		const found = store.receipts.find((one) => idOf(one) === id);
		if (!found) throw new Error(`there is no receipt ${id}`);
		return found;
	};
	return {
		threePages: 130,
		seed: async (count) =>
			Array.from({ length: count }, () => {
				clock.advance(1000);
				return idOf(store.receive(place(sandbox, "Purchase Order"), { quantity: 4 }));
			}),
		spoil: (id) => {
			const quantity = { receivedPackQuantity: "four" };
			of(id).change = (raw) => ({ ...(raw as object), ...quantity });
		},
		replace: (id, change) => {
			of(id).change = change;
		},
	};
}

let skus = 0;
function stockRig({ store }: DeposcoSandbox): ReaderRig {
	const rowOf = (id: string) => {
		const row = store.stock.find((one) => `${one.facility}/${one.sku}` === id || one.sku === id);
		if (!row) throw new Error(`there is no stock ${id}`);
		return row;
	};
	const add = (facility: string, total: number, allocated: number) => {
		const sku = `S-${++skus}`;
		store.stock.push({ sku, facility, total, allocated });
		return `${facility}/${sku}`;
	};
	return {
		threePages: 130,
		seed: async (count) => Array.from({ length: count }, () => add("LAX", 5, 1)),
		spoil: (id) => {
			// Without its stock a row has no place left: the whole id stands where the item's number did.
			rowOf(id).change = () => ({ itemNumber: id, facilityInventory: [{ facility: 7 }] });
		},
		replace: (id, change) => {
			rowOf(id).change = change;
		},
		generated: fc
			.record({
				facility: fc.constantFrom("LAX", "JFK"),
				total: fc.double({ min: -5, max: 1_000_000, noNaN: true }),
				allocated: fc.double({ min: 0, max: 1000, noNaN: true }),
			})
			.map(
				({ facility, total, allocated }) =>
					() =>
						add(facility, total, allocated),
			),
	};
}

async function start(clock: Clock, generation: "legacy" | "latest"): Promise<Rig & { sandbox: DeposcoSandbox }> {
	const sandbox = await startDeposcoSandbox({ now: clock.now });
	const { store } = sandbox;
	const orderOf = (id: string) => store.orders.find((one) => String(one.id) === id || one.number === id);
	const idOf = (order: StoredOrder) => (generation === "latest" ? String(order.id) : order.number);
	const count = (key: string) => store.created.filter((one) => one === key).length;
	const posts = (path: string) => (call: { method: string; path: string }) =>
		call.method === "POST" && call.path.endsWith(generation === "latest" ? path : "/orders");
	return {
		sandbox,
		settings: sandbox[generation],
		wrong: {
			password: "another-password-0123",
			clientSecret: "another-secret-0123",
			refreshToken: "another-token-0123",
		},
		personal: [shipTo.name, shipTo.company, shipTo.line1, shipTo.line2, shipTo.phone, shipTo.email],
		readers: {
			"destination.shipments": shipmentRig(sandbox, clock),
			"destination.receipts": receiptRig(sandbox, clock, generation === "legacy"),
			"destination.inventory": stockRig(sandbox),
		},
		creators: {
			"destination.orders": {
				async sample(n) {
					const value = sampleOrder(sandbox, n);
					return { key: value.number, value };
				},
				count,
				isCreate: posts("/orders/salesOrders"),
			},
			"destination.purchaseOrders": {
				async sample(n) {
					const value = samplePurchase(sandbox, n);
					return { key: value.number, value };
				},
				count,
				isCreate: posts("/orders/purchaseOrders"),
			},
		},
		cancel: {
			open: async () => idOf(place(sandbox)),
			async gone() {
				const order = place(sandbox);
				store.ship(order);
				return idOf(order);
			},
			isCanceled: (id) => orderOf(id)?.status === "Canceled",
		},
	};
}

const whole: readonly ReaderName[] = ["destination.inventory"];

export const withLegacy: Harness = { whole, start: (clock) => start(clock, "legacy") };

export const withLatest: Harness = {
	whole,
	tokens: true,
	async start(clock) {
		const rig = await start(clock, "latest");
		const { expireTokens, tokensGiven } = rig.sandbox;
		return {
			...rig,
			isTokenCall: ({ path }) => path === "/oauth2/token",
			tokens: { expire: expireTokens, given: tokensGiven },
		};
	},
};
