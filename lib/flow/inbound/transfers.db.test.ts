import { afterAll, beforeAll, expect, it } from "vitest";
import { type ExtensivSandbox, startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { type OmSandbox, startOmSandbox } from "@/lib/connectors/extensiv-om/sandbox";
import { resendReceipts } from "@/lib/services/purchase-orders/resend-receipts";
import { connectWarehouse } from "@/lib/testing/connect";
import { testDatabase } from "@/lib/testing/database";
import { createTestConnection, createTestTenant, runFlow } from "@/lib/testing/tenant";

testDatabase();

let om: OmSandbox;
let warehouse: ExtensivSandbox;
beforeAll(async () => {
	[om, warehouse] = [await startOmSandbox({ quotas: false }), await startExtensivSandbox()];
	warehouse.store.addItem("TEE");
	return () => om.close();
});
afterAll(() => warehouse.close());

it("a stock transfer is expected at the warehouse, and a person receives it in Order Manager", async () => {
	const tenant = await createTestTenant();
	const wms = await connectWarehouse(tenant, warehouse);
	const settings = { ...om.settings, stockTransfers: true };
	const about = { connectorKey: "extensiv-om", side: "source", name: "Order Manager" } as const;
	const cart = await createTestConnection(tenant, { ...about, settings, secret: ["apiToken"] });
	const transfer = om.store.purchases.transfer("ST-1", [{ sku: "TEE", quantity: 40 }]);
	const alerts = () => tenant.sql<{ code: string }>(`select "code" from "Alert" where "resolvedAt" is null`);
	const order = async () =>
		(
			await tenant.sql<{ id: string; kind: string; state: string }>(`select "id", "kind", "state" from "PurchaseOrder"`)
		)[0];

	for (const _ of [1, 2]) await runFlow(tenant, cart, "purchase-orders/download");
	await runFlow(tenant, wms, "purchase-orders/deliver");
	expect(await order()).toMatchObject({ kind: "transfer", state: "pending_delivery" });
	const receiver = warehouse.store.dock.find("ST-1");
	expect(receiver).toMatchObject({ items: [{ itemIdentifier: { sku: "TEE" }, expectedQty: 40 }] });

	warehouse.store.dock.receiveMore("ST-1", [{ sku: "TEE", qty: 40 }]);
	await runFlow(tenant, wms, "receipts/fetch");
	await runFlow(tenant, cart, "receipts/upload");
	expect(await order()).toMatchObject({ state: "fulfilled" });
	expect(await alerts(), "somebody is asked to receive it there").toHaveLength(1);

	for (const item of transfer.items) item.receivedDate = new Date().toISOString();
	await resendReceipts(tenant.scope, (await order())?.id ?? "");
	await runFlow(tenant, cart, "receipts/upload");
	await runFlow(tenant, cart, "purchase-orders/download");
	expect(await alerts()).toEqual([]);
	expect(await order()).toMatchObject({ state: "fulfilled" });
});
