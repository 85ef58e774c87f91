import { expectAccessible } from "../support/accessible";
import { deskOf, orderNumbered, runToEnd } from "../support/api";
import { openConnection, openHub, openOrder, shopName, stateOf, warehouseName } from "../support/hub";
import { buy, count, orderAtWarehouse } from "../support/outside";
import { expect, test } from "../support/test";

/** What goes by itself goes within half a minute; a slow machine is given more. */
const byItself = { timeout: 90_000 };

test("03 a cart in test with 12 waiting orders goes live, and nothing is sent before", async ({ page }) => {
	await openHub(page);
	const desk = await deskOf(page);
	const codes: string[] = [];
	await test.step("the shop goes back to test", async () => {
		await openConnection(page, shopName);
		await page.getByRole("button", { name: "Back to test" }).click();
		await expectAccessible(page, "Back to test");
		await page.getByRole("alertdialog").getByRole("button", { name: "Back to test" }).click();
		await expect(page.getByText(`${shopName} is in test`)).toBeVisible();
	});
	await test.step("twelve orders wait in the shop, and load while it is in test", async () => {
		await count("TEE", 60);
		for (let order = 0; order < 12; order++) codes.push((await buy([{ sku: "TEE", quantity: 1 }])).code);
		await runToEnd(desk, shopName, "Order Download");
		await runToEnd(desk, warehouseName, "Inventory");
		await runToEnd(desk, warehouseName, "Order Delivery");
		for (const code of codes) expect((await orderAtWarehouse(code)).times).toBe(0);
		await openOrder(page, codes[0] ?? "");
		await expect(stateOf(page)).toContainText("Waits for go-live");
	});
	await test.step("the preview lists the twelve, and what was checked at both systems", async () => {
		await openConnection(page, shopName);
		await expect(page.getByText(`${shopName} is in test`)).toBeVisible();
		await expectAccessible(page, "Cart in test");
		await page.getByRole("link", { name: "Check and go live" }).click();
		await expect(page.getByRole("heading", { name: "12 orders would be released" })).toBeVisible();
		const checks = page.getByRole("region", { name: "Checked just now" });
		await expect(checks.getByText(`${shopName} lets us in`)).toBeVisible();
		await expect(checks.getByText(`${warehouseName} lets us in`)).toBeVisible();
		await expect(page.getByRole("grid", { name: "Waiting orders" }).getByText("Yes")).toHaveCount(12);
		await expectAccessible(page, "Go live");
	});
	const left = codes.at(-1) ?? "";
	await test.step("one is left out, and the others go live with one press", async () => {
		const row = page.getByRole("row").filter({ hasText: left });
		await row.getByRole("checkbox").locator("xpath=ancestor-or-self::label").click();
		await page.getByRole("button", { name: "Go live and release 11 orders" }).click();
		await expect(page.getByRole("button", { name: "Back to test" })).toBeVisible();
		for (const code of codes.slice(0, -1))
			await expect.poll(async () => (await orderAtWarehouse(code)).times, byItself).toBe(1);
		expect((await orderAtWarehouse(left)).times).toBe(0);
	});
	await test.step("the one that was left out is held, until somebody releases it", async () => {
		await openOrder(page, left);
		await expect(stateOf(page)).toContainText("Held");
		await page.getByRole("button", { name: "Release", exact: true }).click();
		await expect(stateOf(page)).toContainText("At WMS", byItself);
		expect((await orderNumbered(desk, left)).status).toBe("at_wms");
	});
});
