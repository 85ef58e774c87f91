/** The journey of orders and stock between a real Vendure shop and the sandbox warehouse. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ExtensivSandbox, startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { createContext } from "@/lib/connectors/kit/context";
import { memoryRecorder } from "@/lib/connectors/kit/record";
import { memoryTokenStore } from "@/lib/connectors/kit/token";
import { vendure } from "@/lib/connectors/vendure";
import { testDatabase } from "@/lib/testing/database";
import { createTestConnection, createTestTenant, runFlow, type TestTenant } from "@/lib/testing/tenant";
import {
	beginFulfillment,
	cancelOrder,
	changeQuantity,
	type PlacedOrder,
	placePaidOrder,
	sellable,
	shipFulfillments,
	shopper,
	showOrder,
} from "./orders";
import { type RunningVendure, startVendure } from "./start-vendure";
import { addApiKey, rights, type Seeded, seedStore } from "./store";

testDatabase();

let shop: RunningVendure;
let seeded: Seeded;
let warehouse: ExtensivSandbox;
let tenant: TestTenant;
let cart: Awaited<ReturnType<typeof createTestConnection>>;
let wms: Awaited<ReturnType<typeof createTestConnection>>;
const placed: PlacedOrder[] = [];

beforeAll(async () => {
	[shop, warehouse] = await Promise.all([startVendure(), startExtensivSandbox()]);
	seeded = await seedStore(shop);
	for (const sku of ["TEE", "MUG"]) warehouse.store.setStock(sku, 2, 40);
});
afterAll(() => Promise.all([shop?.stop(), warehouse?.close()]));
beforeEach(async () => {
	tenant = await createTestTenant();
	cart = await createTestConnection(tenant, {
		connectorKey: "vendure",
		side: "source",
		settings: seeded.settings,
		secret: ["apiKey"],
	});
	wms = await createTestConnection(tenant, {
		connectorKey: "extensiv-3pl",
		side: "destination",
		settings: warehouse.settings,
		secret: ["clientSecret", "tplKey"],
	});
	// Each test sees only its own orders: what earlier ones left open is cancelled in the shop.
	for (const order of placed.splice(0)) {
		const { state } = await showOrder(shop, order.id);
		if (state === "PaymentSettled") await cancelOrder(shop, order.id);
	}
});

async function place(): Promise<PlacedOrder> {
	const lines = [
		{ sku: "TEE", quantity: 2 },
		{ sku: "MUG", quantity: 1 },
	];
	const order = await placePaidOrder(shop, seeded, { lines });
	placed.push(order);
	return order;
}
/** An order that is at the warehouse. */
async function sent(): Promise<PlacedOrder> {
	const order = await place();
	await runFlow(tenant, cart, "orders/download");
	await runFlow(tenant, wms, "orders/deliver");
	return order;
}
const statusOf = async ({ code }: PlacedOrder) =>
	(await tenant.sql<{ status: string }>(`select "status" from "Order" where "number" = $1`, [code]))[0]?.status;
const created = ({ code }: PlacedOrder) =>
	warehouse.store.ledger.filter((entry) => entry.kind === "created" && entry.referenceNum === code).length;
function atWarehouse({ code }: PlacedOrder) {
	const order = warehouse.store.find(code);
	if (!order) throw new Error(`order ${code} is not at the warehouse`);
	return order;
}
const lineId = (order: PlacedOrder, sku: string) =>
	order.lines.find((line) => line.productVariant.sku === sku)?.id ?? "none";

describe("an order from the shop", () => {
	it("is delivered exactly once, with its lines, address and ship method", async () => {
		const order = await place();
		expect(await runFlow(tenant, cart, "orders/download")).toMatchObject({ state: "done", counts: { created: 1 } });
		expect(await runFlow(tenant, cart, "orders/download")).toMatchObject({ state: "done", counts: { created: 0 } });
		for (let round = 0; round < 2; round++) await runFlow(tenant, wms, "orders/deliver");
		expect(created(order)).toBe(1);
		expect(await statusOf(order)).toBe("at_wms");
		const sent = atWarehouse(order);
		expect(sent).toMatchObject({
			referenceNum: order.code,
			routingInfo: { carrier: "UPS", mode: "ground" },
			shipTo: {
				name: shopper.fullName,
				address1: shopper.streetLine1,
				address2: shopper.streetLine2,
				city: shopper.city,
				state: shopper.province,
				zip: shopper.postalCode,
				country: shopper.countryCode,
			},
		});
		expect(sent.items.map((item) => [item.itemIdentifier.sku, item.qty])).toEqual([
			["TEE", 2],
			["MUG", 1],
		]);
	});

	it("that the warehouse cancels is canceled in the shop once, and one that has left there is not", async () => {
		const [order, left] = [await place(), await place()];
		await runFlow(tenant, cart, "orders/download");
		await runFlow(tenant, wms, "orders/deliver");
		warehouse.store.cancel(atWarehouse(order), "Pat Packer");
		warehouse.store.cancel(atWarehouse(left), "Pat Packer");
		const lines = left.lines.map(({ id, quantity }) => ({ orderLineId: id, quantity }));
		await beginFulfillment(shop, { lines, trackingCode: "by hand" });
		await shipFulfillments(shop, left.id);
		expect(await runFlow(tenant, wms, "cancels/fetch")).toMatchObject({ counts: { updated: 2 } });
		expect(await runFlow(tenant, cart, "cancels/upload")).toMatchObject({ counts: { created: 1, failed: 1 } });
		expect([(await showOrder(shop, order.id)).state, await statusOf(order)]).toEqual(["Cancelled", "canceled"]);
		expect((await showOrder(shop, left.id)).state).toBe("Shipped");
		await tenant.sql(
			`update "WarehouseCancellation" set "state" = 'unknown', "nextTryAt" = now() where "state" = 'accepted'`,
		);
		await runFlow(tenant, cart, "cancels/upload");
		expect(await tenant.sql(`select "state", "existed" from "WarehouseCancellation" order by "state"`)).toEqual([
			{ state: "accepted", existed: true },
			{ state: "refused", existed: false },
		]);
	});

	it("that the shop's people change after it was sent is changed at the warehouse", async () => {
		const order = await sent();
		await changeQuantity(shop, order.id, { orderLineId: lineId(order, "TEE"), quantity: 3 });
		expect(await runFlow(tenant, cart, "orders/download")).toMatchObject({ counts: { updated: 1 } });
		await runFlow(tenant, wms, "orders/deliver");
		expect(atWarehouse(order).items.map((item) => item.qty)).toEqual([3, 1]);
	});

	it("that leaves in two packages gets both tracking codes on their lines, once, and is Shipped", async () => {
		const order = await sent();
		warehouse.store.ship(atWarehouse(order).readOnly.orderId, [
			{ trackingNumber: "1ZA", contents: [{ line: 0, qty: 2 }] },
			{ trackingNumber: "1ZB", contents: [{ line: 1, qty: 1 }] },
		]);
		await runFlow(tenant, wms, "shipments/fetch");
		expect(await runFlow(tenant, cart, "shipments/upload")).toMatchObject({ state: "done", counts: { created: 2 } });
		await runFlow(tenant, wms, "shipments/fetch");
		await runFlow(tenant, cart, "shipments/upload");
		expect(await statusOf(order)).toBe("confirmed");
		const { state, fulfillments } = await showOrder(shop, order.id);
		expect(state).toBe("Shipped");
		expect(fulfillments).toHaveLength(2);
		for (const [trackingCode, sku, quantity] of [
			["1ZA", "TEE", 2],
			["1ZB", "MUG", 1],
		] as const) {
			const lines = [{ orderLineId: lineId(order, sku), quantity }];
			expect(fulfillments).toContainEqual({
				state: "Shipped",
				method: expect.stringContaining("UPS"),
				trackingCode,
				lines,
			});
		}
	});

	it("whose tracking was half told when the process died is told to the end, not twice", async () => {
		const order = await sent();
		// One of two: the shop would take the same package again.
		const box = { trackingNumber: "1ZH", contents: [{ line: 0, qty: 1 }] };
		warehouse.store.ship(atWarehouse(order).readOnly.orderId, [box]);
		await runFlow(tenant, wms, "shipments/fetch");
		await beginFulfillment(shop, { lines: [{ orderLineId: lineId(order, "TEE"), quantity: 1 }], trackingCode: "1ZH" });
		await tenant.sql(`update "Confirmation" set "state" = 'sending'`);
		await runFlow(tenant, cart, "shipments/upload");
		expect(await tenant.sql(`select "state", "existed" from "Confirmation"`)).toEqual([
			{ state: "accepted", existed: true },
		]);
		const { state, fulfillments } = await showOrder(shop, order.id);
		expect(state).toBe("PartiallyShipped");
		expect(fulfillments).toMatchObject([{ state: "Shipped", trackingCode: "1ZH" }]);
	});

	it("whose carrier was mapped since says so when tracking is sent again, and sells no unit more or less", async () => {
		const order = await sent();
		warehouse.store.ship(atWarehouse(order).readOnly.orderId);
		await runFlow(tenant, wms, "shipments/fetch");
		await runFlow(tenant, cart, "shipments/upload");
		const left = await sellable(shop, seeded.variants.TEE ?? "");
		await tenant.sql(`update "CarrierMapping" set "toCarrier" = 'FEDEX' where "direction" = 'in'`);
		await tenant.sql(`update "Confirmation" set "state" = 'unknown', "nextTryAt" = now()`);
		await runFlow(tenant, cart, "shipments/upload");
		const { state, fulfillments } = await showOrder(shop, order.id);
		const said = fulfillments.map((one) => `${one.state} ${one.method.split(" ")[0]}`).sort();
		expect([state, ...said]).toEqual(["Shipped", "Cancelled UPS", "Shipped FEDEX"]);
		expect(await sellable(shop, seeded.variants.TEE ?? "")).toBe(left);
	});

	it("of which a unit was cancelled before delivery goes out without it", async () => {
		const order = await place();
		await runFlow(tenant, cart, "orders/download");
		await cancelOrder(shop, order.id, [{ orderLineId: lineId(order, "TEE"), quantity: 1 }]);
		expect(await runFlow(tenant, cart, "orders/download")).toMatchObject({ counts: { updated: 1 } });
		await runFlow(tenant, wms, "orders/deliver");
		expect(atWarehouse(order).items.map((item) => item.qty)).toEqual([1, 1]);
	});

	it("cancelled before delivery never reaches the warehouse", async () => {
		const order = await place();
		await runFlow(tenant, cart, "orders/download");
		await cancelOrder(shop, order.id);
		await runFlow(tenant, cart, "orders/cancel");
		await runFlow(tenant, wms, "orders/deliver");
		expect(created(order)).toBe(0);
		expect(await statusOf(order)).toBe("canceled");
	});

	it("cancelled after delivery is cancelled at the warehouse", async () => {
		const order = await sent();
		await cancelOrder(shop, order.id);
		await runFlow(tenant, cart, "orders/cancel");
		expect(atWarehouse(order).readOnly.status).toBe(2);
		expect(await statusOf(order)).toBe("canceled");
	});
});

describe("stock", () => {
	it("set at the warehouse is what a shopper may buy, also with units promised to paid orders", async () => {
		const tee = seeded.variants.TEE ?? "";
		await place();
		await runFlow(tenant, cart, "orders/download");
		await runFlow(tenant, wms, "orders/deliver");
		warehouse.store.setStock("TEE", 2, 10);
		await runFlow(tenant, wms, "inventory/fetch");
		expect(await runFlow(tenant, cart, "inventory/upload")).toMatchObject({ state: "done" });
		expect(await sellable(shop, tee)).toBe(10);
		await place();
		expect(await sellable(shop, tee)).toBe(8);
		await runFlow(tenant, cart, "orders/download");
		await runFlow(tenant, cart, "inventory/upload");
		expect(await sellable(shop, tee)).toBe(8);
		warehouse.store.setStock("TEE", 2, 0);
		await runFlow(tenant, wms, "inventory/fetch");
		await runFlow(tenant, cart, "inventory/upload");
		expect(await sellable(shop, tee)).toBe(0);
	});
});

describe("the connection test", () => {
	const check = (changes: object) =>
		vendure.check(
			createContext({
				connector: vendure,
				settings: { ...seeded.settings, ...changes },
				key: "check",
				recorder: memoryRecorder(),
				tokens: memoryTokenStore(),
				signal: new AbortController().signal,
				log: { info: () => {}, warn: () => {} },
			}),
		);

	it("is passed by a key with the rights that the guide names", async () => {
		expect(await check({})).toEqual({ ok: true, as: "the default channel" });
	});

	it("names the API key when it is wrong", async () => {
		expect(await check({ apiKey: `0${seeded.apiKey}` })).toEqual({
			ok: false,
			field: "apiKey",
			fix: expect.stringContaining("does not accept this API key"),
		});
	});

	it.each(rights)("names %s when the role lacks it", async (right) => {
		const others = rights.filter((other) => other !== right);
		expect(await check({ apiKey: await addApiKey(shop.admin, others) })).toEqual({
			ok: false,
			field: "apiKey",
			fix: expect.stringContaining(`lacks ${right}.`),
		});
	});

	it("names the address when it is the Shop API's, or nobody's", async () => {
		for (const apiUrl of [shop.shopUrl, shop.url])
			expect(await check({ apiUrl })).toMatchObject({ ok: false, field: "apiUrl" });
	});
});
