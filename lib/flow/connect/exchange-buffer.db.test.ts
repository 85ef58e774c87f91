import { expect, it } from "vitest";
import { startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { startVendureSandbox } from "@/lib/connectors/vendure/sandbox";
import { readExchange } from "@/lib/services/runs/read-exchange";
import { testDatabase } from "@/lib/testing/database";
import { createTestConnection, createTestTenant, runFlow } from "@/lib/testing/tenant";

testDatabase();

it("keeps what was said in each exchange, though those of one commit are packed together", async () => {
	const [shop, warehouse] = await Promise.all([startVendureSandbox(), startExtensivSandbox()]);
	const tenant = await createTestTenant();
	const source = { connectorKey: "vendure", side: "source" as const, settings: shop.settings, secret: ["apiKey"] };
	const cart = await createTestConnection(tenant, source);
	const wms = await createTestConnection(tenant, {
		connectorKey: "extensiv-3pl",
		side: "destination",
		settings: warehouse.settings,
		secret: ["clientSecret", "tplKey"],
	});
	shop.store.addProduct("TEE", 50);
	warehouse.store.addItem("TEE");
	for (let i = 0; i < 5; i++) shop.store.place({ lines: [{ sku: "TEE", quantity: 1 }] });
	await runFlow(tenant, cart, "orders/download");
	await runFlow(tenant, wms, "orders/deliver");
	await Promise.all([shop.close(), warehouse.close()]);

	const tries = await tenant.sql<{ exchangeId: string; key: string; externalId: string; packId: string }>(
		`select a."exchangeId", d."key", d."externalId", x."packId" from "Attempt" a
		 join "Delivery" d on d."accountId" = a."accountId" and d."id" = a."deliveryId"
		 join "Exchange" x on x."accountId" = a."accountId" and x."id" = a."exchangeId"`,
	);
	expect(tries).toHaveLength(5);
	expect(new Set(tries.map(({ packId }) => packId)).size).toBe(1);
	for (const { exchangeId, key, externalId } of tries) {
		const exchange = await readExchange(tenant.scope, exchangeId);
		expect(JSON.parse(exchange.requestBody)).toMatchObject({ referenceNum: key });
		expect(JSON.parse(exchange.answerBody)).toMatchObject({ readOnly: { orderId: Number(externalId) } });
	}
});
