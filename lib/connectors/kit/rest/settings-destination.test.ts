/** The settings of REST destinations below access and lists, by the name they have on screen. */
import { afterEach, describe, expect, it } from "vitest";
import { restDestination } from "../../rest-destination";
import { checkSettings } from "../form";
import type { Fields, Reader } from "../types";
import { type Echo, startEcho } from "./echo";
import { sampleOrder } from "./harness-warehouse";
import { faultOf, openOn, promised, readAll } from "./support";

const secret = "sandbox-token-0123456789";
const destination = restDestination.destination ?? {};
const [orders, cancel] = [promised(destination.orders), promised(destination.cancel)];
let echo: Echo;
afterEach(() => echo?.close());

async function on(answers: Record<string, unknown>, settings: object = {}) {
	await echo?.close();
	echo = await startEcho(answers);
	return openOn(restDestination, { baseUrl: echo.url, secret, pagingKind: "none", ...settings });
}
const paths = () => echo.asked.map(({ method, path }) => `${method} ${path}`);
const problemsOf = (settings: object) => {
	const check = checkSettings(restDestination, { baseUrl: "http://a.b", secret, ...settings });
	return check.ok ? {} : check.problems;
};
const write = (more: object = {}) => ({ key: "N-1", value: { ...sampleOrder("N-1"), ...more }, attempt: 1 });
const made = { "GET /orders": { data: [] }, "POST /orders": { id: "W1", order_number: "N-1" } };
const create = async (answers: Record<string, unknown>, settings: object = {}, more: object = {}) =>
	orders.create(await on(answers, settings), write(more));
const sent = () => echo.asked.at(-1)?.body as Record<string, unknown>;

describe("orders", () => {
	it("Path that takes a new order: /orders by default, and it must not be empty", async () => {
		await create({ ...made, "POST /v2/sales": { id: "W1", order_number: "N-1" } }, { orderPath: "/v2/sales" });
		expect(paths().at(-1)).toBe("POST /v2/sales");
		expect(problemsOf({ orderPath: "-" })).toHaveProperty("orderPath");
	});
	it("Fields of a new order: another map writes other fields", async () => {
		await create(made, { orderMap: "no: number\nto.street: shipTo.line1\nrows[].code: lines[].sku" });
		expect(sent()).toEqual({ no: "N-1", to: { street: "1 Main St" }, rows: [{ code: "TEE" }, { code: "MUG" }] });
	});
	it("Fields of a new order: notes and custom fields of lines go where the map says", async () => {
		const lines = [
			{ lineId: "a", sku: "TEE", quantity: 1, note: "Engrave AB", extraFields: [{ name: "Colour", value: "Red" }] },
			{ lineId: "b", sku: "MUG", quantity: 1 },
		];
		const orderMap = `no: number\nrows[].code: lines[].sku\nrows[].say: lines[].note
rows[].own[].key: lines[].extraFields[].name\nrows[].own[].value: lines[].extraFields[].value`;
		await create(made, { orderMap }, { lines });
		expect(sent().rows).toEqual([
			{ code: "TEE", say: "Engrave AB", own: [{ key: "Colour", value: "Red" }] },
			{ code: "MUG" },
		]);
	});
	it("Where the answer holds the order: the answer is the order by default", async () => {
		const answers = { ...made, "POST /orders": { made: { id: "W9", order_number: "N-1" } } };
		expect(await create(answers, { createdAt: "made" })).toMatchObject({ externalId: "W9", existed: false });
	});
	it("Path that finds orders by number: is asked before one is sent, and must hold the number", async () => {
		await create({ ...made, "GET /find/N-1": { data: [] } }, { findPath: "/find/{number}" });
		expect(paths()).toEqual(["GET /find/N-1", "POST /orders"]);
		expect(problemsOf({ findPath: "/find" }).findPath).toMatch(/\{number\}/);
	});
	it("Where found orders stand: data by default", async () => {
		const answers = { ...made, "GET /orders": { hits: [{ id: "W3", order_number: "N-1" }] } };
		expect(await create(answers, { foundAt: "hits" })).toMatchObject({ externalId: "W3", existed: true });
	});
	it("Fields of an order there: id, number and state by their own names", async () => {
		const answers = { ...made, "GET /orders": { data: [{ key: "W4", no: "N-1" }] } };
		const known = await create(answers, { knownMap: "id: key\nnumber: no" });
		expect(known).toMatchObject({ externalId: "W4", existed: true });
	});
	it("It refuses an order number that it has already: then an order is sent at once", async () => {
		await create(made, { refusesDoubles: true });
		expect(paths()).toEqual(["POST /orders"]);
		await create(made);
		expect(paths()).toEqual(["GET /orders", "POST /orders"]);
	});

	const stateOf = async (status: string, settings: object = {}) => {
		const answers = { "GET /orders": { data: [{ id: "W1", order_number: "N-1", status }] } };
		return (await orders.find(await on(answers, settings), "N-1", sampleOrder("N-1")))?.state;
	};
	it("States that mean shipped: shipped and closed by default", async () => {
		expect([await stateOf("Closed"), await stateOf("Gone")]).toEqual(["shipped", "open"]);
		expect(await stateOf("Gone", { shippedWords: "gone" })).toBe("shipped");
	});
	it("States that mean canceled: canceled and cancelled by default", async () => {
		expect([await stateOf("cancelled"), await stateOf("void")]).toEqual(["canceled", "open"]);
		expect(await stateOf("void", { canceledWords: "void" })).toBe("canceled");
	});
	it("Reference template: the order's number in the cart by default", async () => {
		await create(made, {}, { sourceNumber: "C-7" });
		expect(sent().reference).toBe("C-7");
		await create(made, { referenceTemplate: "{orderSource}/{number}" });
		expect(sent().reference).toBe("Shop/N-1");
	});
	it("API validation rules: an order that breaks one is not sent, and the rule is named", async () => {
		const fault = await faultOf(create(made, { validationRules: "shipTo.line1: max 3" }));
		expect(fault).toMatchObject({ code: "rule-broken", field: "shipTo.line1" });
		expect(paths()).toEqual([]);
	});
});

describe("products", () => {
	const add = promised(destination.products?.add);
	const listed = { data: [{ sku: "TEE", name: "Tee", id: "P1" }] };
	const added = async (answers: Record<string, unknown>, settings: object) => {
		const value = { sku: "TEE", name: "Tee", externalId: "", measures: [], active: true };
		return add.create(await on(answers, settings), { key: "TEE", value, attempt: 1 });
	};
	it("Path that takes a new product: empty by default, and then none is exported", async () => {
		expect((await faultOf(added({}, {}))).message).toMatch(/name no path/);
		expect(paths()).toEqual([]);
		expect(add.blocked?.(restDestination.settings.parse({ baseUrl: "http://a.b", secret }))).toMatch(/no path/);
	});
	it("Path that finds products by SKU: is asked before one is created, and must hold the SKU", async () => {
		const settings = { newProductPath: "/items", findProductPath: "/items/by/{sku}" };
		expect(await added({ "GET /items/by/TEE": listed }, settings)).toMatchObject({ existed: true });
		expect(paths()).toEqual(["GET /items/by/TEE"]);
		expect(problemsOf({ ...settings, findProductPath: "/items" }).findProductPath).toMatch(/\{sku\}/);
	});
	it("Fields of a new product: another map writes other fields", async () => {
		const settings = { newProductPath: "/items", newProductMap: "code: sku\ntitle: name" };
		// It is never listed, which is said: what was sent stands all the same.
		await faultOf(added({ "GET /products": { data: [] }, "POST /items": {} }, settings));
		expect(echo.asked.find(({ method }) => method === "POST")?.body).toEqual({ code: "TEE", title: "Tee" });
	});
});

describe("cancellations", () => {
	const ask = async (answers: Record<string, unknown>, settings: object = {}) =>
		cancel.request(await on(answers, settings), "W1", "not wanted");
	it("Path that cancels an order: a dash refuses every request with that reason", async () => {
		expect(await ask({ "POST /stop/W1": {} }, { cancelPath: "/stop/{id}" })).toEqual({ state: "accepted" });
		expect(await ask({}, { cancelPath: "-" })).toMatchObject({ state: "refused" });
	});
	it("Method of a cancellation: POST by default", async () => {
		expect(await ask({ "PUT /orders/W1/cancel": {} }, { cancelMethod: "PUT" })).toEqual({ state: "accepted" });
	});
	it("Field of its reason: reason by default; with a dash the call has no body", async () => {
		await ask({ "POST /orders/W1/cancel": {} });
		expect(sent()).toEqual({ reason: "not wanted" });
		await ask({ "POST /orders/W1/cancel": {} }, { cancelReason: "why" });
		expect(sent()).toEqual({ why: "not wanted" });
		await ask({ "POST /orders/W1/cancel": {} }, { cancelReason: "-" });
		expect(sent()).toBe("");
	});
	it("Path of one order: is read when a cancellation is refused, to see what it is", async () => {
		const refused = new Response('{"message":"too late"}', { status: 409 });
		const answers = {
			"POST /orders/W1/cancel": refused,
			"GET /one/W1": { id: "W1", order_number: "N-1", status: "canceled" },
		};
		expect(await ask(answers, { oneOrderPath: "/one/{id}" })).toEqual({ state: "accepted" });
		expect(paths()).toEqual(["POST /orders/W1/cancel", "GET /one/W1"]);
	});
});

/** Each list: its path, where it stands, and its map. */
describe("lists of a destination", () => {
	const at = "2026-03-02T10:00:00Z";
	const shipment = {
		...{ id: "S1", order_id: "W1", order_number: "N-1", carrier: "UPS", shipped_at: at, tracking_number: "1Z" },
		items: [{ line_id: "a", sku: "TEE", quantity: 1 }],
	};
	const level = { sku: "TEE", available: 5 };
	const product = { id: "1", sku: "TEE", name: "Tee" };
	const valuesOf = async (name: "shipments" | "inventory" | "products", answers: object, settings: object = {}) => {
		const reader = promised(destination[name]) as Reader<Fields, unknown, unknown>;
		const context = await on(answers as Record<string, unknown>, settings);
		const { records } = await readAll(reader as never, context as never);
		return records.map((record: { ok: boolean; value?: unknown }) => (record.ok ? record.value : record));
	};
	const places = async (answers: Record<string, unknown>, settings: object = {}) =>
		promised(destination.locations).list(await on(answers, settings));

	it("Path of shipments: /shipments by default", async () => {
		const found = await valuesOf("shipments", { "GET /left": { data: [shipment] } }, { shipmentsPath: "/left" });
		expect(found).toMatchObject([{ externalId: "S1" }]);
	});
	it("Where the list of shipments stands: data by default", async () => {
		const found = await valuesOf("shipments", { "GET /shipments": { rows: [shipment] } }, { shipmentsAt: "rows" });
		expect(found).toHaveLength(1);
	});
	it("Fields of a shipment: the cost by its own name", async () => {
		const standard = restDestination.settings.parse({ baseUrl: "http://a.b", secret }).shipmentMap;
		const shipmentMap = standard.replace("cost: shipping_cost", "cost: freight");
		const answers = { "GET /shipments": { data: [{ ...shipment, freight: "7.12" }] } };
		expect(await valuesOf("shipments", answers, { shipmentMap })).toMatchObject([{ cost: "7.12" }]);
	});
	it("Units of weight: kilograms by default", async () => {
		const packages = [{ id: "B1", tracking_number: "1Z", weight: 2, items: [] }];
		const answers = { "GET /shipments": { data: [{ ...shipment, packages }] } };
		const weighs = (unit: string) => [{ packages: [{ weight: { value: 2, unit } }] }];
		expect(await valuesOf("shipments", answers)).toMatchObject(weighs("kg"));
		expect(await valuesOf("shipments", answers, { weightUnit: "lb" })).toMatchObject(weighs("lb"));
	});
	it("The first partial shipment is final: no by default, so the rest is waited for", async () => {
		const answers = { "GET /shipments": { data: [shipment] } };
		expect(await valuesOf("shipments", answers)).toMatchObject([{ final: false }]);
		expect(await valuesOf("shipments", answers, { firstIsFinal: true })).toMatchObject([{ final: true }]);
	});
	it("Path of stock: /inventory by default", async () => {
		const found = await valuesOf("inventory", { "GET /levels": { data: [level] } }, { inventoryPath: "/levels" });
		expect(found).toMatchObject([{ sku: "TEE", available: 5 }]);
	});
	it("Where the list of stock stands: data by default", async () => {
		const found = await valuesOf("inventory", { "GET /inventory": { rows: [level] } }, { inventoryAt: "rows" });
		expect(found).toHaveLength(1);
	});
	it("Fields of a stock level: what is free by its own name", async () => {
		const answers = { "GET /inventory": { data: [{ code: "TEE", free: 7 }] } };
		const levelMap = 'sku: code\nlocation: "main"\navailable: free';
		expect(await valuesOf("inventory", answers, { levelMap })).toMatchObject([{ sku: "TEE", available: 7 }]);
	});
	it("Path of locations: /locations by default", async () => {
		const answers = { "GET /halls": { data: [{ id: "1", name: "Main hall" }] } };
		expect(await places(answers, { locationsPath: "/halls" })).toMatchObject([{ externalId: "1", name: "Main hall" }]);
	});
	it("Where the list of locations stands: data by default", async () => {
		const answers = { "GET /locations": [{ id: "1", name: "Main hall" }] };
		expect(await places(answers, { locationsAt: "-" })).toHaveLength(1);
	});
	it("Fields of a location: id and name by their own names", async () => {
		const answers = { "GET /locations": { data: [{ key: "1", title: "Main hall" }] } };
		const locationMap = "externalId: key\nname: title";
		expect(await places(answers, { locationMap })).toMatchObject([{ externalId: "1", name: "Main hall" }]);
	});
	it("Path of products: /products by default", async () => {
		const found = await valuesOf("products", { "GET /items": { data: [product] } }, { productsPath: "/items" });
		expect(found).toMatchObject([{ sku: "TEE", name: "Tee" }]);
	});
	it("Where the list of products stands: data by default", async () => {
		const found = await valuesOf("products", { "GET /products": { rows: [product] } }, { productsAt: "rows" });
		expect(found).toHaveLength(1);
	});
	it("Fields of a product: SKU and name by their own names", async () => {
		const answers = { "GET /products": { data: [{ code: "TEE", title: "Tee" }] } };
		const found = await valuesOf("products", answers, { productMap: "sku: code\nname: title" });
		expect(found).toMatchObject([{ sku: "TEE", name: "Tee" }]);
	});
});
