/** Ruby Has, whose warehouse is a Deposco tenant, and Order Manager: the five flows between them as one story. */
import { afterEach, describe, expect, it } from "vitest";
import type { StoredPurchaseOrder } from "@/lib/connectors/extensiv-om/sandbox/purchase-book";
import { listPurchaseOrders } from "@/lib/services/purchase-orders/list-purchase-orders";
import { readPurchaseOrder } from "@/lib/services/purchase-orders/read-purchase-order";
import { testDatabase } from "@/lib/testing/database";
import { facility, type RubyHas, startRubyHas } from "@/lib/testing/ruby-has";

testDatabase();
let hub: RubyHas;
afterEach(() => hub.close());

async function ours({ number }: StoredPurchaseOrder) {
	const { items } = await listPurchaseOrders(hub.tenant.scope, { search: number, limit: 10 });
	const [found] = items;
	if (!found) throw new Error(`${number} is not ours`);
	const { state, units } = await readPurchaseOrder(hub.tenant.scope, found.id);
	return { state, units };
}
async function receiptsBack() {
	await hub.run("receipts/fetch");
	return hub.run("receipts/upload");
}
async function stockBack() {
	await hub.run("inventory/fetch");
	return hub.run("inventory/upload");
}
const statusOf = async (number: string) =>
	(await hub.tenant.sql<{ status: string }>(`select "status" from "Order" where "number" = $1`, [number]))[0]?.status;
const alerts = () =>
	hub.tenant.sql<{ code: string }>(`select "code" from "Alert" where "resolvedAt" is null order by 1`);

describe.each(["legacy", "latest"] as const)("Ruby Has by Deposco's %s API", (generation) => {
	it("is told of 100 units, receives 60 and then 40, tells its stock, and ships an order with its cost", async () => {
		hub = await startRubyHas(generation);
		const { om, deposco } = hub;
		const placed = om.store.purchases.place({ number: "PO-100", lines: [{ sku: "TEE", quantity: 100 }] });
		expect([placed.status, om.store.purchases.inTransit("TEE")]).toEqual(["PENDING_DELIVERY", 100]);

		// Purchase orders out.
		await hub.run("purchase-orders/download");
		expect(await hub.run("purchase-orders/deliver")).toMatchObject({ counts: { created: 1 } });
		const announced = hub.atDeposco("Purchase Order", "PO-100");
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
		expect(await hub.run("orders/download")).toMatchObject({ counts: { created: 1 } });
		await hub.run("orders/deliver");
		expect([await statusOf("OM-1"), await statusOf("OM-2")]).toEqual(["at_wms", undefined]);
		const packed = hub.atDeposco("Sales Order", "OM-1");
		expect(packed.lines).toMatchObject([{ sku: "TEE", quantity: 2 }]);

		// Shipments back, with what they cost.
		deposco.store.ship(packed, { cost: 7.85, boxes: [{ trackingNumber: "1ZRUBY" }] });
		for (const row of deposco.store.stock) row.total = 98;
		await hub.run("shipments/fetch");
		expect(await hub.run("shipments/upload")).toMatchObject({ state: "done" });
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
		for (const job of [
			"purchase-orders/download",
			"purchase-orders/deliver",
			"orders/download",
			"orders/deliver",
			"shipments/fetch",
			"shipments/upload",
		] as const)
			await hub.run(job);
		await receiptsBack();
		expect(deposco.store.created).toEqual(["PO-100", "OM-1"]);
		expect(om.store.purchases.receipts.map(({ received }) => received)).toEqual([60, 100]);
		expect(om.store.shipments).toHaveLength(1);
		expect(await alerts()).toEqual([]);
	}, 600_000);

	it("has another version of a purchase order that was edited later: one alert says so, and one only", async () => {
		hub = await startRubyHas(generation);
		const { om } = hub;
		const placed = om.store.purchases.place({ number: "PO-7", lines: [{ sku: "TEE", quantity: 100 }] });
		await hub.run("purchase-orders/download");
		await hub.run("purchase-orders/deliver");
		for (const quantity of [120, 130]) {
			for (const line of placed.lines) line.quantity = quantity;
			om.store.purchases.touch(placed);
			await hub.run("purchase-orders/download");
			await hub.run("purchase-orders/deliver");
		}
		expect(await alerts()).toEqual([{ code: "purchase-changed" }]);
		expect(hub.atDeposco("Purchase Order", "PO-7").lines).toMatchObject([{ quantity: 100 }]);
		expect(await ours(placed)).toMatchObject({ units: { expected: 130, inTransit: 130 } });
	});
});
