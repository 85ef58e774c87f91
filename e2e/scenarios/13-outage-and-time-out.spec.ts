import { expectAccessible } from "../support/accessible";
import { connectionNamed, deskOf, orderNumbered, runToEnd } from "../support/api";
import { expectActive, openConnection, openHub, openOrder, shopName, stateOf, warehouseName } from "../support/hub";
import { buy, orderAtWarehouse, troubleAtWarehouse } from "../support/outside";
import { expect, test } from "../support/test";

const oneMug = [{ sku: "MUG", quantity: 1 }];

test.beforeEach(async ({ page }) => openHub(page));
test.afterEach(() => troubleAtWarehouse("none"));

test("13 while the warehouse does not answer orders wait; when it does, each goes out once", async ({ page }) => {
	const desk = await deskOf(page);
	const { api, accountId } = desk;
	const codes = [(await buy(oneMug)).code, (await buy(oneMug)).code];
	const banner = page.getByText(/^Waiting for the warehouse since/);
	await test.step("after a few calls without an answer the connection waits, and says since when", async () => {
		await troubleAtWarehouse("outage");
		await runToEnd(desk, shopName, "Order Download");
		const orders = await Promise.all(codes.map((code) => orderNumbered(desk, code)));
		// Each try that a person asks for is a call; five in a row without an answer are an outage.
		const isWaiting = async () => {
			if ((await connectionNamed(desk, warehouseName)).state === "waiting") return true;
			for (const { id: orderId } of orders) await api.orders.resend({ accountId, orderId });
			return false;
		};
		await expect.poll(isWaiting, { message: "the connection waits", timeout: 60_000 }).toBe(true);
		await openConnection(page, warehouseName);
		await expect(banner).toBeVisible();
		await expect(stateOf(page)).toContainText("Waiting");
		await expectAccessible(page, "Connection that waits for the warehouse");
	});
	await test.step("asked now while it is still down, it keeps waiting; orders are New, not in error", async () => {
		const before = (await connectionNamed(desk, warehouseName)).probeAt;
		await page.getByRole("button", { name: "Test now" }).click();
		await expect.poll(async () => (await connectionNamed(desk, warehouseName)).probeAt).not.toBe(before);
		await expect(banner).toBeVisible();
		for (const code of codes) {
			expect((await orderNumbered(desk, code)).status).toBe("new");
			expect((await orderAtWarehouse(code)).times).toBe(0);
		}
	});
	await test.step("it is back: the banner goes, and all that waited goes out once each by itself", async () => {
		await troubleAtWarehouse("none");
		await page.getByRole("button", { name: "Test now" }).click();
		await expect(banner).toBeHidden();
		await expectActive(page, warehouseName);
		for (const code of codes) {
			await openOrder(page, code);
			// A try without an answer may have been heard: it is looked for a minute after it was sent, and then sent again.
			await expect(stateOf(page)).toContainText("At WMS", { timeout: 120_000 });
			expect((await orderAtWarehouse(code)).times).toBe(1);
		}
	});
});

test("14 the warehouse makes an order and its answer is lost: the next try finds it, and there is one", async ({
	page,
}) => {
	const desk = await deskOf(page);
	const { code } = await buy(oneMug);
	await test.step("the answer is lost", async () => {
		await troubleAtWarehouse("lost-answer");
		await runToEnd(desk, shopName, "Order Download");
		await runToEnd(desk, warehouseName, "Order Delivery");
		expect((await orderAtWarehouse(code)).times).toBe(1);
		await openOrder(page, code);
		await expect(stateOf(page)).toContainText("New");
		await expect(page.getByRole("region", { name: "Journey" })).toContainText(`No answer from ${warehouseName}`);
		await expectAccessible(page, "Order without an answer");
	});
	await test.step("sent again, it is found there by its number", async () => {
		await page.getByRole("button", { name: "Send now" }).click();
		await expect(stateOf(page)).toContainText("At WMS");
		await expect(page.getByRole("region", { name: "Journey" })).toContainText("It had the order already");
		expect((await orderAtWarehouse(code)).times).toBe(1);
	});
});
