/** Tells the conformance suite how to make things happen in the example shop. */
import fc from "fast-check";
import type { Clock, Harness, ReaderRig } from "../kit/conform/harness";
import type { RemoteOrder } from "./api";
import { type Sandbox, startSandbox } from "./sandbox";

const shipTo = {
	name: "Ann Example",
	line1: "1 Main St",
	city: "Reno",
	region: "NV",
	country: "US",
	phone: "7755550101",
};

let orders = 0;
function place(sandbox: Sandbox, clock: Clock, more: Partial<RemoteOrder> = {}): string {
	const id = String(++orders);
	const at = clock.now().toISOString();
	const lines = [{ id: `${id}-a`, sku: "TEE", name: "Tee", quantity: 2, price: "12.50" }];
	const order: RemoteOrder = {
		id,
		number: `E${id}`,
		status: "paid",
		placedAt: at,
		changedAt: at,
		currency: "USD",
		total: "25.00",
		email: "ann@example.test",
		shipTo,
		shipping: { code: "ground", name: "Ground" },
		lines,
		...more,
	};
	sandbox.orders.set(id, { order, shipments: [] });
	return id;
}

function orderRig(sandbox: Sandbox, clock: Clock): ReaderRig {
	const of = (id: string) => {
		const found = sandbox.orders.get(id);
		if (!found) throw new Error(`there is no order ${id}`);
		return found;
	};
	const text = fc.string({ unit: "grapheme", maxLength: 40 });
	const code = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 20 }).map((value) => value.trim() || "x");
	const price = fc.integer({ min: 0, max: 10_000_000 }).map((cents) => (cents / 100).toFixed(2));
	const line = fc.record({ sku: code, name: text, quantity: fc.integer({ min: 1, max: 9999 }), price });
	return {
		threePages: 120,
		missing: "no-such-order",
		seed: async (count) =>
			Array.from({ length: count }, () => {
				clock.advance(1000);
				return place(sandbox, clock);
			}),
		touch: (id) => {
			of(id).order.changedAt = clock.now().toISOString();
		},
		spoil: (id) => {
			of(id).malformed = { ...of(id).order, lines: "none" };
		},
		replace: (id, change) => {
			of(id).malformed = change(of(id).order);
		},
		generated: fc
			.record({
				number: code,
				note: fc.option(text),
				email: fc.option(text),
				total: price,
				currency: fc.constantFrom("USD", "EUR", "JPY"),
				shipTo: fc.record({
					name: text.map((value) => `A ${value}`),
					line1: text.map((value) => `1 ${value}`),
					country: fc.constantFrom("US", "DE", "jp"),
				}),
				lines: fc.array(line, { minLength: 1, maxLength: 5 }),
			})
			.map(
				({ lines, ...made }) =>
					() =>
						place(sandbox, clock, { ...made, lines: lines.map((one, n) => ({ id: `line-${n}`, ...one })) }),
			),
	};
}

export const harness: Harness = {
	async start(clock) {
		const sandbox = await startSandbox();
		for (const sku of ["TEE", "MUG"]) sandbox.stock.set(sku, 0);
		return {
			sandbox,
			settings: sandbox.settings,
			wrong: { apiKey: "another-key-0123456789" },
			personal: [shipTo.name, shipTo.line1, shipTo.phone, "ann@example.test"],
			readers: { "source.orders": orderRig(sandbox, clock) },
			creators: {
				"source.confirm": {
					async sample(n) {
						const orderSourceId = place(sandbox, clock);
						const lines = [{ lineId: `${orderSourceId}-a`, sku: "TEE", quantity: 2 }];
						const shippedAt = clock.now();
						const value = {
							orderSourceId,
							carrier: "UPS",
							service: "Ground",
							trackingNumbers: ["1Z"],
							shippedAt,
							lines,
						};
						return { key: `shp_${n}`, value };
					},
					count: (key) => sandbox.ledger.filter((one) => one.reference === key).length,
					isCreate: (call) => call.method === "POST" && call.path.endsWith("/shipments"),
				},
			},
			setters: {
				"source.inventory": {
					good: (n) => ({ sku: n % 2 ? "TEE" : "MUG", quantity: 7 }),
					unknown: (n) => ({ sku: `NOPE-${n}`, quantity: 1 }),
					holds: ({ sku, quantity }) => sandbox.stock.get(sku) === quantity,
				},
			},
		};
	},
};
