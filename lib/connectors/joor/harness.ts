/** Tells the conformance suite how to make things happen in the sandbox's JOOR. */
import fc from "fast-check";
import type { Clock, Harness, ReaderRig } from "../kit/conform/harness";
import { type JoorSandbox, startJoorSandbox } from "./sandbox";

function orderRig(sandbox: JoorSandbox, clock: Clock, kind: string, idOf: (id: string) => string): ReaderRig {
	const of = (id: string) => {
		const order = sandbox.orders.find((one) => idOf(one.id) === id);
		if (!order) throw new Error(`there is no order ${id}`);
		return order;
	};
	const text = fc.string({ unit: "grapheme", maxLength: 40 });
	const line = fc.record({
		upc: fc.constantFrom("1", "2", "é-3"),
		quantity: fc.oneof(fc.integer({ min: 1, max: 9999 }), fc.constant("7")),
		price: fc.option(fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100)),
		size: fc.option(text),
	});
	return {
		threePages: 130,
		missing: "999999",
		seed: async (count) =>
			Array.from({ length: count }, () => {
				clock.advance(1000);
				return idOf(sandbox.place({}, kind).id);
			}),
		touch: (id) => {
			of(id).changedMs = clock.now().getTime();
		},
		spoil: (id) => {
			of(id).change = (raw) => ({ ...(raw as object), line_items: "none" });
		},
		replace: (id, change) => {
			of(id).change = change;
		},
		...(idOf("1") === "1" && {
			generated: fc
				.record({
					shipping_name: text.map((value) => `A ${value}`),
					shipping_address_1: text.map((value) => `1 ${value}`),
					shipping_country: fc.constantFrom("US", "de", "GB"),
					order_notes: fc.option(text),
					line_items: fc.array(line, { minLength: 1, maxLength: 5 }),
				})
				.map((more) => () => sandbox.place(more, kind).id),
		}),
	};
}

/** A product is known by the code of its order's only line. */
function productRig(sandbox: JoorSandbox, clock: Clock): ReaderRig {
	const { seed, threePages } = orderRig(sandbox, clock, "6", (id) => `UPC-${id}`);
	return {
		seed,
		threePages,
		spoil: (id) => {
			const order = sandbox.orders.find((one) => `UPC-${one.id}` === id);
			// Of an order that is not readable only its own id can be told.
			if (order) order.change = (raw) => ({ ...(raw as object), order_id: id, line_items: "none" });
		},
	};
}

export const harness: Harness = {
	async start(clock) {
		const sandbox = await startJoorSandbox({ now: clock.now });
		const same = (id: string) => id;
		return {
			sandbox,
			settings: { ...sandbox.settings, syncProducts: true },
			wrong: { token: "another-token-0123456789" },
			personal: ["Ann Example", "1 Main St", "7755550101", "ann@example.test", "Bloom & Sons"],
			readers: {
				"source.orders": orderRig(sandbox, clock, "6", same),
				"source.cancellations": orderRig(sandbox, clock, "5", same),
				"source.products": productRig(sandbox, clock),
			},
			setters: {
				"source.inventory": {
					good: (n) => {
						sandbox.stock.set(`G-${n}`, 0);
						return { sku: `G-${n}`, quantity: 7 };
					},
					unknown: (n) => ({ sku: `NOPE-${n}`, quantity: 1 }),
					holds: ({ sku, quantity }) => sandbox.stock.get(sku) === quantity,
				},
			},
		};
	},
};
