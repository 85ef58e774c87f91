import { startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { expectAccessible } from "../support/accessible";
import { connectionNamed, deskOf } from "../support/api";
import { openHub, openOrder, stateOf } from "../support/hub";
import { expect, test } from "../support/test";
import { startTrade } from "../support/trade";

const tracking = "986578788855";

test("17 the warehouse's FDX is mapped to FEDEX, and Resend tracking puts it right in the cart, with its link", async ({
	page,
}) => {
	const warehouse = await startExtensivSandbox();
	warehouse.store.setStock("BOOK", 2, 40);
	await openHub(page);
	const desk = await deskOf(page);
	const trade = await startTrade(desk, {
		...{ merchant: "Carried Goods", items: ["BOOK"] },
		warehouse: { connectorKey: "extensiv-3pl", values: warehouse.settings },
	});
	const shipments = page.getByRole("region", { name: "Shipments" });
	try {
		await trade.order("CARRY-17", [{ sku: "BOOK", quantity: 1 }]);
		await test.step("the warehouse ships with FDX, which the cart is told as it is", async () => {
			const there = warehouse.store.find("CARRY-17");
			if (!there) throw new Error("the order is not at the warehouse");
			there.routingInfo = { carrier: "FDX", mode: "" };
			warehouse.store.ship(there.readOnly.orderId, [{ trackingNumber: tracking, contents: [{ line: 0, qty: 1 }] }]);
			await trade.bringTracking();
			expect(trade.trackingOf("CARRY-17")).toEqual([`FDX, ${tracking}`]);
			await openOrder(page, "CARRY-17");
			await expect(stateOf(page)).toContainText("Confirmed");
			await expect(shipments.getByRole("link", { name: tracking })).toHaveCount(0);
		});
		await test.step("FDX has appeared among the warehouse's carriers by itself, and becomes FEDEX", async () => {
			const { id } = await connectionNamed(desk, trade.warehouse);
			await page.goto(`/${desk.accountId}/mappings/carriers?connection=${id}`);
			const row = page.getByRole("row", { name: /FDX/ });
			await row.getByRole("button", { name: /^FDX becomes/ }).click();
			await page.getByRole("combobox", { name: "Carrier, FDX becomes" }).fill("FEDEX");
			await expectAccessible(page, "Carriers of a warehouse");
			await row.getByRole("button", { name: "Save" }).click();
			await expect(page.getByText(/^1 carrier saved/)).toBeVisible();
			await expect(row.getByText(trade.cart)).toBeVisible();
			await expect(row.locator("code").filter({ hasText: "FEDEX" })).toBeVisible();
		});
		await test.step("Resend tracking: the cart shows FEDEX, once, and the parcel has its link", async () => {
			await openOrder(page, "CARRY-17");
			await page.getByRole("button", { name: "Resend tracking" }).click();
			await expect
				.poll(() => trade.trackingOf("CARRY-17"), { message: "what the cart shows", timeout: 90_000 })
				.toEqual([`FEDEX, ${tracking}`]);
			await expect(shipments).toContainText("The cart has the tracking, as FEDEX");
			const link = shipments.getByRole("link", { name: tracking });
			await expect(link).toHaveAttribute("href", `https://www.fedex.com/fedextrack/?trknbr=${tracking}`);
			await expectAccessible(page, "Order whose carrier was put right");
		});
	} finally {
		await Promise.all([warehouse.close(), trade.shop.close()]);
	}
});
