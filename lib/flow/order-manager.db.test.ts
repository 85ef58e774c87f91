import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ExtensivSandbox, startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { type OmSandbox, startOmSandbox } from "@/lib/connectors/extensiv-om/sandbox";
import { connectWarehouse } from "@/lib/testing/connect";
import { testDatabase } from "@/lib/testing/database";
import { createTestConnection, createTestTenant, runFlow, type TestTenant } from "@/lib/testing/tenant";

testDatabase();

let om: OmSandbox;
let warehouse: ExtensivSandbox;
let tenant: TestTenant;
let wms: Awaited<ReturnType<typeof connectWarehouse>>;

beforeAll(async () => {
	warehouse = await startExtensivSandbox();
	for (const sku of ["TEE", "MUG", "HAT", "CAP"]) warehouse.store.setStock(sku, 2, 40);
});
afterAll(() => warehouse.close());
beforeEach(async () => {
	om = await startOmSandbox({ quotas: false });
	for (const sku of ["TEE", "MUG"]) om.store.addProduct(sku, { onHand: 40 });
	tenant = await createTestTenant();
	wms = await connectWarehouse(tenant, warehouse);
	return () => om.close();
});

let connections = 0;
function connect(more: Record<string, unknown> = {}) {
	const settings = { ...om.settings, ...more };
	const about = { connectorKey: "extensiv-om", side: "source", name: `Order Manager ${++connections}` } as const;
	return createTestConnection(tenant, { ...about, settings, secret: ["apiToken"] });
}
const number = () => `T-${crypto.randomUUID().slice(0, 8)}`;
const statusOf = async (of: string) =>
	(await tenant.sql<{ status: string }>(`select "status" from "Order" where "number" = $1`, [of]))[0]?.status;
const reasons = async (runs: string) =>
	tenant.sql<{ subject: string; outcome: string; reason: string }>(
		`select r."subject", r."outcome", r."reason" from "RunRecord" r join "Run" n on n."accountId" = r."accountId" and n."id" = r."runId"
		 where n."flowId" = $1 order by r."id"`,
		[runs],
	);

describe("an order of Order Manager", () => {
	it("is loaded and labelled, packed, and confirmed with its cost in the carrier fee", async () => {
		const cart = await connect({
			labelDownloaded: true,
			loadSalesChannel: true,
			loadCustomFields: true,
			concatShipCode: true,
			orderNumberField: "customField1",
		});
		const wanted = number();
		const placed = om.store.place({
			lines: [
				{ sku: "TEE", quantity: 2 },
				{ sku: "MUG", quantity: 1 },
			],
			more: {
				customField1: wanted,
				customField2: "gift wrap",
				shipName: "Ana de la Cruz",
				shipMethod: { shippingCarrier: "DHL", shippingServiceId: 14 },
			},
		});
		placed.labels.push("VIP");
		const others = [
			om.store.place({ lines: [{ sku: "TEE", quantity: 1 }], status: "ON_HOLD" }),
			om.store.place({ lines: [{ sku: "TEE", quantity: 1 }], warehouseId: 4 }),
		];
		const unnumbered = om.store.place({ lines: [{ sku: "TEE", quantity: 1 }], number: number() });
		expect(await runFlow(tenant, cart, "orders/download")).toMatchObject({ state: "done", counts: { created: 2 } });
		for (const { orderNumber } of others) expect(await statusOf(orderNumber)).toBeUndefined();
		expect(await statusOf(unnumbered.orderNumber), "an empty custom field gives its own number").toBe("new");
		expect(placed.labels).toEqual(["VIP", "Loaded by warehouse"]);
		expect(await runFlow(tenant, cart, "orders/download")).toMatchObject({ counts: { created: 0, updated: 0 } });
		const [{ document } = { document: null }] = await tenant.sql(`select "document" from "Order" where "number" = $1`, [
			wanted,
		]);
		expect(document).toMatchObject({
			shipTo: { name: "Ana de la Cruz", firstName: "Ana", lastName: "de la Cruz", country: "US" },
			shipping: { code: "14-DHL" },
			tags: ["VIP"],
		});
		await runFlow(tenant, wms, "orders/deliver");
		expect(await statusOf(wanted)).toBe("at_wms");
		const packed = warehouse.store.find(wanted);
		expect(packed).toMatchObject({
			notes: "Order source: Order Manager-Wayfair",
			savedElements: [
				{ name: "Custom field 1", value: wanted },
				{ name: "Custom field 2", value: "gift wrap" },
			],
		});
		if (!packed) return;
		packed.upsTransportationCharge = 7.12;
		packed.routingInfo.carrier = "UPS";
		warehouse.store.ship(packed.readOnly.orderId, [
			{ trackingNumber: "1ZA", contents: [{ line: 0, qty: 2 }] },
			{ trackingNumber: "1ZB", contents: [{ line: 1, qty: 1 }] },
		]);
		await runFlow(tenant, wms, "shipments/fetch");
		expect(await runFlow(tenant, cart, "shipments/upload")).toMatchObject({ state: "done", counts: { created: 1 } });
		expect(await statusOf(wanted)).toBe("confirmed");
		expect(placed.status).toBe("SHIPPED");
		expect(
			om.store.shipments.map(({ trackingNumber, carrierFee, shippingCarrier }) => [
				trackingNumber,
				carrierFee,
				shippingCarrier,
			]),
		).toEqual([
			["1ZA", { amount: 7.12, currency: "USD" }, "UPS"],
			["1ZB", null, "UPS"],
		]);
	});

	it("whose label was refused is labelled with the next download, and says so once", async () => {
		const cart = await connect({ labelDownloaded: true });
		const placed = om.store.place({ lines: [{ sku: "TEE", quantity: 1 }] });
		om.faults.add({
			match: (call) => call.method === "POST" && call.path === "/v1.1/orders",
			fault: { kind: "status", status: 400, when: "before" },
		});
		await runFlow(tenant, cart, "orders/download");
		expect([await statusOf(placed.orderNumber), placed.labels]).toEqual(["new", []]);
		await runFlow(tenant, cart, "orders/download");
		await runFlow(tenant, cart, "orders/download");
		expect(placed.labels).toEqual(["Loaded by warehouse"]);
		expect(await tenant.sql(`select 1 from "OrderEvent" where "kind" = 'acknowledged'`)).toHaveLength(1);
	});

	it("that is not to be labelled is left alone", async () => {
		const cart = await connect();
		const placed = om.store.place({ lines: [{ sku: "TEE", quantity: 1 }] });
		await runFlow(tenant, cart, "orders/download");
		expect([placed.labels, placed.status]).toEqual([[], "AWAITING_3PL_EXPORT"]);
	});

	it("cancelled there is stopped here, or cancelled at the warehouse", async () => {
		const cart = await connect();
		const [here, there] = [number(), number()].map((one) =>
			om.store.place({ lines: [{ sku: "TEE", quantity: 1 }], number: one }),
		);
		if (!here || !there) return;
		await runFlow(tenant, cart, "orders/download");
		await tenant.sql(`update "Order" set "heldAt" = now() where "number" = $1`, [here.orderNumber]);
		await runFlow(tenant, wms, "orders/deliver");
		for (const one of [here, there]) om.store.cancel(one);
		await runFlow(tenant, cart, "orders/cancel");
		expect([await statusOf(here.orderNumber), await statusOf(there.orderNumber)]).toEqual(["canceled", "canceled"]);
		expect(warehouse.store.find(here.orderNumber)).toBeUndefined();
		expect(warehouse.store.find(there.orderNumber)?.readOnly.status).toBe(2);
	});

	it("that the warehouse cancels is cancelled there without a refund, once, with the reason of the settings", async () => {
		const cart = await connect({ warehouseCancelReason: "NO_INVENTORY" });
		const placed = om.store.place({ lines: [{ sku: "TEE", quantity: 1 }], number: number() });
		await runFlow(tenant, cart, "orders/download");
		await runFlow(tenant, wms, "orders/deliver");
		const packed = warehouse.store.find(placed.orderNumber);
		if (!packed) throw new Error("the order is not at the warehouse");
		warehouse.store.cancel(packed, "Pat Packer");
		await runFlow(tenant, wms, "cancels/fetch");
		for (let round = 0; round < 2; round++) await runFlow(tenant, cart, "cancels/upload");
		expect([placed.status, await statusOf(placed.orderNumber)]).toEqual(["CANCELLED", "canceled"]);
		expect(om.store.canceled).toEqual([{ orderId: placed.orderId, reason: "NO_INVENTORY" }]);
	});

	it("of any warehouse is loaded where no warehouse is named, and inventory is refused with the reason", async () => {
		const cart = await connect({ warehouseName: "" });
		om.store.place({ lines: [{ sku: "TEE", quantity: 1 }], warehouseId: 4 });
		expect(await runFlow(tenant, cart, "orders/download")).toMatchObject({ counts: { created: 1 } });
		await runFlow(tenant, wms, "inventory/fetch");
		expect(await runFlow(tenant, cart, "inventory/upload")).toMatchObject({
			message: expect.stringContaining("Warehouse name is empty"),
			counts: { updated: 0 },
		});
		expect(om.store.shows("TEE").onHand).toBe(40);
	});
});

describe("inventory for Order Manager", () => {
	/** 18 on hand, 10 free at the warehouse; locked 10 there, of which 4 on hold and unknown to the warehouse. */
	function workedExample(): void {
		warehouse.store.setStock("TEE", 2, 10, { onHand: 18, allocated: 8 });
		om.store.stock.length = 0;
		om.store.addProduct("TEE", { onHand: 0, locked: 6 });
		om.store.place({ lines: [{ sku: "TEE", quantity: 4 }], status: "ON_HOLD" });
	}

	it.each([
		["unlocked", { onHand: 20, locked: 10, available: 10 }],
		["on-hand", { onHand: 18, locked: 10, available: 8 }],
		["unlocked-at-warehouse", { onHand: 16, locked: 10, available: 6 }],
	])(
		"in mode %s shows what the worked example says, whatever a pushed number means there",
		async (inventoryMode, shown) => {
			await runFlow(tenant, wms, "inventory/fetch");
			for (const pushedAs of ["unlocked", "on-hand"] as const) {
				await om.close();
				om = await startOmSandbox({ quotas: false, pushedAs });
				workedExample();
				await runFlow(tenant, wms, "inventory/fetch");
				const cart = await connect({ inventoryMode, pushedAs });
				await runFlow(tenant, cart, "inventory/upload");
				expect(om.store.shows("TEE"), pushedAs).toEqual(shown);
			}
		},
	);

	it("leaves out, and lists, products without starting inventory and products it does not know", async () => {
		om.store.addProduct("HAT");
		await runFlow(tenant, wms, "inventory/fetch");
		const cart = await connect();
		expect(await runFlow(tenant, cart, "inventory/upload")).toMatchObject({ counts: { updated: 2, skipped: 2 } });
		const skipped = (await reasons(cart.flows["inventory/upload"] ?? "")).filter(
			({ outcome }) => outcome === "skipped",
		);
		expect(skipped.sort((a, b) => (a.subject < b.subject ? -1 : 1))).toEqual([
			{ subject: "CAP", outcome: "skipped", reason: expect.stringContaining("no product") },
			{ subject: "HAT", outcome: "skipped", reason: expect.stringContaining("no starting inventory") },
		]);
		expect((await runFlow(tenant, cart, "inventory/upload")).counts).toMatchObject({ skipped: 0, failed: 0 });
	});

	it("warns while it is told more often than daily and orders are on hold", async () => {
		const cart = await connect();
		const flow = (set: string) =>
			tenant.sql(`update "Flow" set ${set} where "id" = $1`, [cart.flows["inventory/upload"]]);
		const open = async () => {
			await runFlow(tenant, cart, "inventory/upload");
			const rows = await tenant.sql<{ sentence: string }>(
				`select "sentence" from "Alert" where "code" = 'held-stock' and "resolvedAt" is null`,
			);
			return rows.map(({ sentence }) => sentence);
		};
		const held = om.store.place({ lines: [{ sku: "TEE", quantity: 4 }], status: "ON_HOLD" });
		await flow(`"mode" = 'every', "everyMinutes" = 60`);
		expect(await open()).toEqual([expect.stringContaining("1 order is on hold in Order Manager")]);
		await flow(`"mode" = 'daily', "everyMinutes" = null, "dailyAt" = 120`);
		expect(await open()).toEqual([]);
		await flow(`"mode" = 'automatic', "dailyAt" = null`);
		expect(await open()).toHaveLength(1);
		om.store.move(held, "AWAITING_3PL_EXPORT");
		expect(await open()).toEqual([]);
	});
});
