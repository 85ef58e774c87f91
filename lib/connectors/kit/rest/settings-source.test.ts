/** The settings of REST order sources below access and lists, by the name they have on screen. */
import { afterEach, describe, expect, it } from "vitest";
import { restSource } from "../../rest-source";
import { checkSettings } from "../form";
import { type Echo, startEcho } from "./echo";
import { faultOf, openOn, promised, readAll } from "./support";

const secret = "sandbox-token-0123456789";
const source = restSource.source ?? {};
const [orders, cancellations] = [promised(source.orders), promised(source.cancellations)];
const [products, confirm, inventory] = [
	promised(source.products),
	promised(source.confirm),
	promised(source.inventory),
];
let echo: Echo;
afterEach(() => echo?.close());

/** A context on a server with these answers. */
async function on(answers: Record<string, unknown>, settings: object = {}) {
	await echo?.close();
	echo = await startEcho(answers);
	return openOn(restSource, { baseUrl: echo.url, secret, pagingKind: "none", ...settings });
}
const paths = () => echo.asked.map(({ method, path }) => `${method} ${path}`);
const order = {
	...{ id: "O1", order_number: "N1", ref: "R1", status: "paid", created_at: "2026-03-02T10:00:00Z" },
	...{ ship_to: { name: "Ann", address1: "1 Main St", country: "US" }, items: [{ sku: "TEE", quantity: 1 }] },
};
const lacks = (settings: object) =>
	restSource.lacks?.(openOn(restSource, { baseUrl: "http://a.b", secret, ...settings }).settings);
const problemsOf = (settings: object) => {
	const check = checkSettings(restSource, { baseUrl: "http://a.b", secret, ...settings });
	return check.ok ? {} : check.problems;
};

describe("orders", () => {
	it("Path of orders to load: paid ones by default, and whatever query it carries", async () => {
		await readAll(orders, await on({ "GET /v2/sales": { data: [order] } }, { ordersPath: "/v2/sales?open=1" }));
		expect(echo.asked[0]).toMatchObject({ path: "/v2/sales", query: { open: "1" } });
		expect(problemsOf({ ordersPath: "-" })).toHaveProperty("ordersPath");
	});
	it("Where the list of orders stands: data by default; a dash where the list is the answer", async () => {
		const nested = await on({ "GET /orders": { result: { rows: [order] } } }, { ordersAt: "result.rows" });
		expect((await readAll(orders, nested)).records).toHaveLength(1);
		expect((await readAll(orders, await on({ "GET /orders": [order] }, { ordersAt: "-" }))).records).toHaveLength(1);
	});
	it("Fields of an order: another map reads another field, and one that is none of ours is refused", async () => {
		const standard = restSource.settings.parse({ baseUrl: "http://a.b", secret }).orderMap;
		const orderMap = standard.replace("number: order_number | id", "number: ref");
		const { records } = await readAll(orders, await on({ "GET /orders": { data: [order] } }, { orderMap }));
		expect(records).toMatchObject([{ value: { number: "R1" } }]);
		expect(problemsOf({ orderMap: `${standard}\nnummer: ref` }).orderMap).toMatch(/nummer/);
	});
	it("Path of one order: one can be got by its id where there is a path", async () => {
		const context = await on({ "GET /order/O1": order }, { oneOrderPath: "/order/{id}" });
		expect(await orders.get(context, "O1")).toMatchObject({ ok: true, sourceId: "O1" });
		expect(await orders.get(context, "O2")).toBeNull();
		expect(problemsOf({ oneOrderPath: "/order" }).oneOrderPath).toMatch(/\{id\}/);
	});
	it("Where that answer holds the order: the answer is the order by default", async () => {
		const context = await on({ "GET /orders/O1": { order } }, { oneOrderAt: "order" });
		expect(await orders.get(context, "O1")).toMatchObject({ ok: true });
	});
	it("Path of canceled orders: a dash switches the function off", async () => {
		expect([lacks({}), lacks({ cancelsPath: "-" })]).toEqual([[], ["cancellations"]]);
		const context = await on({ "GET /gone": { data: [{ id: "O1" }] } }, { cancelsPath: "/gone" });
		expect((await readAll(cancellations, context)).records).toMatchObject([{ value: { sourceId: "O1" } }]);
	});
	it("Where the list of canceled orders stands: data by default", async () => {
		const context = await on({ "GET /orders": { gone: [{ id: "O1" }] } }, { cancelsAt: "gone" });
		expect((await readAll(cancellations, context)).records).toHaveLength(1);
	});
	it("Fields of a cancellation: id and reason by their own names", async () => {
		const cancelMap = "sourceId: order.id\nreason: why";
		const context = await on({ "GET /orders": { data: [{ order: { id: "O1" }, why: "sold out" }] } }, { cancelMap });
		expect((await readAll(cancellations, context)).records).toMatchObject([
			{ value: { sourceId: "O1", reason: "sold out" } },
		]);
	});
});

describe("shipments", () => {
	const value = {
		...{ orderSourceId: "O1", carrier: "UPS", service: "Ground", trackingNumbers: ["1Z"] },
		...{ shippedAt: new Date("2026-03-02T10:00:00Z"), lines: [{ lineId: "1", sku: "TEE", quantity: 1 }] },
	};
	const write = { key: "shp_1", value, attempt: 1 };
	const taken = { "GET /orders/O1/shipments": { data: [] }, "POST /orders/O1/shipments": { id: "S1" } };

	it("Path that takes a shipment: a dash switches the function off", async () => {
		await confirm.create(
			await on({ ...taken, "POST /ship/O1": { id: "S1" } }, { confirmPath: "/ship/{orderId}" }),
			write,
		);
		expect(paths()).toContain("POST /ship/O1");
		expect(lacks({ confirmPath: "-" })).toEqual(["confirm"]);
	});
	it("Fields of a shipment: another map writes other fields", async () => {
		await confirm.create(await on(taken, { confirmMap: "ref: key\nparcel.code: trackingNumber" }), write);
		expect(echo.asked.at(-1)?.body).toEqual({ ref: "shp_1", parcel: { code: "1Z" } });
	});
	it("Path that lists the shipments of an order: is asked first; with a dash nothing is", async () => {
		await confirm.create(await on(taken), write);
		expect(paths()).toEqual(["GET /orders/O1/shipments", "POST /orders/O1/shipments"]);
		await confirm.create(await on(taken, { keptPath: "-" }), write);
		expect(paths()).toEqual(["POST /orders/O1/shipments"]);
	});
	it("Where that list stands: data by default", async () => {
		const list = { "GET /orders/O1/shipments": { kept: [{ id: "S9", reference: "shp_1" }] } };
		expect(await confirm.create(await on(list, { keptAt: "kept" }), write)).toMatchObject({
			existed: true,
			externalId: "S9",
		});
	});
	it("Fields of a shipment there: which is its id, and which holds our key", async () => {
		const list = { "GET /orders/O1/shipments": { data: [{ no: "S9", ext: "shp_1" }] } };
		const context = await on(list, { keptMap: "id: no\nkey: ext" });
		expect(await confirm.create(context, write)).toMatchObject({ existed: true, externalId: "S9" });
	});
	it("Where the answer holds the shipment: the answer is the shipment by default", async () => {
		const answer = { ...taken, "POST /orders/O1/shipments": { made: { id: "S7", reference: "shp_1" } } };
		expect(await confirm.create(await on(answer, { confirmedAt: "made" }), write)).toMatchObject({ externalId: "S7" });
	});
	it("It refuses a shipment that it has already: then it is told at once, and looked for when it is refused", async () => {
		const context = await on(
			{
				"POST /orders/O1/shipments": new Response("{}", { status: 409 }),
				"GET /orders/O1/shipments": { data: [{ id: "S1", reference: "shp_1" }] },
			},
			{ refusesDoubles: true },
		);
		expect(await confirm.create(context, write)).toMatchObject({ existed: true });
		expect(paths()).toEqual(["POST /orders/O1/shipments", "GET /orders/O1/shipments"]);
	});
});

describe("stock", () => {
	const writes = ["TEE", "MUG"].map((sku) => ({ key: sku, value: { sku, quantity: 7 }, attempt: 1 }));
	const told = {
		results: [
			{ sku: "TEE", ok: true },
			{ sku: "MUG", ok: false, reason: "unknown" },
		],
	};
	const one = { stockPath: "/stock/{sku}", stockTogether: false, stockMap: "quantity: quantity" };

	it("Path that takes stock: a dash switches the function off", async () => {
		await inventory.set(await on({ "PUT /levels": told }, { stockPath: "/levels" }), writes);
		expect(paths()).toEqual(["PUT /levels"]);
		expect(lacks({ stockPath: "-" })).toEqual(["inventory"]);
	});
	it("Method of stock: PUT by default", async () => {
		await inventory.set(await on({ "POST /inventory": told }, { stockMethod: "POST" }), writes);
		expect(paths()).toEqual(["POST /inventory"]);
	});
	it("Many figures in one call: yes by default, or a call for each SKU", async () => {
		await inventory.set(await on({ "PUT /inventory": told }), writes);
		expect(paths()).toEqual(["PUT /inventory"]);
		await inventory.set(await on({ "PUT /stock/TEE": {}, "PUT /stock/MUG": {} }, one), writes);
		expect(paths().sort()).toEqual(["PUT /stock/MUG", "PUT /stock/TEE"]);
	});
	it("Fields of stock: another map writes other fields", async () => {
		const stockMap = "rows[].code: figures[].sku\nrows[].free: figures[].quantity";
		await inventory.set(await on({ "PUT /inventory": told }, { stockMap }), writes);
		expect(echo.asked[0]?.body).toEqual({
			rows: [
				{ code: "TEE", free: 7 },
				{ code: "MUG", free: 7 },
			],
		});
	});
	it("The answer says what became of each SKU: yes by default; else a good answer is good for all", async () => {
		expect(await inventory.set(await on({ "PUT /inventory": told }), writes)).toMatchObject([
			{ key: "TEE", ok: true },
			{ key: "MUG", ok: "skipped", reason: "unknown" },
		]);
		const all = await inventory.set(await on({ "PUT /inventory": {} }, { outcomesTold: false }), writes);
		expect(all.map(({ ok }) => ok)).toEqual([true, true]);
	});
	it("Where those outcomes stand: results by default", async () => {
		const context = await on({ "PUT /inventory": { data: told.results } }, { outcomesAt: "data" });
		expect(await inventory.set(context, writes)).toMatchObject([{ ok: true }, { ok: "skipped" }]);
	});
	it("Fields of an outcome: SKU, success and reason by their own names", async () => {
		const results = [
			{ code: "TEE", done: "yes" },
			{ code: "MUG", done: "no", why: "gone" },
		];
		const context = await on({ "PUT /inventory": { results } }, { outcomeMap: "sku: code\nok: done\nreason: why" });
		expect(await inventory.set(context, writes)).toMatchObject([{ ok: true }, { ok: "skipped", reason: "gone" }]);
	});
});

describe("products of a source", () => {
	it("Path of products: nothing can be read without one", async () => {
		const context = await on({ "GET /items": { data: [{ id: "1", sku: "TEE" }] } }, { productsPath: "/items" });
		expect((await readAll(products, context)).records).toMatchObject([{ value: { sku: "TEE" } }]);
		const none = await on({}, { productsPath: "-" });
		expect(await faultOf(readAll(products, none))).toMatchObject({ code: "no-path" });
	});
	it("Where the list of products stands: data by default", async () => {
		const context = await on({ "GET /products": { items: [{ id: "1", sku: "TEE" }] } }, { productsAt: "items" });
		expect((await readAll(products, context)).records).toHaveLength(1);
	});
	it("Fields of a product: SKU and name by their own names", async () => {
		const context = await on(
			{ "GET /products": { data: [{ code: "TEE", title: "Tee" }] } },
			{ productMap: "sku: code\nname: title" },
		);
		expect((await readAll(products, context)).records).toMatchObject([{ value: { sku: "TEE", name: "Tee" } }]);
	});
});
