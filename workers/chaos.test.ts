/**
 * The promises under faults: workers are killed at random moments, the database restarts, and both partners fail in
 * every way the injector knows. In the end the partners' own ledgers must agree with our tables, order by order.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ExtensivSandbox, startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import type { FaultInjector, SandboxFault } from "@/lib/connectors/kit/sandbox-server";
import { startVendureSandbox, type VendureSandbox } from "@/lib/connectors/vendure/sandbox";
import { migrate } from "@/lib/db/migrate";
import { closePools } from "@/lib/db/pools";
import { transact } from "@/lib/db/transact";
import { overrideEnv } from "@/lib/env";
import { flowJob, isFlowJob } from "@/lib/jobs/catalogue";
import { enqueue } from "@/lib/jobs/job";
import { startTestPostgres } from "@/lib/testing/postgres";
import { createTestConnection, createTestTenant, type TestTenant } from "@/lib/testing/tenant";

const orderCount = 300;
const kills = 50;
const workerCount = 3;
const seed = 20261121;

let postgres: Awaited<ReturnType<typeof startTestPostgres>>;
let shop: VendureSandbox;
let warehouse: ExtensivSandbox;
const environment: Record<string, string> = {
	NODE_ENV: "test",
	LOG_LEVEL: "silent",
	ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
	PRIVATE_HOSTS: "127.0.0.1",
	RETRY_SCALE: "0.002",
	WORKER_GRACE_SECONDS: "1",
	PARTNER_TIMEOUT_SECONDS: "1",
	WORKER_CONCURRENCY: "6",
};
const workers: ChildProcess[] = [];

beforeAll(async () => {
	postgres = await startTestPostgres();
	environment.DATABASE_URL = postgres.url("chaos");
	await migrate(environment.DATABASE_URL);
	overrideEnv(environment);
	shop = await startVendureSandbox({ seed });
	warehouse = await startExtensivSandbox({ seed: seed + 1 });
});
afterAll(async () => {
	await Promise.all(workers.map(kill));
	await closePools();
	await Promise.all([shop?.close(), warehouse?.close()]);
	await postgres?.stop();
});

it("every order is at the warehouse once and confirmed once, whatever dies", { timeout: 400_000 }, async () => {
	const random = seeded(seed);
	const tenant = await createTestTenant();
	const cart = await createTestConnection(tenant, {
		connectorKey: "vendure",
		side: "source",
		settings: shop.settings,
		secret: ["apiKey"],
	});
	const wms = await createTestConnection(tenant, {
		connectorKey: "extensiv-3pl",
		side: "destination",
		settings: warehouse.settings,
		secret: ["clientSecret", "tplKey"],
	});
	shop.store.addProduct("TEE", 5000);
	shop.store.addProduct("MUG", 5000);
	warehouse.store.addItem("TEE");
	warehouse.store.addItem("MUG");
	addFaults(shop.faults);
	addFaults(warehouse.faults);
	for (let i = 0; i < workerCount; i++) workers.push(startWorker());

	const flows = { ...cart.flows, ...wms.flows };
	let placed = 0;
	for (let killed = 0; killed < kills; ) {
		await pause(300 + random() * 900);
		for (; placed < Math.min(orderCount, Math.ceil(((killed + 1) / kills) * orderCount * 1.2)); placed++)
			placeOrder(random);
		shipSome(random);
		doublePages();
		await keepGoing(tenant, flows);
		const victim = Math.floor(random() * workers.length);
		const worker = workers[victim];
		if (worker) await kill(worker);
		workers[victim] = startWorker();
		killed++;
		if (killed === 15 || killed === 35) {
			await postgres.server.stop();
			await postgres.server.start();
		}
	}
	shop.faults.clear();
	warehouse.faults.clear();
	await settleDown(tenant, flows, random);

	const found = await compare(tenant);
	console.log(
		JSON.stringify({
			seed,
			kills,
			databaseRestarts: 2,
			faults: shop.faults.struck + warehouse.faults.struck,
			...found,
		}),
	);
	expect(found).toEqual({
		orders: orderCount,
		lost: 0,
		twiceAtWarehouse: 0,
		unconfirmed: 0,
		twiceConfirmed: 0,
		openRuns: 0,
	});
});

function placeOrder(random: () => number): void {
	const lines = [{ sku: "TEE", quantity: 1 + Math.floor(random() * 3) }];
	if (random() < 0.5) lines.push({ sku: "MUG", quantity: 1 });
	shop.store.place({ lines });
}

/** The warehouse packs about half of what is open; orders of two lines leave in two packages. */
function shipSome(random: () => number, share = 0.5): void {
	for (const order of warehouse.store.orders) {
		if (order.readOnly.status !== 0 || random() >= share) continue;
		const boxes = order.items.map((item, line) => ({
			trackingNumber: `1Z${order.readOnly.orderId}${line}`,
			contents: [{ line, qty: item.qty }],
		}));
		warehouse.store.ship(order.readOnly.orderId, boxes);
	}
}

/** What schedules do in real life, only faster: every function is asked to run. The database may be away just now. */
async function keepGoing(tenant: TestTenant, flows: Record<string, string>): Promise<void> {
	try {
		await transact(tenant.scope, async (tx) => {
			for (const job of ["orders/download", "orders/deliver", "shipments/fetch", "shipments/upload"] as const) {
				const flowId = flows[job];
				if (!flowId || !isFlowJob(job)) continue;
				await enqueue(tx, flowJob(job), {
					accountId: tenant.accountId,
					merchantId: tenant.merchantId,
					flowId,
					trigger: "schedule",
				});
			}
			await tx.sql(`select 1`);
		});
	} catch (error) {
		if (!(error instanceof Error)) throw error;
	}
}

async function settleDown(tenant: TestTenant, flows: Record<string, string>, random: () => number): Promise<void> {
	for (let round = 0; round < 400; round++) {
		shipSome(random, 1);
		const [open] = await tenant.sql<{ n: number; runs: number }>(
			`select count(*) filter (where "status" <> 'confirmed')::int as "n", (select count(*)::int from "Run" where "state" = 'running') as "runs" from "Order"`,
		);
		const [all] = await tenant.sql<{ n: number }>(`select count(*)::int as "n" from "Order"`);
		const finished = open?.n === 0 && all?.n === orderCount;
		if (finished && open.runs === 0) return;
		// Once all is done nothing more is asked for: what still runs must end by itself.
		if (!finished) await keepGoing(tenant, flows);
		await pause(500);
	}
}

async function compare(tenant: TestTenant) {
	const orders = await tenant.sql<{ number: string; status: string }>(`select "number", "status" from "Order"`);
	const [runs] = await tenant.sql<{ n: number }>(`select count(*)::int as "n" from "Run" where "state" = 'running'`);
	const status = new Map(orders.map((order) => [order.number, order.status]));
	const created = count(
		warehouse.store.ledger.filter((entry) => entry.kind === "created").map((entry) => entry.referenceNum),
	);
	const confirmed = count(shop.store.ledger.map((entry) => `${entry.code}/${entry.fulfillment.trackingCode}`));
	const all = [...shop.store.orders.values()];
	return {
		orders: orders.length,
		lost: all.filter((order) => !created.has(order.code) || !status.has(order.code)).length,
		twiceAtWarehouse: all.filter((order) => (created.get(order.code) ?? 0) > 1).length,
		unconfirmed: all.filter((order) => order.state !== "Shipped" || status.get(order.code) !== "confirmed").length,
		twiceConfirmed: [...confirmed.values()].filter((times) => times > 1).length,
		openRuns: runs?.n ?? -1,
	};
}

function count(names: string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	return counts;
}

function addFaults(injector: FaultInjector): void {
	const faults: SandboxFault[] = [
		{ kind: "status", when: "before", status: 429, headers: { "retry-after": "1" } },
		{ kind: "status", when: "before", status: 500 },
		{ kind: "status", when: "after", status: 504 },
		{ kind: "reset", when: "before" },
		{ kind: "reset", when: "after" },
		{ kind: "truncate" },
		{ kind: "html" },
		{ kind: "delay", when: "after", ms: 200 },
		// Longer than a partner may take: the write was carried out, and nobody heard of it.
		{ kind: "delay", when: "after", ms: 1_500 },
	];
	for (const fault of faults)
		injector.add({
			match: (call) => !call.path.includes("Token"),
			fault,
			probability: 0.01,
			times: Number.POSITIVE_INFINITY,
		});
}

/** The next page of orders, and of shipments, is answered twice: the second time in place of what was asked for. */
function doublePages(): void {
	shop.faults.add({ match: ({ body }) => body.includes("query Orders"), fault: { kind: "repeat" } });
	warehouse.faults.add({
		match: ({ method, query }) => method === "GET" && query.includes("isclosed"),
		fault: { kind: "repeat" },
	});
}

function startWorker(): ChildProcess {
	const root = path.resolve(import.meta.dirname, "..");
	return spawn(process.execPath, ["--import", "tsx", "workers/main.ts"], {
		cwd: root,
		stdio: "ignore",
		env: { ...process.env, ...environment },
	});
}

async function kill(worker: ChildProcess): Promise<void> {
	if (worker.exitCode !== null || worker.signalCode !== null) return;
	worker.kill("SIGKILL");
	await once(worker, "exit");
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A small seeded source of numbers between 0 and 1, so that a failing run can be repeated. */
function seeded(start: number): () => number {
	let state = start;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 4_294_967_296;
	};
}
