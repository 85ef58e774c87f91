import { describe, expect, it } from "vitest";
import { newId } from "@/lib/db/ids";
import { dealWithCancellation } from "@/lib/services/orders/deal-with-cancellation";
import { readOrder } from "@/lib/services/orders/read-order";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { runFlow } from "@/lib/testing/tenant";

testDatabase();
const journey = testJourney();

async function atWarehouse() {
	const placed = journey.place();
	await journey.download();
	await journey.deliver();
	return placed;
}
const pickUp = () => runFlow(journey.tenant, journey.wms, "cancels/fetch");
const upload = () => runFlow(journey.tenant, journey.cart, "cancels/upload");
const canceledBy = (code: string, by?: string) => journey.warehouse.store.cancel(journey.atWarehouse(code), by);
const calls = (code: string, id: string) => ({
	code,
	times: journey.shop.store.canceled.filter(({ orderId }) => orderId === id).length,
});
const eventsOf = async (code: string) =>
	(
		await journey.tenant.sql<{ kind: string }>(`select "kind" from "OrderEvent" where "orderId" = $1 order by "id"`, [
			await journey.orderIdOf(code),
		])
	).map(({ kind }) => kind);
const alerts = () =>
	journey.tenant.sql<{ sentence: string }>(`select "sentence" from "Alert" where "resolvedAt" is null`);
const option = (on: boolean) =>
	journey.tenant.sql(
		`update "Connection" set "options" = "options"::jsonb || jsonb_build_object('uploadCancellations', $2::boolean) where "id" = $1`,
		[journey.cart.id, on],
	);

describe("an order that the warehouse cancels by itself", () => {
	it("is canceled here with who and when, and its cart cancels it too, once", async () => {
		const placed = await atWarehouse();
		canceledBy(placed.code, "Pat Packer");
		expect(await pickUp()).toMatchObject({ state: "done", counts: { updated: 1 } });
		expect(await journey.statusOf(placed.code)).toBe("canceled");
		expect(await upload()).toMatchObject({ state: "done", counts: { created: 1 } });
		expect(placed.state).toBe("Cancelled");
		for (let round = 0; round < 2; round++) {
			expect(await pickUp()).toMatchObject({ counts: { updated: 0 } });
			await upload();
			await runFlow(journey.tenant, journey.cart, "orders/cancel");
		}
		expect(calls(placed.code, placed.id)).toEqual({ code: placed.code, times: 1 });
		expect(await eventsOf(placed.code)).toEqual(["canceled-by-warehouse", "cart-canceled"]);
		const read = await readOrder(journey.tenant.scope, await journey.orderIdOf(placed.code));
		expect(read).toMatchObject({
			status: "canceled",
			warehouseCancellation: { by: "Pat Packer", state: "accepted", partly: false, canceledAt: expect.any(Date) },
			can: { dealWithCancellation: false },
		});
		expect(read.journey.filter(({ attempts }) => attempts.length > 0).at(-1)?.title).toMatch(/is asked to cancel it/);
		expect(await alerts()).toEqual([]);
	});

	it("is looked for before it is said again, when the cart's answer was lost", async () => {
		const placed = await atWarehouse();
		canceledBy(placed.code);
		await pickUp();
		journey.shop.faults.add({
			match: ({ body }) => body.includes("cancelOrder"),
			fault: { kind: "reset", when: "after" },
		});
		await upload();
		const state = () => journey.tenant.sql(`select "state", "existed" from "WarehouseCancellation"`);
		expect(await state()).toEqual([{ state: "unknown", existed: false }]);
		await journey.tenant.sql(`update "WarehouseCancellation" set "nextTryAt" = now()`);
		await upload();
		expect(await state()).toEqual([{ state: "accepted", existed: true }]);
		expect(calls(placed.code, placed.id).times).toBe(1);
	});

	it("whose process died while it told the cart is looked for, too", async () => {
		const placed = await atWarehouse();
		canceledBy(placed.code);
		await pickUp();
		journey.shop.store.cancel(placed, "by the one that died");
		await journey.tenant.sql(
			`update "WarehouseCancellation" set "state" = 'sending', "nextTryAt" = null, "attempts" = 1`,
		);
		await upload();
		await journey.tenant.sql(`update "WarehouseCancellation" set "nextTryAt" = now()`);
		await upload();
		expect(calls(placed.code, placed.id).times).toBe(1);
		expect(await journey.tenant.sql(`select "state" from "WarehouseCancellation"`)).toEqual([{ state: "accepted" }]);
	});

	it("is an alert where nobody may tell the cart, until a person has dealt with it", async () => {
		await option(false);
		const placed = await atWarehouse();
		canceledBy(placed.code);
		await pickUp();
		await upload();
		expect(placed.state).toBe("PaymentSettled");
		expect(await alerts()).toEqual([{ sentence: expect.stringMatching(/does not know: its settings say/) }]);
		const orderId = await journey.orderIdOf(placed.code);
		expect(await readOrder(journey.tenant.scope, orderId)).toMatchObject({ can: { dealWithCancellation: true } });
		await dealWithCancellation(journey.tenant.scope, orderId);
		expect(await readOrder(journey.tenant.scope, orderId)).toMatchObject({
			warehouseCancellation: { state: "dealt" },
			can: { dealWithCancellation: false },
		});
		await expect(dealWithCancellation(journey.tenant.scope, orderId)).rejects.toThrow(/waits for a person/);
	});

	it("is an alert with the cart's own words where the cart refuses", async () => {
		const placed = await atWarehouse();
		canceledBy(placed.code);
		await pickUp();
		placed.state = "Shipped";
		expect(await upload()).toMatchObject({ counts: { failed: 1 } });
		expect(placed.state).toBe("Shipped");
		expect(await alerts()).toEqual([{ sentence: expect.stringMatching(/something of it has shipped there/) }]);
		expect(await eventsOf(placed.code)).toEqual(["canceled-by-warehouse", "cart-cancel-refused"]);
	});

	it("of which something has shipped is not canceled: the rest is, and a person is told", async () => {
		const placed = await atWarehouse();
		await journey.tenant.sql(
			`insert into "Shipment" ("id", "accountId", "merchantId", "orderId", "deliveryId", "connectionId", "externalId", "carrier", "service", "shippedAt", "document", "createdAt")
			 select $1, "accountId", "merchantId", "orderId", "id", "connectionId", 's-1', '', '', now(), '{}', now() from "Delivery" where "key" = $2`,
			[newId("shp"), placed.code],
		);
		canceledBy(placed.code);
		await pickUp();
		await pickUp();
		await upload();
		expect(await journey.statusOf(placed.code)).toBe("shipped");
		expect(placed.state).toBe("PaymentSettled");
		expect(await eventsOf(placed.code)).toEqual(["rest-canceled-by-warehouse"]);
		expect(await alerts()).toEqual([{ sentence: expect.stringMatching(/something of it has shipped/) }]);
	});

	it("because we had asked it to is the answer to that, and the cart is told nothing", async () => {
		const placed = await atWarehouse();
		await journey.tenant.sql(`update "Delivery" set "cancelState" = 'pending' where "key" = $1`, [placed.code]);
		canceledBy(placed.code);
		await pickUp();
		expect(await journey.statusOf(placed.code)).toBe("canceled");
		expect(await eventsOf(placed.code)).toEqual(["cancel-accepted"]);
		expect(await journey.tenant.sql(`select 1 from "WarehouseCancellation"`)).toEqual([]);
	});

	it("while the cart cancels it as well is canceled once, with one event, in either order", async () => {
		const placed = await atWarehouse();
		canceledBy(placed.code);
		journey.shop.store.cancel(placed);
		await Promise.all([pickUp(), runFlow(journey.tenant, journey.cart, "orders/cancel")]);
		expect(await journey.statusOf(placed.code)).toBe("canceled");
		const events = await eventsOf(placed.code);
		expect(events.filter((kind) => kind === "cancel-accepted" || kind === "canceled-by-warehouse")).toHaveLength(1);
		expect(events).not.toContain("cancel-refused");
		await upload();
		expect(calls(placed.code, placed.id).times, "what the shopper canceled is not canceled again").toBe(0);
		expect(await alerts()).toEqual([]);
	});

	it("before we knew that it has it is not sent again", async () => {
		const placed = journey.place();
		await journey.download();
		journey.warehouse.faults.add({
			match: ({ method, path }) => method === "POST" && path === "/orders",
			fault: { kind: "reset", when: "after" },
		});
		await journey.deliver();
		canceledBy(placed.code);
		await pickUp();
		expect(await journey.statusOf(placed.code)).toBe("canceled");
		await journey.deliver();
		expect(journey.created(placed.code)).toBe(1);
	});

	it("of another merchant, or that we never sent, is none of our business", async () => {
		const foreign = journey.warehouse.store;
		const placed = await atWarehouse();
		foreign.addCustomer(99, "Red Teapot");
		const order = structuredClone(journey.atWarehouse(placed.code));
		order.readOnly.orderId = foreign.nextId();
		order.readOnly.customerIdentifier = { id: 99, name: "Red Teapot" };
		foreign.add(order);
		foreign.cancel(order);
		await pickUp();
		expect(await journey.statusOf(placed.code)).toBe("at_wms");
		foreign.forget(order);
	});
});
