/**
 * The whole path of orders, there and back, beside a bare loop that makes the same requests. Both run in this
 * process, in turns, over partners that start empty each round; packing in the warehouse is not part of the time.
 */
import { createTestConnection, createTestTenant, runFlow, type TestTenant } from "@/lib/testing/tenant";
import { openBareLoop } from "./bare-loop";
import { median, rounded } from "./numbers";
import type { Partner } from "./sandboxes";
import type { Stage } from "./stage";

const rounds = 3;
const warmUpOrders = 500;

export async function measurePipeline(stage: Stage) {
	const orders = stage.orders ?? 2000;
	const { DATABASE_URL: databaseUrl = "" } = await stage.database("pipeline");
	const [shop, warehouse] = await Promise.all([stage.partner("shop"), stage.partner("warehouse")]);
	const partners = { shop, warehouse };
	const ours: number[] = [];
	const bare: number[] = [];
	for (let round = 0; round <= rounds; round++) {
		const count = round === 0 ? Math.min(orders, warmUpOrders) : orders;
		const bareRound = await runBare(partners, count, databaseUrl);
		const ourRound = await runOurs(partners, count);
		if (round === 0) continue;
		bare.push(count / bareRound.seconds);
		ours.push(count / ourRound.seconds);
		stage.say(
			`  round ${round}: ${rounded(count / ourRound.seconds)} orders/s (${ourRound.phases}; ${ourRound.calls} calls), bare ${rounded(count / bareRound.seconds)} (${bareRound.phases}; ${bareRound.calls} calls)`,
		);
	}
	return {
		ordersPerSecond: rounded(median(ours)),
		bareOrdersPerSecond: rounded(median(bare)),
		ratio: rounded(median(ours) / median(bare), 3),
	};
}

interface Partners {
	shop: Partner;
	warehouse: Partner;
}

/** An account with a shop and a warehouse of its own, and so many orders waiting in the shop. */
export async function prepareTenant({ shop, warehouse }: Partners, orders: number) {
	const tenant = await createTestTenant();
	const cart = await createTestConnection(tenant, {
		connectorKey: "vendure",
		side: "source",
		settings: await shop.open(),
		secret: ["apiKey"],
	});
	const wms = await createTestConnection(tenant, {
		connectorKey: "extensiv-3pl",
		side: "destination",
		settings: await warehouse.open(),
		secret: ["clientSecret", "tplKey"],
	});
	await shop.tell({ ask: "place", orders });
	return { tenant, cart, wms };
}

/** Stops the bench when an order did not make it: a figure for lost orders would be worth nothing. */
export async function checkConfirmed(tenant: TestTenant, orders: number): Promise<void> {
	const [row] = await tenant.sql<{ confirmed: number }>(
		`select count(*) filter (where "status" = 'confirmed') as "confirmed" from "Order" where "accountId" = $1`,
		[tenant.accountId],
	);
	if (row?.confirmed !== orders) throw new Error(`${row?.confirmed} of ${orders} orders were confirmed`);
}

async function runOurs(partners: Partners, orders: number) {
	const { tenant, cart, wms } = await prepareTenant(partners, orders);
	const watch = stopwatch();
	await watch.time("download", () => runFlow(tenant, cart, "orders/download"));
	await watch.time("deliver", () => runFlow(tenant, wms, "orders/deliver"));
	await partners.warehouse.tell({ ask: "ship" });
	await watch.time("collect", () => runFlow(tenant, wms, "shipments/fetch"));
	await watch.time("confirm", () => runFlow(tenant, cart, "shipments/upload"));
	await checkConfirmed(tenant, orders);
	return { ...watch.result(), calls: await callsOf(partners) };
}

async function runBare(partners: Partners, orders: number, databaseUrl: string) {
	const [shop, warehouse] = await Promise.all([partners.shop.open(), partners.warehouse.open()]);
	await partners.shop.tell({ ask: "place", orders });
	const loop = await openBareLoop({ shop, warehouse, databaseUrl });
	const watch = stopwatch();
	await watch.time("there", () => loop.send());
	await partners.warehouse.tell({ ask: "ship" });
	await watch.time("back", () => loop.confirm());
	await loop.close();
	const { done } = await partners.shop.count();
	if (done !== orders) throw new Error(`the bare loop confirmed ${done} of ${orders} orders`);
	return { ...watch.result(), calls: await callsOf(partners) };
}

async function callsOf({ shop, warehouse }: Partners): Promise<number> {
	return (await shop.count()).calls + (await warehouse.count()).calls;
}

function stopwatch() {
	const phases: { name: string; ms: number }[] = [];
	return {
		time: async (name: string, work: () => Promise<unknown>) => {
			const startedMs = performance.now();
			await work();
			phases.push({ name, ms: performance.now() - startedMs });
		},
		result: () => ({
			seconds: phases.reduce((sum, { ms }) => sum + ms, 0) / 1000,
			phases: phases.map(({ name, ms }) => `${name} ${Math.round(ms)} ms`).join(", "),
		}),
	};
}
