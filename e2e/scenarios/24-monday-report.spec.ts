import { readFileSync } from "node:fs";
import { expectAccessible } from "../support/accessible";
import { deskOf, merchantNamed } from "../support/api";
import { openHub, openPlace } from "../support/hub";
import { expect, test } from "../support/test";

test("24 on Monday the overview's figures are those of the lists behind them, and the audit log goes out as CSV", async ({
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
		const download = page.waitForEvent("download");
		await page.getByRole("link", { name: "Export as CSV" }).click();
		const lines = readFileSync(await (await download).path(), "utf8")
			.trim()
			.split("\n");
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
});
