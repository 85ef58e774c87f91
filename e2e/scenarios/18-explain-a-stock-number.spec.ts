import { expectAccessible } from "../support/accessible";
import { deskOf, orderNumbered, runToEnd } from "../support/api";
import { openHub, openPlace } from "../support/hub";
import { startStocked, stockedSku } from "../support/stocked";
import { expect, test } from "../support/test";

const [merchant, cart] = ["Explained Goods", "Explained shop"];

test("18 a stock number is explained: 10 − 3 = 7, 7 ≥ 2, pushed 7 with the cart's answer", async ({ page }) => {
	await openHub(page);
	const desk = await deskOf(page);
	const stocked = await startStocked(desk, { merchant, carts: [cart], units: 10 });
	try {
		await test.step("3 units are sold after the warehouse counted 10", async () => {
			const order = stocked.shops.get(cart)?.store.place({ lines: [{ sku: stockedSku, quantity: 3 }] });
			await runToEnd(desk, cart, "Order Download");
			await orderNumbered(desk, order?.code ?? "");
		});
		await test.step("a minimum of 2 is saved, and before that it is said that no figure changes", async () => {
			await openPlace(page, "Inventory");
			await page.goto(`/${desk.accountId}/inventory/rules?merchant=${stocked.merchantId}`);
			await page.getByRole("textbox", { name: `Minimum of ${cart}` }).fill("2");
			const changes = page.getByRole("region", { name: "Changes" });
			await expect(changes).toContainText("1 rule changed. No figure changes.");
			await expectAccessible(page, "Stock rules with a change");
			await changes.getByRole("button", { name: "Save" }).click();
			await expect(page.getByText("1 rule saved. The carts are told what changes.")).toBeVisible();
		});
		await runToEnd(desk, cart, "Inventory Upload");
		await test.step("the SKU's page shows each term, what was pushed when, and the answer", async () => {
			await page.goto(`/${desk.accountId}/inventory?merchant=${stocked.merchantId}`);
			await page.getByRole("grid", { name: "Inventory" }).getByRole("link", { name: stockedSku }).click();
			const why = page.getByRole("region", { name: `Why ${cart} shows 7` });
			await expect(why).toContainText("the cart has it");
			await expect(why).toContainText("10 − 3 = 7, 7 ≥ 2");
			await expect(why).toContainText("pushed 7");
			const terms = page.getByRole("table", { name: `The terms of the figure of ${cart}` });
			await expect(terms.getByRole("row", { name: /Available at East/ })).toContainText("10");
			await expect(terms.getByRole("row", { name: /Orders newer than the count/ })).toContainText("− 3");
			await expect(terms.getByRole("row", { name: "Not below the minimum level of 2" })).toContainText("0");
			await expect(terms.getByRole("row", { name: `Told to ${cart}` })).toContainText("7");
			await why.getByRole("button", { name: "What the cart answered" }).click();
			await expect(why).toContainText("Answered 200");
			const levels = page.getByRole("table", { name: "Stock by location" });
			await expect(levels.getByRole("row", { name: /East/ })).toContainText("10");
			expect(stocked.sellable(cart)).toBe(7);
			await expectAccessible(page, "A stock number explained");
		});
	} finally {
		await stocked.close();
	}
});
