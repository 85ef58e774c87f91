import { expectAccessible } from "../support/accessible";
import { deskOf, orderNumbered, runToEnd, statusOf, whileNothingLeaves } from "../support/api";
import { openHub, openOrder, shopName, stateOf, warehouseName } from "../support/hub";
import { buy, orderAtWarehouse } from "../support/outside";
import { join } from "../support/people";
import { expect, test } from "../support/test";

const address = "cleo@bluekettle.test";

test("11 an order that the client holds is not delivered, and only the client releases it", async ({
	page,
	anotherBrowser,
}) => {
	await openHub(page);
	const desk = await deskOf(page);
	const { api, accountId } = desk;
	const { code } = await buy([{ sku: "MUG", quantity: 1 }]);
	const client = await anotherBrowser();
	await whileNothingLeaves(desk, warehouseName, async () => {
		await runToEnd(desk, shopName, "Order Download");
		const { merchant } = await orderNumbered(desk, code);
		await api.invitations.create({ accountId, email: address, role: "operator", merchantId: merchant.id });
		await join(client, address);
		await test.step("somebody of the merchant holds it", async () => {
			await openOrder(client, code);
			await client.getByRole("button", { name: "Hold", exact: true }).click();
			await expect(stateOf(client)).toContainText("Held");
		});
	});
	await test.step("delivery skips it; the staff see the hold, and cannot release it", async () => {
		await runToEnd(desk, warehouseName, "Order Delivery");
		expect((await orderAtWarehouse(code)).times).toBe(0);
		await openOrder(page, code);
		await expect(page.getByText("The client holds this order")).toBeVisible();
		await expect(page.getByRole("button", { name: "Release" })).toBeDisabled();
		await expectAccessible(page, "Order that the client holds");
		const { id } = await orderNumbered(desk, code);
		expect(await statusOf(page, "POST", `${accountId}/orders/${id}/release`, {})).toBe(409);
	});
	await test.step("released by the client, it goes out once", async () => {
		await client.getByRole("button", { name: "Release", exact: true }).click();
		await expect(stateOf(client)).toContainText("At WMS", { timeout: 120_000 });
		expect((await orderAtWarehouse(code)).times).toBe(1);
	});
});
