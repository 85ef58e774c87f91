import { expectAccessible } from "../support/accessible";
import { connectionNamed, deskOf, orderNumbered, runToEnd } from "../support/api";
import { openHub, openOrder, openPlace, shopName, warehouseName } from "../support/hub";
import { buy, count } from "../support/outside";
import { expect, test } from "../support/test";

test("29 a rule with an OR is built, tried on past orders, published, and its trace stands on the next order", async ({
	page,
}) => {
	await openHub(page);
	const desk = await deskOf(page);
	const { api, accountId } = desk;
	const { merchant } = await connectionNamed(desk, shopName);
	await count("MUG", 40);
	const { code: past } = await buy([{ sku: "MUG", quantity: 1 }]);
	await runToEnd(desk, shopName, "Order Download");
	await runToEnd(desk, warehouseName, "Order Delivery");
	await test.step("the merchant has no rules yet", async () => {
		await openPlace(page, "Merchants");
		await page.locator(`a[href$="/merchants/${merchant.id}/rules"]`).first().click();
		await expect(page.getByText("No rules yet")).toBeVisible();
		await expectAccessible(page, "Rules before the first");
	});
	await test.step("a rule with an OR is saved to the draft", async () => {
		await page.getByRole("button", { name: "Add a rule" }).click();
		await page.getByLabel("Name").fill("Mugs and France");
		await choose("Conditions: how they hold together", "Any of these");
		await page.getByRole("button", { name: "Add a condition" }).click();
		await page.getByRole("textbox", { name: "Condition 1: value" }).fill("FR, MC");
		await page.getByRole("button", { name: "Add a condition" }).click();
		await choose("Condition 2: what", "Lines");
		await page.getByRole("textbox", { name: "Condition 2: value" }).fill("MUG");
		await choose("Action 1: what", "Tag it");
		await page.getByRole("textbox", { name: "Action 1: tag" }).fill("wrap");
		const sentence = "If Country is one of FR or MC or a line's SKU is MUG: tag it wrap.";
		await expect(page.getByText(`Reads: ${sentence}`)).toBeVisible();
		await expectAccessible(page, "Editor of a rule");
		await page.getByRole("button", { name: "Save to the draft" }).click();
		await expect(page.getByRole("list", { name: "Rules" })).toContainText(sentence);
	});
	await test.step("it would have changed the past order, and says why", async () => {
		await page.getByRole("button", { name: "Test the draft" }).click();
		await expect(page.getByText(/^Would have changed [\d,]+ of the last [\d,]+ orders?\.$/)).toBeVisible();
		const changed = page.getByRole("list", { name: "Orders that would change" }).getByRole("listitem");
		const row = changed.filter({ hasText: past }).first();
		await expect(row).toContainText("Mugs and France: tagged wrap");
		await row.getByRole("button", { name: "Show why" }).click();
		await expect(row).toContainText("a line's SKU is MUG");
		await expectAccessible(page, "Rules tried on past orders");
	});
	await test.step("it is published", async () => {
		await page.getByRole("button", { name: "Publish", exact: true }).click();
		const dialog = page.getByRole("dialog");
		await expect(dialog.getByText(/No order waits|waiting orders?/).first()).toBeVisible();
		await dialog.getByRole("button", { name: "Publish the rules" }).click();
		await expect(page.getByText("Orders are decided by version 1.")).toBeVisible();
		await expect(page.getByRole("region", { name: "Versions" })).toContainText("holds now");
	});
	const { code } = await buy([{ sku: "MUG", quantity: 1 }]);
	await test.step("the next order shows which rule fired and for which fact", async () => {
		await runToEnd(desk, shopName, "Order Download");
		await runToEnd(desk, warehouseName, "Order Delivery");
		expect((await orderNumbered(desk, code)).status).toBe("at_wms");
		await openOrder(page, code);
		const rules = page.getByRole("region", { name: "Rules" });
		await expect(rules).toContainText("Mugs and France Fired: tag it wrap");
		await expect(rules).toContainText("Country is one of FR or MC: US");
		await expect(rules).toContainText("a line's SKU is MUG: 1 of 1 lines");
		await expect(page.getByRole("region", { name: "Made ready" })).toContainText("Mugs and France: tagged wrap");
		await expectAccessible(page, "Order that a rule decided");
	});
	const one = { accountId, merchantId: merchant.id };
	const { revision } = await api.rules.get(one);
	const empty = await api.rules.saveDraft({ ...one, rules: [], revision });
	await api.rules.publish({ ...one, revision: empty.revision });

	async function choose(label: string, option: string): Promise<void> {
		await page.getByRole("button", { name: label }).click();
		await page.getByRole("option", { name: option, exact: true }).click();
	}
});
