/**
 * Where a campaign takes place: a PostgreSQL, a shop and a warehouse of its own, a merchant that sells through them,
 * and troubles that are there on purpose and must be told by exactly one alert each.
 */
import { type ExtensivSandbox, startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { startVendureSandbox, type VendureSandbox } from "@/lib/connectors/vendure/sandbox";
import { migrate } from "@/lib/db/migrate";
import { closePools } from "@/lib/db/pools";
import { overrideEnv } from "@/lib/env";
import { publishRules } from "@/lib/services/rules/publish-rules";
import { saveDraft } from "@/lib/services/rules/save-draft";
import { type Connected, connectShop, connectWarehouse } from "@/lib/testing/connect";
import { startTestPostgres } from "@/lib/testing/postgres";
import { ruleOf } from "@/lib/testing/rules";
import { createTestTenant, runFlow, type TestTenant } from "@/lib/testing/tenant";

export interface Warehouse {
	sandbox: ExtensivSandbox;
	wms: Connected;
}

export interface World {
	postgres: Awaited<ReturnType<typeof startTestPostgres>>;
	environment: Record<string, string>;
	shop: VendureSandbox;
	/** The second, where there is one, has what the first lacks. */
	warehouses: [Warehouse, ...Warehouse[]];
	tenant: TestTenant;
	cart: Connected;
	/** A merchant whose shop takes back the access it gave. */
	refused: { tenant: TestTenant; cart: Connected };
	stop(): Promise<void>;
}

/** Sold in the shop, and unknown to the warehouse: each is one cause, however many orders name it. */
export const unknownSkus = ["NOWHERE-1", "NOWHERE-2", "NOWHERE-3"];
export const knownSkus = ["TEE", "MUG"];

/** `split`: the first warehouse has only the first item, the second the other, and a rule splits orders over them. */
export async function buildWorld(seed: number, split = false): Promise<World> {
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
		for (const sku of [...knownSkus, ...unknownSkus]) shop.store.addProduct(sku, 1_000_000);
		const tenant = await createTestTenant();
		const cart = await connectShop(tenant, shop);
		const place = async (at: number) => {
			const sandbox = await startExtensivSandbox({ seed: seed + 1 + at });
			running.push(sandbox);
			sandbox.store.refusesDoubles = false;
			for (const [item, sku] of knownSkus.entries())
				sandbox.store.setStock(sku, 2, !split || item === at ? 1_000_000 : 0);
			return { sandbox, wms: await connectWarehouse(tenant, sandbox, split ? `Warehouse ${at + 1}` : undefined) };
		};
		const warehouses: World["warehouses"] = [await place(0), ...(split ? [await place(1)] : [])];
		// Events wake only what is not off; the campaign's rounds do the rest.
		await tenant.sql(
			`update "Flow" set "mode" = 'every', "everyMinutes" = 10080 where "connectionId" = any($1) and "mode" = 'off'`,
			[warehouses.map(({ wms }) => wms.id)],
		);
		if (split) await splitOver(tenant, warehouses);
		const stranger = await createTestTenant("Green Pan");
		const refused = { tenant: stranger, cart: await connectShop(stranger, other) };
		other.rights.clear();
		return { postgres, environment, shop, warehouses, tenant, cart, refused, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function splitOver(tenant: TestTenant, warehouses: Warehouse[]): Promise<void> {
	for (const { wms } of warehouses) await runFlow(tenant, wms, "inventory/fetch");
	const rule = ruleOf([], [{ do: "splitByStock", warehouseIds: warehouses.map(({ wms }) => wms.id) }]);
	await saveDraft(tenant.scope, tenant.merchantId, { rules: [rule], revision: 0 });
	await publishRules(tenant.scope, tenant.merchantId, { revision: 1, note: "" });
}

/** The partners' servers, of which each has faults of its own. */
export function partnersOf({ shop, warehouses }: Pick<World, "shop" | "warehouses">) {
	return [shop, ...warehouses.map(({ sandbox }) => sandbox)];
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
