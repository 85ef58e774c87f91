/** One noisy merchant and fifty quiet ones on two places: counted are turns at a place, never seconds. */
import { Logger, run } from "graphile-worker";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ExtensivSandbox, startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { startVendureSandbox } from "@/lib/connectors/vendure/sandbox";
import { transact } from "@/lib/db/transact";
import { flowJob, flowPayload } from "@/lib/jobs/catalogue";
import { enqueue } from "@/lib/jobs/job";
import { connectShop, connectWarehouse } from "@/lib/testing/connect";
import { testDatabase } from "@/lib/testing/database";
import { createTestTenant, runFlow, type TestTenant } from "@/lib/testing/tenant";
import { performRun } from "./perform-run";

const places = 2;
const quietMerchants = 50;
const flood = 2_000;
const noisyWarehouses = 4;

const database = testDatabase({ WORKER_CONCURRENCY: String(places) });
let warehouse: ExtensivSandbox;
let slow: ExtensivSandbox;

beforeAll(async () => {
	[warehouse, slow] = await Promise.all([startExtensivSandbox(), startExtensivSandbox({ seed: 2 })]);
	for (const { store } of [warehouse, slow]) store.setStock("TEE", 2, 100_000);
	slow.faults.add({
		match: () => true,
		fault: { kind: "delay", when: "before", ms: 15 },
		times: Number.POSITIVE_INFINITY,
	});
});
afterAll(() => Promise.all([warehouse.close(), slow.close()]));

interface Merchant {
	tenant: TestTenant;
	flowIds: string[];
}

/** Connected, with its orders loaded and waiting for delivery. */
async function createMerchant(name: string, orders: number, destinations: ExtensivSandbox[]): Promise<Merchant> {
	const tenant = await createTestTenant(name);
	const own = await startVendureSandbox();
	own.store.addProduct("TEE", 100_000);
	for (let i = 0; i < orders; i++) own.store.place({ code: `${name}-${i}`, lines: [{ sku: "TEE", quantity: 1 }] });
	const cart = await connectShop(tenant, own);
	await runFlow(tenant, cart, "orders/download");
	await own.close();
	const flowIds: string[] = [];
	for (const [place, destination] of destinations.entries()) {
		const wms = await connectWarehouse(tenant, destination, `Warehouse ${place}`);
		flowIds.push(wms.flows["orders/deliver"] ?? "");
	}
	return { tenant, flowIds };
}

async function start({ tenant, flowIds }: Merchant): Promise<void> {
	const { accountId, merchantId } = tenant;
	for (const flowId of flowIds)
		await transact(tenant.scope, (tx) =>
			enqueue(tx, flowJob("orders/deliver"), { accountId, merchantId, flowId, trigger: "schedule" }),
		);
}

it("50 quiet merchants are served within two rounds of turns while one floods a slow warehouse", {
	timeout: 600_000,
}, async () => {
	const noisy = await createMerchant("Noisy", flood, Array(noisyWarehouses).fill(slow));
	const quiet: Merchant[] = [];
	for (let i = 0; i < quietMerchants; i++) quiet.push(await createMerchant(`Quiet${i}`, 1, [warehouse]));
	await start(noisy);
	for (const merchant of quiet) await start(merchant);

	/** Whose each turn was, in the order in which they ended. */
	const turns: string[] = [];
	const served = () => new Set(warehouse.store.ledger.map(({ referenceNum }) => referenceNum)).size;
	const quietTurns = () => turns.filter((turn) => turn === "quiet ran").length;
	let leftWhenServed = -1;
	const runner = await run({
		connectionString: database.url(),
		concurrency: places,
		noHandleSignals: true,
		logger: new Logger(() => () => {}),
		pollInterval: 100,
		taskList: {
			"orders/deliver": async (payload) => {
				const parsed = flowPayload.parse(payload);
				const how = await performRun(parsed, { id: "wrk_fair", signal: new AbortController().signal, turnMs: 0 });
				if (leftWhenServed < 0)
					turns.push(`${parsed.merchantId === noisy.tenant.merchantId ? "noisy" : "quiet"} ${how}`);
				if (leftWhenServed < 0 && quietTurns() === quietMerchants) leftWhenServed = flood - slow.store.ledger.length;
			},
		},
	});
	await expect.poll(() => leftWhenServed, { timeout: 500_000 }).toBeGreaterThanOrEqual(0);
	await runner.stop();
	const noisyTurns = turns.filter((turn) => turn === "noisy ran").length;
	expect(served()).toBe(quietMerchants);
	// One round serves everybody once; the noisy one never has more than one place of the two meanwhile.
	expect(noisyTurns).toBeGreaterThan(0);
	expect(noisyTurns).toBeLessThanOrEqual(noisyWarehouses);
	expect(turns.length).toBeLessThanOrEqual(2 * (quietMerchants + noisyWarehouses));
	// The flood was still going on: they did not just wait for its end.
	expect(leftWhenServed).toBeGreaterThan(flood / 2);
});
