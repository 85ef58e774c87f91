import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible";
import { deskOf, orderNumbered, runToEnd } from "../support/api";
import { openHub } from "../support/hub";
import { startStocked, stockedSku } from "../support/stocked";
import { expect, test } from "../support/test";

const [merchant, a, b] = ["Shared Goods", "Shop A", "Shop B"];
const share = (page: Page, cart: string) => page.getByRole("textbox", { name: `Share, % of ${cart}` });
const changes = (page: Page) => page.getByRole("region", { name: "Changes" });

test("19 two carts share stock 60 to 40: 6 and 4 of 10, and 5 and 4 after one unit is sold", async ({ page }) => {
	await openHub(page);
	const desk = await deskOf(page);
	const stocked = await startStocked(desk, { merchant, carts: [a, b], units: 10 });
	const told = async () => {
		for (const cart of [a, b]) await runToEnd(desk, cart, "Inventory Upload");
		return [stocked.sellable(a), stocked.sellable(b)];
	};
	try {
		await test.step("without shares each cart is told all there is, and the screen says what that means", async () => {
			expect(await told()).toEqual([10, 10]);
			await page.goto(`/${desk.accountId}/inventory/rules?merchant=${stocked.merchantId}`);
			await expect(
				page.getByText(`${a} and ${b} are each told all there is: the last unit can be sold twice.`),
			).toBeVisible();
			await expect(page.getByText("9 units at 60 and 40 % are 5.4 and 3.6, so 5 and 4.")).toBeVisible();
			await expectAccessible(page, "Stock rules");
		});
		await test.step("more than 100 % together cannot be saved", async () => {
			await share(page, a).fill("60");
			await share(page, b).fill("50");
			await expect(changes(page)).toContainText("The shares add up to 110 %");
			await expect(changes(page).getByRole("button", { name: "Save" })).toBeDisabled();
		});
		await test.step("60 and 40 can, and it is said how many figures change", async () => {
			await share(page, b).fill("40");
			await expect(page.getByText("The shares add up to 100 %.")).toBeVisible();
			await expect(changes(page)).toContainText(`2 figures change: ${a} 1, ${b} 1.`);
			await changes(page).getByRole("button", { name: "Save" }).click();
			await expect(page.getByText("2 rules saved. The carts are told what changes.")).toBeVisible();
			expect(await told()).toEqual([6, 4]);
		});
		await test.step("one unit sells in A: the next push is 5 and 4", async () => {
			const shop = stocked.shops.get(a);
			const order = shop?.store.place({ lines: [{ sku: stockedSku, quantity: 1 }] });
			await runToEnd(desk, a, "Order Download");
			await orderNumbered(desk, order?.code ?? "");
			const [inA, inB] = await told();
			expect([inA, inB]).toEqual([5, 4]);
		});
		await test.step("the SKU's page shows the share as a term", async () => {
			await page.goto(`/${desk.accountId}/inventory/${stocked.merchantId}/${stockedSku}`);
			const terms = page.getByRole("table", { name: `The terms of the figure of ${a}` });
			await expect(terms.getByRole("row", { name: /Share of 60 %: 5 of 9, 5.4 rounded/ })).toContainText("− 4");
			await expect(page.getByRole("region", { name: `Why ${b} shows 4` })).toContainText("the cart has it");
		});
		await test.step("a single SKU gets a cap of its own, which is taken back", async () => {
			await page.goto(`/${desk.accountId}/inventory/rules?merchant=${stocked.merchantId}`);
			await page.getByRole("button", { name: "Add a SKU" }).click();
			await page.getByRole("textbox", { name: "SKU", exact: true }).fill(stockedSku);
			await page.getByRole("textbox", { name: `Cap of ${stockedSku} in ${a}` }).fill("2");
			await expect(changes(page)).toContainText(`1 figure changes: ${a} 1.`);
			await expectAccessible(page, "Stock rules with a rule of a SKU");
			await changes(page).getByRole("button", { name: "Save" }).click();
			await expect(page.getByText("1 rule saved.")).toBeVisible();
			expect(await told()).toEqual([2, 4]);
			await page.getByRole("button", { name: "Undo" }).click();
			await expect(page.getByText("Taken back: the rules are as they were before.")).toBeVisible();
			expect(await told()).toEqual([5, 4]);
		});
	} finally {
		await stocked.close();
	}
});
