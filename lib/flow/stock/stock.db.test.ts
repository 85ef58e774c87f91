import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { runFlow } from "@/lib/testing/tenant";

testDatabase();
const journey = testJourney();

describe("stock", () => {
	it("set in the warehouse becomes the stock in the shop, less what it does not know yet", async () => {
		journey.warehouse.store.setStock("TEE", 2, 10);
		await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		await runFlow(journey.tenant, journey.cart, "inventory/upload");
		const sellable = () => {
			const stock = journey.shop.store.variants.get("TEE")?.stock.get("1");
			return (stock?.onHand ?? 0) - (stock?.allocated ?? 0);
		};
		expect(sellable()).toBe(10);
		journey.place([{ sku: "TEE", quantity: 3 }]);
		await journey.download();
		await runFlow(journey.tenant, journey.cart, "inventory/upload");
		expect(sellable()).toBe(7);
		const [figure] = await journey.tenant.sql<{ quantity: number; terms: { kind: string; amount: number }[] }>(
			`select "quantity", "terms" from "InventoryFigure" where "sku" = 'TEE'`,
		);
		expect(figure?.terms.map(({ kind, amount }) => [kind, amount])).toEqual([
			["level", 10],
			["newer-orders", -3],
		]);
	});

	it("is told again only when it changed", async () => {
		await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		await runFlow(journey.tenant, journey.cart, "inventory/upload");
		const before = journey.shop.calls();
		expect(await runFlow(journey.tenant, journey.cart, "inventory/upload")).toMatchObject({ counts: { updated: 0 } });
		expect(journey.shop.calls()).toBe(before);
	});

	it("that the warehouse no longer mentions becomes nothing", async () => {
		journey.warehouse.store.setStock("GONE", 2, 5);
		journey.shop.store.addProduct("GONE", 0);
		await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		journey.warehouse.store.stock.delete("2/GONE");
		await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		expect(await journey.tenant.sql(`select "available" from "InventoryLevel" where "sku" = 'GONE'`)).toEqual([
			{ available: 0 },
		]);
	});
});
