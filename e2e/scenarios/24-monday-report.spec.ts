import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible";
import { deskOf, merchantNamed, orderNumbered, runToEnd } from "../support/api";
import { choose, field, openHub, openPlace, shopName } from "../support/hub";
import { buy } from "../support/outside";
import { expect, test } from "../support/test";

/** Presses a list's button, and gives the file's name and its lines. */
async function exported(page: Page, choice?: string): Promise<{ name: string; lines: string[] }> {
	const download = page.waitForEvent("download");
	await page.getByRole("button", { name: "Export CSV" }).first().click();
	if (choice) await page.getByRole("menuitem", { name: choice }).click();
	const file = await download;
	const text = readFileSync(await file.path(), "utf8").replace(/^\uFEFF/, "");
	return { name: file.suggestedFilename(), lines: text.trimEnd().split("\r\n") };
}

test("24 on Monday the overview's figures are those of the lists behind them, and every list goes out as CSV", async ({
	page,
}) => {
	await openHub(page);
	const desk = await deskOf(page);
	const { api, accountId } = desk;
	const strip = page.getByRole("region", { name: "Is it flowing?" });
	await test.step("orders per state: each figure leads to as many orders", async () => {
		const { byStatus } = await api.overview.get({ accountId });
		for (const [state, word] of [
			["new", "New"],
			["error", "Error"],
			["at_wms", "At WMS"],
			["shipped", "Shipped"],
		] as const) {
			const { items } = await api.orders.list({ accountId, state, limit: 200 });
			expect(byStatus[state] ?? 0, `orders that are ${word}`).toBe(items.length);
			await expect(strip.getByRole("link", { name: word })).toContainText(String(items.length));
		}
	});
	await test.step("the oldest order that waits, late confirmations and failed runs are named", async () => {
		const { late, untold, failed, openAlerts } = await api.overview.get({ accountId });
		const lateness = page.getByRole("region", { name: "How late?" });
		for (const { merchant, orders } of late)
			await expect(
				lateness.getByText(`${merchant.name}: ${orders} ${orders === 1 ? "order waits" : "orders wait"}`),
			).toBeVisible();
		for (const { merchant, orders } of untold)
			await expect(lateness.getByText(`${merchant.name}: ${orders} shipped`)).toBeVisible();
		for (const { title, connection, runs } of failed)
			await expect(
				lateness.getByText(`${title} of ${connection.name}: ${runs} ${runs === 1 ? "run" : "runs"} with trouble`),
			).toBeVisible();
		const { items } = await api.alerts.list({ accountId });
		expect(openAlerts).toBe(items.length);
		await expectAccessible(page, "Overview with figures");
		if (late.length > 0) {
			await lateness.getByRole("link", { name: "oldest" }).first().click();
			await expect(page.getByRole("region", { name: "Journey" })).toBeVisible();
		}
	});
	await test.step("the audit log is exported as a file without formulas", async () => {
		await merchantNamed(desk, "=1+1 Harbour");
		await openPlace(page, "Settings");
		await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Audit log" }).click();
		const { lines } = await exported(page);
		const { items } = await api.audit.list({ accountId, limit: 200 });
		expect(lines.length, "a line for each entry").toBeGreaterThanOrEqual(Math.min(items.length, 200));
		expect(
			lines.some((line) => line.includes("=1+1 Harbour")),
			"the merchant's name is there",
		).toBe(true);
		expect(
			lines.filter((line) => /(^|,)"?[=+@-]/.test(line)),
			"cells that a spreadsheet would calculate",
		).toEqual([]);
	});
	await test.step("each list goes out as a file that says what it is", async () => {
		for (const [place, table, heading, list] of [
			["Overview", "overview", "Connection", api.connections.list({ accountId })],
			["Inventory", "inventory", "SKU", api.inventory.list({ accountId })],
			["Alerts", "alerts", "Alert", api.alerts.list({ accountId })],
			["Runs", "runs", "Function", api.runs.list({ accountId, busy: true })],
			["Connections", "connections", "Connection", api.connections.list({ accountId })],
			["Merchants", "merchants", "Merchant", api.merchants.list({ accountId })],
		] as const) {
			await openPlace(page, place);
			if ((await list).items.length === 0) {
				await expect(page.getByRole("button", { name: "Nothing to export" })).toBeDisabled();
				continue;
			}
			const { name, lines } = await exported(page);
			expect(name).toMatch(new RegExp(`^${table}-\\d{4}-\\d\\d-\\d\\d-\\d{4}Z\\.csv$`));
			expect(lines[0]?.split(",")[0]).toBe(heading);
			expect(lines.length).toBeGreaterThan(1);
		}
	});
});

test("24 a list of orders is kept as a view with its columns, and its file holds just what it shows", async ({
	page,
}) => {
	await openHub(page);
	const desk = await deskOf(page);
	const { api, accountId } = desk;
	const { code } = await buy([{ sku: "TEE", quantity: 1 }]);
	await runToEnd(desk, shopName, "Order Download");
	await orderNumbered(desk, code);
	await openPlace(page, "Orders");
	const grid = page.getByRole("grid", { name: "Orders" });
	await test.step("columns are chosen, and stay when one comes back", async () => {
		await expect(grid).toBeVisible();
		await page.getByRole("button", { name: "Columns" }).click();
		await page.getByRole("menuitemcheckbox", { name: "Placed" }).click();
		await page.getByRole("menuitemcheckbox", { name: "Total" }).click();
		await page.keyboard.press("Escape");
		await expect(grid.getByRole("columnheader", { name: "Placed" })).toBeVisible();
		await expect(grid.getByRole("columnheader", { name: "Total" })).toHaveCount(0);
		await page.reload();
		await expect(grid.getByRole("columnheader", { name: "Placed" })).toBeVisible();
	});
	await test.step("what is shown is saved under a name", async () => {
		await choose(page, "Loaded", "Last 7 days");
		await page.getByRole("button", { name: "Save as a view" }).click();
		await field(page, "Name").fill("Monday's orders");
		await expectAccessible(page, "Saving a view");
		await page.getByRole("button", { name: "Save", exact: true }).click();
		await expect(page.getByRole("button", { name: "View: Monday's orders" })).toBeVisible();
	});
	await test.step("it opens again from the menu, with filter and columns", async () => {
		await openPlace(page, "Orders");
		await page.getByRole("button", { name: "View: All orders" }).click();
		await page.getByRole("menuitemradio", { name: /Monday's orders/ }).click();
		await expect(page.getByRole("list", { name: "Filters in force" })).toContainText("Last 7 days");
		await expect(grid.getByRole("columnheader", { name: "Placed" })).toBeVisible();
	});
	await test.step("its file holds the orders and the columns that are shown", async () => {
		const { items } = await api.orders.list({ accountId, days: 7, limit: 200 });
		const { name, lines } = await exported(page, "The orders shown");
		expect(name).toMatch(/^orders-.*Z\.csv$/);
		expect(lines[0]).toContain("Placed");
		expect(lines[0]).not.toContain("Total");
		expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual(items.map(({ number }) => number));
		await expect(page.getByText(`${items.length} ${items.length === 1 ? "row" : "rows"} exported`)).toBeVisible();
		const shipments = await exported(page, "Their shipments");
		expect(shipments.lines[0]).toMatch(/^Order,Merchant,Warehouse,/);
	});
	await test.step("a change of it is kept or taken back; it is renamed, and deleted", async () => {
		await choose(page, "Loaded", "Last 30 days");
		await page.getByRole("button", { name: "Save changes" }).click();
		await expect(page.getByRole("button", { name: "Save changes" })).toHaveCount(0);
		expect((await api.orderViews.list({ accountId })).items).toMatchObject([{ filter: { days: 30 } }]);
		await page.getByRole("button", { name: "Rename or share" }).click();
		await field(page, "Name").fill("Every Monday");
		await page.getByText("Share with everybody").click();
		await page.getByRole("button", { name: "Save", exact: true }).click();
		await expect(page.getByRole("button", { name: "View: Every Monday" })).toBeVisible();
		expect((await api.orderViews.list({ accountId })).items).toMatchObject([{ name: "Every Monday", shared: true }]);
		await expectAccessible(page, "Orders with a view");
		await page.getByRole("button", { name: "Delete view" }).click();
		await page.getByRole("alertdialog").getByRole("button", { name: "Delete view" }).click();
		await expect(page.getByRole("button", { name: "View: All orders" })).toBeVisible();
		expect((await api.orderViews.list({ accountId })).items).toEqual([]);
	});
});
