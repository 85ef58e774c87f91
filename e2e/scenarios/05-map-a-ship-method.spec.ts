import { expectAccessible } from "../support/accessible";
import { connectionNamed, deskOf, orderNumbered, runToEnd } from "../support/api";
import { openHub, openPlace, shopName, warehouseName } from "../support/hub";
import { buy, count, orderAtWarehouse } from "../support/outside";
import { expect, test } from "../support/test";

/** What goes by itself goes within half a minute; a slow machine is given more. */
const byItself = { timeout: 90_000 };

test("05 a ship method that nobody mapped holds 4 orders, and mapping it from the alert sends all 4", async ({
	page,
}) => {
	await openHub(page);
	const desk = await deskOf(page);
	const { api, accountId } = desk;
	const { id: connectionId } = await connectionNamed(desk, shopName);
	const before = await api.shipMethods.get({ accountId, connectionId });
	await test.step("the cart refuses what is not mapped", async () => {
		const changes = before.rows.map((row) => ({ ...row, action: "unmapped" as const, carrier: "", service: "" }));
		await api.shipMethods.save({ accountId, connectionId, changes, unmapped: "refuse" });
	});
	const codes: string[] = [];
	await test.step("4 orders come in and are held, without a call to the warehouse", async () => {
		await count("TEE", 40);
		for (let bought = 0; bought < 4; bought++) codes.push((await buy([{ sku: "TEE", quantity: 1 }])).code);
		await runToEnd(desk, shopName, "Order Download");
		await runToEnd(desk, warehouseName, "Order Delivery");
		for (const code of codes) expect((await orderNumbered(desk, code)).problemCode).toBe("unmapped-ship-method");
	});
	await test.step("one alert stands for all 4, and its button is the mapping itself", async () => {
		await openPlace(page, "Alerts");
		await page.getByRole("link", { name: /its ship method ".*" is not mapped/ }).click();
		await expect(page.getByText("4 orders", { exact: false }).first()).toBeVisible();
		await expectAccessible(page, "Alert of an unmapped ship method");
		const field = page.getByRole("combobox", { name: /^Ship method of/ });
		await field.fill("Pass");
		await page.getByRole("option", { name: "Pass through" }).click();
		await page.getByRole("button", { name: "Map and send 4 orders" }).click();
	});
	await test.step("the alert resolves itself, and all 4 become At WMS", async () => {
		await expect(page.getByText("Resolved").first()).toBeVisible(byItself);
		for (const code of codes) {
			await expect.poll(async () => (await orderNumbered(desk, code)).status, byItself).toBe("at_wms");
			expect((await orderAtWarehouse(code)).times).toBe(1);
		}
	});
	await test.step("the list shows the mapping", async () => {
		await openPlace(page, "Mappings");
		const list = page.getByRole("grid", { name: "Ship methods" });
		await expect(list.getByRole("combobox").first()).toHaveValue("Pass through");
		await expectAccessible(page, "Ship methods");
	});
	const { rows } = await api.shipMethods.get({ accountId, connectionId });
	const changes = rows.map((row) => ({ ...row, action: "unmapped" as const, carrier: "", service: "" }));
	await api.shipMethods.save({ accountId, connectionId, changes, unmapped: "pass" });
});
