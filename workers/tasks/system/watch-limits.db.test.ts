import { describe, expect, it } from "vitest";
import { systemPool } from "@/lib/db/pools";
import { testDatabase } from "@/lib/testing/database";
import { createTestPerson } from "@/lib/testing/people";
import { createTestTenant } from "@/lib/testing/tenant";
import { createThings } from "@/lib/testing/things";
import { dayMs, after as later } from "@/lib/time";
import { watch } from "./watch";

testDatabase();

const now = new Date();
const sql = async (text: string, values: unknown[] = []) => (await systemPool().query(text, values)).rows;

describe("the watchdog's limits", () => {
	it("are the account's own, and nought means never", async () => {
		const tenant = await createTestTenant();
		const { orderId } = await createThings(tenant);
		const owner = await createTestPerson({ accountId: tenant.accountId, role: "owner" });
		const set = (restMinutes: number) =>
			owner.call("PUT", `/accounts/${tenant.accountId}/watch-limits`, { limits: [{ status: "new", restMinutes }] });
		const open = () =>
			sql(`select "sentence" from "Alert" where "accountId" = $1 and "cause" like 'late:%' and "resolvedAt" is null`, [
				tenant.accountId,
			]);
		await sql(`update "Order" set "createdAt" = now() - interval '40 minutes' where "id" = $1`, [orderId]);
		await watch(now);
		expect(await open()).toEqual([]);
		expect((await set(30)).status).toBe(200);
		await watch(now);
		expect(await open()).toEqual([
			{ sentence: expect.stringContaining("not at the warehouse for more than 30 minutes") },
		]);
		await set(0);
		await watch(later(now, 30 * dayMs));
		expect(await open()).toEqual([]);
	});
});
