import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { order as canonicalOrder } from "@/lib/canonical/order";
import { conform } from "../kit/conform";
import type { AnyReader } from "../kit/conform/bench";
import { createContext } from "../kit/context";
import { ConnectorError } from "../kit/fault";
import { memoryRecorder } from "../kit/record";
import { memoryTokenStore } from "../kit/token";
import { harness } from "./harness";
import { joor } from "./index";
import { type JoorSandbox, startJoorSandbox } from "./sandbox";
import { settings as schema } from "./settings";

const hurried = { ...joor, limits: { requests: 1000, perSeconds: 1, concurrent: 8 } };
conform(hurried, harness);

const { orders, products, inventory } = joor.source ?? {};
if (!orders || !products || !inventory) throw new Error("a capability is missing");

let shop: JoorSandbox;
beforeEach(async () => {
	shop = await startJoorSandbox();
});
afterEach(() => shop.close());

let keys = 0;
function open(more: Record<string, unknown> = {}) {
	return createContext({
		connector: hurried,
		settings: { ...shop.settings, ...more },
		key: `joor-${++keys}`,
		recorder: memoryRecorder(),
		tokens: memoryTokenStore(),
		signal: new AbortController().signal,
		log: { info: () => {}, warn: () => {} },
	});
}
async function read(from: unknown, more: Record<string, unknown> = {}): Promise<Record<string, unknown>[]> {
	const found: Record<string, unknown>[] = [];
	for await (const page of (from as AnyReader).read(open(more), { cursor: null }))
		for (const record of page.records) {
			if (!record.ok) throw new Error(record.problem);
			found.push(record.value as Record<string, unknown>);
		}
	return found;
}
const numbers = async (more: Record<string, unknown> = {}) => (await read(orders, more)).map(({ number }) => number);
const tell = (sku: string, quantity: number, more: Record<string, unknown> = {}) =>
	inventory.set(open(more), [{ key: sku, value: { sku, quantity }, attempt: 1 }]);

describe("an order of JOOR", () => {
	it("comes with its address, lines and customer code", async () => {
		shop.place();
		const [order] = await read(orders);
		expect(canonicalOrder.parse(order)).toMatchObject({
			number: "J-501",
			sourceStatus: "Approved orders",
			shipTo: { name: "Ann Example", company: "Bloom & Sons", line1: "1 Main St", postalCode: "89501", country: "US" },
			shipping: { code: "UPSG" },
			lines: [
				{
					sourceLineId: "5010",
					sku: "UPC-501",
					name: "Coat RED M",
					quantity: 12,
					unitPrice: { amount: "49.5", currency: "USD" },
				},
			],
			extraFields: [{ name: "Customer code", value: "BLOOM" }],
		});
	});

	it("Status: approved orders by default, pending ones where it says so", async () => {
		for (const kind of ["1", "3", "5", "6", "7"]) shop.place({ order_number: kind }, kind);
		expect(await numbers()).toEqual(["6"]);
		expect(await numbers({ orderKind: "3" })).toEqual(["3"]);
		expect(await numbers({ orderKind: "2" })).toEqual(["6", "7"]);
		expect(await numbers({ orderKind: "4" })).toEqual(["1", "3", "6", "7"]);
		const context = open({ orderKind: "3" });
		const got = await orders.get(context, "504");
		expect(got?.ok && orders.unwanted?.(context.settings, got.value)).toMatch(/^it is one of the approved orders/);
	});

	it("Skip empty customer code: such an order is left out by default, and loaded when it is off", async () => {
		shop.place({ customer_code: "" });
		expect(await numbers()).toEqual([]);
		expect(await numbers({ skipEmptyCustomer: false })).toEqual(["J-501"]);
		const got = await orders.get(open(), "501");
		expect(got?.ok && orders.unwanted?.(open().settings, got.value)).toMatch(/Skip empty customer code/);
	});

	it("Mark orders as exported: nothing is marked by default, and reading does not depend on the mark", async () => {
		const { exported } = shop.place();
		await numbers();
		expect([exported, shop.orders[0]?.exported]).toEqual([false, false]);
		expect(await numbers({ markExported: true })).toEqual(["J-501"]);
		expect(shop.orders[0]?.exported).toBe(true);
		expect(await numbers({ markExported: true })).toEqual(["J-501"]);
	});

	it("Names of order fields: others are read, and one that is none of ours is refused", async () => {
		shop.place({ po_number: "PO-7", ship: { to: "Bo Li" } });
		const [order] = await read(orders, { fieldNames: "number=po_number, name=ship.to" });
		expect(order).toMatchObject({ number: "PO-7", shipTo: { name: "Bo Li" } });
		expect(schema.safeParse({ token: "x", fieldNames: "nummer=po_number" }).success).toBe(false);
	});

	it("Currency: of an order that names none", async () => {
		shop.place({ currency: null });
		const [order] = await read(orders, { orderCurrency: "EUR" });
		expect(order).toMatchObject({ lines: [{ unitPrice: { currency: "EUR" } }] });
	});

	it("Number of the first order in a list: positions begin there", async () => {
		shop.place();
		expect(await numbers({ firstPosition: "0" })).toEqual(["J-501"]);
		expect(await numbers({ firstPosition: "1" })).toEqual([]);
	});

	it("Test mode: the sandbox's address is used in place of the other", async () => {
		const apiUrl = "http://127.0.0.1:1/v2";
		expect(await joor.check(open({ apiUrl }))).toMatchObject({ ok: false, field: "apiUrl" });
		expect(await joor.check(open({ apiUrl, testMode: true }))).toEqual({ ok: true, as: "JOOR's sandbox" });
	});

	it("of 130 that all changed in one second is not lost", async () => {
		for (let n = 0; n < 130; n++) shop.place().changedMs = Date.parse("2026-11-02T08:00:00Z");
		expect(new Set(await numbers()).size).toBe(130);
	});
});

describe("access to JOOR", () => {
	it("API token: travels as OAuth2, and a wrong one is named", async () => {
		expect(await joor.authorize?.(open({ token: "abc" }))).toEqual({ Authorization: "OAuth2 abc" });
		expect(await joor.check(open({ token: "wrong" }))).toMatchObject({ ok: false, field: "token" });
	});

	it("API address: JOOR's own by default, and where nothing answers it is named", async () => {
		expect(joor.baseUrl(schema.parse({ token: "x" }))).toBe("https://api.jooraccess.com/v2");
		expect(await joor.check(open({ apiUrl: "http://127.0.0.1:1/v2" }))).toMatchObject({ field: "apiUrl" });
	});

	it("Sandbox address: used in test mode only", async () => {
		expect(joor.baseUrl(schema.parse({ token: "x", testMode: true }))).toBe("https://apisandbox.jooraccess.com/v2");
		const sandboxUrl = "http://127.0.0.1:1/v2";
		expect(await joor.check(open({ sandboxUrl }))).toMatchObject({ ok: true });
		expect(await joor.check(open({ sandboxUrl, testMode: true }))).toMatchObject({ field: "sandboxUrl" });
	});
});

describe("an item of JOOR", () => {
	it("Between style, colour and size: a hyphen by default, for orders and stock alike", async () => {
		shop.place();
		const [order] = await read(orders, { itemCode: "style", separator: "_" });
		expect(order?.lines).toMatchObject([{ sku: "4711_RED_M" }]);
		await tell("4711_RED_M", 3, { itemCode: "style", separator: "_" });
		const item = { style_number: "4711", color_code: "RED", size: "M", inventory: 3 };
		expect(shop.uploads[0]?.body).toMatchObject({ inventory_items: { inventory_item: [item] } });
	});

	it("Item code: its UPC, or style number, colour and size joined by what stands between them", async () => {
		shop.place();
		const sku = async (more: object) => (await read(orders, { ...more }))[0]?.lines;
		expect(await sku({})).toMatchObject([{ sku: "UPC-501" }]);
		expect(await sku({ itemCode: "style" })).toMatchObject([{ sku: "4711-RED-M" }]);
		expect(await sku({ itemCode: "style", separator: "/" })).toMatchObject([{ sku: "4711/RED/M" }]);
	});

	it("Sync product details: none by default, and with it those of orders", async () => {
		shop.place();
		expect(await read(products)).toEqual([]);
		expect(await read(products, { syncProducts: true })).toEqual([
			{ sku: "UPC-501", name: "Coat RED M", externalId: "UPC-501" },
		]);
	});
});

describe("stock told to JOOR", () => {
	it("Warehouse code: without one inventory upload refuses with its reason", async () => {
		expect(inventory.blocked?.(open({ warehouseCode: "" }).settings)).toMatch(/^Warehouse code is empty/);
		await expect(tell("A", 1, { warehouseCode: "" })).rejects.toThrow(ConnectorError);
		expect(inventory.blocked?.(open().settings)).toBeNull();
	});

	it("Take off pending orders: JOOR is asked to only where it is on", async () => {
		shop.stock.set("A", 0);
		await tell("A", 5);
		await tell("A", 5, { decreasePending: true });
		expect(shop.uploads.map(({ query }) => query)).toEqual([
			"?overwrite=1&dec_pending=0",
			"?overwrite=1&dec_pending=1",
		]);
	});

	it("by style, colour and size names each, also of a style number that holds the separator", async () => {
		shop.stock.set("47-11-RED-M", 0);
		expect(await tell("47-11-RED-M", 3, { itemCode: "style" })).toMatchObject([{ ok: true }]);
		const item = { style_number: "47-11", color_code: "RED", size: "M", inventory: 3 };
		expect(shop.uploads[0]?.body).toMatchObject({ inventory_items: { inventory_item: [item] } });
	});

	it("is skipped where JOOR knows no such style, and fails where it says so", async () => {
		expect(await tell("NOPE", 1)).toMatchObject([{ ok: "skipped" }]);
		expect(await tell("BAD", 1)).toMatchObject([{ ok: false }]);
	});
});
