import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { testRounds } from "@/lib/testing/rounds";
import { hourMs } from "@/lib/time";

const database = testDatabase();
const journey = testJourney();
const { ofCart, ofWarehouse, found, fix, atWarehouse } = testRounds(database, journey);

describe("a round", () => {
	it("that is cut goes on where it was, and says nothing before its end", async () => {
		const placed = await atWarehouse();
		journey.warehouse.store.forget(journey.atWarehouse(placed.code));
		journey.warehouse.faults.add({
			match: (call) => call.path.startsWith("/inventory"),
			fault: { kind: "status", when: "before", status: 503 },
			times: 5,
		});
		expect(await ofWarehouse()).toMatchObject({ againAt: expect.any(Date) });
		const [cut] = await journey.tenant.sql<{ id: string }>(`select "id", "state", "cursor" from "Reconciliation"`);
		expect(cut).toMatchObject({ state: "running", cursor: { phase: "stock" } });
		journey.warehouse.faults.clear();
		const calls = journey.warehouse.store.ledger.length;
		expect(await ofWarehouse()).toMatchObject({ state: "done" });
		expect(await journey.tenant.sql(`select "id", "state" from "Reconciliation"`)).toEqual([
			{ id: cut?.id, state: "done" },
		]);
		expect(journey.warehouse.store.ledger.length).toBe(calls);
		expect(await found()).toContainEqual(["missing-there", placed.code]);
	});

	it("that is cut between two pages reads none of the first again", async () => {
		const start = Date.now() - 4 * hourMs;
		const placed = Array.from({ length: 260 }, (_, n) => {
			const order = journey.place();
			journey.shop.store.touch(order, new Date(start + n * 10_000));
			return order;
		});
		let calls = 0;
		journey.shop.faults.add({
			match: ({ body }) => body.includes("PaymentSettled") && ++calls > 1,
			fault: { kind: "status", when: "before", status: 503 },
			times: 5,
		});
		await ofCart();
		const [cut] = await journey.tenant.sql(
			`select "counts" -> 'compared' -> 'orders' as "orders" from "Reconciliation"`,
		);
		expect(cut).toEqual({ orders: 250 });
		journey.shop.faults.clear();
		const { counts } = await ofCart();
		expect(counts.read).toBeLessThan(30);
		expect(await found()).toHaveLength(placed.length);
	});

	it("raises one alert for what costs money and lasts two rounds, and closes it by itself", async () => {
		const alerts = () =>
			journey.tenant.sql(
				`select "code", "sentence", "count" from "Alert" where "resolvedAt" is null and "code" = 'differences'`,
			);
		await journey.download();
		const placed = journey.place();
		await ofCart();
		expect(await alerts()).toEqual([]);
		await ofCart();
		expect(await alerts()).toEqual([
			{ code: "differences", count: 1, sentence: expect.stringMatching(/disagree about one order: 1 not loaded/) },
		]);
		await fix(journey.cart, "missing-here");
		await ofCart();
		expect(await alerts()).toEqual([]);
		expect(await journey.statusOf(placed.code)).toBeDefined();
	});
});
