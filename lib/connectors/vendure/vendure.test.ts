import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Order } from "@/lib/canonical/order";
import type { Read } from "../kit/types";
import { vendure } from "./index";
import { startVendureSandbox, type VendureSandbox } from "./sandbox";
import { faultOf, message, openOn, source, write } from "./support";

const { orders, cancellations, confirm } = source;
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
const place = () =>
	sandbox.store.place({
		lines: [
			{ sku: "TEE", quantity: 2 },
			{ sku: "MUG", quantity: 1 },
		],
	});

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

	it("asks for no more than the guide names, or the finer rights of a shop", async () => {
		const shop = await startVendureSandbox({ now });
		for (const right of ["ReadCatalog", "UpdateCatalog"]) shop.rights.delete(right);
		for (const right of ["ReadProduct", "UpdateProduct"]) shop.rights.add(right);
		expect(await vendure.check(open({}, 2000, shop))).toMatchObject({
			ok: false,
			fix: "The API key's role lacks ReadCatalog. It needs ReadOrder, UpdateOrder, ReadCatalog, UpdateCatalog.",
		});
		shop.rights.add("ReadStockLocation");
		expect(await vendure.check(open({}, 2000, shop))).toMatchObject({ ok: true });
		await shop.close();
	});

	it("takes a failure that has no code for a passing one", async () => {
		const failure = { errors: [{ message: "deadlock detected", path: ["orders"] }], data: null };
		const fault = { kind: "status", when: "before", status: 200, body: failure } as const;
		sandbox.faults.add({ match: () => true, fault, times: 9 });
		expect(await faultOf(readAll(orders))).toEqual({ kind: "transient", sent: false });
		expect(await faultOf(confirm.create(open(), write(message(place(), "1ZF", [{ line: 0, quantity: 1 }]))))).toEqual({
			kind: "transient",
			sent: true,
		});
	});

	it("names the channel's token when there is no such channel", async () => {
		const channelToken = "sandbox-channel-token";
		expect(await vendure.check(open({ channelToken }))).toMatchObject({ ok: true });
		expect(await vendure.check(open({ channelToken: "nope" }))).toMatchObject({ ok: false, field: "channelToken" });
		expect(await vendure.check(open({ channelToken, apiKey: "x-wrong" }))).toMatchObject({
			ok: false,
			field: "apiKey",
			fix: expect.stringContaining("in this channel"),
		});
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
