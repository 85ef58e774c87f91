import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startVendureSandbox, type VendureSandbox } from "./sandbox";
import { faultOf, message, openOn, source, write } from "./support";

const { confirm } = source;
let sandbox: VendureSandbox;
let clock = Date.parse("2026-11-20T10:00:00Z");
const now = () => {
	clock += 10;
	return new Date(clock);
};
beforeAll(async () => {
	sandbox = await startVendureSandbox({ now });
	for (const sku of ["TEE", "MUG"]) sandbox.store.addProduct(sku, 50);
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.faults.clear());

const open = (changes: Record<string, unknown> = {}, answerMs = 60_000, of = sandbox) => openOn(of, changes, answerMs);
const place = () =>
	sandbox.store.place({
		lines: [
			{ sku: "TEE", quantity: 2 },
			{ sku: "MUG", quantity: 1 },
		],
	});

describe("confirmations", () => {
	it("ship package by package until the order is Shipped", async () => {
		const placed = place();
		await confirm.create(open(), write(message(placed, "1ZA", [{ line: 0, quantity: 2 }])));
		expect(placed.state).toBe("PartiallyShipped");
		await confirm.create(open(), write(message(placed, "1ZB", [{ line: 1, quantity: 1 }])));
		expect(placed).toMatchObject({
			state: "Shipped",
			fulfillments: [{ trackingCode: "1ZA", method: "UPS Ground" }, { trackingCode: "1ZB" }],
		});
	});

	it("of more than is left are refused", async () => {
		const placed = place();
		const fault = await faultOf(confirm.create(open(), write(message(placed, "1ZX", [{ line: 0, quantity: 3 }]))));
		expect(fault).toEqual({ kind: "permanent", code: "ITEMS_ALREADY_FULFILLED_ERROR" });
		expect(placed.fulfillments).toHaveLength(0);
	});

	it.each(["fulfill", "transition"])(
		"whose answer to %s was lost are found, finished and not repeated",
		async (step) => {
			const placed = place();
			const value = message(placed, `1ZL-${step}`, [
				{ line: 0, quantity: 2 },
				{ line: 1, quantity: 1 },
			]);
			const word = step === "fulfill" ? "addFulfillmentToOrder" : "transitionFulfillmentToState";
			sandbox.faults.add({
				match: (call) => call.body.includes(word),
				fault: { kind: "reset", when: step === "fulfill" ? "after" : "before" },
				times: step === "fulfill" ? 1 : 3,
			});
			expect(await faultOf(confirm.create(open(), write(value)))).toEqual({ kind: "transient", sent: true });
			expect(await confirm.find(open(), write(value).key, value)).toMatchObject({ existed: true });
			expect(placed.state).toBe("Shipped");
			expect(sandbox.store.ledger.filter((entry) => entry.orderId === placed.id)).toHaveLength(1);
		},
	);

	it("that left meanwhile are done", async () => {
		const placed = place();
		const value = message(placed, "1ZS", [{ line: 0, quantity: 1 }]);
		sandbox.faults.add({
			match: (call) => call.body.includes("transitionFulfillmentToState"),
			fault: { kind: "truncate" },
		});
		await confirm.create(open(), write(value));
		expect(placed.fulfillments).toMatchObject([{ state: "Shipped", trackingCode: "1ZS" }]);
	});

	it("of more than is on hand are refused with the reason", async () => {
		sandbox.store.addProduct("RARE", 1);
		const placed = sandbox.store.place({ lines: [{ sku: "RARE", quantity: 2 }] });
		const work = confirm.create(open(), write(message(placed, "1ZR", [{ line: 0, quantity: 2 }])));
		await expect(work).rejects.toThrow(/"Product RARE" has insufficient stockOnHand/);
	});

	it("by a handler the shop does not have are refused in words for people", async () => {
		const context = open({ fulfillmentHandler: "nobody" });
		const work = confirm.create(context, write(message(place(), "1ZN", [{ line: 0, quantity: 1 }])));
		await expect(work).rejects.toThrow(/no fulfilment handler with the code in our settings/);
	});

	it("that are throttled between their two steps are looked for, not made again", async () => {
		const placed = place();
		const value = message(placed, "1Z429", [{ line: 0, quantity: 2 }]);
		sandbox.faults.add({
			match: (call) => call.body.includes("transitionFulfillmentToState"),
			fault: { kind: "status", when: "before", status: 429 },
		});
		expect(await faultOf(confirm.create(open(), write(value)))).toEqual({ kind: "transient", sent: true });
		expect(await confirm.find(open(), "k", value)).toMatchObject({ existed: true });
		expect(placed.fulfillments).toMatchObject([{ state: "Shipped" }]);
	});

	it("with a carrier that was named wrongly are made anew with the right one, once, and with the same units", async () => {
		const placed = place();
		const wrong = { ...message(placed, "1ZA", [{ line: 0, quantity: 1 }]), carrier: "FDX", service: "" };
		await confirm.create(open(), write(wrong));
		const right = write({ ...wrong, carrier: "FEDEX" });
		expect(await confirm.correct?.(open(), right)).toMatchObject({ existed: false });
		const both = [
			{ state: "Cancelled", method: "FDX", trackingCode: "1ZA" },
			{ state: "Shipped", method: "FEDEX", trackingCode: "1ZA" },
		];
		expect(placed.fulfillments).toMatchObject(both);
		expect(await confirm.correct?.(open(), right)).toMatchObject({ existed: true });
		expect(placed.fulfillments).toMatchObject(both);
		expect(placed.lines.map(({ fulfilled }) => fulfilled)).toEqual([1, 0]);
	});

	it("of other packages are not mistaken for it", async () => {
		const placed = place();
		await confirm.create(open(), write(message(placed, "1ZA", [{ line: 0, quantity: 1 }])));
		expect(await confirm.find(open(), "k", message(placed, "1ZA", [{ line: 0, quantity: 2 }]))).toBeNull();
		expect(await confirm.find(open(), "k", message(placed, "1ZB", [{ line: 0, quantity: 1 }]))).toBeNull();
	});
});
