import { expectAccessible } from "../support/accessible";
import { deskOf, orderNumbered, runToEnd, whileNothingLeaves } from "../support/api";
import { openHub, openOrder, openPlace, runNow, shopName, stateOf, warehouseName } from "../support/hub";
import { mailAbout } from "../support/mail";
import { buy, cancelInShop, orderAtWarehouse, troubleAtWarehouse } from "../support/outside";
import { expect, test } from "../support/test";

const oneMug = [{ sku: "MUG", quantity: 1 }];

test.beforeEach(async ({ page }) => openHub(page));

test("09 an order whose sending is canceled is not delivered by three runs, and is when sending is enabled", async ({
	page,
}) => {
	const desk = await deskOf(page);
	const { code } = await buy(oneMug);
	await whileNothingLeaves(desk, warehouseName, async () => {
		await runToEnd(desk, shopName, "Order Download");
		await openOrder(page, code);
		await expect(stateOf(page)).toContainText("New");
		await page.getByRole("button", { name: "Cancel sending" }).click();
		await page.getByRole("alertdialog").getByRole("button", { name: "Cancel sending" }).click();
		await expect(stateOf(page)).toContainText("Sending canceled");
		await expectAccessible(page, "Order whose sending is canceled");
	});
	await test.step("three runs later it is still here", async () => {
		for (let run = 0; run < 3; run++) await runToEnd(desk, warehouseName, "Order Delivery");
		expect((await orderAtWarehouse(code)).times).toBe(0);
		await page.reload();
		await expect(stateOf(page)).toContainText("Sending canceled");
	});
	await test.step("enabled again, it goes out once", async () => {
		await page.getByRole("button", { name: "Enable sending" }).click();
		await expect(stateOf(page)).toContainText("At WMS");
		expect((await orderAtWarehouse(code)).times).toBe(1);
	});
});

test("10 an order canceled in the cart is canceled at the warehouse, or shows that the warehouse refused", async ({
	page,
}) => {
	const desk = await deskOf(page);
	const [agreed, packed] = [await buy(oneMug), await buy(oneMug)];
	await runToEnd(desk, shopName, "Order Download");
	await runToEnd(desk, warehouseName, "Order Delivery");
	for (const { code } of [agreed, packed]) expect((await orderNumbered(desk, code)).status).toBe("at_wms");
	await test.step("the shopper cancels, and the warehouse agrees", async () => {
		await cancelInShop(agreed);
		await runNow(page, shopName, "Order Cancel Download");
		await openOrder(page, agreed.code);
		await expect(stateOf(page)).toContainText("Canceled");
		await expect(page.getByRole("region", { name: "Journey" })).toContainText("The warehouse canceled it");
	});
	await test.step("another is being packed: the refusal is a state that a person sees", async () => {
		await cancelInShop(packed);
		await troubleAtWarehouse("packed");
		await runToEnd(desk, shopName, "Order Cancel Download");
		await troubleAtWarehouse("none");
		await openOrder(page, packed.code);
		await expect(page.getByRole("region", { name: "Journey" })).toContainText("The warehouse refused to cancel it");
		await expect(page.getByRole("region", { name: "At the warehouse" })).toContainText(
			"The warehouse refused to cancel",
		);
		await expectAccessible(page, "Order that the warehouse does not cancel");
	});
	const sentence = `The warehouse refused to cancel order ${packed.code}`;
	await test.step("an alert says so, leads to the order, and goes out by mail", async () => {
		await openPlace(page, "Alerts");
		const alert = page.getByRole("listitem").filter({ hasText: sentence });
		await expect(alert).toContainText("Call the warehouse");
		await alert.getByRole("link", { name: new RegExp(sentence) }).click();
		await expect(page.getByRole("link", { name: packed.code, exact: true }).first()).toBeVisible();
		await expectAccessible(page, "Alert of a refused cancellation");
		await mailAbout("rosa@harbour.test", sentence);
	});
});
