import { expectAccessible } from "../support/accessible";
import { connectionNamed, deskOf, orderNumbered, runToEnd } from "../support/api";
import { expectActive, openHub, openPlace, shopName } from "../support/hub";
import { buy } from "../support/outside";
import { expect, test } from "../support/test";

test("08 an order that is missing: the setting that leaves it out is named, changed, and it is pulled once", async ({
	page,
}) => {
	await openHub(page);
	const desk = await deskOf(page);
	const { accountId } = desk;
	const { id: connectionId, values, merchant } = await connectionNamed(desk, shopName);
	const change = { accountId, connectionId, values: { ...values, orderStates: ["PaymentSettled"] } };
	await desk.api.connections.update(change);
	const { code } = await buy([{ sku: "TEE", quantity: 1 }], { authorizeOnly: true });
	await runToEnd(desk, shopName, "Order Download");
	const dialog = page.getByRole("dialog");
	const ask = async () => {
		await openPlace(page, "Orders");
		await page.getByRole("searchbox", { name: "Search orders" }).fill(code);
		await expect(page.getByRole("button", { name: `Remove filter: "${code}"` })).toBeVisible();
		await page.getByRole("button", { name: "Order missing?" }).click();
		const cart = dialog.getByRole("button", { name: / Cart$/ });
		await expect(cart).not.toHaveAccessibleName(/Select an item/);
		await cart.click();
		await page
			.getByRole("option")
			.filter({ hasText: `${shopName}, ${merchant.name}` })
			.click();
		await expect(dialog.getByRole("textbox", { name: "Order number in the cart" })).toHaveValue(code);
		await dialog.getByRole("button", { name: "Ask the cart" }).click();
	};
	await test.step("it is not in the list; asked why, Crossdock names the setting", async () => {
		await ask();
		await expect(dialog.getByText(/"Which orders to load" names PaymentSettled/)).toBeVisible();
		await expect(dialog.getByRole("button", { name: "Pull it now" })).toHaveCount(0);
		await expectAccessible(page, "Why is this order not here");
	});
	await test.step("changes the setting where the answer leads", async () => {
		await dialog.getByRole("link", { name: "Open its settings" }).click();
		await expect(page.getByRole("heading", { level: 1, name: shopName })).toBeVisible();
		await page.getByRole("group", { name: "Which orders to load" }).getByText("PaymentAuthorized").click();
		await page.getByRole("button", { name: "Save settings" }).click();
		await expect(page.getByRole("tab", { name: "Functions" })).toHaveAttribute("aria-selected", "true");
		await expectActive(page, shopName);
	});
	await test.step("pulls it now: it is loaded, once, also after the next downloads", async () => {
		await ask();
		await dialog.getByRole("button", { name: "Pull it now" }).click();
		await expect(dialog.getByText("It is being loaded")).toBeVisible();
		await orderNumbered(desk, code);
		for (let time = 0; time < 2; time++) await runToEnd(desk, shopName, "Order Download");
		const { items } = await desk.api.orders.list({ accountId, search: code });
		expect(items.map(({ number }) => number)).toEqual([code]);
		await page.keyboard.press("Escape");
		await expect(page.getByRole("grid", { name: "Orders" }).getByRole("link", { name: code })).toHaveCount(1);
	});
});
