import { beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { runFlow } from "@/lib/testing/tenant";
import { dayMs } from "@/lib/time";

testDatabase({ RETRY_SCALE: "1" });
const journey = testJourney();
let person: TestPerson;
beforeEach(async () => {
	person = await createTestPerson({ accountId: journey.tenant.accountId, role: "operator" });
});

async function press(verb: string, number: string) {
	const orderId = await journey.orderIdOf(number);
	return person.call("POST", `/accounts/${journey.tenant.accountId}/orders/${orderId}/${verb}`, {});
}
async function read(number: string) {
	const orderId = await journey.orderIdOf(number);
	return (await person.call("GET", `/accounts/${journey.tenant.accountId}/orders/${orderId}`)).body;
}
const openAlerts = () => journey.tenant.sql(`select "code" from "Alert" where "resolvedAt" is null`);
const toOrders = (call: { method: string; path: string }) => call.method === "POST" && call.path === "/orders";
const deliverAfter = (days: number) =>
	runFlow(journey.tenant, journey.wms, "orders/deliver", { now: () => new Date(Date.now() + days * dayMs) });

describe("resending an order", () => {
	it("that was refused and corrected since brings it to the warehouse once, and closes the alert", async () => {
		const { code } = journey.place([{ sku: "NEW-SKU", quantity: 1 }]);
		await journey.download();
		await journey.deliver();
		expect(await read(code)).toMatchObject({
			status: "error",
			problemCode: "unknown-sku",
			can: { resend: true, hold: true },
			journey: expect.arrayContaining([expect.objectContaining({ title: expect.stringMatching(/^Refused by/) })]),
		});
		expect(await openAlerts()).toHaveLength(1);
		journey.warehouse.store.setStock("NEW-SKU", 2, 5);
		const answers = await Promise.all([press("resend", code), press("resend", code)]);
		expect(answers.map(({ status }) => status)).toEqual([200, 200]);
		await Promise.all([journey.deliver(), journey.deliver()]);
		await journey.deliver();
		expect(journey.created(code)).toBe(1);
		expect(await journey.statusOf(code)).toBe("at_wms");
		expect(await openAlerts()).toEqual([]);
		expect(await journey.tenant.sql(`select 1 from "AuditEntry" where "action" = 'order.resent'`)).toHaveLength(2);
		expect(await journey.tenant.sql(`select 1 from "OrderEvent" where "kind" = 'resent'`)).toHaveLength(2);
	});

	it("that is still refused says so again", async () => {
		const { code } = journey.place([{ sku: "NEVER-SKU", quantity: 1 }]);
		await journey.download();
		await journey.deliver();
		await press("resend", code);
		expect(await read(code)).toMatchObject({ status: "new", problem: null });
		await journey.deliver();
		const order = await read(code);
		expect(order).toMatchObject({ status: "error", problem: expect.stringContaining("NEVER-SKU") });
		const delivery = order.journey.find((step: { kind: string }) => step.kind === "delivery");
		expect(
			delivery.attempts.map(({ number, outcome }: { number: number; outcome: string }) => [number, outcome]),
		).toEqual([
			[1, "refused"],
			[2, "refused"],
		]);
	});

	it("whose answer was lost looks first, and finds what is there", async () => {
		const { code } = journey.place();
		await journey.download();
		journey.warehouse.faults.add({ match: toOrders, fault: { kind: "reset", when: "after" } });
		// The next look fails as well, so that the person meets an order without an answer.
		journey.warehouse.faults.add({
			match: ({ method, path }) => method === "GET" && path === "/orders",
			fault: { kind: "status", status: 400, when: "before" },
		});
		await journey.deliver();
		await deliverAfter(1);
		expect(await journey.tenant.sql(`select "state" from "Delivery"`)).toEqual([{ state: "unknown" }]);
		journey.warehouse.faults.clear();
		expect((await press("resend", code)).status).toBe(200);
		await journey.deliver();
		expect(journey.created(code)).toBe(1);
		expect(await read(code)).toMatchObject({ status: "at_wms", problem: null });
	});

	it("after fifteen days of tries begins fifteen new ones, and gives up again after them", async () => {
		const { code } = journey.place();
		await journey.download();
		journey.warehouse.faults.add({
			match: toOrders,
			fault: { kind: "status", status: 503, when: "before" },
			times: 100,
		});
		await deliverAfter(0);
		expect(await journey.statusOf(code)).toBe("new");
		await deliverAfter(16);
		expect(await read(code)).toMatchObject({ status: "error", problemCode: "gave-up" });
		await press("resend", code);
		await deliverAfter(17);
		expect(await journey.statusOf(code)).toBe("new");
		await deliverAfter(34);
		expect(await read(code)).toMatchObject({ status: "error", problemCode: "gave-up" });
		journey.warehouse.faults.clear();
		await press("resend", code);
		await deliverAfter(35);
		expect([await journey.statusOf(code), journey.created(code)]).toEqual(["at_wms", 1]);
	});
});

describe("resending tracking", () => {
	async function shipped() {
		const placed = journey.place();
		await journey.download();
		await journey.deliver();
		journey.warehouse.store.ship(journey.atWarehouse(placed.code).readOnly.orderId);
		await runFlow(journey.tenant, journey.wms, "shipments/fetch");
		return placed;
	}
	const upload = () => runFlow(journey.tenant, journey.cart, "shipments/upload");

	it("that the cart has makes no second fulfilment", async () => {
		const placed = await shipped();
		await upload();
		expect(await journey.statusOf(placed.code)).toBe("confirmed");
		expect((await press("resend-tracking", placed.code)).status).toBe(200);
		expect((await press("resend-tracking", placed.code)).status).toBe(200);
		await upload();
		await upload();
		expect(placed.fulfillments).toHaveLength(1);
		expect(await journey.statusOf(placed.code)).toBe("confirmed");
		expect(await journey.tenant.sql(`select "state", "existed" from "Confirmation"`)).toEqual([
			{ state: "accepted", existed: true },
		]);
		expect(
			await journey.tenant.sql(`select 1 from "AuditEntry" where "action" = 'order.tracking-resent'`),
		).toHaveLength(2);
	});

	it("that the cart refused tells it, and closes the alert", async () => {
		const placed = await shipped();
		journey.shop.faults.add({
			match: ({ body }) => body.includes("addFulfillmentToOrder"),
			fault: { kind: "status", status: 400, when: "before" },
		});
		await upload();
		expect(await journey.tenant.sql(`select "state" from "Confirmation"`)).toEqual([{ state: "refused" }]);
		expect(await openAlerts()).toHaveLength(1);
		expect(await read(placed.code)).toMatchObject({ status: "shipped", can: { resendTracking: true } });
		await press("resend-tracking", placed.code);
		await upload();
		expect(await journey.statusOf(placed.code)).toBe("confirmed");
		expect(placed.fulfillments).toHaveLength(1);
		expect(await openAlerts()).toEqual([]);
	});

	it("whose carrier was mapped since tells the cart the right one, and does so again after a lost answer", async () => {
		const placed = await shipped();
		await upload();
		const [told] = placed.fulfillments;
		await journey.tenant.sql(`update "CarrierMapping" set "toCarrier" = 'FEDEX' where "direction" = 'in'`);
		journey.shop.faults.add({
			match: ({ body }) => body.includes("addFulfillmentToOrder"),
			fault: { kind: "reset", when: "after" },
		});
		await press("resend-tracking", placed.code);
		await upload();
		expect(await journey.tenant.sql(`select "state" from "Confirmation"`)).toEqual([{ state: "unknown" }]);
		await press("resend-tracking", placed.code);
		await upload();
		expect(placed.fulfillments).toMatchObject([
			{ state: "Cancelled", trackingCode: told?.trackingCode },
			{ state: "Shipped", trackingCode: told?.trackingCode, method: expect.stringMatching(/^FEDEX/) },
		]);
		expect(await journey.statusOf(placed.code)).toBe("confirmed");
		expect(await journey.tenant.sql(`select "document" ->> 'carrier' as "carrier" from "Confirmation"`)).toEqual([
			{ carrier: "FEDEX" },
		]);
	});

	it("is refused while nothing has shipped", async () => {
		const { code } = journey.place();
		await journey.download();
		await journey.deliver();
		expect(await press("resend-tracking", code)).toMatchObject({
			status: 409,
			body: { detail: expect.stringMatching(/has shipped yet/) },
		});
		expect((await read(code)).can.resendTracking).toBe(false);
	});
});
