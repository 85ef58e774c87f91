import type { Page } from "@playwright/test";
import { startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { startOmSandbox } from "@/lib/connectors/extensiv-om/sandbox";
import { expectAccessible } from "../support/accessible";
import { deskOf, merchantNamed, runToEnd } from "../support/api";
import { openHub, openPlace, openRow, stateOf } from "../support/hub";
import { expect, test } from "../support/test";

const [source, destination] = ["Inbound Order Manager", "Inbound warehouse"];
const bar = (page: Page) => page.getByRole("region", { name: "Lines" }).getByRole("img");

test("20 a purchase order of 100 is expected, received in part and then whole, and its source is told", async ({
	page,
}) => {
	const om = await startOmSandbox({ quotas: false });
	const warehouse = await startExtensivSandbox();
	warehouse.store.setStock("TEE", 2, 0);
	try {
		await openHub(page);
		const desk = await deskOf(page);
		const { api, accountId } = desk;
		const merchantId = await merchantNamed(desk, "Inbound Goods");
		const made = { accountId, merchantId };
		await api.connections.create({
			...made,
			connectorKey: "extensiv-om",
			side: "source",
			name: source,
			values: om.settings,
		});
		await api.connections.create({
			...{ ...made, connectorKey: "extensiv-3pl", side: "destination", name: destination, values: warehouse.settings },
		});
		const placed = om.store.purchases.place({ number: "PO-100", lines: [{ sku: "TEE", quantity: 100 }] });
		await runToEnd(desk, source, "Purchase Order Download");
		await runToEnd(desk, destination, "Purchase Order Send");
		const receiver = warehouse.store.dock.find("PO-100");
		expect(receiver?.items).toMatchObject([{ expectedQty: 100 }]);
		await test.step("it is pending delivery with 100 in transit", async () => {
			await openPlace(page, "Purchase orders");
			await expectAccessible(page, "Purchase orders");
			await openRow(page, "Purchase orders", "PO-100");
			await expect(page.getByRole("heading", { level: 1 })).toHaveText("Purchase order PO-100");
			await expect(stateOf(page)).toContainText("Pending delivery");
			await expect(bar(page)).toHaveAccessibleName("100 expected, 0 received, 0 put away, 100 in transit");
		});
		await test.step("60 arrive: received, not put away, and 40 in transit here and at the source", async () => {
			if (receiver) warehouse.store.dock.confirm(receiver, [{ sku: "TEE", qty: 60, lotNumber: "L-7" }]);
			await runToEnd(desk, destination, "Receipt Pickup");
			await runToEnd(desk, source, "Receipt Upload");
			await expect(stateOf(page)).toContainText("Partially fulfilled");
			await expect(bar(page)).toHaveAccessibleName("100 expected, 60 received, 0 put away, 40 in transit");
			await expect(page.getByText("60 received, not put away")).toBeVisible();
			expect([placed.status, om.store.purchases.inTransit("TEE")]).toEqual(["PARTIALLY_DELIVERED", 40]);
			await expectAccessible(page, "Purchase order received in part");
		});
		await test.step("the next stock figure of the warehouse puts them away", async () => {
			warehouse.store.setStock("TEE", 2, 60);
			await runToEnd(desk, destination, "Inventory");
			await expect(bar(page)).toHaveAccessibleName("100 expected, 60 received, 60 put away, 40 in transit");
		});
		await test.step("the rest arrives: fulfilled, and nothing is in transit", async () => {
			warehouse.store.dock.receiveMore("PO-100", [{ sku: "TEE", qty: 40 }]);
			await runToEnd(desk, destination, "Receipt Pickup");
			await runToEnd(desk, source, "Receipt Upload");
			await expect(stateOf(page)).toContainText("Fulfilled");
			expect([placed.status, om.store.purchases.inTransit("TEE")]).toEqual(["FULFILLED", 0]);
			expect(om.store.purchases.receipts.map(({ received }) => received)).toEqual([60, 100]);
		});
	} finally {
		await om.close();
		await warehouse.close();
	}
});
