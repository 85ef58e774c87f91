import type { Page } from "@playwright/test";
import { type DeposcoSandbox, startDeposcoSandbox } from "@/lib/connectors/deposco/sandbox";
import { expectAccessible } from "../support/accessible";
import { connectionNamed, deskOf } from "../support/api";
import { choose, openConnection, openHub, openOrder, stateOf } from "../support/hub";
import { expect, test } from "../support/test";
import { startTrade, type Trade } from "../support/trade";

const twoLines = [
	{ sku: "SHIRT", quantity: 1 },
	{ sku: "SCARF", quantity: 1 },
];
const [first, second] = ["1Z5R89390357567127", "1Z999AA10123456784"];

/** A warehouse that ships an order line by line as it packs it. */
async function withTrade(
	page: Page,
	merchant: string,
	work: (trade: Trade, warehouse: DeposcoSandbox) => Promise<void>,
) {
	const warehouse = await startDeposcoSandbox();
	for (const { sku } of twoLines) warehouse.store.items.add(sku);
	await openHub(page);
	const trade = await startTrade(await deskOf(page), {
		...{ merchant, items: twoLines.map(({ sku }) => sku) },
		warehouse: { connectorKey: "deposco", values: warehouse.legacy },
	});
	try {
		await work(trade, warehouse);
	} finally {
		await Promise.all([warehouse.close(), trade.shop.close()]);
	}
}

function ship({ store }: DeposcoSandbox, { number, sku, tracking }: { number: string; sku: string; tracking: string }) {
	const order = store.orders.find((one) => one.number === number);
	if (!order) throw new Error(`order ${number} is not at the warehouse`);
	store.ship(order, { lines: [{ sku, shipped: 1 }], boxes: [{ trackingNumber: tracking, weight: 1 }] });
}

const shipments = (page: Page) => page.getByRole("region", { name: "Shipments" });

test("15 with Immediately the cart has one tracking after line 1 and is partially shipped, and is fulfilled after line 2", async ({
	page,
}) => {
	await withTrade(page, "Split Goods", async (trade, warehouse) => {
		const placed = await trade.order("SPLIT-15", twoLines);
		await test.step("line 1 ships: the cart has one tracking and shows partially shipped", async () => {
			ship(warehouse, { number: "SPLIT-15", sku: "SHIRT", tracking: first });
			await trade.bringTracking();
			expect(trade.trackingOf("SPLIT-15")).toEqual([`UPS Ground, ${first}`]);
			expect(placed.state).toBe("PartiallyShipped");
			await openOrder(page, "SPLIT-15");
			await expect(stateOf(page)).toContainText("At WMS");
			await expect(shipments(page)).toContainText("The cart has the tracking");
			const lines = page.getByRole("region", { name: "Lines" });
			await expect(lines.getByRole("row", { name: /SHIRT/ })).toContainText("1 of 1");
			await expect(lines.getByRole("row", { name: /SCARF/ })).toContainText("0 of 1");
			await expectAccessible(page, "Order that shipped in part");
		});
		await test.step("line 2 ships: it is fulfilled, with both", async () => {
			ship(warehouse, { number: "SPLIT-15", sku: "SCARF", tracking: second });
			await trade.bringTracking();
			expect(trade.trackingOf("SPLIT-15")).toEqual([`UPS Ground, ${first}`, `UPS Ground, ${second}`]);
			expect(placed.state).toBe("Shipped");
			await expect(stateOf(page)).toContainText("Confirmed");
		});
	});
});

test("16 with Wait for all the cart has no tracking after line 1, and both after line 2", async ({ page }) => {
	await withTrade(page, "Patient Goods", async (trade, warehouse) => {
		await test.step("the cart is told when everything has shipped", async () => {
			await openConnection(page, trade.cart);
			await page.getByRole("tab", { name: "Settings" }).click();
			await choose(page, "When an order ships in parts", "Wait until everything has shipped");
			await expectAccessible(page, "Settings of a cart that waits for all");
			await page.getByRole("button", { name: "Save settings" }).click();
			const options = async () => (await connectionNamed(await deskOf(page), trade.cart)).options;
			await expect.poll(options).toMatchObject({ splitShipments: "wait_for_all" });
		});
		const placed = await trade.order("SPLIT-16", twoLines);
		await test.step("line 1 ships: the cart has no tracking, and the order says that it waits", async () => {
			ship(warehouse, { number: "SPLIT-16", sku: "SHIRT", tracking: first });
			await trade.bringTracking();
			expect(trade.trackingOf("SPLIT-16")).toEqual([]);
			expect(placed.state).toBe("PaymentSettled");
			await openOrder(page, "SPLIT-16");
			await expect(shipments(page)).toContainText(first);
			await expect(shipments(page)).toContainText("The cart has not been told yet");
			await expectAccessible(page, "Order whose tracking waits for the rest");
		});
		await test.step("line 2 ships: it has both", async () => {
			ship(warehouse, { number: "SPLIT-16", sku: "SCARF", tracking: second });
			await trade.bringTracking();
			expect(trade.trackingOf("SPLIT-16").sort()).toEqual([`UPS Ground, ${first}`, `UPS Ground, ${second}`].sort());
			expect(placed.state).toBe("Shipped");
			await expect(stateOf(page)).toContainText("Confirmed");
		});
	});
});
