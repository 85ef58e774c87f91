import { startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { expectAccessible } from "../support/accessible";
import { deskOf } from "../support/api";
import { choose, openHub, openOrder, stateOf } from "../support/hub";
import { expect, test } from "../support/test";
import { startTrade } from "../support/trade";

const tracking = "1Z5R89390357567127";

test("21 an order of 3 K, a kit of 2 A and 1 B, reaches the warehouse as 6 A and 3 B and comes back as 3 K", async ({
	page,
}) => {
	const warehouse = await startExtensivSandbox();
	for (const sku of ["A", "B"]) warehouse.store.setStock(sku, 2, 40);
	await openHub(page);
	const desk = await deskOf(page);
	const trade = await startTrade(desk, {
		...{ merchant: "Kit Goods", items: ["K"] },
		warehouse: { connectorKey: "extensiv-3pl", values: warehouse.settings },
	});
	try {
		await test.step("K is 2 A and 1 B, and is sent as its parts", async () => {
			await page.goto(`/${desk.accountId}/mappings/kits?merchant=${trade.merchantId}`);
			await page.getByRole("button", { name: "Add a kit" }).first().click();
			const row = page.getByRole("grid", { name: "Kits" }).getByRole("row").filter({ hasText: "Save" });
			await row.getByRole("textbox", { name: "Kit" }).fill("K");
			await row.getByRole("textbox", { name: "Parts" }).fill("2 x A + 1 x B");
			await choose(page, "Sent as", "Sent as its parts");
			await expectAccessible(page, "A kit that is being typed");
			await row.getByRole("button", { name: "Save" }).click();
			await expect(page.getByText("K is saved.")).toBeVisible();
			await expect(page.getByRole("grid", { name: "Kits" })).toContainText("2 × A + B");
		});
		const placed = await trade.order("KIT-21", [{ sku: "K", quantity: 3 }]);
		await test.step("the warehouse gets 6 A and 3 B, and the order's page says why", async () => {
			const there = warehouse.store.find("KIT-21")?.items ?? [];
			expect(there.map(({ itemIdentifier, qty }) => [itemIdentifier.sku, qty])).toEqual([
				["A", 6],
				["B", 3],
			]);
			await openOrder(page, "KIT-21");
			await expect(stateOf(page)).toContainText("At WMS");
			await expect(page.getByRole("region", { name: "Made ready" })).toContainText("3 × K → 6 × A + 3 × B");
			await expectAccessible(page, "Order of kits");
		});
		await test.step("they ship in one box: the cart is told of 3 K", async () => {
			warehouse.store.ship(warehouse.store.find("KIT-21")?.readOnly.orderId ?? 0, [
				{
					trackingNumber: tracking,
					contents: [
						{ line: 0, qty: 6 },
						{ line: 1, qty: 3 },
					],
				},
			]);
			await trade.bringTracking();
			const told = placed.fulfillments.map(({ trackingCode, lines }) => [trackingCode, lines]);
			expect(told).toEqual([[tracking, [{ orderLineId: placed.lines[0]?.id, quantity: 3 }]]]);
			expect(placed.state).toBe("Shipped");
			await expect(stateOf(page)).toContainText("Confirmed");
			await expect(page.getByRole("region", { name: "Lines" }).getByRole("row", { name: /K/ })).toContainText("3 of 3");
		});
	} finally {
		await Promise.all([warehouse.close(), trade.shop.close()]);
	}
});
