/** Our own connector against our own API, over HTTP: one hub sends its orders to another, and gets tracking and stock. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { handleCartRover } from "@/lib/api/serve/handle-cartrover";
import { type RunningSandbox, startSandboxServer } from "@/lib/connectors/kit/sandbox-server";
import { startVendureSandbox, type VendureSandbox } from "@/lib/connectors/vendure/sandbox";
import { roverClient } from "@/lib/testing/cartrover";
import { connectShop } from "@/lib/testing/connect";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestConnection, createTestTenant, runFlow } from "@/lib/testing/tenant";

testDatabase();
const packer = testJourney();

let hub: RunningSandbox;
let shop: VendureSandbox;
beforeAll(async () => {
	hub = await startSandboxServer((app) => app.all("/v1/*", (context) => handleCartRover(context.req.raw)));
	shop = await startVendureSandbox();
	for (const sku of ["TEE", "MUG"]) shop.store.addProduct(sku, 50);
});
afterAll(() => Promise.all([hub.close(), shop.close()]));

it("an order of a shop of one hub is packed by the warehouse of another", async () => {
	const { accountId, merchantId } = packer.tenant;
	const about = { connectorKey: "api", side: "source", name: "Seller", settings: {}, secret: [] } as const;
	const api = await createTestConnection(packer.tenant, { ...about, secret: [] });
	const { user, key } = await roverClient({ accountId, merchantId, connectionId: api.id });

	const seller = await createTestTenant("Seller");
	const cart = await connectShop(seller, shop);
	const im = await createTestConnection(seller, {
		connectorKey: "extensiv-im",
		side: "destination",
		settings: { apiUser: user, apiKey: key, keyLevel: "cart", baseUrl: `${hub.url}/v1` },
		secret: ["apiKey"],
	});
	const placed = shop.store.place({
		lines: [
			{ sku: "TEE", quantity: 2 },
			{ sku: "MUG", quantity: 1 },
		],
	});
	const statusThere = async () =>
		(await seller.sql<{ status: string }>(`select "status" from "Order" where "number" = $1`, [placed.code]))[0]
			?.status;
	await runFlow(seller, cart, "orders/download");
	expect(await runFlow(seller, im, "orders/deliver")).toMatchObject({ state: "done", counts: { created: 1 } });
	expect(await statusThere()).toBe("at_wms");
	expect(await packer.statusOf(placed.code)).toBe("new");

	await packer.deliver();
	packer.warehouse.store.ship(packer.atWarehouse(placed.code).readOnly.orderId);
	await runFlow(packer.tenant, packer.wms, "shipments/fetch");
	await runFlow(packer.tenant, packer.wms, "inventory/fetch");
	expect(await packer.statusOf(placed.code)).toBe("shipped");

	expect(await runFlow(seller, im, "shipments/fetch")).toMatchObject({ state: "done", counts: { created: 1 } });
	expect(await statusThere()).toBe("shipped");
	await runFlow(seller, cart, "shipments/upload");
	expect(await statusThere()).toBe("confirmed");
	expect(await runFlow(seller, im, "inventory/fetch")).toMatchObject({ state: "done" });
	const stock = await seller.sql<{ sku: string; available: number }>(
		`select "sku", "available" from "InventoryLevel" where "available" > 0 order by "sku"`,
	);
	expect(stock.map(({ sku }) => sku)).toEqual(["MUG", "TEE"]);
});
