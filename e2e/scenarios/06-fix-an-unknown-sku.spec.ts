import { startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { expectAccessible } from "../support/accessible";
import { deskOf, orderNumbered } from "../support/api";
import { openHub, openOrder, openPlace } from "../support/hub";
import { expect, test } from "../support/test";
import { startTrade } from "../support/trade";

/** What goes by itself goes within half a minute; a slow machine is given more. */
const byItself = { timeout: 90_000 };
const codes = ["RED-1", "RED-2", "RED-3"];

test("06 three orders in Error for an unknown SKU are delivered once it is known what the warehouse calls it", async ({
	page,
}) => {
	const warehouse = await startExtensivSandbox();
	warehouse.store.setStock("100234", 2, 40);
	await openHub(page);
	const desk = await deskOf(page);
	const values = warehouse.settings;
	const trade = await startTrade(desk, {
		...{ merchant: "Red Goods", items: ["TEE-RED-M"], warehouse: { connectorKey: "extensiv-3pl", values } },
	});
	try {
		await test.step("the warehouse refuses 3 orders, as it does not know TEE-RED-M", async () => {
			for (const code of codes) await trade.order(code, [{ sku: "TEE-RED-M", quantity: 1 }]);
			for (const code of codes)
				expect(await orderNumbered(desk, code)).toMatchObject({ status: "error", problemCode: "unknown-sku" });
		});
		await test.step("one alert stands for all 3, and leads to where the code is mapped", async () => {
			await openPlace(page, "Alerts");
			await page.getByRole("link", { name: /TEE-RED-M/ }).click();
			await expect(page.getByText("3 orders go on when the cause is gone.")).toBeVisible();
			await expectAccessible(page, "Alert of an unknown SKU");
			await page.getByRole("link", { name: "Map the item code" }).click();
			await expect(page.getByRole("heading", { level: 1, name: "SKU health" })).toBeVisible();
			const row = page.getByRole("grid", { name: "Codes unknown at the warehouse" }).getByRole("row");
			await expect(row.filter({ hasText: "TEE-RED-M" })).toContainText("3 waiting");
		});
		await test.step("it is 100234 there; before that is applied it reads how many orders go out", async () => {
			await page.getByRole("textbox", { name: "Warehouse SKU for TEE-RED-M" }).fill("100234");
			await expect(page.getByText("3 orders that wait go out when you save.")).toBeVisible();
			await expectAccessible(page, "SKU health with a code that is being mapped");
			await page.getByRole("button", { name: "Map TEE-RED-M" }).click();
			await expect(page.getByText("TEE-RED-M is saved. 3 orders that waited go out.")).toBeVisible();
		});
		await test.step("all 3 are delivered, once each, under the warehouse's SKU", async () => {
			for (const code of codes) {
				await expect.poll(async () => (await orderNumbered(desk, code)).status, byItself).toBe("at_wms");
				expect(warehouse.store.find(code)?.items.map(({ itemIdentifier }) => itemIdentifier.sku)).toEqual(["100234"]);
			}
			expect(warehouse.store.ledger.filter(({ kind }) => kind === "created")).toHaveLength(3);
			await openOrder(page, "RED-1");
			await expect(page.getByRole("region", { name: "Made ready" })).toContainText("1 × TEE-RED-M → 1 × 100234");
		});
		await test.step("the alert is gone, and the audit log says who did it", async () => {
			await openPlace(page, "Alerts");
			await expect(page.getByRole("link", { name: /TEE-RED-M/ })).toHaveCount(0);
			await page.goto(`/${desk.accountId}/settings/audit`);
			const entry = page.getByRole("grid", { name: "Audit log" }).getByRole("row").filter({ hasText: "TEE-RED-M" });
			await expect(entry.first()).toContainText("Item codes saved");
			await expect(entry.first()).toContainText(/rosa/i);
			await expectAccessible(page, "Audit log with a mapping");
		});
	} finally {
		await Promise.all([warehouse.close(), trade.shop.close()]);
	}
});
