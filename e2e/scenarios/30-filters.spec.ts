import { expectAccessible } from "../support/accessible";
import { connectionNamed, deskOf, orderNumbered, runToEnd } from "../support/api";
import { openConnection, openHub, shopName } from "../support/hub";
import { buy } from "../support/outside";
import { expect, test } from "../support/test";

test("30 an order that a filter refuses is listed with the reason, and loads when the filter is lifted", async ({
	page,
}) => {
	await openHub(page);
	const desk = await deskOf(page);
	const { accountId } = desk;
	const { id: connectionId } = await connectionNamed(desk, shopName);
	await test.step("requires another country; before saving it reads what that would have refused", async () => {
		await openConnection(page, shopName);
		await page.getByRole("tab", { name: "Filters" }).click();
		await page.getByRole("button", { name: "Add a filter" }).click();
		await page.getByRole("textbox", { name: "Values of country" }).fill("CAN");
		await expect(page.getByText(/would have been refused|no order yet/)).toBeVisible();
		await expectAccessible(page, "Filters");
		await page.getByRole("button", { name: "Save", exact: true }).click();
		await expect(page.getByText("The filters are saved.")).toBeVisible();
	});
	const { code } = await buy([{ sku: "TEE", quantity: 1 }]);
	await runToEnd(desk, shopName, "Order Download");
	await test.step("finds the order among the skipped ones, with the reason", async () => {
		await page.getByRole("tab", { name: "Skipped orders" }).click();
		await page.getByRole("searchbox", { name: "Search skipped orders" }).fill(code);
		await expect(page.getByText("Refused by Order Filters: the country is USA, and it must be CAN")).toBeVisible();
		await expectAccessible(page, "Skipped orders");
	});
	await test.step("lifts the filter: the order loads by itself, once", async () => {
		await page.getByRole("link", { name: "Change the filter" }).click();
		await page.getByRole("button", { name: "Remove the filter on country" }).click();
		await expect(page.getByText(/will be asked for again/)).toBeVisible();
		await page.getByRole("button", { name: "Save", exact: true }).click();
		await expect(page.getByText(/^The filters are saved\. \d+ skipped orders? (is|are) asked for again/)).toBeVisible();
		await orderNumbered(desk, code);
		await runToEnd(desk, shopName, "Order Download");
		const { items } = await desk.api.orders.list({ accountId, search: code });
		expect(items.map(({ number }) => number)).toEqual([code]);
		expect((await desk.api.filters.skipped({ accountId, connectionId, search: code })).items).toEqual([]);
	});
});
