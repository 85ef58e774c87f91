import { expectAccessible } from "../support/accessible";
import { deskOf, orderNumbered, runToEnd } from "../support/api";
import { openHub, openOrder, openPlace, shopName, stateOf, warehouseName } from "../support/hub";
import { buy, cancelAtWarehouse, orderInShop } from "../support/outside";
import { expect, test } from "../support/test";

test("28 an order that the warehouse cancels is canceled here and in the shop, and the page says who did it", async ({
	page,
}) => {
	await openHub(page);
	const desk = await deskOf(page);
	const order = await buy([{ sku: "MUG", quantity: 1 }]);
	await runToEnd(desk, shopName, "Order Download");
	await expect.poll(async () => (await orderNumbered(desk, order.code)).status, { timeout: 120_000 }).toBe("at_wms");
	await test.step("the warehouse cancels it, and Order Cancel Pickup reads that", async () => {
		await cancelAtWarehouse(order.code, "Pat Packer");
		await runToEnd(desk, warehouseName, "Order Cancel Pickup");
		await openOrder(page, order.code);
		await expect(stateOf(page)).toContainText("Canceled");
		await expect(page.getByText(/Pat Packer at Extensiv 3PL Warehouse Manager/)).toBeVisible();
	});
	await test.step("Order Cancel Upload cancels it in the shop by itself", async () => {
		await expect(page.getByText("It is canceled in Vendure too.")).toBeVisible({ timeout: 120_000 });
		expect((await orderInShop(order)).state).toBe("Cancelled");
		await expectAccessible(page, "Order that the warehouse canceled");
	});
	await test.step("nobody is asked to do anything", async () => {
		await openPlace(page, "Alerts");
		await expect(page.getByText(`The warehouse canceled order ${order.code}`)).toHaveCount(0);
	});
});
