import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createContext } from "../kit/context";
import { memoryRecorder } from "../kit/record";
import { memoryTokenStore } from "../kit/token";
import { extensivIm } from "./index";
import { readOrder } from "./map";
import { type ImSandbox, startImSandbox } from "./sandbox";
import { readShipments } from "./shipped";
import { timeOf } from "./words";

let sandbox: ImSandbox;
beforeEach(async () => {
	sandbox = await startImSandbox();
	return () => sandbox.close();
});

let keys = 0;
const recorder = memoryRecorder();
function open(settings: Record<string, unknown> = {}) {
	return createContext({
		connector: extensivIm,
		settings: { ...sandbox.settings, ...settings },
		key: `im-${++keys}`,
		recorder,
		tokens: memoryTokenStore(),
		signal: new AbortController().signal,
		log: { info: () => {}, warn: () => {} },
	});
}
const source = () => extensivIm.source ?? {};
const destination = () => extensivIm.destination ?? {};

const now = new Date("2026-11-02T08:00:00Z");
const body = (ref: string, more: object = {}) => ({
	cust_ref: ref,
	ship_first_name: "Ann",
	ship_address_1: "1 Main St",
	ship_country: "US",
	items: [{ line_no: 1, item: "TEE", quantity: 2 }],
	...more,
});
async function idsOf(context: ReturnType<typeof open>, reads: "orders" | "cancellations"): Promise<string[]> {
	const ids: string[] = [];
	const reader = source()[reads];
	if (!reader) throw new Error(`no ${reads}`);
	for await (const page of reader.read(context, { cursor: null })) ids.push(...page.records.map((one) => one.sourceId));
	return ids.sort();
}

describe("an order in the words of the API", () => {
	const orderOf = (more: object) => {
		const read = readOrder(body("A-1", more), { now, currency: "CAD" });
		if (!read.ok) throw new Error(read.problem);
		return read.value;
	};

	it("keeps its free fields under their names, and leaves filtered items out", () => {
		const order = orderOf({
			po_number: "PO 7",
			custom_field_2: "blue",
			extra_fields: { color: "red", empty: "" },
			items: [
				{ line_no: 1, item: "TEE", quantity: "2", price: ".5" },
				{ line_no: 2, item: "GIFT", quantity: "1", filtered_sku: "Y" },
			],
		});
		expect(order.extraFields).toEqual([
			{ name: "po_number", value: "PO 7" },
			{ name: "custom_field_2", value: "blue" },
			{ name: "color", value: "red" },
		]);
		expect(order.lines).toMatchObject([
			{ sourceLineId: "1", sku: "TEE", quantity: 2, unitPrice: { amount: "0.5", currency: "CAD" } },
		]);
	});

	it("names lines apart, whichever of their ids are not", () => {
		const ids = (items: object[]) => orderOf({ items }).lines.map((line) => line.sourceLineId);
		const line = { item: "TEE", quantity: 1 };
		expect(
			ids([
				{ ...line, line_item_id: 9, line_no: 1 },
				{ ...line, line_item_id: 8, line_no: 2 },
			]),
		).toEqual(["9", "8"]);
		expect(
			ids([
				{ ...line, line_item_id: 9, line_no: 3 },
				{ ...line, line_item_id: 9, line_no: 4 },
			]),
		).toEqual(["3", "4"]);
		expect(ids([line, line])).toEqual(["1", "2"]);
	});

	it("says what is wrong under the API's own field name", () => {
		const read = readOrder(body("A-1", { ship_country: "XX" }), { now, currency: "USD" });
		expect(read).toMatchObject({ ok: false, sourceId: "A-1", field: "ship_country" });
	});

	it.each([
		["2026-08-29T10:05:00+00:00", "2026-08-29T10:05:00.000Z"],
		["2026-08-29 10:05:00", "2026-08-29T10:05:00.000Z"],
		["2026-08-29", "2026-08-29T00:00:00.000Z"],
		["0000-00-00 00:00:00", undefined],
		["soon", undefined],
	])("reads the time %s", (text, at) => {
		expect(timeOf(text)?.toISOString()).toBe(at);
	});
});

describe("what left", () => {
	const boxes = (shipments: object[], order_status = "shipped") =>
		readShipments(body("A-1", { order_status, shipments }), now).map((read) => (read.ok ? read.value : read));

	it("is one shipment per tracking number, with what all its boxes hold and cost", () => {
		const items = [{ item: "TEE", quantity: "1" }];
		const told = boxes([
			{ tracking_no: "1Z", total_cost: "7.12", package_weight_lbs: "1.20", items },
			{ tracking_no: "1Z", total_cost: "1.00", items },
			{ tracking_no: "1Y", items: [{ item: "MUG", quantity: 1 }] },
		]);
		expect(told).toMatchObject([
			{ externalId: "A-1/1Z", cost: "8.12", final: false, lines: [{ quantity: 1 }, { quantity: 1 }] },
			{ externalId: "A-1/1Y", final: true, lines: [{ sku: "MUG" }] },
		]);
		expect(told[0]).toMatchObject({ packages: [{ weight: { value: 1.2, unit: "lb" } }, { lines: [{ quantity: 1 }] }] });
	});

	it("is the whole order where a single shipment does not say what is in it, unless more is to come", () => {
		expect(boxes([{ tracking_no: "1Z" }])).toMatchObject([{ lines: [{ sku: "TEE", quantity: 2 }] }]);
		expect(boxes([{ tracking_no: "1Z" }], "partial")).toMatchObject([{ lines: [], final: false }]);
	});
});

describe("settings", () => {
	it("Which orders to load: new, at the WMS as well, or all", async () => {
		for (const [ref, status] of [
			["A", "new"],
			["B", "at_wms"],
			["C", "shipped"],
		] as const) {
			sandbox.store.create(body(ref));
			sandbox.store.move(ref, status);
		}
		expect(await idsOf(open(), "orders")).toEqual(["A"]);
		expect(await idsOf(open({ pickup: "new_or_at_wms" }), "orders")).toEqual(["A", "B"]);
		expect(await idsOf(open({ pickup: "any" }), "orders")).toEqual(["A", "B", "C"]);
		const read = await source().orders?.get(open(), "B");
		const { settings } = open();
		expect(read?.ok && source().orders?.unwanted?.(settings, read.value)).toMatch(/at_wms there.*names new$/);
	});

	it("Mark loaded orders as delivered: asked for, unless it is switched off", () => {
		const wanted = source().acknowledge?.wanted;
		expect([wanted?.(open().settings), wanted?.(open({ markDelivered: false }).settings)]).toEqual([true, false]);
	});

	it("Level of the key: a cart key reads the cart's lists, a warehouse key names its merchant", async () => {
		const called = async (settings: Record<string, unknown>) => {
			await idsOf(open(settings), "orders");
			return recorder.exchanges.at(-1);
		};
		expect((await called({ keyLevel: "cart" }))?.url).toContain("/v1/cart/orders/list/new");
		expect((await called({ keyLevel: "merchant" }))?.url).toContain("/v1/merchant/orders/list/new");
		expect(await extensivIm.check(open({ keyLevel: "warehouse" }))).toMatchObject({ ok: false, field: "merchantPk" });
		const warehouse = await called({ keyLevel: "warehouse", merchantPk: "4711" });
		expect(JSON.stringify(warehouse)).toContain("4711");
	});

	it("Path for delivered orders and tracking: holds the order's reference, and is the connection's", async () => {
		sandbox.store.create(body("A/1"));
		const context = open({ updatePath: "/merchant/ship/{cust_ref}" });
		await source().acknowledge?.set(context, [{ key: "k", value: { sourceId: "A/1" }, attempt: 1 }]);
		expect(recorder.exchanges.at(-1)?.url).toContain("/v1/merchant/ship/A%2F1");
		expect(() => open({ updatePath: "/merchant/ship" })).toThrow(/cust_ref/);
	});

	it("Path for stock figures: is the connection's", async () => {
		const writes = [{ key: "k", value: { sku: "A", quantity: 1 }, attempt: 1 }];
		await source()
			.inventory?.set(open({ inventoryPath: "/merchant/stock" }), writes)
			.catch(() => {});
		expect(recorder.exchanges.at(-1)?.url).toContain("/v1/merchant/stock");
	});

	it("API user: goes with the key in a Basic header, and one that is not known is said to be wrong", async () => {
		const { Authorization = "" } = (await extensivIm.authorize?.(open({ apiUser: "u", apiKey: "k" }))) ?? {};
		expect(Authorization).toBe(`Basic ${btoa("u:k")}`);
		expect(await extensivIm.check(open({ apiUser: "nobody" }))).toMatchObject({ ok: false, field: "apiKey" });
	});

	it("API key: a wrong one is named", async () => {
		expect(await extensivIm.check(open({ apiKey: "wrong" }))).toMatchObject({ ok: false, field: "apiKey" });
	});

	it("Merchant number: only a warehouse key needs it, and then it must", async () => {
		expect(await extensivIm.check(open({ keyLevel: "merchant", merchantPk: "" }))).toMatchObject({ ok: true });
		expect(await extensivIm.check(open({ keyLevel: "warehouse", merchantPk: "" }))).toMatchObject({
			ok: false,
			field: "merchantPk",
		});
	});

	it("Address: Integration Manager's own by default, and where nothing answers it is named", async () => {
		expect(extensivIm.settings.parse({ apiUser: "u", apiKey: "k" }).baseUrl).toBe("https://api.cartrover.com/v1");
		expect(await extensivIm.check(open({ baseUrl: "http://127.0.0.1:1/v1" }))).toMatchObject({ field: "baseUrl" });
	});

	it("Currency of amounts that name none: USD by default", async () => {
		sandbox.store.create(body("A", { grand_total: "5.00" }));
		const currencyOf = async (settings: object = {}) => {
			const read = await source().orders?.get(open({ ...settings }), "A");
			return read?.ok ? read.value.total?.currency : read;
		};
		expect([await currencyOf(), await currencyOf({ currency: "CAD" })]).toEqual(["USD", "CAD"]);
	});
});

describe("a cancellation", () => {
	const ask = (context: ReturnType<typeof open>, ref: string) => destination().cancel?.request(context, ref, "");

	it("of an order at the warehouse is pending until its status says so", async () => {
		sandbox.store.create(body("A"));
		sandbox.store.move("A", "at_wms");
		expect(await ask(open(), "A")).toEqual({ state: "pending" });
		expect(await ask(open(), "A")).toEqual({ state: "accepted" });
	});

	it("of an order that is not there is refused", async () => {
		expect(await ask(open(), "nobody")).toMatchObject({ state: "refused" });
	});
});

describe("lists", () => {
	it("lose nothing when orders leave them while they are read, with or without a total", async () => {
		for (const totals of [true, false]) {
			if (!totals) sandbox.hideTotals();
			const stem = totals ? "T" : "N";
			for (let n = 0; n < 250; n++) sandbox.store.create(body(`${stem}${n}`));
			const seen = new Set<string>();
			const orders = source().orders;
			if (!orders) throw new Error("no orders");
			for await (const page of orders.read(open(), { cursor: null })) {
				for (const record of page.records) seen.add(record.sourceId);
				// Whatever was read is delivered at once, and gone from the list.
				for (const { sourceId } of page.records) sandbox.store.move(sourceId, "at_wms");
			}
			expect(seen.size).toBe(250);
		}
	});

	it("are told to wait by the API's own words, which come with status 200", async () => {
		const limited = {
			success_code: false,
			error_code: "RateLimit",
			message: "Over API Limit. Please slow down requests.",
		};
		sandbox.faults.add({
			match: () => true,
			fault: { kind: "status", status: 200, when: "before", body: limited },
		});
		await expect(idsOf(open(), "orders")).rejects.toMatchObject({ fault: { kind: "rate-limited" } });
	});
});

afterEach(() => {
	recorder.exchanges.length = 0;
});
