import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible";
import { openConnection, openHub, openOrder, openPlace, runNow, shopName, warehouseName } from "../support/hub";
import { buy, count } from "../support/outside";
import { expect, test } from "../support/test";

/** The links within a page's content, as addresses, without what leads out of the account. */
async function linksOf(page: Page): Promise<string[]> {
	const links = await page.getByRole("main").getByRole("link").all();
	const hrefs = await Promise.all(links.map((link) => link.getAttribute("href")));
	return hrefs.filter((href): href is string => href?.startsWith("/acc_") === true);
}

/** One address of each kind: ids and what follows "?" make no other page. */
function kindOf(href: string): string {
	return href
		.replace(/\?.*$/, "")
		.replace(/\/[a-z]{3}_[0-9a-z]{10,}/g, "/…")
		.replace(/\/inventory\/….*$/, "/inventory/…");
}

test("90 every page of the account that a link leads to is sound, in both themes and widths", async ({ page }) => {
	// There are very many, and a machine may be slow.
	test.setTimeout(1_200_000);
	await openHub(page);
	await test.step("there is an order and a figure", async () => {
		await count("MUG", 20);
		const { code } = await buy([{ sku: "MUG", quantity: 1 }]);
		await runNow(page, shopName, "Order Download");
		await runNow(page, warehouseName, "Inventory");
		await openOrder(page, code);
		await openPlace(page, "Inventory");
		await expect(page.getByRole("grid", { name: "Inventory" }).getByRole("link", { name: "MUG" })).toBeVisible();
	});
	const start = new URL(page.url()).pathname.replace(/^(\/[^/]+).*/, "$1");
	const waiting = [start];
	for (const link of await page.getByRole("navigation", { name: "Account" }).getByRole("link").all())
		waiting.push((await link.getAttribute("href")) ?? start);
	const seen = new Set<string>();
	for (let href = waiting.shift(); href !== undefined; href = waiting.shift()) {
		const kind = kindOf(href);
		if (seen.has(kind)) continue;
		seen.add(kind);
		await page.goto(href);
		await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
		await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
		waiting.push(...(await linksOf(page)));
		await expectAccessible(page, kind);
	}
	const kinds = [
		"orders",
		"orders/…",
		"purchase-orders",
		"inventory",
		"inventory/…",
		"connections",
		"connections/…",
		"connections/new",
	];
	const settings = ["people", "links", "api-keys", "privacy", "audit", "notifications", "you"];
	for (const kind of [
		...kinds,
		"merchants",
		"runs",
		"runs/…",
		"alerts",
		"settings",
		...settings.map((one) => `settings/${one}`),
	])
		expect([...seen], "pages that were seen").toContain(`/…/${kind}`);
});

test("90 the parts of a connection, a run and the menu of a narrow window are sound", async ({
	page,
	world,
	expected,
}) => {
	await openHub(page);
	await test.step("a stored secret is never shown again", async () => {
		for (const [name, secret] of [
			[shopName, world.shop.seeded.apiKey],
			[warehouseName, world.warehouse.settings.clientSecret],
		] as const) {
			await openConnection(page, name);
			await page.getByRole("tab", { name: /^(Main )?Settings$/ }).click();
			await expect(page.getByRole("button", { name: "Save settings" })).toBeVisible();
			expect(await page.content()).not.toContain(secret);
			await expectAccessible(page, `Settings of ${name}`);
		}
		await page.getByRole("tab", { name: "Runs" }).click();
		await expect(page.getByRole("tabpanel", { name: "Runs" }).getByRole("link").first()).toBeVisible();
		await expectAccessible(page, "Runs of a connection");
	});
	await test.step("a run is read down to its requests", async () => {
		await page.getByRole("tabpanel", { name: "Runs" }).getByRole("link").first().click();
		await page.getByRole("tab", { name: /^Requests/ }).click();
		const show = page.getByRole("button", { name: "Show", exact: true });
		if ((await show.count()) > 0) await show.first().click();
		await expectAccessible(page, "Requests of a run");
		await page.getByRole("tab", { name: "Position" }).click();
		await expectAccessible(page, "Position of a run");
	});
	await test.step("an order that does not exist is not found", async () => {
		await openPlace(page, "Orders");
		expected.push("404 /api/v1/");
		await page.goto(`${page.url()}/ord_00000000000000000000000`);
		await expect(page.getByRole("alert").filter({ hasText: "Try again" })).toBeVisible();
		await expectAccessible(page, "Order that does not exist");
	});
	await test.step("the menu opens as a drawer", async () => {
		await openHub(page);
		await page.setViewportSize({ width: 390, height: 844 });
		await page.getByRole("button", { name: "Open the menu" }).click();
		await expect(page.getByRole("dialog")).toBeVisible();
		await page.getByRole("dialog").getByRole("link", { name: "Orders", exact: true }).click();
		await expect(page.getByRole("heading", { level: 1, name: "Orders", exact: true })).toBeVisible();
	});
});
