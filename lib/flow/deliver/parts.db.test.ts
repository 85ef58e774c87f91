import { beforeEach, describe, expect, it } from "vitest";
import { cancelSending } from "@/lib/services/orders/cancel-sending";
import { closeShipped } from "@/lib/services/orders/close-shipped";
import { enableSending } from "@/lib/services/orders/enable-sending";
import { holdOrder } from "@/lib/services/orders/hold-order";
import { markDelivered } from "@/lib/services/orders/mark-delivered";
import { releaseOrder } from "@/lib/services/orders/release-order";
import { backordersOf, partial } from "@/lib/testing/backorders";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { runFlow } from "@/lib/testing/tenant";

testDatabase();
const journey = testJourney();

const { managed, count, place, there, waitingOf } = backordersOf(journey);

beforeEach(() => count(0));

describe("an order in two parts", () => {
	/** 3 of 5 are at the warehouse, 2 wait. */
	async function halfSent(options: object = partial) {
		await managed(options);
		await count(3);
		const placed = journey.place([{ sku: "TEE", quantity: 5 }]);
		await journey.download();
		await journey.deliver();
		return { placed, number: placed.code, id: await journey.orderIdOf(placed.code) };
	}

	it("whose second part's answer was lost is looked for, not sent again", async () => {
		const { number } = await halfSent();
		await count(2);
		journey.warehouse.faults.add({
			match: (call) => call.method === "POST" && call.path === "/orders",
			fault: { kind: "reset", when: "after" },
		});
		await journey.deliver();
		expect(await journey.tenant.sql(`select "part", "state" from "Delivery" order by "part"`)).toEqual([
			{ part: 1, state: "accepted" },
			{ part: 2, state: "unknown" },
		]);
		await count(50);
		await journey.deliver();
		expect([journey.created(number), journey.created(`${number}-2`), journey.created(`${number}-3`)]).toEqual([
			1, 1, 0,
		]);
		expect(await waitingOf(number)).toEqual({ status: "at_wms", waiting: 0, since: null });
	});

	it("that was being sent when the process died is looked for, whichever part it was", async () => {
		const { number } = await halfSent();
		await count(2);
		await journey.deliver();
		await journey.tenant.sql(`update "Delivery" set "state" = 'sending', "externalId" = null where "part" = 2`);
		await count(50);
		await journey.deliver();
		expect([journey.created(number), journey.created(`${number}-2`), journey.created(`${number}-3`)]).toEqual([
			1, 1, 0,
		]);
		expect(await journey.tenant.sql(`select "state" from "Delivery"`)).toEqual([
			{ state: "accepted" },
			{ state: "accepted" },
		]);
	});

	it("says the number of each part among its steps", async () => {
		const { number } = await halfSent();
		await count(2);
		await journey.deliver();
		const deliveries = await journey.tenant.sql<{ steps: { step: string; note: string }[] }>(
			`select "steps" from "Delivery" order by "part"`,
		);
		const notes = deliveries.flatMap(({ steps }) => steps.filter(({ step }) => step === "Order number"));
		expect(notes.map(({ note }) => note)).toEqual([number, `${number} → ${number}-2`]);
	});

	it("tells the cart of each part, and is shipped only when every unit is", async () => {
		const { placed, number } = await halfSent();
		await journey.ship(number);
		expect(await journey.statusOf(number)).toBe("at_wms");
		expect(placed.fulfillments.map(({ lines }) => lines.map(({ quantity }) => quantity))).toEqual([[3]]);
		await count(2);
		await journey.deliver();
		await journey.ship(`${number}-2`);
		expect(await journey.statusOf(number)).toBe("confirmed");
		expect(placed.fulfillments.map(({ lines }) => lines.map(({ quantity }) => quantity))).toEqual([[3], [2]]);
		expect(await journey.tenant.sql(`select "shippedQuantity" from "OrderLine"`)).toEqual([{ shippedQuantity: 5 }]);
		expect(await journey.tenant.sql(`select 1 from "Alert"`)).toEqual([]);
	});

	it("ends with its first shipment where that is final, and the rest is never sent", async () => {
		const { number } = await halfSent({ ...partial, partialShipments: "first_is_final" });
		await journey.ship(number);
		expect(await journey.statusOf(number)).toBe("confirmed");
		await count(9);
		await journey.deliver();
		expect(journey.created(`${number}-2`)).toBe(0);
	});

	it("can be closed by hand as shipped once something has, and the rest is never sent", async () => {
		const { number, id } = await halfSent();
		await expect(closeShipped(journey.tenant.scope, id)).rejects.toThrow(/Nothing of order .* has shipped/);
		await journey.ship(number);
		await closeShipped(journey.tenant.scope, id);
		await count(9);
		await journey.deliver();
		expect(journey.created(`${number}-2`)).toBe(0);
		expect(await journey.statusOf(number)).toBe("confirmed");
	});

	it("canceled in the cart between its parts is asked to be canceled, and the rest is never sent", async () => {
		const { placed, number } = await halfSent();
		journey.shop.store.cancel(placed);
		await runFlow(journey.tenant, journey.cart, "orders/cancel");
		await count(9);
		await journey.deliver();
		expect(journey.created(`${number}-2`)).toBe(0);
		expect(journey.atWarehouse(number).readOnly.status).toBe(2);
		expect(await journey.statusOf(number)).toBe("canceled");
	});

	it("canceled in the cart after its first part shipped stays, and the rest is never sent", async () => {
		const { placed, number } = await halfSent();
		journey.warehouse.store.ship(journey.atWarehouse(number).readOnly.orderId);
		journey.shop.store.cancel(placed);
		await runFlow(journey.tenant, journey.cart, "orders/cancel");
		await count(9);
		await journey.deliver();
		await runFlow(journey.tenant, journey.wms, "shipments/fetch");
		expect(journey.created(`${number}-2`)).toBe(0);
		expect(await journey.statusOf(number)).toBe("shipped");
	});

	it("has a rest that can be held, and that can be stopped and let go again", async () => {
		const { number, id } = await halfSent();
		await holdOrder(journey.tenant.scope, id, "wait");
		await count(2);
		await journey.deliver();
		expect(there(`${number}-2`)).toBeNull();
		await releaseOrder(journey.tenant.scope, id);
		await cancelSending(journey.tenant.scope, id);
		await journey.deliver();
		expect(there(`${number}-2`)).toBeNull();
		await enableSending(journey.tenant.scope, id);
		await journey.deliver();
		expect(there(`${number}-2`)).toEqual([2]);
		expect(await journey.statusOf(number)).toBe("at_wms");
	});

	it("keeps counting what waits against the stock that carts are told", async () => {
		await halfSent();
		await count(1);
		await journey.tenant.sql(`update "Order" set "deliveredAt" = now() - interval '1 hour'`);
		await journey.tenant.sql(`update "Connection" set "liveAt" = now() where "id" = $1`, [journey.cart.id]);
		await runFlow(journey.tenant, journey.cart, "inventory/upload");
		const [figure] = await journey.tenant.sql<{ terms: { kind: string; amount: number }[] }>(
			`select "terms" from "InventoryFigure" where "sku" = 'TEE'`,
		);
		expect(figure?.terms).toContainEqual(expect.objectContaining({ kind: "waiting-orders", amount: -2 }));
	});

	it("is no difference to a reconciliation", async () => {
		const { number } = await halfSent();
		await journey.tenant.sql(`update "Delivery" set "acceptedAt" = now() - interval '1 day'`);
		await count(2);
		await journey.deliver();
		expect(await runFlow(journey.tenant, journey.wms, "warehouse/reconcile")).toMatchObject({ state: "done" });
		expect(await journey.tenant.sql(`select "kind" from "ReconciliationDifference"`)).toEqual([]);
		expect([there(number), there(`${number}-2`)]).toEqual([[3], [2]]);
	});

	it("gets another number for its second part where an order has that one", async () => {
		const { number } = await halfSent();
		const other = await place(1);
		await markDelivered(journey.tenant.scope, await journey.orderIdOf(other), { number: `${number}-2`, reason: "" });
		await count(2);
		await journey.deliver();
		const [second] = await journey.tenant.sql<{ key: string }>(`select "key" from "Delivery" where "part" = 2`);
		expect(second?.key).toMatch(new RegExp(`^${number}-2-[0-9a-f]{8}$`));
		expect(there(second?.key ?? "")).toEqual([2]);
	});
});
