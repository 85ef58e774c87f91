import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { country } from "@/lib/canonical/country";
import type { ConfirmationMessage } from "@/lib/canonical/shipment";
import { createContext } from "../kit/context";
import { countryCodes, twoLetters } from "../kit/countries";
import { ConnectorError } from "../kit/fault";
import { memoryRecorder } from "../kit/record";
import { memoryTokenStore } from "../kit/token";
import { extensivOm } from "./index";
import { splitName } from "./map";
import { type OmSandbox, startOmSandbox } from "./sandbox";
import { settings as schema } from "./settings";

const source = extensivOm.source;
if (!source?.orders || !source.confirm || !source.inventory) throw new Error("a capability is missing");
const { orders, confirm, inventory } = source as Required<typeof source>;

let om: OmSandbox;
let at = Date.parse("2026-11-02T08:00:00Z");
beforeEach(async () => {
	om = await startOmSandbox({ quotas: false, now: () => new Date(at) });
});
afterEach(() => om.close());

let keys = 0;
function open(more: Record<string, unknown> = {}, now = () => new Date(at)) {
	return createContext({
		connector: { ...extensivOm, limits: { requests: 1000, perSeconds: 1, concurrent: 8 } },
		settings: { ...om.settings, ...more },
		key: `om-${++keys}`,
		recorder: memoryRecorder(),
		tokens: memoryTokenStore(),
		signal: new AbortController().signal,
		log: { info: () => {}, warn: () => {} },
		now,
	});
}
async function faultOf(work: Promise<unknown>) {
	const error = await work.then(
		() => null,
		(reason) => reason,
	);
	if (!(error instanceof ConnectorError)) throw new Error(`expected a ConnectorError, got ${error}`);
	return error.fault;
}
async function readAll(more: Record<string, unknown> = {}, onPage: () => void = () => {}) {
	const seen: string[] = [];
	for await (const page of orders.read(open(more), { cursor: null, from: new Date("2026-11-02T00:00:00Z") })) {
		seen.push(...page.records.map(({ sourceId }) => sourceId));
		onPage();
	}
	return seen;
}

describe("orders of Order Manager", () => {
	it.each(["id", "newest", "oldest"] as const)(
		"are all read when they come by %s, also while others leave the list",
		async (sort) => {
			om.store.sort = sort;
			const placed = Array.from({ length: 350 }, () => {
				at += 1000;
				return om.store.place({ lines: [{ sku: "TEE", quantity: 1 }] });
			});
			let gone = 0;
			const seen = await readAll({}, () => {
				for (const order of placed.slice(gone, gone + 5)) om.store.move(order, "SHIPPED");
				gone += 5;
			});
			const stayed = placed.filter(({ status }) => status === "AWAITING_3PL_EXPORT");
			expect(stayed.length).toBeGreaterThan(300);
			expect(stayed.filter(({ orderId }) => !seen.includes(String(orderId)))).toEqual([]);
		},
	);

	it("that all changed in one second are read page by page", async () => {
		const placed = Array.from({ length: 230 }, () => om.store.place({ lines: [{ sku: "TEE", quantity: 1 }] }));
		at += 5000;
		expect(new Set(await readAll()).size).toBe(placed.length);
	});

	it("of another status or warehouse are not loaded, and say why when asked for", async () => {
		const held = om.store.place({ lines: [{ sku: "TEE", quantity: 1 }], status: "ON_HOLD" });
		const elsewhere = om.store.place({ lines: [{ sku: "TEE", quantity: 1 }], warehouseId: 4 });
		expect(await readAll()).toEqual([]);
		expect(await readAll({ pickupStatus: "ON_HOLD" })).toEqual([String(held.orderId)]);
		expect(await readAll({ warehouseName: "own SHELF" })).toEqual([String(elsewhere.orderId)]);
		const context = open();
		const read = await orders.get(context, String(held.orderId));
		expect(read?.ok && orders.unwanted?.(context.settings, read.value)).toBe(
			"it is On Hold there, and Pickup order status names Awaiting 3PL Export",
		);
		expect(await orders.get(context, String(elsewhere.orderId))).toMatchObject({
			ok: false,
			problem: "it goes to Own shelf, and Warehouse name is East 3PL",
		});
		expect(await orders.find?.(context, held.orderNumber)).toBe(String(held.orderId));
	});

	it("of a warehouse that Order Manager does not have are refused by the name of the setting", async () => {
		expect(await faultOf(readAll({ warehouseName: "Nowhere" }))).toMatchObject({ field: "warehouseName" });
		expect(await extensivOm.check(open({ warehouseName: "Nowhere" }))).toMatchObject({
			ok: false,
			field: "warehouseName",
		});
	});

	it.each([
		["Ana de la Cruz", "Ana", "de la Cruz"],
		["Cher", "Cher", ""],
		["  Bo   Li ", "Bo", "Li"],
		["", "", ""],
	])("split the name %j", (name, firstName, lastName) => {
		expect(splitName(name)).toEqual({ firstName, lastName });
	});

	it("write countries in three letters, and each has its two", () => {
		const pairs = countryCodes.trim().split(/\s+/);
		expect(pairs).toHaveLength(249);
		expect(new Set(pairs.map((pair) => pair.slice(4))).size).toBe(249);
		for (const pair of pairs) expect(country.safeParse(pair.slice(4)).success, pair).toBe(true);
		expect([twoLetters("USA"), twoLetters("deu"), twoLetters("US"), twoLetters("?")]).toEqual(["US", "DE", "US", "?"]);
	});
});

describe("access to Order Manager", () => {
	it("needs a token, or a user name with its password", async () => {
		expect(schema.safeParse({}).success).toBe(false);
		expect(schema.safeParse({ apiToken: "x" }).success).toBe(true);
		expect(await extensivOm.check(open({ apiToken: "", ...om.passwordSettings }))).toEqual({
			ok: true,
			as: "warehouse East 3PL",
		});
		expect(await extensivOm.check(open({ apiToken: "", password: "p" }))).toMatchObject({ field: "password" });
	});

	it("may be given as a password with each call, where no token is made from it", async () => {
		const context = open({ apiToken: "", userName: "u", password: "p", signIn: "basic" });
		expect(await extensivOm.authorize?.(context)).toEqual({ Authorization: `Basic ${btoa("u:p")}` });
	});

	it("without a scope says that it lacks one", async () => {
		om.revoked.add("READ_ORDERS");
		expect(await extensivOm.check(open())).toMatchObject({ ok: false, fix: expect.stringContaining("scopes") });
	});
});

describe("a shipment told to Order Manager", () => {
	const message = (more: Partial<ConfirmationMessage> = {}): ConfirmationMessage => {
		const order = om.store.place({ lines: [{ sku: "TEE", quantity: 1 }] });
		const lines = [{ lineId: String(order.items[0]?.orderItemId), sku: "TEE", quantity: 1 }];
		const rest = { carrier: "FedEx", service: "", trackingNumbers: ["T1"], shippedAt: new Date(at), lines };
		return { orderSourceId: String(order.orderId), ...rest, ...more };
	};

	it("carries its cost in the warehouse's currency, once, and the carrier in Order Manager's words", async () => {
		const value = message({ cost: "5.00", trackingNumbers: ["T1", "T2"] });
		await confirm.create(open({ shipCurrency: "EUR" }), { key: "k", value, attempt: 1 });
		expect(om.store.shipments).toMatchObject([
			{ trackingNumber: "T1", carrierFee: { amount: 5, currency: "EUR" }, shippingCarrier: "FEDEX" },
			{ trackingNumber: "T2", carrierFee: null },
		]);
		await confirm.create(open(), { key: "l", value: message({ carrier: "Own van" }), attempt: 1 });
		expect(om.store.shipments.at(-1)).toMatchObject({ shippingCarrier: "OTHER_CARRIER", carrierFee: null });
	});

	it("half of which arrived before is completed, not repeated", async () => {
		const value = message({ trackingNumbers: ["T1", "T2"], cost: "5.00" });
		await confirm.create(open(), { key: "k", value: { ...value, trackingNumbers: ["T1"] }, attempt: 1 });
		expect(await confirm.find(open(), "k", value)).toBeNull();
		await confirm.create(open(), { key: "k", value, attempt: 2 });
		expect(om.store.shipments.map(({ trackingNumber }) => trackingNumber)).toEqual(["T1", "T2"]);
	});

	it("without a tracking number, or for a cancelled order, is refused with what to do", async () => {
		const without = { key: "k", value: message({ trackingNumbers: [] }), attempt: 1 };
		expect(await faultOf(confirm.create(open(), without))).toMatchObject({ kind: "permanent", code: "no-tracking" });
		const value = message();
		const order = om.store.orders.get(Number(value.orderSourceId));
		if (order) om.store.cancel(order);
		expect(await faultOf(confirm.create(open(), { key: "l", value, attempt: 1 }))).toMatchObject({ kind: "permanent" });
		expect(om.store.shipments).toEqual([]);
	});
});

describe("quotas of Order Manager", () => {
	it("say how long to wait in milliseconds; between adjustments that is waited for", async () => {
		await om.close();
		om = await startOmSandbox({ adjustEveryMs: 120 });
		om.store.addProduct("TEE", {});
		const context = open({}, () => new Date());
		for (const quantity of [1, 2, 3]) {
			const write = { key: "TEE", value: { sku: "TEE", quantity }, attempt: 1 };
			expect(await inventory.set(context, [write])).toMatchObject([{ ok: true }]);
		}
		expect(om.store.shows("TEE").onHand).toBe(3);
		const many = Promise.all(Array.from({ length: 9 }, () => orders.get(context, "1")));
		expect(await faultOf(many)).toMatchObject({ kind: "rate-limited", retryAt: expect.any(Date) });
	});
});
