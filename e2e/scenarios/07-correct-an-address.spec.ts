import { expectAccessible } from "../support/accessible";
import { connectionNamed, deskOf, orderNumbered, runToEnd } from "../support/api";
import { field, openHub, openOrder, shopName, stateOf, warehouseName } from "../support/hub";
import { buy, count, orderAtWarehouse } from "../support/outside";
import { expect, test } from "../support/test";

const boston = { city: "Boston", province: "Massachusetts", postalCode: "2134" };
const withinAMinute = { timeout: 60_000 };

test("07 an order stopped for its postal code goes out with the proposed address, and both are shown", async ({
	page,
}) => {
	await openHub(page);
	const desk = await deskOf(page);
	const { api, accountId } = desk;
	const { id: connectionId } = await connectionNamed(desk, warehouseName);
	const check = (policy: "block" | "off") =>
		api.connections.update({
			...{ accountId, connectionId, values: {} },
			options: { postalCodePolicy: policy, regionPolicy: policy },
		});
	await check("block");
	const stopped = async () => {
		const { code } = await buy([{ sku: "TEE", quantity: 1 }], { address: boston });
		await runToEnd(desk, shopName, "Order Download");
		await runToEnd(desk, warehouseName, "Order Delivery");
		expect((await orderNumbered(desk, code)).status).toBe("error");
		return code;
	};
	await count("TEE", 40);
	const code = await stopped();
	await test.step("the page shows what the cart has beside what it may be meant to be", async () => {
		await openOrder(page, code);
		await expect(stateOf(page)).toContainText("Error");
		const marked = (side: string) => page.getByRole("region", { name: side }).locator("mark");
		await expect(marked("From the cart")).toHaveText(["2134", "Massachusetts"]);
		await expect(marked("Proposed")).toHaveText(["02134", "MA"]);
		await expect(page.getByRole("list", { name: "Why" })).toContainText("Postal code: the zero in front was lost");
		await expectAccessible(page, "Order that its address stops");
	});
	await test.step("accepted, it is at the warehouse within a minute, with the corrected address", async () => {
		await page.getByRole("button", { name: "Accept and resend" }).click();
		await expect(stateOf(page)).toContainText("At WMS", withinAMinute);
		const { times, shipTo } = await orderAtWarehouse(code);
		expect(times).toBe(1);
		expect(shipTo).toMatchObject({ zip: "02134", state: "MA" });
	});
	await test.step("both values are shown, and who corrected it", async () => {
		await expect(page.getByText("Corrected by hand")).toBeVisible();
		await expect(page.getByRole("row", { name: "Postal code 02134 2134" })).toBeVisible();
		await expect(page.getByRole("region", { name: "Journey" })).toContainText("The proposed address was accepted");
		await expect(page.getByRole("region", { name: "Journey" })).toContainText("2134 → 02134");
		await expectAccessible(page, "Order with a corrected address");
	});
	await test.step("another is kept as it is, and goes out so", async () => {
		const kept = await stopped();
		await openOrder(page, kept);
		await page.getByRole("button", { name: "Keep as it is" }).click();
		await expect(stateOf(page)).toContainText("At WMS", withinAMinute);
		expect((await orderAtWarehouse(kept)).shipTo).toMatchObject({ zip: "2134", state: "Massachusetts" });
	});
	await test.step("the editor opens with the proposal", async () => {
		await openOrder(page, await stopped());
		await page.getByRole("button", { name: "Edit", exact: true }).click();
		await expect(field(page, "Postal code")).toHaveValue("02134");
		await field(page, "Street").fill("12 Elm St");
		await page.getByRole("button", { name: "Save and resend" }).click();
		await expect(stateOf(page)).toContainText("At WMS", withinAMinute);
	});
	await check("off");
});
