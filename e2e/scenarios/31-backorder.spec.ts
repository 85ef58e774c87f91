import { startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { expectAccessible } from "../support/accessible";
import { connectionNamed, deskOf, orderNumbered, runToEnd } from "../support/api";
import { choose, openConnection, openHub, openOrder, stateOf } from "../support/hub";
import { expect, test } from "../support/test";
import { startTrade } from "../support/trade";

/** What goes by itself goes within half a minute; a slow machine is given more. */
const byItself = { timeout: 90_000 };

test("31 of 5 ordered 3 are there: 3 go and 2 wait, and when stock comes the 2 follow as part 2", async ({ page }) => {
	const warehouse = await startExtensivSandbox();
	warehouse.store.setStock("VASE", 2, 3);
	await openHub(page);
	const desk = await deskOf(page);
	const trade = await startTrade(desk, {
		...{ merchant: "Scarce Goods", items: ["VASE"] },
		warehouse: { connectorKey: "extensiv-3pl", values: warehouse.settings },
	});
	const there = (number: string) => warehouse.store.find(number)?.items.map(({ qty }) => qty) ?? null;
	try {
		await test.step("backorders are managed here, and what is there goes at once", async () => {
			await openConnection(page, trade.warehouse);
			await page.getByRole("tab", { name: "Main Settings" }).click();
			await choose(page, "Orders that stock does not cover", "Managed here");
			await page.getByText("Allow partial", { exact: true }).click();
			await expectAccessible(page, "Settings of a warehouse with backorders");
			await page.getByRole("button", { name: "Save settings" }).click();
			const options = async () => (await connectionNamed(desk, trade.warehouse)).options;
			await expect.poll(options).toMatchObject({ backorders: "here", allowPartial: true });
			await runToEnd(desk, trade.warehouse, "Inventory");
		});
		await trade.order("SCARCE-31", [{ sku: "VASE", quantity: 5 }]);
		await test.step("3 go, 2 wait, and the list says for what", async () => {
			expect(there("SCARCE-31")).toEqual([3]);
			await page.goto(`/${desk.accountId}/orders/backorders?merchant=${trade.merchantId}`);
			const row = page.getByRole("grid", { name: "Backorders" }).getByRole("row").filter({ hasText: "SCARCE-31" });
			await expect(row).toContainText("5 ordered, 3 sent, 2 waiting");
			await expectAccessible(page, "Backorders");
			await openOrder(page, "SCARCE-31");
			await expect(stateOf(page)).toContainText("Backordered");
			await expect(page.getByRole("region", { name: "Journey" })).toContainText("The rest waits for stock");
			await expectAccessible(page, "Order of which a part waits");
		});
		await test.step("stock comes: the 2 go by themselves, under a number of their own", async () => {
			warehouse.store.setStock("VASE", 2, 2);
			await runToEnd(desk, trade.warehouse, "Inventory");
			await expect.poll(() => there("SCARCE-31-2"), byItself).toEqual([2]);
			await expect.poll(async () => (await orderNumbered(desk, "SCARCE-31")).backorderedAt, byItself).toBeNull();
			await expect(stateOf(page)).not.toContainText("Backordered");
			await expect(page.getByRole("region", { name: "Part 2, SCARCE-31-2, made ready" })).toBeVisible();
		});
	} finally {
		await Promise.all([warehouse.close(), trade.shop.close()]);
	}
});
