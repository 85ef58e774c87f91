import { expectAccessible } from "../support/accessible";
import { accountOf, connectSecondShop, deskOf, orderNumbered, runToEnd } from "../support/api";
import { openHub, openOrder, openPlace, stateOf } from "../support/hub";
import { linkIn, mailAbout } from "../support/mail";
import { buyInSecondShop } from "../support/outside";
import { openAccount } from "../support/people";
import { expect, test } from "../support/test";

const address = "nina@teas.test";

test("27 a brand with its own account is asked, accepts, lets the warehouse work, and ends the link", async ({
	page,
	anotherBrowser,
	expected,
}) => {
	const nina = await anotherBrowser();
	await openAccount(nina, address, { name: "Nina's Teas", kind: "We are a brand" });
	const brand = await deskOf(nina);
	const merchants = await brand.api.merchants.list({ accountId: brand.accountId });
	await connectSecondShop(brand, merchants.items[0]?.id ?? "", "Tea shop");
	const number = await buyInSecondShop([{ sku: "LAMP", quantity: 1 }]);
	await runToEnd(brand, "Tea shop", "Order Download");
	const order = await orderNumbered(brand, number);
	await openHub(page);
	const harbour = accountOf(page);
	await test.step("the warehouse asks for a link", async () => {
		await page.goto(`/${harbour}/settings/links`);
		await page.getByRole("button", { name: "Ask for a link" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByRole("textbox", { name: "Mail address" }).fill(address);
		await expectAccessible(page, "Dialog that asks for a link");
		await dialog.getByRole("button", { name: "Send" }).click();
		await expect(page.getByText(`A mail went to ${address}`)).toBeVisible();
		await expect(page.getByRole("listitem").filter({ hasText: address })).toContainText("Waits for an answer");
		await expectAccessible(page, "Linked accounts with one that was asked");
	});
	await test.step("the brand reads what it means, and accepts", async () => {
		await nina.goto(linkIn(await mailAbout(address, "asks to link accounts"), "/link"));
		await expect(nina.getByRole("heading", { name: "Link your account with Harbour 3PL" })).toBeVisible();
		await expectAccessible(nina, "What a link means");
		await nina.getByRole("button", { name: "Link Nina's Teas" }).click();
		await expect(nina.getByRole("listitem").filter({ hasText: "Harbour 3PL" })).toContainText("Linked");
		await mailAbout("rosa@harbour.test", "Nina's Teas is linked");
	});
	await test.step("the warehouse's owner opens the brand's account and holds an order", async () => {
		const row = page.getByRole("listitem").filter({ hasText: "Nina's Teas" });
		await expect(row).toContainText("Linked");
		await page.goto(`/${harbour}/settings/links`);
		await row.getByRole("link", { name: "Nina's Teas" }).click();
		await expect(page.getByRole("heading", { level: 1, name: "Nina's Teas" })).toBeVisible();
		await openOrder(page, number);
		await page.getByRole("button", { name: "Hold" }).click();
		await expect(stateOf(page)).toContainText("Held");
		await expect(page.getByRole("region", { name: "Journey" })).toContainText("Harbour 3PL");
	});
	await test.step("the brand's carts and people stay its own", async () => {
		await openPlace(page, "Connections");
		await page.getByRole("link", { name: "Tea shop" }).click();
		await expect(page.getByRole("heading", { level: 1, name: "Tea shop" })).toBeVisible();
		const visitor = await deskOf(page);
		const { accountId } = brand;
		await expect(visitor.api.connections.pause({ accountId, connectionId: order.source.id })).rejects.toThrow();
		await expect(visitor.api.people.list({ accountId })).rejects.toThrow();
		await page.getByRole("tab", { name: "Settings" }).click();
		await expect(page.getByRole("button", { name: "Save settings" })).toHaveCount(0);
	});
	await test.step("the brand ends the link: the next click finds nothing", async () => {
		await nina.getByRole("button", { name: "End the link" }).click();
		await nina.getByRole("alertdialog").getByRole("button", { name: "End the link" }).click();
		await expect(nina.getByRole("listitem").filter({ hasText: "Harbour 3PL" })).toContainText("Ended by you");
		expected.push("404 /api/v1/accounts/", `404 /${brand.accountId}`);
		await page.goto(`/${brand.accountId}/orders/${order.id}`);
		await expect(
			page
				.getByText("There is no such page here")
				.or(page.getByText(/There is no such/))
				.first(),
		).toBeVisible();
		await expect(page.getByRole("main")).not.toContainText(number);
		await mailAbout("rosa@harbour.test", "Nina's Teas ended the link");
		expect((await orderNumbered(brand, number)).held, "the brand keeps its order as it is").toBe(true);
	});
	await test.step("the warehouse is at home in its own account again", async () => {
		await page.goto("/");
		await expect(page.getByRole("heading", { level: 1, name: "Harbour 3PL" })).toBeVisible();
	});
});
