import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestTenant } from "@/lib/testing/tenant";

testDatabase();
const journey = testJourney();

describe("a connection", () => {
	it("that is throttled waits as long as it was told, and uses up no try", async () => {
		journey.place();
		await journey.download();
		journey.warehouse.faults.add({
			match: (call) => call.path === "/orders",
			fault: { kind: "status", when: "before", status: 429, headers: { "retry-after": "300" } },
		});
		const run = await journey.deliver();
		expect(run.state).toBe("waiting");
		expect(Math.abs((run.againAt?.getTime() ?? 0) - Date.now() - 300_000)).toBeLessThan(60_000);
		expect(await journey.tenant.sql(`select "attempts", "state" from "Delivery"`)).toEqual([
			{ attempts: 0, state: "intended" },
		]);
		expect((await journey.deliver()).how).toBe("throttled");
	});

	it("whose access ended stops with one alert, and goes on when it works again", async () => {
		const orders = Array.from({ length: 5 }, () => journey.place());
		await journey.download();
		journey.warehouse.revoked.add("orders");
		expect(await journey.deliver()).toMatchObject({ state: "stopped" });
		expect((await journey.deliver()).how).toBe("closed");
		expect(await journey.tenant.sql(`select "code" from "Alert" where "resolvedAt" is null`)).toEqual([
			{ code: "needs-reconnect" },
		]);
		journey.warehouse.revoked.clear();
		await journey.tenant.sql(`update "Connection" set "state" = 'active'`);
		await journey.deliver();
		expect(orders.map((order) => journey.created(order.code))).toEqual([1, 1, 1, 1, 1]);
	});

	it("to a private address is refused where the host is not allowed", async () => {
		await journey.tenant.sql(
			`update "Connection" set "values" = "values" || '{"apiUrl": "http://169.254.169.254/admin-api"}' where "side" = 'source'`,
		);
		const run = await journey.download();
		expect(run).toMatchObject({ state: "stopped", message: expect.stringContaining("private network") });
	});

	it("runs one flow at a time", async () => {
		for (let i = 0; i < 20; i++) journey.place();
		let letGo = () => {};
		const held = new Promise<void>((resolve) => {
			letGo = resolve;
		});
		journey.shop.faults.add({ match: () => true, fault: { kind: "hold", until: held } });
		const first = journey.download();
		await expect.poll(() => journey.tenant.sql(`select 1 from "Run" where "state" = 'running'`)).toHaveLength(1);
		expect((await journey.download()).how).toBe("busy");
		letGo();
		expect((await first).how).toBe("ran");
		expect(await journey.tenant.sql(`select count(*)::int as "n" from "Order"`)).toEqual([{ n: 20 }]);
	});
});

describe("another tenant", () => {
	it("sees nothing of all this, and nobody sees anything without a scope", async () => {
		journey.place();
		await journey.download();
		const stranger = await createTestTenant("Stranger");
		expect(await stranger.sql(`select 1 from "Order"`)).toEqual([]);
		expect(await stranger.sql(`update "Order" set "number" = 'x' returning 1`)).toEqual([]);
		await expect(
			stranger.sql(`insert into "Merchant" ("id", "accountId", "name") values ('mer_x', $1, 'x')`, [
				journey.tenant.accountId,
			]),
		).rejects.toThrow(/row-level security/);
		const { appPool } = await import("@/lib/db/pools");
		expect((await appPool().query(`select 1 from "Order"`)).rows).toEqual([]);
	});
});
