import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { runFlow } from "@/lib/testing/tenant";
import { readOverview } from "./read-overview";

testDatabase();
const journey = testJourney();

async function shipped() {
	const placed = journey.place();
	await journey.download();
	await journey.deliver();
	journey.warehouse.store.ship(journey.atWarehouse(placed.code).readOnly.orderId);
	await runFlow(journey.tenant, journey.wms, "shipments/fetch");
	return placed;
}
const overview = () => readOverview(journey.tenant.scope, {});

describe("the overview", () => {
	it("names the orders whose cart was not told, until it knows, whether it refused or was not asked yet", async () => {
		const [first, second] = [await shipped(), await shipped()];
		const orderId = await journey.orderIdOf(first.code);
		expect((await overview()).untold).toEqual([
			{
				merchant: { id: journey.tenant.merchantId, name: expect.any(String) },
				orders: 2,
				orderId,
				since: expect.any(Date),
			},
		]);
		await journey.tenant.sql(`update "Confirmation" set "state" = 'refused', "nextTryAt" = null where "orderId" = $1`, [
			orderId,
		]);
		await runFlow(journey.tenant, journey.cart, "shipments/upload");
		expect(await journey.statusOf(second.code)).toBe("confirmed");
		expect((await overview()).untold).toMatchObject([{ orders: 1, orderId }]);
	});

	it("calls nothing late that waits on purpose until the rest has shipped", async () => {
		const placed = await shipped();
		await journey.tenant.sql(`update "Confirmation" set "nextTryAt" = null`);
		await journey.tenant.sql(`update "Order" set "status" = 'at_wms' where "number" = $1`, [placed.code]);
		expect((await overview()).untold).toEqual([]);
	});

	it("names the functions that failed in the last day, with the newest run, and none that went well", async () => {
		await journey.download();
		expect((await overview()).failed).toEqual([]);
		await journey.download();
		await journey.tenant.sql(`update "Run" set "state" = 'failed' where "job" = 'orders/download'`);
		const [newest] = await journey.tenant.sql<{ id: string }>(`select max("id") as "id" from "Run"`);
		expect((await overview()).failed).toEqual([
			{
				title: "Order Download",
				connection: { id: journey.cart.id, name: expect.any(String) },
				runs: 2,
				at: expect.any(Date),
				runId: newest?.id,
			},
		]);
	});

	it("counts no order of a guided test: not in what connections did, not in what waits at them", async () => {
		const rowOf = async (id: string) => {
			const row = (await overview()).connections.find((one) => one.id === id);
			return { did: row?.activity.reduce((sum, units) => sum + units, 0), waiting: row?.waiting };
		};
		const both = async () => [await rowOf(journey.cart.id), await rowOf(journey.wms.id)];
		await shipped();
		const before = await both();
		expect(before).toEqual([
			{ did: 1, waiting: 1 },
			{ did: 2, waiting: 0 },
		]);
		const test = await shipped();
		expect(await both()).toEqual([
			{ did: 2, waiting: 2 },
			{ did: 4, waiting: 0 },
		]);
		await journey.tenant.sql(`update "Order" set "testId" = 'tst_1' where "number" = $1`, [test.code]);
		expect(await both()).toEqual(before);
	});
});
