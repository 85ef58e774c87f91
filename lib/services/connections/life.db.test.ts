import { beforeEach, describe, expect, it } from "vitest";
import { connectWarehouse } from "@/lib/testing/connect";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { waitingJobs } from "@/lib/testing/queue";
import { runFlow } from "@/lib/testing/tenant";

const database = testDatabase();
const journey = testJourney();
let person: TestPerson;
beforeEach(async () => {
	person = await createTestPerson({ accountId: journey.tenant.accountId, role: "owner" });
});

const call = (method: string, path: string, body?: object) =>
	person.call(method, `/accounts/${journey.tenant.accountId}/${path}`, body);
const read = async (id: string) => (await call("GET", `connections/${id}`)).body;
const openAlerts = () => journey.tenant.sql(`select "code" from "Alert" where "resolvedAt" is null`);
const audits = async (action: string) =>
	(
		await journey.tenant.sql(`select 1 from "AuditEntry" where "action" = $1 and "actorId" = $2`, [
			action,
			person.userId,
		])
	).length;

describe("changing a connection", () => {
	it("keeps the secrets that are left out, and uses those that are given", async () => {
		expect(
			await call("PATCH", `connections/${journey.cart.id}`, { name: "Shop", values: { channelToken: "" } }),
		).toMatchObject({
			body: { checked: { ok: true } },
		});
		expect(await read(journey.cart.id)).toMatchObject({ name: "Shop", state: "active", secretsSet: ["apiKey"] });
		journey.place();
		expect(await journey.download()).toMatchObject({ counts: { created: 1 } });
		const wrong = await call("PATCH", `connections/${journey.cart.id}`, { values: { apiKey: "wrong" } });
		expect(wrong.body.checked).toMatchObject({ ok: false, field: "apiKey" });
		expect(await read(journey.cart.id)).toMatchObject({ state: "needs_reconnect" });
		expect(await audits("connection.updated")).toBe(2);
	});

	it("asks for the secrets again when the address becomes another one", async () => {
		const other = { apiUrl: "http://127.0.0.1:9/admin-api" };
		for (const [method, path, body] of [
			["PATCH", `connections/${journey.cart.id}`, { values: other }],
			[
				"POST",
				"connections/test",
				{
					connectionId: journey.cart.id,
					merchantId: journey.tenant.merchantId,
					connectorKey: "vendure",
					values: other,
				},
			],
		] as const)
			expect(await call(method, path, body)).toMatchObject({
				status: 422,
				body: { fields: { apiKey: expect.stringMatching(/enter it again, because the address is another one/) } },
			});
		const { apiUrl, apiKey } = journey.shop.settings;
		const same = await call("PATCH", `connections/${journey.cart.id}`, { values: { apiUrl } });
		expect(same.body.checked).toMatchObject({ ok: true });
		const both = await call("PATCH", `connections/${journey.cart.id}`, { values: { ...other, apiKey } });
		expect(both.body.checked).toMatchObject({ ok: false, field: "apiUrl" });
	});

	it("does not stop one that works because its system is down at this moment", async () => {
		journey.shop.faults.add({ match: () => true, fault: { kind: "status", status: 503, when: "before" }, times: 50 });
		const answer = await call("PATCH", `connections/${journey.cart.id}`, {
			values: {},
			options: { minimumInventoryLevel: 3 },
		});
		expect(answer.body.checked.ok).toBe(false);
		expect(await read(journey.cart.id)).toMatchObject({
			state: "active",
			stateReason: "",
			options: { minimumInventoryLevel: 3 },
		});
	});

	it("does not undo what happened to it while the other system was asked", async () => {
		const change = async (meanwhile: () => Promise<unknown>) => {
			let letGo = () => {};
			const until = new Promise<void>((resolve) => {
				letGo = resolve;
			});
			const before = journey.shop.calls();
			journey.shop.faults.add({ match: () => true, fault: { kind: "hold", until } });
			const saved = call("PATCH", `connections/${journey.cart.id}`, { values: {} });
			await expect.poll(() => journey.shop.calls()).toBeGreaterThan(before);
			await meanwhile();
			letGo();
			return (await saved).status;
		};
		expect(await change(() => call("POST", `connections/${journey.cart.id}/pause`))).toBe(200);
		expect((await read(journey.cart.id)).state).toBe("paused");
		expect(await change(() => call("DELETE", `connections/${journey.cart.id}`))).toBe(404);
		expect(await journey.tenant.sql(`select "sealed" from "Connection" where "id" = $1`, [journey.cart.id])).toEqual([
			{ sealed: null },
		]);
	});

	it("refuses a name that another connection of the merchant has", async () => {
		expect(await call("PATCH", `connections/${journey.cart.id}`, { name: "extensiv-3pl", values: {} })).toMatchObject({
			status: 422,
			body: { fields: { name: expect.stringMatching(/Choose another/) } },
		});
	});
});

describe("reconnecting", () => {
	it("closes the alert and lets the orders go on that waited", async () => {
		const orders = [journey.place(), journey.place()];
		await journey.download();
		await call("PATCH", `connections/${journey.wms.id}`, { values: { clientSecret: "wrong" } });
		await journey.tenant.sql(`update "Connection" set "state" = 'active' where "id" = $1`, [journey.wms.id]);
		expect(await journey.deliver()).toMatchObject({ state: "stopped" });
		expect(await openAlerts()).toEqual([{ code: "needs-reconnect" }]);
		expect(await read(journey.wms.id)).toMatchObject({ state: "needs_reconnect", openAlerts: 1 });
		const { clientSecret } = journey.warehouse.settings;
		expect((await call("PATCH", `connections/${journey.wms.id}`, { values: { clientSecret } })).body.checked.ok).toBe(
			true,
		);
		expect(await openAlerts()).toEqual([]);
		expect(await waitingJobs(database.url())).toContain(`orders/deliver:${journey.wms.flows["orders/deliver"]}`);
		await journey.deliver();
		expect(orders.map(({ code }) => journey.created(code))).toEqual([1, 1]);
	});
});

describe("pausing, resuming and removing", () => {
	it("lets orders wait and go on", async () => {
		const { code } = journey.place();
		await journey.download();
		expect((await call("POST", `connections/${journey.wms.id}/pause`)).body).toEqual({ state: "paused" });
		expect((await call("POST", `connections/${journey.wms.id}/pause`)).status).toBe(409);
		expect((await journey.deliver()).how).toBe("closed");
		const flowId = journey.wms.flows["orders/deliver"];
		expect((await call("POST", `flows/${flowId}/run`)).body.detail).toMatch(/is paused. Resume it first/);
		expect((await call("POST", `connections/${journey.wms.id}/resume`)).body).toEqual({ state: "active" });
		expect((await call("POST", `connections/${journey.wms.id}/resume`)).status).toBe(409);
		expect(await waitingJobs(database.url())).toContain(`orders/deliver:${flowId}`);
		await journey.deliver();
		expect(journey.created(code)).toBe(1);
		expect([await audits("connection.paused"), await audits("connection.resumed")]).toEqual([1, 1]);
	});

	it("stays paused when its settings are saved", async () => {
		await call("POST", `connections/${journey.cart.id}/pause`);
		await call("PATCH", `connections/${journey.cart.id}`, { values: {} });
		expect((await read(journey.cart.id)).state).toBe("paused");
	});

	it("frees the name, keeps the orders, and leaves nothing that could run or sign in", async () => {
		const { code } = journey.place();
		await journey.download();
		await journey.deliver();
		for (const { id } of [journey.cart, journey.wms])
			expect((await call("DELETE", `connections/${id}`)).status).toBe(200);
		expect((await call("DELETE", `connections/${journey.cart.id}`)).status).toBe(404);
		expect((await call("GET", "connections")).body.items).toEqual([]);
		expect((await call("GET", `connections/${journey.cart.id}`)).status).toBe(404);
		const { items } = (await call("GET", "orders")).body;
		expect(items).toEqual([expect.objectContaining({ number: code })]);
		expect((await call("GET", `orders/${items[0].id}`)).status).toBe(200);
		const flowId = journey.cart.flows["orders/download"];
		expect((await call("POST", `flows/${flowId}/run`)).status).toBe(404);
		const schedule = { schedule: { mode: "every", everyMinutes: 15 } };
		expect((await call("PATCH", `flows/${flowId}`, schedule)).status).toBe(404);
		expect((await journey.download()).how).toBe("closed");
		expect(await journey.tenant.sql(`select 1 from "ConnectionToken"`)).toEqual([]);
		expect(await journey.tenant.sql(`select 1 from "Connection" where "sealed" is not null`)).toEqual([]);
		const { merchantId } = journey.tenant;
		const again = {
			merchantId,
			connectorKey: "vendure",
			side: "source",
			name: "vendure",
			values: journey.shop.settings,
		};
		expect((await call("POST", "connections", again)).status).toBe(201);
	});
});

describe("a warehouse that was removed", () => {
	it("has no stock left to sell, and another one starts from nothing", async () => {
		await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		await runFlow(journey.tenant, journey.cart, "inventory/upload");
		const sellable = () => {
			const stock = journey.shop.store.variants.get("MUG")?.stock.get("1");
			return (stock?.onHand ?? 0) - (stock?.allocated ?? 0);
		};
		expect(sellable()).toBe(40);
		await call("DELETE", `connections/${journey.wms.id}`);
		const again = await connectWarehouse(journey.tenant, journey.warehouse);
		await runFlow(journey.tenant, again, "inventory/fetch");
		await runFlow(journey.tenant, journey.cart, "inventory/upload");
		expect(sellable()).toBe(40);
		expect((await call("GET", "inventory?search=MUG")).body.items).toEqual([
			expect.objectContaining({ available: 40 }),
		]);
		await call("DELETE", `connections/${again.id}`);
		await runFlow(journey.tenant, journey.cart, "inventory/upload");
		expect(sellable()).toBe(0);
	});
});

describe("functions", () => {
	const flow = (job: string) => journey.cart.flows[job] ?? journey.wms.flows[job] ?? "";
	const set = (job: string, schedule: object) => call("PATCH", `flows/${flow(job)}`, { schedule });

	it("run at their fastest interval and no faster", async () => {
		expect(await set("orders/download", { mode: "every", everyMinutes: 4 })).toMatchObject({
			status: 422,
			body: {
				detail: "Order Download: it can run every 5 minutes at the fastest.",
				fields: { everyMinutes: "it can run every 5 minutes at the fastest." },
			},
		});
		const made = await set("orders/download", { mode: "every", everyMinutes: 5 });
		expect(made).toMatchObject({ status: 200, body: { mode: "every", everyMinutes: 5 } });
		const wait = Date.parse(made.body.nextRunAt) - Date.now();
		expect(wait).toBeGreaterThan(0);
		expect(wait).toBeLessThanOrEqual(300_000);
		expect(await audits("flow.scheduled")).toBe(1);
	});

	it("run by themselves only where that is offered, daily at a minute of the day, or not at all", async () => {
		expect(await set("orders/download", { mode: "automatic" })).toMatchObject({
			status: 422,
			body: { fields: { mode: expect.stringMatching(/cannot run by itself/) } },
		});
		expect((await set("orders/deliver", { mode: "automatic" })).body).toMatchObject({
			mode: "automatic",
			nextRunAt: null,
		});
		const daily = (await set("inventory/fetch", { mode: "daily", dailyAt: 90 })).body;
		expect(new Date(daily.nextRunAt).toISOString()).toMatch(/T01:30:00/);
		expect((await set("inventory/fetch", { mode: "daily", dailyAt: 1440 })).status).toBe(422);
		expect((await set("inventory/fetch", { mode: "hourly" })).status).toBe(422);
		expect((await set("inventory/fetch", { mode: "off" })).body).toMatchObject({
			mode: "off",
			dailyAt: null,
			nextRunAt: null,
		});
	});

	it("stand still while paused, keep their schedule, and look at once when they go on", async () => {
		await set("orders/deliver", { mode: "every", everyMinutes: 30 });
		const id = flow("orders/deliver");
		const paused = await call("PATCH", `flows/${id}`, { paused: true });
		expect(paused.body).toMatchObject({
			mode: "every",
			everyMinutes: 30,
			nextRunAt: null,
			pausedAt: expect.any(String),
		});
		expect((await call("POST", `flows/${id}/run`)).body.detail).toBe("This function is paused. Resume it first.");
		expect((await runFlow(journey.tenant, journey.wms, "orders/deliver")).how).toBe("closed");
		const going = await call("PATCH", `flows/${id}`, { paused: false });
		expect(going.body).toMatchObject({ pausedAt: null, nextRunAt: expect.any(String) });
		expect(await waitingJobs(database.url())).toContain(`orders/deliver:${id}`);
	});

	it("run now in one job, however often that is pressed", async () => {
		const id = flow("inventory/fetch");
		for (let press = 0; press < 3; press++) expect((await call("POST", `flows/${id}/run`)).status).toBe(200);
		expect((await waitingJobs(database.url())).filter((key) => key === `inventory/fetch:${id}`)).toHaveLength(1);
		expect(await audits("flow.run")).toBe(3);
	});
});
