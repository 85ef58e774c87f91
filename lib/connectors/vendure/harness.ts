/** Tells the conformance suite how to make things happen in the sandbox shop. */
import fc from "fast-check";
import type { Clock, Harness, ReaderRig } from "../kit/conform/harness";
import { startVendureSandbox, type VendureSandbox } from "./sandbox";

const isCall = (name: string) => (call: { body: string }) => call.body.includes(name);

function orderRig(sandbox: VendureSandbox, clock: Clock, canceled: boolean): ReaderRig {
	const of = (id: string) => {
		const order = sandbox.store.orders.get(id);
		if (!order) throw new Error(`there is no order ${id}`);
		return order;
	};
	const add = (lines: { sku: string; quantity: number }[]) => {
		const order = sandbox.store.place({ lines });
		if (canceled) sandbox.store.cancel(order);
		return order.id;
	};
	return {
		threePages: 520,
		missing: "999999",
		seed: async (count) =>
			Array.from({ length: count }, () => {
				clock.advance(1000);
				return add([{ sku: "TEE", quantity: 2 }]);
			}),
		touch: (id) => sandbox.store.touch(of(id)),
		spoil: (id) => {
			of(id).malformed = { id, updatedAt: new Date(of(id).updatedAtMs).toISOString(), lines: "none" };
		},
		...(!canceled && {
			generated: fc
				.array(fc.record({ sku: fc.constantFrom("TEE", "MUG"), quantity: fc.integer({ min: 1, max: 9999 }) }), {
					minLength: 1,
					maxLength: 4,
				})
				.map((lines) => () => add(lines)),
		}),
	};
}

export const harness: Harness = {
	whole: ["source.products"],
	async start(clock) {
		const sandbox = await startVendureSandbox({ now: clock.now });
		let products = 0;
		return {
			sandbox,
			settings: sandbox.settings,
			wrong: { apiKey: "another-key-0123456789" },
			personal: ["Ann Example", "1 Main St", "7755550101", "ann@example.test"],
			readers: {
				"source.orders": orderRig(sandbox, clock, false),
				"source.cancellations": orderRig(sandbox, clock, true),
				"source.products": {
					threePages: 520,
					seed: async (count) => Array.from({ length: count }, () => sandbox.store.addProduct(`P-${++products}`).id),
					spoil: (id) => {
						const found = [...sandbox.store.variants.values()].find((one) => one.id === id);
						if (found) Object.assign(found, { sku: null });
					},
				},
			},
			creators: {
				"source.confirm": {
					async sample(n) {
						// Half of what was bought: the shop would take the same package a second time.
						const order = sandbox.store.place({ lines: [{ sku: "TEE", quantity: 4 }] });
						const lines = order.lines.map((line) => ({ lineId: line.id, sku: line.sku, quantity: 2 }));
						const value = {
							orderSourceId: order.id,
							carrier: "UPS",
							service: "Ground",
							trackingNumbers: [`1Z${n}`],
							shippedAt: clock.now(),
							lines,
						};
						return { key: `shp_${n}`, value };
					},
					count: (key) =>
						sandbox.store.ledger.filter((one) => one.fulfillment.trackingCode === `1Z${key.slice(4)}`).length,
					isCreate: isCall("addFulfillmentToOrder"),
				},
				"source.cancel": {
					async sample(n) {
						const order = sandbox.store.place({ lines: [{ sku: "TEE", quantity: 1 }], code: `X-${n}` });
						return { key: `wcn_${n}`, value: { orderSourceId: order.id, reason: "out of stock" } };
					},
					count: (key) => {
						const canceled = sandbox.store.canceled.map(({ orderId }) => sandbox.store.orders.get(orderId)?.code);
						return canceled.filter((code) => code === `X-${key.slice(4)}`).length;
					},
					isCreate: isCall("cancelOrder"),
				},
			},
			sourceCancel: {
				async gone() {
					const order = sandbox.store.place({ lines: [{ sku: "TEE", quantity: 1 }] });
					order.state = "Shipped";
					return { orderSourceId: order.id, reason: "out of stock" };
				},
				isCanceled: (id) => sandbox.store.orders.get(id)?.state === "Cancelled",
			},
			setters: {
				"source.inventory": {
					good: (n) => {
						sandbox.store.addProduct(`G-${n}`);
						return { sku: `G-${n}`, quantity: 7 };
					},
					unknown: (n) => ({ sku: `NOPE-${n}`, quantity: 1 }),
					holds: ({ sku, quantity }) => sandbox.store.variants.get(sku)?.stock.get("1")?.onHand === quantity,
				},
			},
		};
	},
};
