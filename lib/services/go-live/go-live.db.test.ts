import { beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { runFlow } from "@/lib/testing/tenant";

testDatabase({ PRIVATE_HOSTS: "127.0.0.1" });
const journey = testJourney();

let ann: TestPerson;
beforeEach(async () => {
	ann = await createTestPerson({ accountId: journey.tenant.accountId, role: "admin" });
	// As a cart is after somebody has connected it.
	await journey.tenant.sql(`update "Connection" set "liveAt" = null where "side" = 'source'`);
});

const gate = () => `/accounts/${journey.tenant.accountId}/connections/${journey.cart.id}/go-live`;
const preview = async () => (await ann.call("GET", gate())).body;
const check = async (key: string) =>
	(await preview()).checks.find((one: { key: string }) => one.key === key) as Record<string, unknown> | undefined;
const inventory = () => runFlow(journey.tenant, journey.wms, "inventory/fetch");

describe("a cart in test", () => {
	it("loads orders that wait, and sends none of them, however often the warehouse's function runs", async () => {
		const placed = Array.from({ length: 12 }, () => journey.place());
		await journey.download();
		for (let time = 0; time < 3; time++) await journey.deliver();
		for (const { code } of placed) {
			expect(await journey.statusOf(code)).toBe("new");
			expect(journey.created(code)).toBe(0);
		}
		expect(await preview()).toMatchObject({ inTest: true, mayGoLive: true, waiting: 12 });
	});

	it("lets one order through as a test, which a person released", async () => {
		const [test, other] = [journey.place(), journey.place()];
		await journey.download();
		const id = await journey.orderIdOf(test.code);
		const released = await ann.call("POST", `/accounts/${journey.tenant.accountId}/orders/${id}/release`);
		expect(released.status).toBe(200);
		await journey.deliver();
		expect(await journey.statusOf(test.code)).toBe("at_wms");
		expect(await journey.statusOf(other.code)).toBe("new");
	});

	it("is told no stock before it goes live", async () => {
		await inventory();
		expect(await runFlow(journey.tenant, journey.cart, "inventory/upload")).toMatchObject({ state: "stopped" });
		expect((await ann.call("POST", gate(), {})).status).toBe(200);
		expect(await runFlow(journey.tenant, journey.cart, "inventory/upload")).toMatchObject({ state: "done" });
	});
});

describe("the preview", () => {
	it("names an item that the warehouse does not know, and says that nothing else is wrong", async () => {
		await inventory();
		const good = journey.place();
		const strange = journey.place([{ sku: "GHOST", quantity: 1 }]);
		await journey.download();
		const { orders } = await preview();
		const problems = Object.fromEntries(
			orders.map((one: { number: string; problem: string }) => [one.number, one.problem]),
		);
		expect(problems[good.code]).toBeNull();
		expect(problems[strange.code]).toContain('"GHOST"');
		expect(await check("orders")).toMatchObject({ state: "look", title: "1 of 2 waiting orders would stop" });
		for (const key of ["warehouse", "cart-access", "warehouse-access", "items", "stock"])
			expect(await check(key)).toMatchObject({ state: "ok" });
	});

	it("asks both systems, and says which of them does not let us in", async () => {
		journey.warehouse.faults.add({
			match: () => true,
			fault: { kind: "status", when: "before", status: 401 },
			times: 99,
		});
		expect(await check("warehouse-access")).toMatchObject({ state: "fix", fix: { label: "Correct the settings" } });
		expect(await check("cart-access")).toMatchObject({ state: "ok" });
	});

	it("says that stock was never read, and which items are empty", async () => {
		expect(await check("items")).toMatchObject({ state: "look", detail: expect.stringContaining("has not been read") });
		await inventory();
		await journey.tenant.sql(`update "InventoryLevel" set "available" = 0 where "sku" = 'TEE'`);
		journey.place();
		await journey.download();
		expect(await check("stock")).toMatchObject({ state: "look", title: "1 item is out of stock" });
	});
});

describe("going live", () => {
	it("sends what waited, once each, and holds what was left out", async () => {
		const [first, second, left] = [journey.place(), journey.place(), journey.place()];
		await journey.download();
		const leave = [await journey.orderIdOf(left.code)];
		expect(await ann.call("POST", gate(), { leave })).toMatchObject({ status: 200, body: { released: 2, left: 1 } });
		for (let time = 0; time < 2; time++) await journey.deliver();
		for (const { code } of [first, second]) expect(journey.created(code)).toBe(1);
		expect(journey.created(left.code)).toBe(0);
		expect(await journey.tenant.sql(`select "heldBy" from "Order" where "heldAt" is not null`)).toEqual([
			{ heldBy: ["staff"] },
		]);
	});

	it("is refused without a warehouse, and a second time", async () => {
		await journey.tenant.sql(`update "Connection" set "archivedAt" = now() where "side" = 'destination'`);
		expect(await preview()).toMatchObject({ mayGoLive: false });
		expect(await ann.call("POST", gate(), {})).toMatchObject({
			status: 409,
			body: { detail: expect.stringContaining("No warehouse") },
		});
		await journey.tenant.sql(`update "Connection" set "archivedAt" = null where "side" = 'destination'`);
		expect((await ann.call("POST", gate(), {})).status).toBe(200);
		expect(await ann.call("POST", gate(), {})).toMatchObject({ status: 409 });
	});

	it("goes back to test: what is not at the warehouse waits again, and what is there goes its way", async () => {
		await ann.call("POST", gate(), {});
		const [sent, later] = [journey.place(), journey.place()];
		await journey.download();
		await journey.tenant.sql(`update "Order" set "dueAt" = null where "number" = $1`, [later.code]);
		await journey.deliver();
		expect(await journey.statusOf(sent.code)).toBe("at_wms");
		expect(await ann.call("DELETE", gate())).toMatchObject({ status: 200, body: { held: 1 } });
		const fresh = journey.place();
		await journey.download();
		await journey.deliver();
		expect(journey.created(fresh.code)).toBe(0);
		expect(await preview()).toMatchObject({ inTest: true, waiting: 2 });
		await ann.call("POST", gate(), {});
		await journey.deliver();
		for (const { code } of [sent, later, fresh]) expect(journey.created(code)).toBe(1);
	});
});
