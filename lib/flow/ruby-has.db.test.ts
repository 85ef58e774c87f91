/** Ruby Has, whose warehouse is a Deposco tenant, and Order Manager: the five flows between them as one story. */
import { beforeEach, describe, expect, it } from "vitest";
import { type DeposcoSandbox, startDeposcoSandbox } from "@/lib/connectors/deposco/sandbox";
import { type OmSandbox, startOmSandbox } from "@/lib/connectors/extensiv-om/sandbox";
import type { StoredPurchaseOrder } from "@/lib/connectors/extensiv-om/sandbox/purchase-book";
import { listPurchaseOrders } from "@/lib/services/purchase-orders/list-purchase-orders";
import { readPurchaseOrder } from "@/lib/services/purchase-orders/read-purchase-order";
import type { Connected } from "@/lib/testing/connect";
import { testDatabase } from "@/lib/testing/database";
import { createTestConnection, createTestTenant, runFlow, type TestTenant } from "@/lib/testing/tenant";

testDatabase();

const facility = "LAX";
let om: OmSandbox;
let deposco: DeposcoSandbox;
let tenant: TestTenant;
let cart: Connected;
let wms: Connected;

async function start(generation: "legacy" | "latest"): Promise<void> {
	tenant = await createTestTenant("Ruby & Kettle");
	const source = { connectorKey: "extensiv-om", side: "source", name: "Order Manager" } as const;
	cart = await createTestConnection(tenant, { ...source, settings: om.settings, secret: ["apiToken"] });
	const warehouse = { connectorKey: "deposco", side: "destination", name: "Ruby Has" } as const;
	const settings = { ...deposco[generation], facility };
	const secret = ["password", "clientSecret", "refreshToken"].filter((name) => name in settings);
	wms = await createTestConnection(tenant, { ...warehouse, settings, secret });
}

beforeEach(async () => {
	om = await startOmSandbox({ quotas: false });
	deposco = await startDeposcoSandbox();
	om.store.addProduct("TEE", { onHand: 0 });
	deposco.store.items.add("TEE");
	return async () => {
		await om.close();
		await deposco.close();
	};
});

async function ours({ number }: StoredPurchaseOrder) {
	const { items } = await listPurchaseOrders(tenant.scope, { search: number, limit: 10 });
	const [found] = items;
	if (!found) throw new Error(`${number} is not ours`);
	const { state, units } = await readPurchaseOrder(tenant.scope, found.id);
	return { state, units };
}
function atDeposco(kind: "Sales Order" | "Purchase Order", number: string) {
	const found = deposco.store.orders.filter((one) => one.kind === kind && one.number === number);
	const [order] = found;
	if (!order || found.length > 1) throw new Error(`Deposco has ${found.length} of ${number}`);
	return order;
}
async function receiptsBack() {
	await runFlow(tenant, wms, "receipts/fetch");
	return runFlow(tenant, cart, "receipts/upload");
}
async function stockBack() {
	await runFlow(tenant, wms, "inventory/fetch");
	return runFlow(tenant, cart, "inventory/upload");
}
const statusOf = async (number: string) =>
	(await tenant.sql<{ status: string }>(`select "status" from "Order" where "number" = $1`, [number]))[0]?.status;
const alerts = () => tenant.sql<{ code: string }>(`select "code" from "Alert" where "resolvedAt" is null order by 1`);

describe.each(["legacy", "latest"] as const)("Ruby Has by Deposco's %s API", (generation) => {
	it("is told of 100 units, receives 60 and then 40, tells its stock, and ships an order with its cost", async () => {
		await start(generation);
		const placed = om.store.purchases.place({ number: "PO-100", lines: [{ sku: "TEE", quantity: 100 }] });
		expect([placed.status, om.store.purchases.inTransit("TEE")]).toEqual(["PENDING_DELIVERY", 100]);

		// Purchase orders out.
		await runFlow(tenant, cart, "purchase-orders/download");
		expect(await runFlow(tenant, wms, "purchase-orders/deliver")).toMatchObject({ counts: { created: 1 } });
		const announced = atDeposco("Purchase Order", "PO-100");
		expect(announced.lines).toMatchObject([{ sku: "TEE", quantity: 100 }]);
		const nothing = { expected: 100, received: 0, putAway: 0, inTransit: 100 };
		expect(await ours(placed)).toEqual({ state: "pending_delivery", units: nothing });
		await stockBack();

		// Receipts back: 60 of 100, which are nowhere in Order Manager's stock until they are put away.
		deposco.store.receive(announced, { quantity: 60 });
		expect(await receiptsBack()).toMatchObject({ state: "done", counts: { created: 1 } });
		expect([placed.status, placed.lines[0]?.received]).toEqual(["PARTIALLY_DELIVERED", 60]);
		expect([om.store.purchases.inTransit("TEE"), om.store.shows("TEE").onHand]).toEqual([40, 0]);
		const partly = { expected: 100, received: 60, putAway: 0, inTransit: 40 };
		expect(await ours(placed)).toEqual({ state: "partially_fulfilled", units: partly });

		// Inventory: the next snapshot holds what was put away.
		deposco.store.stock.push({ sku: "TEE", facility, total: 60, allocated: 0 });
		await stockBack();
		expect(om.store.shows("TEE").onHand).toBe(60);
		expect(await ours(placed)).toMatchObject({ units: { ...partly, putAway: 60 } });

		// The rest arrives.
		deposco.store.receive(announced, { quantity: 40 });
		await receiptsBack();
		expect([placed.status, placed.lines[0]?.received, om.store.purchases.inTransit("TEE")]).toEqual([
			"FULFILLED",
			100,
			0,
		]);
		const whole = { expected: 100, received: 100, putAway: 60, inTransit: 0 };
		expect(await ours(placed)).toEqual({ state: "fulfilled", units: whole });
		for (const row of deposco.store.stock) row.total = 100;
		await stockBack();
		expect(om.store.shows("TEE")).toEqual({ onHand: 100, locked: 0, available: 100 });
		expect(await ours(placed)).toMatchObject({ units: { ...whole, putAway: 100 } });

		// Orders out: those that are assigned to this warehouse.
		const mine = om.store.place({ number: "OM-1", lines: [{ sku: "TEE", quantity: 2 }] });
		const others = om.store.place({ number: "OM-2", lines: [{ sku: "TEE", quantity: 1 }], warehouseId: 4 });
		expect([mine.status, others.status]).toEqual(["AWAITING_3PL_EXPORT", "AWAITING_3PL_EXPORT"]);
		expect(await runFlow(tenant, cart, "orders/download")).toMatchObject({ counts: { created: 1 } });
		await runFlow(tenant, wms, "orders/deliver");
		expect([await statusOf("OM-1"), await statusOf("OM-2")]).toEqual(["at_wms", undefined]);
		const packed = atDeposco("Sales Order", "OM-1");
		expect(packed.lines).toMatchObject([{ sku: "TEE", quantity: 2 }]);

		// Shipments back, with what they cost.
		deposco.store.ship(packed, { cost: 7.85, boxes: [{ trackingNumber: "1ZRUBY" }] });
		for (const row of deposco.store.stock) row.total = 98;
		await runFlow(tenant, wms, "shipments/fetch");
		expect(await runFlow(tenant, cart, "shipments/upload")).toMatchObject({ state: "done" });
		expect([mine.status, others.status, await statusOf("OM-1")]).toEqual([
			"SHIPPED",
			"AWAITING_3PL_EXPORT",
			"confirmed",
		]);
		expect(om.store.shipments).toMatchObject([
			{ orderId: mine.orderId, trackingNumber: "1ZRUBY", carrierFee: { amount: 7.85, currency: "USD" } },
		]);
		await stockBack();
		expect(om.store.shows("TEE").onHand).toBe(98);

		// Everything once more changes nothing on either side.
		for (const [end, job] of [
			[cart, "purchase-orders/download"],
			[wms, "purchase-orders/deliver"],
			[cart, "orders/download"],
			[wms, "orders/deliver"],
			[wms, "shipments/fetch"],
			[cart, "shipments/upload"],
		] as const)
			await runFlow(tenant, end, job);
		await receiptsBack();
		expect(deposco.store.created).toEqual(["PO-100", "OM-1"]);
		expect(om.store.purchases.receipts.map(({ received }) => received)).toEqual([60, 100]);
		expect(om.store.shipments).toHaveLength(1);
		expect(await alerts()).toEqual([]);
	});

	it("has another version of a purchase order that was edited later: one alert says so, and one only", async () => {
		await start(generation);
		const placed = om.store.purchases.place({ number: "PO-7", lines: [{ sku: "TEE", quantity: 100 }] });
		await runFlow(tenant, cart, "purchase-orders/download");
		await runFlow(tenant, wms, "purchase-orders/deliver");
		for (const quantity of [120, 130]) {
			for (const line of placed.lines) line.quantity = quantity;
			om.store.purchases.touch(placed);
			await runFlow(tenant, cart, "purchase-orders/download");
			await runFlow(tenant, wms, "purchase-orders/deliver");
		}
		expect(await alerts()).toEqual([{ code: "purchase-changed" }]);
		expect(atDeposco("Purchase Order", "PO-7").lines).toMatchObject([{ quantity: 100 }]);
		expect(await ours(placed)).toMatchObject({ units: { expected: 130, inTransit: 130 } });
	});
});
