import { readFile } from "node:fs/promises";
import { expectAccessible } from "../support/accessible";
import { deskOf, merchantNamed } from "../support/api";
import { openHub } from "../support/hub";
import { expect, test } from "../support/test";

/** 500 rows: 496 that can be used, and among them one without a SKU, one without a type, one twice, one whose place is taken. */
const good = Array.from({ length: 496 }, (_, place) => `UPC,${1000 + place},SKU-${place}`);
const bad = {
	"UPC,2000,": "Warehouse SKU",
	",2001,SKU-2001": "Type",
	"UPC,1000,SKU-2002": "1000 is there twice: also in line 2.",
	"UPC,2003,SKU-1": "SKU-1 has the UPC code 1001 already.",
};
const file = [
	...["Type,Code,Warehouse SKU", ...good.slice(0, 100)],
	...[...Object.keys(bad), ...good.slice(100), ""],
].join("\n");

test("23 of a file with 500 aliases 496 are good and 4 are refused with reasons, and can be downloaded", async ({
	page,
}) => {
	await openHub(page);
	const desk = await deskOf(page);
	const { api, accountId } = desk;
	const merchantId = await merchantNamed(desk, "Alias Goods");
	const dialog = page.getByRole("dialog");
	const count = async () => {
		let [all, after] = [0, undefined as string | undefined];
		do {
			const page = await api.items.list({ accountId, merchantId, kind: "alias", limit: 200, ...(after && { after }) });
			all += page.items.length;
			after = page.next ?? undefined;
		} while (after);
		return all;
	};
	await test.step("the dry run shows 496 good and 4 with reasons, and saves nothing", async () => {
		await page.goto(`/${accountId}/mappings/aliases?merchant=${merchantId}`);
		await page.getByRole("button", { name: "Import", exact: true }).click();
		await dialog
			.getByLabel("CSV file")
			.setInputFiles({ name: "aliases.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
		await expect(dialog.getByText("496 rows are new, 0 changed, 0 as now, 4 refused.")).toBeVisible();
		const refused = dialog.getByRole("row").filter({ hasText: "Refused" });
		await expect(refused).toHaveCount(4);
		for (const reason of Object.values(bad)) await expect(refused.filter({ hasText: reason })).toHaveCount(1);
		expect(await count()).toBe(0);
		await expectAccessible(page, "Import of aliases");
	});
	await test.step("the 4 can be downloaded, each with its reason", async () => {
		const downloading = page.waitForEvent("download");
		await dialog.getByRole("button", { name: "Download refused rows" }).click();
		const rows = (await readFile(await (await downloading).path(), "utf8")).trim().split(/\r?\n/);
		expect(rows[0]).toBe("Type,Code,Warehouse SKU,Reason");
		expect(rows).toHaveLength(5);
		for (const [position, [row, reason]] of Object.entries(bad).entries()) {
			expect(rows[position + 1]).toContain(row);
			expect(rows[position + 1]).toContain(reason);
		}
	});
	await test.step("confirmed, 496 exist", async () => {
		await dialog.getByRole("button", { name: "Save 496 aliases" }).click();
		await expect(page.getByText("496 aliases saved.")).toBeVisible();
		expect(await count()).toBe(496);
		await page.getByRole("searchbox", { name: "Search aliases" }).fill("1495");
		await expect(
			page.getByRole("grid", { name: "Aliases" }).getByRole("row").filter({ hasText: "SKU-495" }),
		).toBeVisible();
		await expectAccessible(page, "Aliases");
	});
});
