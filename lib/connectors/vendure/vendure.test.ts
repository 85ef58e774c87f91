import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Order } from "@/lib/canonical/order";
import type { ConfirmationMessage } from "@/lib/canonical/shipment";
import { createContext } from "../kit/context";
import { ConnectorError } from "../kit/fault";
import { memoryRecorder } from "../kit/record";
import { memoryTokenStore } from "../kit/token";
import type { Read } from "../kit/types";
import { vendure } from "./index";
import { startVendureSandbox, type VendureSandbox } from "./sandbox";
import type { ShopOrder } from "./sandbox/store";

let sandbox: VendureSandbox;
let clock = Date.parse("2026-11-20T10:00:00Z");
const now = () => {
	clock += 10;
	return new Date(clock);
};
beforeAll(async () => {
	sandbox = await startVendureSandbox({ now });
	for (const sku of ["TEE", "MUG"]) sandbox.store.addProduct(sku, 50);
	sandbox.store.addProduct("GIFT-CARD", 0, "FALSE");
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.faults.clear());

let keys = 0;
const recorder = memoryRecorder();
function open(changes: Record<string, unknown> = {}, answerMs = 2000, of: VendureSandbox = sandbox) {
	return createContext({
		connector: vendure,
		settings: { ...of.settings, ...changes },
		key: `test-${++keys}`,
		recorder,
		tokens: memoryTokenStore(),
		signal: new AbortController().signal,
		log: { info: () => {}, warn: () => {} },
		timeouts: { answerMs },
	});
}
const source = vendure.source;
const { orders, cancellations, confirm, inventory } = source ?? {};
if (!orders || !cancellations || !confirm || !inventory) throw new Error("a capability is missing");

async function readAll(
	reader: NonNullable<typeof orders | typeof cancellations>,
	cursor: unknown = null,
	context = open(),
) {
	const records: Read<unknown>[] = [];
	let next = cursor;
	for await (const page of reader.read(context, { cursor: next as never })) {
		records.push(...page.records);
		next = reader.cursor.parse(JSON.parse(JSON.stringify(page.next)));
	}
	return { records, cursor: next };
}
function message(
	order: ShopOrder,
	trackingNumber: string,
	lines: { line: number; quantity: number }[],
): ConfirmationMessage {
	return {
		orderSourceId: order.id,
		carrier: "UPS",
		service: "Ground",
		trackingNumbers: [trackingNumber],
		shippedAt: new Date(),
		lines: lines.map(({ line, quantity }) => ({
			lineId: order.lines[line]?.id ?? "",
			sku: order.lines[line]?.sku ?? "",
			quantity,
		})),
	};
}
const write = (value: ConfirmationMessage) => ({
	key: `${value.orderSourceId}/${value.trackingNumbers[0]}`,
	value,
	attempt: 1,
});
const place = () =>
	sandbox.store.place({
		lines: [
			{ sku: "TEE", quantity: 2 },
			{ sku: "MUG", quantity: 1 },
		],
	});
async function faultOf(work: Promise<unknown>) {
	const error = await work.then(
		() => null,
		(reason) => reason,
	);
	if (!(error instanceof ConnectorError)) throw new Error(`expected a ConnectorError, got ${error}`);
	expect(error.message.length).toBeLessThan(160);
	return error.fault;
}

describe("access", () => {
	it("says who it is", async () =>
		expect(await vendure.check(open())).toEqual({ ok: true, as: "the default channel" }));

	it("names the API key when it is wrong, or its role lacks a right", async () => {
		expect(await vendure.check(open({ apiKey: "x-wrong" }))).toMatchObject({ ok: false, field: "apiKey" });
		sandbox.rights.delete("UpdateOrder");
		expect(await vendure.check(open())).toMatchObject({
			ok: false,
			field: "apiKey",
			fix: expect.stringContaining("UpdateOrder"),
		});
		sandbox.rights.add("UpdateOrder");
	});

	it("names the address when nothing answers there", async () => {
		expect(await vendure.check(open({ apiUrl: "http://127.0.0.1:9/admin-api" }))).toMatchObject({
			ok: false,
			field: "apiUrl",
		});
	});

	it("takes FORBIDDEN with status 200 for what it is", async () => {
		expect(await faultOf(readAll(orders, null, open({ apiKey: "x-wrong" })))).toEqual({
			kind: "auth",
			reason: "invalid",
		});
	});
});

describe("orders", () => {
	it("become ours, with money from minor units", async () => {
		const placed = place();
		const read = await orders.get(open(), placed.id);
		expect(read).toMatchObject({
			ok: true,
			value: {
				sourceId: placed.id,
				number: placed.code,
				shipTo: { name: "Ann Example", line1: "1 Main St", country: "US" },
				shipping: { code: "ups-ground" },
				total: { amount: "37.50", currency: "USD" },
				lines: [
					{ sku: "TEE", quantity: 2, unitPrice: { amount: "12.50" } },
					{ sku: "MUG", quantity: 1 },
				],
			} satisfies Partial<Record<keyof Order, unknown>>,
		});
		expect(await orders.get(open(), "424242")).toBeNull();
	});

	it.each([false, true])(
		"are each read over pages that are cut, while others change (whole seconds: %s)",
		async (wholeSeconds) => {
			const shop = await startVendureSandbox({ now, wholeSeconds });
			shop.store.addProduct("TEE", 9);
			const placed = Array.from({ length: 620 }, () => shop.store.place({ lines: [{ sku: "TEE", quantity: 1 }] }));
			const seen = new Set<string>();
			let cursor: unknown = null;
			for (let round = 0; round < 12; round++) {
				for await (const page of orders.read(open({}, 2000, shop), { cursor: cursor as never })) {
					for (const record of page.records) seen.add(record.sourceId);
					cursor = JSON.parse(JSON.stringify(page.next));
					break;
				}
				const victim = placed[round * 7];
				if (victim) shop.store.touch(victim);
			}
			expect(placed.filter((order) => !seen.has(order.id))).toEqual([]);
			await shop.close();
		},
	);

	it("are read even when more than a page share one moment", async () => {
		const shop = await startVendureSandbox();
		shop.store.addProduct("TEE", 9);
		const at = new Date("2026-11-20T12:00:00Z");
		for (let i = 0; i < 700; i++) shop.store.place({ lines: [{ sku: "TEE", quantity: 1 }], at });
		const { records } = await readAll(orders, null, open({}, 2000, shop));
		expect(new Set(records.map((record) => record.sourceId)).size).toBe(700);
		await shop.close();
	});

	it("report a malformed one and keep its neighbours", async () => {
		const shop = await startVendureSandbox({ now });
		shop.store.addProduct("TEE", 9);
		const [, middle] = ["a", "b", "c"].map((code) => shop.store.place({ code, lines: [{ sku: "TEE", quantity: 1 }] }));
		if (middle) middle.malformed = { id: middle.id, code: 5 };
		const { records } = await readAll(orders, null, open({}, 2000, shop));
		expect(records.map((record) => [record.ok, record.sourceId])).toEqual([
			[true, expect.any(String)],
			[false, middle?.id],
			[true, expect.any(String)],
		]);
		await shop.close();
	});

	it("that were cancelled come as cancel requests, and no more as orders", async () => {
		const placed = place();
		const { cursor } = await readAll(cancellations);
		sandbox.store.cancel(placed);
		const { records } = await readAll(cancellations, cursor);
		expect(records).toContainEqual(
			expect.objectContaining({ value: expect.objectContaining({ sourceId: placed.id }) }),
		);
		expect((await readAll(orders)).records.map((record) => record.sourceId)).not.toContain(placed.id);
	});
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

	it("of other packages are not mistaken for it", async () => {
		const placed = place();
		await confirm.create(open(), write(message(placed, "1ZA", [{ line: 0, quantity: 1 }])));
		expect(await confirm.find(open(), "k", message(placed, "1ZA", [{ line: 0, quantity: 2 }]))).toBeNull();
		expect(await confirm.find(open(), "k", message(placed, "1ZB", [{ line: 0, quantity: 1 }]))).toBeNull();
	});
});

describe("inventory", () => {
	it("sets what may be sold, and says per SKU what happened", async () => {
		const shop = await startVendureSandbox({ now });
		shop.store.addProduct("TEE", 50);
		shop.store.addProduct("GIFT-CARD", 0, "FALSE");
		shop.store.place({ lines: [{ sku: "TEE", quantity: 3 }] });
		const outcomes = await inventory.set(
			open({}, 2000, shop),
			["TEE", "GIFT-CARD", "NOPE"].map((sku) => ({ key: sku, value: { sku, quantity: 7 }, attempt: 1 })),
		);
		expect(outcomes).toEqual([
			expect.objectContaining({ key: "TEE", ok: true }),
			{ key: "GIFT-CARD", ok: "skipped", reason: "the shop does not track stock for this product" },
			{ key: "NOPE", ok: "skipped", reason: "no product in the shop has this SKU" },
		]);
		// Three units are allocated to a paid order: seven more may be sold.
		expect(shop.store.variants.get("TEE")?.stock.get("1")).toEqual({ onHand: 10, allocated: 3 });
		await shop.close();
	});

	it("gives every key its failure when the call fails", async () => {
		sandbox.faults.add({
			match: (call) => call.body.includes("updateProductVariants"),
			fault: { kind: "status", when: "before", status: 429, headers: { "retry-after": "5" } },
		});
		const outcomes = await inventory.set(open(), [{ key: "TEE", value: { sku: "TEE", quantity: 1 }, attempt: 1 }]);
		expect(outcomes).toEqual([
			{
				key: "TEE",
				ok: false,
				error: expect.objectContaining({ fault: expect.objectContaining({ kind: "rate-limited" }) }),
			},
		]);
	});
});
