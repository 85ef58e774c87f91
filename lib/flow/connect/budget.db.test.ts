import { beforeEach, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";
import { budget, limiterOver } from "./budget";

testDatabase();
const journey = testJourney();
const limits = { requests: 10, perSeconds: 1, concurrent: 4 };
const never = new AbortController().signal;
let tenant: TestTenant;
beforeEach(async () => {
	tenant = await createTestTenant();
});

it("is shared: two workers together send no more in any window than the partner allows one", async () => {
	const workers = [1, 2].map(() => limiterOver(limits, budget(tenant.scope, "shared", limits)));
	const starts: number[] = [];
	const calls = workers.flatMap((worker) =>
		Array.from({ length: 14 }, () => worker.run(never, async () => void starts.push(performance.now()))),
	);
	await Promise.all(calls);
	expect(starts).toHaveLength(28);
	const inWindow = starts.map((from) => starts.filter((at) => at >= from && at < from + 1000).length);
	expect(Math.max(...inWindow)).toBeLessThanOrEqual(10);
});

it("of one connection is nothing to another", async () => {
	expect((await budget(tenant.scope, "one", limits)(10)).granted).toBe(10);
	expect(await budget(tenant.scope, "one", limits)(1)).toMatchObject({ granted: 0 });
	expect((await budget(tenant.scope, "other", limits)(10)).granted).toBe(10);
});

it("is halved by a 429, once for those that come together, and grows back little by little", async () => {
	journey.place();
	await journey.download();
	journey.warehouse.faults.add({
		match: (call) => call.path === "/orders",
		fault: { kind: "status", when: "before", status: 429, headers: { "retry-after": "300" } },
	});
	await journey.deliver();
	const share = async () =>
		(await journey.tenant.sql<{ share: number }>(`select "share" from "Budget" where "id" = $1`, [journey.wms.id]))[0]
			?.share;
	expect(await share()).toBe(0.5);
	const take = budget(journey.tenant.scope, journey.wms.id, { requests: 1000, perSeconds: 1, concurrent: 1 });
	await journey.tenant.sql(`update "Budget" set "taken" = '[]', "shareAt" = now() where "id" = $1`, [journey.wms.id]);
	expect((await take(1000)).granted).toBe(500);
	await journey.tenant.sql(
		`update "Budget" set "taken" = '[]', "shareAt" = now() - interval '4.5 seconds' where "id" = $1`,
		[journey.wms.id],
	);
	expect((await take(1000)).granted).toBeCloseTo(700, -1);
});
