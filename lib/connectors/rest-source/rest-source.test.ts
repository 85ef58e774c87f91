import { afterEach, expect, it } from "vitest";
import { placeOrder } from "../kit/rest/harness-shop";
import { type Shop, startShop } from "../kit/rest/sandbox-shop";
import { openOn, promised, readAll } from "../kit/rest/support";
import { restSource } from "./index";

const secret = "sandbox-token-0123456789";
const clock = { now: () => new Date() };
let shop: Shop;
afterEach(() => shop?.close());

async function open(settings: object = {}, dialect: Parameters<typeof startShop>[0] = {}) {
	shop = await startShop(dialect);
	return openOn(restSource, { baseUrl: shop.api, secret, ...settings });
}

it("reads an order in our words: countries, quantities and money in form", async () => {
	const context = await open();
	const id = placeOrder(shop, clock);
	const { records } = await readAll(promised(restSource.source?.orders), context);
	expect(records).toMatchObject([
		{
			ok: true,
			sourceId: id,
			value: {
				number: `N-${id}`,
				shipTo: { country: "US", postalCode: "89501" },
				total: { amount: "25", currency: "USD" },
				lines: [{ sku: "TEE", quantity: 2, unitPrice: { amount: "12.5", currency: "USD" } }],
			},
		},
	]);
});

it("loses nothing of a list by change time whose page is full of one moment", async () => {
	const context = await open({ oldestFirst: true });
	const at = new Date("2026-03-02T10:00:00Z");
	for (let n = 0; n < 250; n++) placeOrder(shop, { now: () => at });
	const { records } = await readAll(promised(restSource.source?.orders), context);
	expect(new Set(records.map(({ sourceId }) => sourceId)).size).toBe(250);
});

it("shows of a real order what is read, or every field that is wrong", async () => {
	const context = await open();
	const read = promised(restSource.preview?.read);
	expect(await read(context)).toEqual({ given: null, read: null, problems: [] });
	const id = placeOrder(shop, clock);
	expect(await read(context)).toMatchObject({ given: expect.stringContaining(id), problems: [] });
	const row = promised(shop.orders.get(id));
	row.malformed = { ...row.record, created_at: "some day", items: [{ sku: "TEE", quantity: "many" }] };
	expect(await read(context)).toMatchObject({
		read: null,
		problems: [
			{ field: "placedAt", problem: "must be a time" },
			{ field: "lines[].quantity", problem: expect.stringContaining("must be a") },
		],
	});
	row.malformed = { ...row.record, created_at: null, updated_at: null };
	expect(await read(context)).toMatchObject({ problems: [{ field: "placedAt" }] });
});

it("leaves out what it has no path for", async () => {
	const context = await open({ cancelsPath: "-", confirmPath: "-", stockPath: "-" });
	expect(restSource.lacks?.(context.settings)).toEqual(["cancellations", "confirm", "inventory"]);
	expect(restSource.source?.inventory?.blocked?.(context.settings)).toMatch(/no path/);
});

it("takes a good answer for all figures where no outcomes are told", async () => {
	const context = await open({ outcomesTold: false });
	const writes = ["A", "B"].map((sku) => ({ key: sku, value: { sku, quantity: 1 }, attempt: 1 }));
	expect(await promised(restSource.source?.inventory).set(context, writes)).toMatchObject([{ ok: true }, { ok: true }]);
});
