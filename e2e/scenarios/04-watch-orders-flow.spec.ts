import { expectAccessible } from "../support/accessible";
import {
	choose,
	expectActive,
	openConnection,
	openHub,
	openOrder,
	openPlace,
	openRow,
	runNow,
	shopName,
	stateOf,
	warehouseName,
} from "../support/hub";
import { buy, count, orderAtWarehouse, orderInShop, sellableInShop, ship } from "../support/outside";
import { expect, test } from "../support/test";
import type { PlacedOrder } from "../vendure/orders";

/** What goes by itself goes within half a minute; a slow machine is given more. */
const byItself = { timeout: 90_000 };
const twoLines = [
	{ sku: "TEE", quantity: 2 },
	{ sku: "MUG", quantity: 1 },
];
const tracking = { tee: "1Z0000000000000101", mug: "1Z0000000000000102" };

test.describe.configure({ mode: "serial" });
test.beforeEach(async ({ page }) => openHub(page));

test("04 an order placed in the shop goes New, At WMS, Shipped, Confirmed while one watches", async ({
	page,
	world,
}) => {
	let order: PlacedOrder | undefined;
	await test.step("a shopper buys two products", async () => {
		await count("TEE", 40);
		await count("MUG", 25);
		order = await buy(twoLines);
	});
	if (!order) return;
	const { code } = order;
	await test.step("Order Download brings it in as New", async () => {
		await runNow(page, shopName, "Order Download");
		await openPlace(page, "Orders");
		const row = page.getByRole("grid", { name: "Orders" }).getByRole("row").filter({ hasText: code });
		await expect(row).toContainText("New");
		await openRow(page, "Orders", code);
		await expect(stateOf(page)).toContainText("New");
		await expectAccessible(page, "Order that is New");
	});
	await test.step("it reaches the warehouse by itself, once, with both lines", async () => {
		await expect(stateOf(page)).toContainText("At WMS", byItself);
		const there = await orderAtWarehouse(code);
		expect(there.times).toBe(1);
		expect(there.lines.map((line) => [line.itemIdentifier.sku, line.qty])).toEqual([
			["TEE", 2],
			["MUG", 1],
		]);
	});
	await test.step("the warehouse ships it in two packages; it goes Shipped, then Confirmed", async () => {
		await ship(code, [
			{ trackingNumber: tracking.tee, contents: [{ line: 0, qty: 2 }] },
			{ trackingNumber: tracking.mug, contents: [{ line: 1, qty: 1 }] },
		]);
		await runNow(page, warehouseName, "Shipping Confirmations");
		await openOrder(page, code);
		await expect(stateOf(page)).toContainText("Shipped", byItself);
		await expect(stateOf(page)).toContainText("Confirmed", byItself);
	});
	await test.step("the shop shows both tracking codes", async () => {
		const { state, fulfillments } = await orderInShop(order as PlacedOrder);
		expect(state).toBe("Shipped");
		expect(fulfillments.map(({ trackingCode }) => trackingCode).sort()).toEqual([tracking.tee, tracking.mug]);
	});
	await test.step("the order's page tells its whole journey", async () => {
		const journey = page.getByRole("region", { name: "Journey" });
		for (const step of [
			`Loaded from ${shopName}`,
			`Prepared for ${warehouseName}`,
			`Accepted by ${warehouseName}`,
			"3 units shipped",
			`Tracking is at ${shopName}`,
		])
			await expect(journey.getByText(step).first()).toBeVisible();
		const shipments = page.getByRole("region", { name: "Shipments" });
		for (const number of Object.values(tracking)) await expect(shipments).toContainText(number);
	});
	await test.step("each request can be read, its secrets cannot", async () => {
		const requests = page.getByRole("button", { name: /Request and answer/ });
		expect(await requests.count()).toBeGreaterThanOrEqual(2);
		for (const request of await requests.all()) await request.click();
		const seen: (string | null)[] = [];
		for (const part of ["Answer", "Request", "Headers"]) {
			for (const tab of await page.getByRole("tab", { name: part }).all()) await tab.click();
			await expect(page.getByRole("tabpanel", { name: part }).first()).toBeVisible();
			seen.push(await page.getByRole("main").textContent());
		}
		const text = seen.join("\n");
		expect(text.includes(code), "the requests are shown").toBe(true);
		expect(/"authorization": "•••"/i.test(text), "the token is masked").toBe(true);
		const { clientId, clientSecret, tplKey } = world.warehouse.settings;
		const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
		const secrets = { clientSecret, tplKey, basic, apiKey: world.shop.seeded.apiKey };
		for (const [name, secret] of Object.entries(secrets)) expect(text.includes(secret), `${name} is shown`).toBe(false);
		expect(/Bearer\s+[\w.-]{8,}/i.test(text), "a token is shown").toBe(false);
		await expectAccessible(page, "Order that is Confirmed, with its requests");
	});
	await test.step("its tracking code finds it in the list and in the palette", async () => {
		await openPlace(page, "Orders");
		await page.getByRole("searchbox", { name: "Search orders" }).fill(tracking.mug);
		await expect(page.getByRole("button", { name: `Remove filter: "${tracking.mug}"` })).toBeVisible();
		await expect(page.getByRole("grid", { name: "Orders" }).getByRole("row")).toHaveCount(2);
		await expect(page.getByRole("link", { name: code, exact: true })).toBeVisible();
		await expectAccessible(page, "Orders, searched");
		await page.keyboard.press("Control+k");
		const palette = page.getByRole("dialog", { name: "Find anything" });
		await palette.getByRole("searchbox").fill(tracking.tee);
		await expect(palette.getByRole("menuitem", { name: code })).toBeVisible();
		await expectAccessible(page, "Palette");
		await palette.getByRole("menuitem", { name: code }).click();
		await expect(page.getByRole("heading", { level: 1, name: code })).toBeVisible();
	});
});

test("04 a paused connection refuses to run, and a function gets another schedule", async ({ page, expected }) => {
	await test.step("paused, Run now says why it does not run", async () => {
		await openConnection(page, shopName);
		await page.getByRole("button", { name: "Pause", exact: true }).click();
		await expect(stateOf(page)).toContainText("Paused");
		expected.push("409 /api/v1/");
		await page.getByRole("button", { name: "Run now: Order Download" }).click();
		await expect(page.getByText(`${shopName} is paused. Resume it first.`)).toBeVisible();
		await expectAccessible(page, "Connection that is paused");
		await page.getByRole("button", { name: "Resume", exact: true }).click();
		await expectActive(page, shopName);
	});
	await test.step("Order Download is scheduled every 30 minutes, Shipment Upload once a day", async () => {
		await page.getByRole("button", { name: "Schedule of Order Download" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByText("In an interval").click();
		await choose(dialog, "Every", "30 minutes");
		await expectAccessible(page, "Dialog of a schedule");
		await dialog.getByRole("button", { name: "Save schedule" }).click();
		await expect(dialog).toBeHidden();
		await expect(page.getByRole("listitem").filter({ hasText: "Order Download" })).toContainText("Every 30 minutes");
		await page.getByRole("button", { name: "Schedule of Shipment Upload" }).click();
		await dialog.getByText(/Once a day/).click();
		await dialog.getByLabel("At", { exact: true }).fill("07:30");
		await dialog.getByRole("button", { name: "Save schedule" }).click();
		await expect(dialog).toBeHidden();
		await expect(page.getByRole("listitem").filter({ hasText: "Shipment Upload" })).toContainText("07:30");
	});
});

test("04 an order that is held waits, and goes out when it is released", async ({ page }) => {
	const [held, free] = [await buy(twoLines), await buy([{ sku: "MUG", quantity: 1 }])];
	await test.step("held while the warehouse's connection is paused", async () => {
		await openConnection(page, warehouseName);
		await page.getByRole("button", { name: "Pause", exact: true }).click();
		await expect(stateOf(page)).toContainText("Paused");
		await runNow(page, shopName, "Order Download");
		await openOrder(page, held.code);
		await expect(stateOf(page)).toContainText("New");
		await page.getByRole("button", { name: "Hold" }).click();
		await expect(stateOf(page)).toContainText("Held");
		await expectAccessible(page, "Order that is held");
	});
	await test.step("the other order goes out, this one stays", async () => {
		await openConnection(page, warehouseName);
		await page.getByRole("button", { name: "Resume", exact: true }).click();
		await expectActive(page, warehouseName);
		await page.getByRole("button", { name: "Run now: Order Delivery" }).click();
		await openOrder(page, free.code);
		await expect(stateOf(page)).toContainText("At WMS", byItself);
		expect((await orderAtWarehouse(held.code)).times).toBe(0);
		await openOrder(page, held.code);
		await expect(stateOf(page)).toContainText("Held");
	});
	await test.step("released, it goes out", async () => {
		await page.getByRole("button", { name: "Release" }).click();
		await expect(stateOf(page)).toContainText("At WMS", byItself);
		expect((await orderAtWarehouse(held.code)).times).toBe(1);
		await expect(page.getByRole("region", { name: "Journey" })).toContainText("Released");
	});
});

test("04 stock counted in the warehouse is explained, and is what the shop sells", async ({ page }) => {
	await count("TEE", 33);
	await runNow(page, warehouseName, "Inventory");
	await test.step("the SKU's page shows the terms of its figure", async () => {
		await openPlace(page, "Inventory");
		const row = page.getByRole("grid", { name: "Inventory" }).getByRole("row").filter({ hasText: "TEE" });
		await expect(row).toContainText("33", byItself);
		await expectAccessible(page, "Inventory");
		await openRow(page, "Inventory", "TEE");
	});
	await test.step("the shop sells just that figure", async () => {
		const shown = page.getByRole("region", { name: `Why ${shopName} shows 33` });
		await expect(shown).toContainText("the cart has it", byItself);
		const terms = page.getByRole("table", { name: `The terms of the figure of ${shopName}` });
		await expect(terms.getByRole("row", { name: /Available at East/ })).toContainText("33");
		await expect(terms.getByRole("row", { name: `Told to ${shopName}` })).toContainText("33");
		expect(await sellableInShop("TEE")).toBe(33);
		await expectAccessible(page, "Explain a number");
	});
});
