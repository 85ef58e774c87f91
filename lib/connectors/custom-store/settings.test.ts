import { afterEach, describe, expect, it } from "vitest";
import { checkSettings } from "../kit/form";
import { faultOf, openOn, promised, readAll } from "../kit/rest/support";
import { customStore } from "./index";
import { type Quirks, type StoreSandbox, startStoreSandbox } from "./sandbox";

const hurried = { ...customStore, limits: { requests: 1000, perSeconds: 1, concurrent: 8 } };
const source = promised(customStore.source);
const [orders, confirm] = [promised(source.orders), promised(source.confirm)];
const minuteMs = 60_000;

let store: StoreSandbox;
afterEach(() => store?.close());

async function start(quirks: Partial<Quirks> = {}) {
	store = await startStoreSandbox({ quirks });
}
const open = (settings: object = {}) => openOn(hurried, { ...store.settings, ...settings });
async function read(settings: object = {}) {
	const { records } = await readAll(orders, open(settings));
	return records.map((record) => (record.ok ? record.value : record));
}
const numbers = async (settings: object = {}) => (await read(settings)).map((one) => "number" in one && one.number);
const message = (orderSourceId: string, more: object = {}) => ({
	...{ orderSourceId, carrier: "UPS", service: "Ground", trackingNumbers: ["1Z9"], shippedAt: new Date() },
	...{ lines: [{ lineId: `${orderSourceId}-a`, sku: "TEE", quantity: 2 }], ...more },
});
const problemsWith = (changes: object) => {
	const given = { endpoint: "https://shop.example/x", userName: "u", password: "p" };
	const check = checkSettings(customStore, { ...given, ...changes });
	return check.ok ? {} : check.problems;
};

describe("access to a store", () => {
	it("Address of the store's XML: its own query is kept, and a key or password in it is refused", async () => {
		await start();
		expect(await customStore.check(open())).toMatchObject({ ok: true, as: expect.stringMatching(/^the store at 127/) });
		for (const endpoint of [
			"https://s.example/?auth_key=1",
			"https://s.example/?SS-Password=1",
			"https://u:p@s.example/",
		])
			expect(problemsWith({ endpoint }).endpoint).toMatch(/must hold no key or password/);
		expect(problemsWith({ endpoint: "https://s.example/?action=export" }).endpoint).toMatch(/we add them/);
		expect(problemsWith({ endpoint: "https://s.example/?store=7" })).toEqual({});
	});

	it("User name: goes with the password in a Basic header, so it holds no colon", async () => {
		await start();
		expect(problemsWith({ userName: "a:b" }).userName).toMatch(/colon/);
		expect(await customStore.check(open({ userName: "other" }))).toMatchObject({ ok: false, field: "password" });
	});

	it("Password: may hold a colon and letters beyond ASCII; a wrong one is named", async () => {
		await start();
		expect(store.settings.password).toMatch(/:.*ä/);
		expect(await customStore.check(open())).toMatchObject({ ok: true });
		expect(await customStore.check(open({ password: "wrong" }))).toMatchObject({ ok: false, field: "password" });
	});
});

describe("orders of a store", () => {
	it("Statuses to load: paid ones by default, in any case of letters; others where it names them", async () => {
		await start();
		for (const OrderStatus of ["Paid", "awaiting_shipment", "on_hold"])
			store.place({ OrderNumber: OrderStatus, OrderStatus });
		expect(await numbers()).toEqual(["Paid"]);
		expect((await numbers({ loadStatuses: "paid, Awaiting_Shipment" })).sort()).toEqual(["Paid", "awaiting_shipment"]);
		const held = await orders.get(open(), "on_hold");
		expect(held?.ok && orders.unwanted?.(open().settings, held.value)).toBe(
			"its status is on_hold, and Statuses to load names paid",
		);
		expect(problemsWith({ loadStatuses: " , " }).loadStatuses).toMatch(/at least one status/);
	});

	it("Statuses of canceled orders: become cancellations, and no orders", async () => {
		await start();
		store.place({ OrderNumber: "A", OrderStatus: "Canceled" });
		store.place({ OrderNumber: "B", OrderStatus: "refunded" });
		const canceled = async (settings: object = {}) =>
			(await readAll(promised(source.cancellations), open(settings))).records.map(({ sourceId }) => sourceId);
		expect(await canceled()).toEqual(["A"]);
		expect(await canceled({ canceledStatuses: "refunded" })).toEqual(["B"]);
		expect(await read()).toEqual([]);
	});

	it("Currency: of an order that names none", async () => {
		await start();
		store.place({ CurrencyCode: "" });
		expect(await read({ orderCurrency: "EUR" })).toMatchObject([
			{ total: { amount: "1025.00", currency: "EUR" }, lines: [{ unitPrice: { amount: "12.50", currency: "EUR" } }] },
		]);
	});

	it("Add internal notes: the customer's note alone by default", async () => {
		await start();
		store.place();
		expect(await read()).toMatchObject([{ note: "Leave at the <back> door & ring" }]);
		expect(await read({ addInternalNotes: true })).toMatchObject([
			{ note: "Leave at the <back> door & ring\nWholesale" },
		]);
	});

	it("Time zone of the store's times: UTC by default, so that a store in another zone dates its orders wrongly until the setting names it", async () => {
		await start({ zone: "America/Denver" });
		store.place();
		const placedAgo = async (settings: object = {}) => {
			const [order] = await read(settings);
			return Date.now() - (order && "placedAt" in order ? order.placedAt.getTime() : 0);
		};
		expect(await placedAgo()).toBeGreaterThan(5 * 60 * minuteMs);
		expect(await placedAgo({ timeZone: "America/Denver" })).toBeLessThan(3 * minuteMs);
		expect(problemsWith({ timeZone: "Mars/Base" }).timeZone).toMatch(/time zone/);
	});

	it("Number of the first page: 0 where a store counts so, which finds a page that 1 does not", async () => {
		await start({ firstPage: 0 });
		store.place({ OrderNumber: "A" });
		expect(await numbers()).toEqual([]);
		expect(await numbers({ firstPage: "0" })).toEqual(["A"]);
	});

	it("How pages end: a store that always says one page is read to its end where the setting says so", async () => {
		await start({ pages: "one", pageSize: 2 });
		for (let n = 0; n < 5; n++) store.place();
		expect(await numbers()).toHaveLength(2);
		expect(new Set(await numbers({ pagesEnd: "empty" })).size).toBe(5);
	});

	it("Days looked back for one order: an older change is not searched", async () => {
		await start();
		const number = store.place();
		const stored = store.orders.get(number);
		if (stored) stored.changedMs -= 10 * 24 * 60 * minuteMs;
		expect(await orders.get(open(), number)).toMatchObject({ ok: true });
		expect(await orders.get(open({ lookBackDays: 5 }), number)).toBeNull();
		expect(problemsWith({ lookBackDays: 0 }).lookBackDays).toBeDefined();
	});
});

describe("shipments told to a store", () => {
	it("Statuses of shipped orders: tell whether a notice arrived", async () => {
		await start();
		const value = message(store.place());
		await confirm.create(open(), { key: "k", value, attempt: 1 });
		expect(await confirm.find(open(), "k", value)).toMatchObject({ existed: true });
		expect(await confirm.find(open({ shippedStatuses: "completed" }), "k", value)).toBeNull();
	});

	it("When the answer to a shipment is lost: it is looked for; a person decides where that is chosen or nothing is seen", async () => {
		await start({ hidesShipped: true });
		const value = message(store.place());
		expect(await confirm.find(open(), "k", value)).toBeNull();
		expect(await faultOf(confirm.find(open({ afterLoss: "ask" }), "k", value))).toMatchObject({ code: "cannot-tell" });
		await confirm.create(open(), { key: "k", value, attempt: 1 });
		expect(await faultOf(confirm.find(open(), "k", value))).toMatchObject({ kind: "permanent", code: "cannot-tell" });
		expect(store.notices).toHaveLength(1);
	});

	it("Let the store mail the customer: asked by default", async () => {
		await start();
		for (const settings of [{}, { notifyCustomer: false }])
			await confirm.create(open(settings), { key: "k", value: message(store.place()), attempt: 1 });
		expect(store.notices.map(({ body }) => body.NotifyCustomer)).toEqual(["true", "false"]);
	});
});
