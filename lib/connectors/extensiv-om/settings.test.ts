/** Each setting of Order Manager as an order source, by the name it has on screen; those of the destination stand beside it. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ConfirmationMessage } from "@/lib/canonical/shipment";
import type { AnyReader } from "../kit/conform/bench";
import { createContext } from "../kit/context";
import { memoryRecorder } from "../kit/record";
import { memoryTokenStore } from "../kit/token";
import { extensivOm } from "./index";
import { type OmSandbox, startOmSandbox } from "./sandbox";

const source = extensivOm.source as Required<NonNullable<typeof extensivOm.source>>;
const at = Date.parse("2026-11-02T08:00:00Z");
let om: OmSandbox;
let kept = memoryRecorder();
beforeEach(async () => {
	om = await startOmSandbox({ quotas: false, now: () => new Date(at) });
	kept = memoryRecorder();
	om.store.addProduct("TEE", { onHand: 10 });
});
afterEach(() => om.close());

let keys = 0;
function open(more: Record<string, unknown> = {}) {
	return createContext({
		connector: { ...extensivOm, limits: { requests: 1000, perSeconds: 1, concurrent: 8 } },
		settings: { ...om.settings, ...more },
		key: `om-settings-${++keys}`,
		recorder: kept,
		tokens: memoryTokenStore(),
		signal: new AbortController().signal,
		log: { info: () => {}, warn: () => {} },
		now: () => new Date(at),
	});
}
const place = (more: Record<string, unknown> = {}, rest: object = {}) =>
	om.store.place({ lines: [{ sku: "TEE", quantity: 1 }], more, ...rest });
async function read(more: Record<string, unknown> = {}, reads: "orders" | "purchaseOrders" = "orders") {
	const found: Record<string, unknown>[] = [];
	for await (const page of (source[reads] as AnyReader).read(open(more), { cursor: null, from: new Date(at - 60_000) }))
		for (const record of page.records) if (record.ok) found.push(record.value as Record<string, unknown>);
	return found;
}
const first = async (more: Record<string, unknown> = {}) => (await read(more))[0];
const push = (quantity: number, more: Record<string, unknown> = {}) =>
	source.inventory.set(open(more), [{ key: "TEE", value: { sku: "TEE", quantity }, attempt: 1 }]);
const lastSent = () => kept.exchanges.findLast(({ method }) => method !== "GET");

describe("access", () => {
	it("API token: is sent with each call, and a wrong one is named", async () => {
		expect(await extensivOm.authorize?.(open({ apiToken: "abc" }))).toEqual({ Authorization: "Bearer abc" });
		expect(await extensivOm.check(open({ apiToken: "wrong" }))).toMatchObject({ ok: false, field: "apiToken" });
	});
	it("User name: a password without one is refused", async () => {
		const bare = { apiToken: "", ...om.passwordSettings, userName: "" };
		expect(await extensivOm.check(open(bare))).toMatchObject({ ok: false, field: "password" });
	});
	it("Password: signs in with the user name, and a wrong one is named", async () => {
		const access = { apiToken: "", ...om.passwordSettings };
		expect(await extensivOm.check(open(access))).toMatchObject({ ok: true });
		const wrong = await extensivOm.check(open({ ...access, password: "wrong" }));
		expect(wrong).toMatchObject({ ok: false, field: "password" });
	});
	it("How the password is used: exchanged for a token by default, or sent with each call", async () => {
		const access = { apiToken: "", ...om.passwordSettings };
		expect(await extensivOm.authorize?.(open(access))).toEqual({ Authorization: expect.stringMatching(/^Bearer om-/) });
		const sent = await extensivOm.authorize?.(open({ ...access, signIn: "basic" }));
		expect(sent).toEqual({ Authorization: expect.stringMatching(/^Basic /) });
	});
	it("API address: Order Manager's own by default, and where nothing answers it is named", async () => {
		expect(extensivOm.baseUrl(extensivOm.settings.parse({ apiToken: "x" }))).toBe("https://api.skubana.com");
		const bad = await extensivOm.check(open({ apiUrl: "http://127.0.0.1:1" }));
		expect(bad).toMatchObject({ ok: false, field: "apiUrl" });
	});
	it("Sign-in address: a password is exchanged there", async () => {
		await extensivOm.authorize?.(open({ apiToken: "", ...om.passwordSettings, signInUrl: `${om.url}/` }));
		expect(lastSent()?.url).toBe(`${om.url}/oauth/token?grant_type=password`);
	});
	it("Warehouse name: only its orders; blank is all of them, and inventory upload refuses with its reason", async () => {
		place({}, { warehouseId: 4 });
		const ours = place();
		expect((await read()).map(({ sourceId }) => sourceId)).toEqual([String(ours.orderId)]);
		expect(await read({ warehouseName: "" })).toHaveLength(2);
		expect(source.inventory.blocked?.(open({ warehouseName: "" }).settings)).toMatch(/^Warehouse name is empty/);
		await expect(push(1, { warehouseName: "" })).rejects.toThrow(/Warehouse name is empty/);
		expect(source.inventory.blocked?.(open().settings)).toBeNull();
	});
});

describe("orders", () => {
	it("Pickup order status: Awaiting 3PL Export by default, so an order On Hold is not downloaded", async () => {
		const held = place({}, { status: "ON_HOLD" });
		expect(await read()).toEqual([]);
		expect(await read({ pickupStatus: "ON_HOLD" })).toMatchObject([{ sourceId: String(held.orderId) }]);
	});
	it("Order number: Order Manager's own by default, another field where it is set, and its own where that is empty", async () => {
		const order = place({ customField1: "C-1" });
		expect((await first())?.number).toBe(order.orderNumber);
		expect((await first({ orderNumberField: "customField1" }))?.number).toBe("C-1");
		expect((await first({ orderNumberField: "orderId" }))?.number).toBe(String(order.orderId));
		expect((await first({ orderNumberField: "customField2" }))?.number).toBe(order.orderNumber);
	});
	it("Load sales channel name: no by default, and Order Manager-Wayfair with it", async () => {
		place({ salesChannel: { salesChannelId: 2, name: "Wayfair" } });
		expect(await first()).not.toHaveProperty("orderSource");
		expect((await first({ loadSalesChannel: true }))?.orderSource).toBe("Order Manager-Wayfair");
	});
	it("Load custom fields: no by default, and with it those of 1 to 3 that hold something", async () => {
		place({ customField1: "red", customField3: "blue" });
		expect(await first()).not.toHaveProperty("extraFields");
		expect((await first({ loadCustomFields: true }))?.extraFields).toEqual([
			{ name: "Custom field 1", value: "red" },
			{ name: "Custom field 3", value: "blue" },
		]);
	});
	it("Split customer names: yes by default, so Ana de la Cruz is Ana, de la Cruz", async () => {
		place({ shipName: "Ana de la Cruz" });
		expect((await first())?.shipTo).toMatchObject({ firstName: "Ana", lastName: "de la Cruz", name: "Ana de la Cruz" });
		expect((await first({ splitNames: false }))?.shipTo).not.toHaveProperty("firstName");
	});
	it("Join ship code and carrier: no by default, and with it service id and carrier, where there is an id", async () => {
		place({ shipMethod: { shippingCarrier: "DHL", shippingServiceId: "14" } });
		expect((await first())?.shipping).toMatchObject({ code: "UPS Ground" });
		expect((await first({ concatShipCode: true }))?.shipping).toMatchObject({ code: "14-DHL" });
		om.store.orders.clear();
		place();
		expect((await first({ concatShipCode: true }))?.shipping).toMatchObject({ code: "UPS Ground" });
	});
	it("Between ship code and carrier: a hyphen by default", async () => {
		place({ shipMethod: { shippingCarrier: "DHL", shippingServiceId: "14" } });
		expect((await first({ concatShipCode: true, shipCodeSeparator: "" }))?.shipping).toMatchObject({ code: "14DHL" });
	});

	const acknowledge = async (more: Record<string, unknown>) => {
		const order = place();
		const context = open(more);
		const wanted = source.acknowledge.wanted?.(context.settings);
		if (wanted)
			await source.acknowledge.set(context, [{ key: "k", value: { sourceId: String(order.orderId) }, attempt: 1 }]);
		return { wanted, labels: order.labels, status: order.status };
	};
	it("Label downloaded orders: not by default; with it the order carries a label", async () => {
		expect(await acknowledge({})).toMatchObject({ wanted: false, labels: [] });
		expect(await acknowledge({ labelDownloaded: true })).toMatchObject({ labels: ["Loaded by warehouse"] });
	});
	it("Label: another name is put on the order, and is no tag of it here", async () => {
		expect(await acknowledge({ labelDownloaded: true, labelName: "At the hub" })).toMatchObject({
			labels: ["At the hub"],
		});
		expect((await first({ labelName: "At the hub" }))?.tags).toEqual([]);
		expect((await first())?.tags).toEqual(["At the hub"]);
	});
	it("Move downloaded orders to Pending Fulfillment: they stay by default", async () => {
		expect(await acknowledge({ labelDownloaded: true })).toMatchObject({ status: "AWAITING_3PL_EXPORT" });
		expect(await acknowledge({ markExported: true })).toMatchObject({ status: "PENDING_FULFILLMENT", labels: [] });
	});
	it("Reason of what the warehouse canceled: Other by default", async () => {
		for (const more of [{}, { warehouseCancelReason: "NO_INVENTORY" }]) {
			const value = { orderSourceId: String(place().orderId), orderNumber: "1", reason: "gone", lines: [] };
			await source.cancel.create(open(more), { key: "k", value: value as never, attempt: 1 });
		}
		expect(om.store.canceled.map(({ reason }) => reason)).toEqual(["OTHER", "NO_INVENTORY"]);
	});
});

describe("shipments", () => {
	const confirm = async (more: Record<string, unknown> = {}) => {
		const order = place();
		const lines = [{ lineId: String(order.items[0]?.orderItemId), sku: "TEE", quantity: 1 }];
		const how = { carrier: "UPS", service: "", trackingNumbers: ["T1"], shippedAt: new Date(at), cost: "5.00" };
		const value: ConfirmationMessage = { orderSourceId: String(order.orderId), ...how, lines };
		await source.confirm.create(open(more), { key: "k", value, attempt: 1 });
		return { fee: om.store.shipments.at(-1)?.carrierFee, sent: JSON.parse(lastSent()?.requestBody ?? "{}") };
	};
	it("Warehouse ship currency: a cost of 5.00 is a carrier fee of 5.00 USD by default", async () => {
		expect((await confirm()).fee).toEqual({ amount: 5, currency: "USD" });
		expect((await confirm({ shipCurrency: "CAD" })).fee).toEqual({ amount: 5, currency: "CAD" });
	});
	it("Tell the sales channel: yes by default", async () => {
		expect((await confirm()).sent).toMatchObject({ updateChannel: true });
		expect((await confirm({ updateChannel: false })).sent).toMatchObject({ updateChannel: false });
	});
	it("Mail the customer: no by default", async () => {
		expect((await confirm()).sent).toMatchObject({ notifyCustomer: false });
		expect((await confirm({ notifyCustomer: true })).sent).toMatchObject({ notifyCustomer: true });
	});
});

describe("inventory", () => {
	const onHold = () => om.store.place({ lines: [{ sku: "TEE", quantity: 4 }], status: "ON_HOLD" });
	const lockTen = () => om.store.place({ lines: [{ sku: "TEE", quantity: 6 }] }) && onHold();
	it("Inventory mode: locked 10, pushed 10 shows 20 in A; B shows what is on hand; C takes off the 4 on hold", async () => {
		lockTen();
		expect(await push(10)).toMatchObject([{ ok: true }]);
		expect(om.store.shows("TEE")).toEqual({ onHand: 20, locked: 10, available: 10 });
		await push(18, { inventoryMode: "on-hand" });
		expect(om.store.shows("TEE")).toEqual({ onHand: 18, locked: 10, available: 8 });
		await push(10, { inventoryMode: "unlocked-at-warehouse" });
		expect(om.store.shows("TEE")).toEqual({ onHand: 16, locked: 10, available: 6 });
		expect(source.inventory.basis?.(open({ inventoryMode: "on-hand" }).settings)).toBe("on-hand");
	});
	it("Inventory mode: in A a product without starting inventory is skipped with that reason, and orders on hold are warned of", async () => {
		om.store.addProduct("MUG");
		const writes = [{ key: "MUG", value: { sku: "MUG", quantity: 1 }, attempt: 1 }];
		expect(await source.inventory.set(open(), writes)).toMatchObject([
			{ ok: "skipped", reason: expect.stringMatching(/no starting inventory/) },
		]);
		expect(await source.inventory.caution?.(open())).toBeNull();
		onHold();
		expect(await source.inventory.caution?.(open())).toMatch(/^1 order is on hold/);
	});
	it("What Order Manager makes of a pushed number: where it takes it as the whole, what is locked is added first", async () => {
		await om.close();
		om = await startOmSandbox({ quotas: false, now: () => new Date(at), pushedAs: "on-hand" });
		om.store.addProduct("TEE", { locked: 10 });
		await push(10);
		expect(om.store.shows("TEE").onHand).toBe(10);
		await push(10, { pushedAs: "on-hand" });
		expect(om.store.shows("TEE").onHand).toBe(20);
	});
	it("Orders that lock stock before the warehouse knows them: those on hold by default", async () => {
		const counted = async (more: Record<string, unknown> = {}) => {
			await push(10, { inventoryMode: "unlocked-at-warehouse", ...more });
			return om.store.shows("TEE").available;
		};
		om.store.place({ lines: [{ sku: "TEE", quantity: 3 }], status: "AWAITING_SHIPMENT" });
		expect(await counted()).toBe(10);
		expect(await counted({ heldStatuses: ["ON_HOLD", "AWAITING_SHIPMENT"] })).toBe(7);
	});
	it("Stock location: GLOBAL by default", async () => {
		await push(1);
		expect(lastSent()?.requestBody).toContain('"stockLocationName":"GLOBAL"');
		await push(1, { stockLocation: "A-1" }).catch(() => {});
		expect(lastSent()?.requestBody).toContain('"stockLocationName":"A-1"');
	});
});

describe("purchase orders", () => {
	it("Pickup purchase order status: pending and partial ones by default, and others are told why they stay", async () => {
		const { purchases } = om.store;
		purchases.place({ lines: [{ sku: "TEE", quantity: 1 }], status: "AWAITING_AUTHORIZATION", number: "PO-1" });
		const [order] = await read({}, "purchaseOrders");
		const why = (more: Record<string, unknown> = {}) =>
			source.purchaseOrders.unwanted?.(open(more).settings, order as never);
		expect(why()).toBe(
			"it is Awaiting Authorization there, and Pickup purchase order status names Pending Delivery, Partially Delivered",
		);
		expect(why({ purchaseOrderStatuses: ["AWAITING_AUTHORIZATION"] })).toBeNull();
	});
	it("Stock transfers: left out by default; with it those to this warehouse come as transfers", async () => {
		const { purchases } = om.store;
		purchases.place({ lines: [{ sku: "TEE", quantity: 1 }], number: "PO-1" });
		const here = purchases.transfer("ST-1", [{ sku: "TEE", quantity: 40 }]);
		purchases.transfer("ST-2", [{ sku: "TEE", quantity: 5 }], 4);
		const told = async (more = {}) =>
			(await read(more, "purchaseOrders")).map(({ number, kind, state }) => `${number} ${kind} ${state}`).sort();
		expect(await told()).toEqual(["PO-1 purchase pending_delivery"]);
		const all = ["PO-1 purchase pending_delivery", "ST-1 transfer pending_delivery"];
		expect(await told({ stockTransfers: true })).toEqual(all);
		here.status = "CANCELLED";
		expect(await told({ stockTransfers: true })).toContain("ST-1 transfer canceled");
	});
	it("Purchase order number: Order Manager's own by default, and where the custom one is empty", async () => {
		const { purchases } = om.store;
		purchases.place({ lines: [{ sku: "TEE", quantity: 1 }], number: "PO-1", customNumber: "CUSTOM-1" });
		purchases.place({ lines: [{ sku: "TEE", quantity: 1 }], number: "PO-2" });
		const numbers = async (more = {}) => (await read(more, "purchaseOrders")).map(({ number }) => number).sort();
		expect(await numbers()).toEqual(["PO-1", "PO-2"]);
		expect(await numbers({ purchaseOrderNumber: "customPurchaseOrderNumber" })).toEqual(["CUSTOM-1", "PO-2"]);
	});

	const receive = async (more: Record<string, unknown> = {}) => {
		const order = om.store.purchases.place({ lines: [{ sku: "TEE", quantity: 10, unitsPerPack: 12 }] });
		const value = {
			...{ purchaseOrderSourceId: String(order.purchaseOrderId), purchaseOrderNumber: order.number },
			...{ kind: "purchase" as const, sourceLineId: String(order.lines[0]?.purchaseOrderItemId), sku: "TEE" },
			...{ quantity: 60, receivedTotal: 60, expectedQuantity: 120, unitsPerPack: 12, lot: "", closes: false },
			receivedAt: new Date(at),
		};
		await source.receipts.create(open({ ...more }), { key: "k", value, attempt: 1 }).catch(() => {});
		return lastSent();
	};
	it("Received quantities are told in: 60 units in cases of 12 are 5 by default, or 60", async () => {
		expect((await receive())?.requestBody).toContain('"receivedQuantity":5,');
		expect((await receive({ receivedIn: "units" }))?.requestBody).toContain('"receivedQuantity":60,');
	});
	it("Call that books a receipt: goes to another path where one is set", async () => {
		expect((await receive())?.url).toBe(`${om.url}/v1/purchaseorders/receive`);
		expect((await receive({ receiptPath: "/v2/receive" }))?.url).toBe(`${om.url}/v2/receive`);
	});
});
