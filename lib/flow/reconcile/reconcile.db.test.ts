import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { testRounds } from "@/lib/testing/rounds";
import { runFlow } from "@/lib/testing/tenant";

const database = testDatabase();
const journey = testJourney();
const { ofCart, ofWarehouse, open, found, fix, atWarehouse } = testRounds(database, journey);

describe("reconciling a cart", () => {
	it("finds nothing when everything agrees, and says how much it compared", async () => {
		await atWarehouse();
		journey.place();
		await journey.download();
		expect(await ofCart()).toMatchObject({ state: "done", counts: { read: 2, unchanged: 2 } });
		expect(await found()).toEqual([]);
		const [round] = await journey.tenant.sql(`select "state", "trigger", "counts" from "Reconciliation"`);
		expect(round).toEqual({
			state: "done",
			trigger: "person",
			counts: { compared: { orders: 2, shipments: 0, stock: 0 }, kinds: {} },
		});
	});

	it("leaves the download's own place as it is", async () => {
		await atWarehouse();
		const cursor = () =>
			journey.tenant.sql(`select "job", "cursor" from "Flow" where "job" not like '%/reconcile' order by 1`);
		const before = await cursor();
		await ofCart();
		expect(await cursor()).toEqual(before);
	});

	it("finds an order that was never loaded, and pulls it", async () => {
		await journey.download();
		const placed = journey.place();
		await ofCart();
		expect(await found()).toEqual([["missing-here", placed.code]]);
		expect(await fix(journey.cart, "missing-here")).toEqual({ asked: 1, left: 0, problem: null });
		expect(await journey.statusOf(placed.code)).toBeDefined();
		await ofCart();
		expect(await found()).toEqual([]);
	});

	it("names the setting that leaves an order out, and counts nothing that is only young", async () => {
		const placed = journey.place();
		await journey.tenant.sql(
			`update "Connection" set "options" = '{"earliestOrderDate": "2999-01-01T00:00:00Z"}' where "id" = $1`,
			[journey.cart.id],
		);
		await ofCart({ now: () => new Date() });
		expect(await found()).toEqual([]);
		await ofCart();
		expect(await open()).toEqual([]);
		await journey.tenant.sql(`update "Connection" set "options" = '{}' where "id" = $1`, [journey.cart.id]);
		placed.address = { ...placed.address, countryCode: "XX" };
		await ofCart();
		expect(await open()).toMatchObject([{ kind: "left-out", sentence: expect.stringContaining("cannot use") }]);
	});

	it("finds what is canceled on one side only, and cancels it here and at the warehouse", async () => {
		const [sent, stopped] = [await atWarehouse(), journey.place()];
		await journey.download();
		await journey.tenant.sql(`update "Order" set "sendingCanceled" = true where "number" = $1`, [stopped.code]);
		journey.shop.store.cancel(sent);
		await ofCart();
		expect(await found()).toEqual([
			["canceled-here", stopped.code],
			["canceled-there", sent.code],
		]);
		await fix(journey.cart, "canceled-there");
		expect(journey.atWarehouse(sent.code).readOnly.status).toBe(2);
		expect(await journey.statusOf(sent.code)).toBe("canceled");
		await ofCart();
		expect(await found()).toEqual([["canceled-here", stopped.code]]);
	});

	it("finds an order that was closed in the cart by hand before it could ship twice", async () => {
		const [packed, gone] = [await atWarehouse(), await atWarehouse()];
		packed.state = "Shipped";
		journey.shop.store.touch(packed);
		journey.shop.store.forget(gone);
		await ofCart();
		expect(await found()).toEqual([
			["closed-there", packed.code],
			["closed-there", gone.code],
		]);
		await fix(journey.cart, "closed-there");
		expect(journey.atWarehouse(packed.code).readOnly.status).toBe(2);
		await ofCart();
		expect(await found()).toEqual([]);
	});

	it("finds changes that were missed, before and after delivery", async () => {
		const sent = await atWarehouse();
		const waiting = journey.place();
		await journey.download();
		for (const order of [sent, waiting]) {
			const [line] = order.lines;
			if (line) line.quantity = 5;
			journey.shop.store.touch(order);
		}
		await ofCart();
		expect(await found()).toEqual([
			["changed-after-delivery", sent.code],
			["changed-there", waiting.code],
		]);
		await fix(journey.cart, "changed-there");
		await ofCart();
		expect(await found()).toEqual([["changed-after-delivery", sent.code]]);
		expect(journey.atWarehouse(waiting.code).items[0]?.qty).toBe(5);
	});

	it("finds a shipment the cart was not told of, and tells it", async () => {
		const placed = await atWarehouse();
		journey.warehouse.store.ship(journey.atWarehouse(placed.code).readOnly.orderId);
		await runFlow(journey.tenant, journey.wms, "shipments/fetch");
		await ofCart();
		expect(await found()).toEqual([["not-told", placed.code]]);
		await fix(journey.cart, "not-told");
		expect(placed.state).toBe("Shipped");
		await ofCart();
		expect(await found()).toEqual([]);
	});
});

describe("reconciling a warehouse", () => {
	it("finds nothing when everything agrees", async () => {
		await atWarehouse();
		await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		expect(await ofWarehouse()).toMatchObject({ state: "done" });
		expect(await found()).toEqual([]);
	});

	it("finds an order the warehouse lost, and sends it again once", async () => {
		const placed = await atWarehouse();
		journey.warehouse.store.forget(journey.atWarehouse(placed.code));
		await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		await ofWarehouse();
		expect(await found()).toEqual([["missing-there", placed.code]]);
		await fix(journey.wms, "missing-there");
		expect(await journey.statusOf(placed.code)).toBe("at_wms");
		expect(journey.created(placed.code)).toBe(2);
		await ofWarehouse();
		expect(await found()).toEqual([]);
	});

	it("does not send again what turned up meanwhile", async () => {
		const placed = await atWarehouse();
		const there = journey.atWarehouse(placed.code);
		journey.warehouse.store.forget(there);
		await ofWarehouse();
		journey.warehouse.store.add(there);
		const before = journey.created(placed.code);
		await fix(journey.wms, "missing-there");
		expect(journey.created(placed.code)).toBe(before);
		expect(await journey.statusOf(placed.code)).toBe("at_wms");
	});

	it("finds what the warehouse canceled, and cancels it here", async () => {
		const placed = await atWarehouse();
		journey.warehouse.store.cancel(journey.atWarehouse(placed.code));
		await ofWarehouse();
		expect(await found()).toContainEqual(["canceled-at-warehouse", placed.code]);
		await fix(journey.wms, "canceled-at-warehouse");
		expect(await journey.statusOf(placed.code)).toBe("canceled");
		expect(placed.state, "its cart is told as if Order Cancel Pickup had read it").toBe("Cancelled");
	});

	it("finds a shipment that the fetch passed over, and fetches it", async () => {
		const placed = await atWarehouse();
		journey.warehouse.store.ship(journey.atWarehouse(placed.code).readOnly.orderId);
		await journey.tenant.sql(`update "Flow" set "cursor" = $2 where "id" = $1`, [
			journey.wms.flows["shipments/fetch"],
			JSON.stringify({ since: "2999-01-01T00:00:00.000Z", page: 1 }),
		]);
		await runFlow(journey.tenant, journey.wms, "shipments/fetch");
		await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		await ofWarehouse();
		expect(await found()).toEqual([["shipped-there", placed.code]]);
		await fix(journey.wms, "shipped-there");
		expect(await journey.statusOf(placed.code)).toMatch(/shipped|confirmed/);
		await ofWarehouse();
		expect(await found()).toEqual([]);
	});

	it("finds stock that differs and stock nobody mentions any more, with both figures, and reads it", async () => {
		await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		const { stock } = journey.warehouse.store;
		const mug = stock.get("2/MUG");
		journey.warehouse.store.setStock("TEE", 2, 7);
		stock.delete("2/MUG");
		await ofWarehouse();
		expect((await open()).map(({ sentence }) => sentence)).toEqual([
			expect.stringContaining("no longer mentions it, we hold 40"),
			expect.stringContaining("says 7, we hold 40"),
		]);
		await fix(journey.wms, "stock");
		await ofWarehouse();
		expect(await found()).toEqual([]);
		if (mug) stock.set("2/MUG", mug);
		journey.warehouse.store.setStock("TEE", 2, 40);
	});
});
