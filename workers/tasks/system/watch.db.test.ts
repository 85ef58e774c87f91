import { beforeEach, expect, it } from "vitest";
import { systemPool } from "@/lib/db/pools";
import { testDatabase } from "@/lib/testing/database";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";
import { createThings, type Things } from "@/lib/testing/things";
import { after, dayMs, hourMs } from "@/lib/time";
import { watch } from "./watch";

testDatabase();

let tenant: TestTenant;
let things: Things;
const now = new Date();

beforeEach(async () => {
	tenant = await createTestTenant();
	things = await createThings(tenant);
});

const change = (set: string) => systemPool().query(`update "Order" set ${set} where "id" = $1`, [things.orderId]);
const alerts = () =>
	tenant.sql<{ sentence: string; count: number; resolvedAt: Date | null }>(
		`select "sentence", "count", "resolvedAt" from "Alert" where "accountId" = $1 and "cause" like 'late:%' order by "id"`,
		[tenant.accountId],
	);

it("says nothing of an order that rests no longer than it may", async () => {
	await watch(after(now, 3 * hourMs));
	expect(await alerts()).toEqual([]);
});

it("raises one alert for an order that stays New although nothing failed, however often it looks", async () => {
	await watch(after(now, 5 * hourMs));
	await watch(after(now, 6 * hourMs));
	expect(await alerts()).toEqual([
		{
			sentence: expect.stringContaining("Order 1001 of Blue Kettle: not at the warehouse for more than 4 hours"),
			count: 1,
			resolvedAt: null,
		},
	]);
});

it("closes the alert when the order has gone on, and raises another for the next state", async () => {
	await watch(after(now, 5 * hourMs));
	await change(`"status" = 'at_wms', "deliveredAt" = now()`);
	await watch(after(now, 6 * hourMs));
	expect((await alerts()).map(({ resolvedAt }) => resolvedAt !== null)).toEqual([true]);
	await watch(after(now, 4 * dayMs));
	expect((await alerts())[1]).toMatchObject({
		sentence: expect.stringContaining("at the warehouse for more than 3 days"),
		resolvedAt: null,
	});
	await change(`"status" = 'shipped', "shippedAt" = now()`);
	await watch(after(now, 5 * hourMs));
	expect((await alerts())[2]?.sentence).toContain("the cart was not told");
});

it("leaves alone what is held, or not to be sent, on purpose", async () => {
	await change(`"heldAt" = now()`);
	await watch(after(now, 9 * dayMs));
	await change(`"heldAt" = null, "sendingCanceled" = true`);
	await watch(after(now, 9 * dayMs));
	expect(await alerts()).toEqual([]);
});
