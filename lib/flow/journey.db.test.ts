import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { runFlow } from "@/lib/testing/tenant";

testDatabase();
const journey = testJourney();

describe("an order", () => {
	it("goes from the cart to the warehouse, and its two packages come back to their lines", async () => {
		const placed = journey.place();
		expect(await journey.download()).toMatchObject({ state: "done", counts: { created: 1 } });
		expect(await journey.statusOf(placed.code)).toBe("new");
		expect(await journey.deliver()).toMatchObject({ state: "done", counts: { created: 1 } });
		expect(await journey.statusOf(placed.code)).toBe("at_wms");
		const sent = journey.atWarehouse(placed.code);
		expect(sent).toMatchObject({
			routingInfo: { carrier: "UPS", mode: "ground" },
			shipTo: { address1: "1 Main St", country: "US" },
			items: [{ qty: 2 }, { qty: 1 }],
		});
		journey.warehouse.store.ship(sent.readOnly.orderId, [
			{ trackingNumber: "1ZA", contents: [{ line: 0, qty: 2 }] },
			{ trackingNumber: "1ZB", contents: [{ line: 1, qty: 1 }] },
		]);
		expect(await runFlow(journey.tenant, journey.wms, "shipments/fetch")).toMatchObject({
			state: "done",
			counts: { created: 1 },
		});
		expect(await journey.statusOf(placed.code)).toBe("shipped");
		expect(await runFlow(journey.tenant, journey.cart, "shipments/upload")).toMatchObject({
			state: "done",
			counts: { created: 2 },
		});
		expect(await journey.statusOf(placed.code)).toBe("confirmed");
		expect(placed.state).toBe("Shipped");
		expect(placed.fulfillments).toHaveLength(2);
		expect(placed.fulfillments).toContainEqual(
			expect.objectContaining({ trackingCode: "1ZA", lines: [{ orderLineId: placed.lines[0]?.id, quantity: 2 }] }),
		);
		expect(placed.fulfillments).toContainEqual(
			expect.objectContaining({ trackingCode: "1ZB", lines: [{ orderLineId: placed.lines[1]?.id, quantity: 1 }] }),
		);
	});

	it("is loaded, delivered and confirmed once, however often the flows run", async () => {
		const placed = journey.place();
		for (let round = 0; round < 3; round++) {
			await journey.download();
			await journey.deliver();
		}
		journey.warehouse.store.ship(journey.atWarehouse(placed.code).readOnly.orderId);
		for (let round = 0; round < 3; round++) {
			await runFlow(journey.tenant, journey.wms, "shipments/fetch");
			await runFlow(journey.tenant, journey.cart, "shipments/upload");
		}
		expect(journey.created(placed.code)).toBe(1);
		expect(journey.shop.store.ledger.filter((entry) => entry.code === placed.code)).toHaveLength(1);
		expect(await journey.statusOf(placed.code)).toBe("confirmed");
	});

	it("whose answer was lost is looked for, not sent again", async () => {
		const placed = journey.place();
		await journey.download();
		journey.warehouse.faults.add({
			match: (call) => call.method === "POST" && call.path === "/orders",
			fault: { kind: "reset", when: "after" },
		});
		await journey.deliver();
		await journey.deliver();
		expect(journey.created(placed.code)).toBe(1);
		expect(await journey.statusOf(placed.code)).toBe("at_wms");
		const [delivery] = await journey.tenant.sql(`select "existed", "attempts" from "Delivery"`);
		expect(delivery).toEqual({ existed: true, attempts: 2 });
	});

	it("that was being sent when the process died is looked for by the next run", async () => {
		const placed = journey.place();
		await journey.download();
		await journey.deliver();
		await journey.tenant.sql(`update "Delivery" set "state" = 'sending', "externalId" = null`);
		await journey.tenant.sql(`update "Order" set "status" = 'new', "dueAt" = null`);
		await journey.deliver();
		expect(journey.created(placed.code)).toBe(1);
		expect(await journey.statusOf(placed.code)).toBe("at_wms");
	});

	it("that the warehouse refuses stops no neighbour, and says why", async () => {
		const bad = journey.place([{ sku: "UNKNOWN-SKU", quantity: 1 }]);
		const good = journey.place();
		await journey.download();
		expect(await journey.deliver()).toMatchObject({
			state: "done_with_problems",
			counts: { created: 1, failed: 1 },
		});
		expect([await journey.statusOf(bad.code), await journey.statusOf(good.code)]).toEqual(["error", "at_wms"]);
		const alerts = await journey.tenant.sql<{ sentence: string }>(
			`select "sentence" from "Alert" where "resolvedAt" is null`,
		);
		expect(alerts).toEqual([{ sentence: expect.stringMatching(/UNKNOWN-SKU.*unknown/) }]);
	});

	it("cancelled before delivery never reaches the warehouse", async () => {
		const placed = journey.place();
		await journey.download();
		journey.shop.store.cancel(placed);
		await runFlow(journey.tenant, journey.cart, "orders/cancel");
		await journey.deliver();
		expect(journey.created(placed.code)).toBe(0);
		expect(await journey.statusOf(placed.code)).toBe("canceled");
	});

	it("cancelled after delivery is cancelled at the warehouse", async () => {
		const placed = journey.place();
		await journey.download();
		await journey.deliver();
		journey.shop.store.cancel(placed);
		await runFlow(journey.tenant, journey.cart, "orders/cancel");
		expect(journey.atWarehouse(placed.code).readOnly.status).toBe(2);
		expect(await journey.statusOf(placed.code)).toBe("canceled");
	});

	it("cancelled after it shipped stays shipped, and the refusal is seen", async () => {
		const placed = journey.place();
		await journey.download();
		await journey.deliver();
		journey.warehouse.store.ship(journey.atWarehouse(placed.code).readOnly.orderId);
		journey.shop.store.cancel(placed);
		await runFlow(journey.tenant, journey.cart, "orders/cancel");
		expect(await journey.statusOf(placed.code)).toBe("at_wms");
		expect(await journey.tenant.sql(`select "code" from "Alert" where "resolvedAt" is null`)).toEqual([
			{ code: "cancel-refused" },
		]);
	});

	it("edited in the cart before delivery goes out as edited", async () => {
		const placed = journey.place();
		await journey.download();
		const [line] = placed.lines;
		if (line) line.quantity = 5;
		journey.shop.store.touch(placed);
		expect(await journey.download()).toMatchObject({ counts: { updated: 1 } });
		await journey.deliver();
		expect(journey.atWarehouse(placed.code).items[0]?.qty).toBe(5);
	});

	it("held, or whose sending was cancelled, is not delivered until it is let go", async () => {
		const [held, stopped] = [journey.place(), journey.place()];
		await journey.download();
		await journey.tenant.sql(`update "Order" set "heldAt" = now() where "number" = $1`, [held.code]);
		await journey.tenant.sql(`update "Order" set "sendingCanceled" = true where "number" = $1`, [stopped.code]);
		for (let round = 0; round < 3; round++) await journey.deliver();
		expect([journey.created(held.code), journey.created(stopped.code)]).toEqual([0, 0]);
		await journey.tenant.sql(`update "Order" set "heldAt" = null, "sendingCanceled" = false`);
		await journey.deliver();
		expect([journey.created(held.code), journey.created(stopped.code)]).toEqual([1, 1]);
	});
});
