/**
 * Where a campaign takes place: a PostgreSQL, a shop and a warehouse of its own, a merchant that sells through them,
 * and troubles that are there on purpose and must be told by exactly one alert each.
 */
import { type ExtensivSandbox, startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { startVendureSandbox, type VendureSandbox } from "@/lib/connectors/vendure/sandbox";
import { migrate } from "@/lib/db/migrate";
import { closePools } from "@/lib/db/pools";
import { overrideEnv } from "@/lib/env";
import { connectShop, connectWarehouse } from "@/lib/testing/connect";
import { startTestPostgres } from "@/lib/testing/postgres";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";

type Connected = Awaited<ReturnType<typeof connectShop>>;

export interface World {
	postgres: Awaited<ReturnType<typeof startTestPostgres>>;
	environment: Record<string, string>;
	shop: VendureSandbox;
	warehouse: ExtensivSandbox;
	tenant: TestTenant;
	cart: Connected;
	wms: Connected;
	/** A merchant whose shop takes back the access it gave. */
	refused: { tenant: TestTenant; cart: Connected };
	stop(): Promise<void>;
}

/** Sold in the shop, and unknown to the warehouse: each is one cause, however many orders name it. */
export const unknownSkus = ["NOWHERE-1", "NOWHERE-2", "NOWHERE-3"];
export const knownSkus = ["TEE", "MUG"];

export async function buildWorld(seed: number): Promise<World> {
	const postgres = await startTestPostgres();
	const environment = { ...settings, DATABASE_URL: postgres.url("chaos") };
	const running: { close(): Promise<void> }[] = [];
	const stop = async () => {
		await closePools();
		await Promise.all(running.map((one) => one.close()));
		await postgres.stop();
	};
	try {
		await migrate(environment.DATABASE_URL);
		overrideEnv(environment);
		const shop = await startVendureSandbox({ seed });
		running.push(shop);
		const other = await startVendureSandbox({ seed });
		running.push(other);
		const warehouse = await startExtensivSandbox({ seed: seed + 1 });
		running.push(warehouse);
		warehouse.store.refusesDoubles = false;
		for (const sku of knownSkus) {
			shop.store.addProduct(sku, 1_000_000);
			warehouse.store.setStock(sku, 2, 1_000_000);
		}
		for (const sku of unknownSkus) shop.store.addProduct(sku, 1_000_000);
		const tenant = await createTestTenant();
		const [cart, wms] = [await connectShop(tenant, shop), await connectWarehouse(tenant, warehouse)];
		// Events wake only what is not off; the campaign's rounds do the rest.
		await tenant.sql(
			`update "Flow" set "mode" = 'every', "everyMinutes" = 10080 where "connectionId" = $1 and "mode" = 'off'`,
			[wms.id],
		);
		const stranger = await createTestTenant("Green Pan");
		const refused = { tenant: stranger, cart: await connectShop(stranger, other) };
		other.rights.clear();
		return { postgres, environment, shop, warehouse, tenant, cart, wms, refused, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** As in production, only that all waits are shorter. */
const settings = {
	NODE_ENV: "test",
	LOG_LEVEL: "silent",
	ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
	AUTH_SECRET: "a secret for a campaign that nobody else uses",
	PRIVATE_HOSTS: "127.0.0.1",
	RETRY_SCALE: "0.002",
	WORKER_GRACE_SECONDS: "1",
	PARTNER_TIMEOUT_SECONDS: "1",
	WORKER_CONCURRENCY: "6",
};
