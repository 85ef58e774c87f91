import { startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { expectAccessible } from "../support/accessible";
import { deskOf, orderNumbered, runToEnd } from "../support/api";
import { openHub, openOrder } from "../support/hub";
import { expect, test } from "../support/test";
import { startTrade } from "../support/trade";

test("32 an order is split by stock over two warehouses, told of from both, and closed when both have shipped", async ({
	page,
}) => {
	const [east, west] = await Promise.all([startExtensivSandbox(), startExtensivSandbox()]);
	east.store.setStock("LAMP", 2, 5);
	west.store.setStock("SHADE", 2, 5);
	await openHub(page);
	const desk = await deskOf(page);
	const { api, accountId } = desk;
	const trade = await startTrade(desk, {
		...{ merchant: "Two Houses", items: ["LAMP", "SHADE"] },
		warehouse: { connectorKey: "extensiv-3pl", values: east.settings },
	});
	const name = "Two Houses West";
	const made = { accountId, merchantId: trade.merchantId };
	await api.connections.create({
		...{ ...made, connectorKey: "extensiv-3pl", side: "destination", name, values: west.settings },
	});
	for (const warehouse of [trade.warehouse, name]) await runToEnd(desk, warehouse, "Inventory");
	const there = (at: typeof east, number: string) =>
		at.store.find(number)?.items.map(({ qty, itemIdentifier: { sku } }) => `${qty} ${sku}`) ?? null;
	const ship = async (at: typeof east, number: string) => {
		const order = at.store.find(number);
		if (order) at.store.ship(order.readOnly.orderId);
	};
	try {
		await test.step("a rule ranks the warehouses, and is read back", async () => {
			await page.goto(`/${accountId}/merchants/${trade.merchantId}/rules`);
			await page.getByRole("button", { name: "Add a rule" }).click();
			await page.getByLabel("Name").fill("Nearest first");
			await page.getByRole("button", { name: "Action 1: what" }).click();
			await page.getByRole("option", { name: "Split it by stock", exact: true }).click();
			const ranked = page.getByRole("list", { name: "Action 1: warehouses, the first choice first" });
			await expect(ranked.getByRole("listitem")).toHaveCount(2);
			const isFirst = (await ranked.getByRole("listitem").first().textContent())?.includes(trade.warehouse);
			if (!isFirst) await page.getByRole("button", { name: `Ask ${trade.warehouse} earlier` }).click();
			const sentence = `For every order: split it by stock over ${trade.warehouse}, then ${name}.`;
			await expect(page.getByText(`Reads: ${sentence}`)).toBeVisible();
			await expectAccessible(page, "Editor of a rule that splits");
			await page.getByRole("button", { name: "Save to the draft" }).click();
			await expect(page.getByRole("list", { name: "Rules" })).toContainText(sentence);
			const { revision } = await api.rules.get(made);
			await api.rules.publish({ ...made, revision });
		});
		await trade.order("SPLIT-32", [
			{ sku: "LAMP", quantity: 2 },
			{ sku: "SHADE", quantity: 1 },
		]);
		await runToEnd(desk, name, "Order Delivery");
		await test.step("each warehouse has its part, and the order's page says so", async () => {
			expect([there(east, "SPLIT-32"), there(west, "SPLIT-32-2")]).toEqual([["2 LAMP"], ["1 SHADE"]]);
			await openOrder(page, "SPLIT-32");
			const shares = page.getByRole("region", { name: "Split over warehouses" });
			await expect(shares).toContainText(`2 × LAMP at ${trade.warehouse} (SPLIT-32)`);
			await expect(shares).toContainText(`1 × SHADE at ${name} (SPLIT-32-2)`);
			await expectAccessible(page, "Order that is split over warehouses");
		});
		await test.step("both ship, and the order is closed with both tracking numbers in the cart", async () => {
			await ship(east, "SPLIT-32");
			await trade.bringTracking();
			expect((await orderNumbered(desk, "SPLIT-32")).status).toBe("at_wms");
			await ship(west, "SPLIT-32-2");
			await runToEnd(desk, name, "Shipping Confirmations");
			await runToEnd(desk, trade.cart, "Shipment Upload");
			expect((await orderNumbered(desk, "SPLIT-32")).status).toBe("confirmed");
			expect(trade.trackingOf("SPLIT-32")).toHaveLength(2);
		});
	} finally {
		await Promise.all([east.close(), west.close(), trade.shop.close()]);
	}
});
