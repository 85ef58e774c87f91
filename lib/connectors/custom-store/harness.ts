/** Tells the conformance suite how to make things happen in the sandbox's store. */
import fc from "fast-check";
import type { Clock, Harness, ReaderRig } from "../kit/conform/harness";
import { type StoreSandbox, startStoreSandbox } from "./sandbox";

const minuteMs = 60_000;

function orderRig(sandbox: StoreSandbox, clock: Clock, status: string): ReaderRig {
	const of = (id: string) => {
		const order = sandbox.orders.get(id);
		if (!order) throw new Error(`there is no order ${id}`);
		return order;
	};
	const text = fc.string({ unit: "grapheme", maxLength: 40 });
	const code = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 20 }).map((value) => value.trim() || "x");
	const item = fc.record({
		SKU: code,
		Name: text,
		Quantity: fc.integer({ min: 1, max: 9999 }).map(String),
		UnitPrice: fc.integer({ min: 0, max: 10_000_000 }).map((cents) => (cents / 100).toFixed(2)),
	});
	return {
		threePages: 130,
		missing: "no-such-order",
		seed: async (count) =>
			Array.from({ length: count }, () => {
				clock.advance(minuteMs);
				return sandbox.place({ OrderStatus: status });
			}),
		touch: (id) => {
			of(id).changedMs = clock.now().getTime();
		},
		// Of a canceled order only its number and time are read.
		spoil: (id) => {
			of(id).change = (raw) => ({ ...(raw as object), Items: "none", LastModified: "some day" });
		},
		replace: (id, change) => {
			of(id).change = change;
		},
		generated: fc
			.record({
				CustomerNotes: fc.option(text),
				InternalNotes: fc.option(text),
				GiftMessage: fc.option(text),
				OrderTotal: fc.constantFrom("0", "12.5", "1,234,567.89", ""),
				CurrencyCode: fc.constantFrom("USD", "eur", ""),
				Customer: fc.record({
					ShipTo: fc.record({
						Name: text.map((value) => `A ${value}`),
						Address1: text.map((value) => `1 ${value}`),
						Country: fc.constantFrom("US", "de", "GBR"),
					}),
				}),
				Items: fc.record({ Item: fc.array(item, { minLength: 1, maxLength: 5 }) }),
			})
			.map((more) => () => sandbox.place({ OrderStatus: status, ...more })),
	};
}

export const harness: Harness = {
	async start(clock) {
		const sandbox = await startStoreSandbox({ now: clock.now });
		return {
			sandbox,
			settings: sandbox.settings,
			wrong: { password: "another-password-0123" },
			personal: ["Ann Example", "1 Main St", "Suite 9", "7755550101", "ann@example.test", "Bloom & Sons"],
			readers: {
				"source.orders": orderRig(sandbox, clock, "paid"),
				"source.cancellations": orderRig(sandbox, clock, "Cancelled"),
			},
			creators: {
				"source.confirm": {
					async sample(n) {
						const orderSourceId = sandbox.place();
						const lines = [{ lineId: `${orderSourceId}-a`, sku: "TEE", quantity: 2 }];
						const how = { carrier: "UPS", service: "Ground", trackingNumbers: [`1Z-${n}`], shippedAt: clock.now() };
						return { key: `shp_${n}`, value: { orderSourceId, ...how, lines } };
					},
					count: (key) => sandbox.notices.filter(({ tracking }) => tracking === `1Z-${key.slice(4)}`).length,
					isCreate: ({ method }) => method === "POST",
				},
			},
		};
	},
};
