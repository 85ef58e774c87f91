import { expectAccessible } from "../support/accessible";
import { connectionNamed, deskOf, orderNumbered, runToEnd } from "../support/api";
import { field, openConnection, openHub, openOrder, shopName, stateOf, warehouseName } from "../support/hub";
import { buy, changeInShop, orderAtWarehouse } from "../support/outside";
import { expect, test } from "../support/test";

const oneMug = [{ sku: "MUG", quantity: 1 }];
const quantities = async (code: string) => (await orderAtWarehouse(code)).lines.map(({ qty }) => qty);

test("12 what the shop changes inside the hold window is what goes out; what it changes later is sent after it", async ({
	page,
}) => {
	await openHub(page);
	const desk = await deskOf(page);
	const { api, accountId } = desk;
	const journey = page.getByRole("region", { name: "Journey" });
	const openWindow = async (minutes: number) => {
		await openConnection(page, shopName);
		await page.getByRole("tab", { name: "Settings" }).click();
		await field(page, "Hold window, in minutes").fill(String(minutes));
		await page.getByRole("button", { name: "Save" }).click();
		const { id: connectionId } = await connectionNamed(desk, shopName);
		const kept = async () => (await api.connections.get({ accountId, connectionId })).options.holdMinutes;
		await expect.poll(kept, { message: "the window is kept" }).toBe(minutes);
	};
	await test.step("the shop's orders wait 30 minutes", () => openWindow(30));
	const order = await buy(oneMug);
	await test.step("an order waits, and says until when", async () => {
		await runToEnd(desk, shopName, "Order Download");
		await runToEnd(desk, warehouseName, "Order Delivery");
		expect((await orderAtWarehouse(order.code)).times).toBe(0);
		await openOrder(page, order.code);
		await expect(journey).toContainText("Waits for changes in the cart");
		await expectAccessible(page, "Order in its hold window");
	});
	await test.step("changed in the shop to three, it is replaced here, and the page says what was what", async () => {
		await changeInShop(order, { sku: "MUG", quantity: 3 });
		await runToEnd(desk, shopName, "Order Download");
		await expect(journey).toContainText("Changed in the cart, and replaced here");
		await expect(journey).toContainText("1 → 3");
	});
	await test.step("let out before the window ends, only the new quantity goes out, once", async () => {
		await page.getByRole("button", { name: "Send now" }).click();
		await expect(stateOf(page)).toContainText("At WMS");
		expect((await orderAtWarehouse(order.code)).times).toBe(1);
		expect(await quantities(order.code)).toEqual([3]);
	});
	await test.step("changed in the shop once more, the warehouse takes the change of the same order", async () => {
		await changeInShop(order, { sku: "MUG", quantity: 4 });
		await runToEnd(desk, shopName, "Order Download");
		await expect(journey).toContainText("Changed in the cart after it was sent");
		await runToEnd(desk, warehouseName, "Order Delivery");
		await expect(journey).toContainText("The warehouse took the change");
		await expectAccessible(page, "Order that was changed after it was sent");
		expect((await orderAtWarehouse(order.code)).times).toBe(1);
		expect(await quantities(order.code)).toEqual([4]);
		expect((await orderNumbered(desk, order.code)).differences).toEqual([]);
	});
	await test.step("without a window again, orders go out at once", () => openWindow(0));
});
