/** Resident memory of the two processes that run in production: the worker after orders, the web server after pages. */
import { execFileSync } from "node:child_process";
import { transact } from "@/lib/db/transact";
import { type FlowJobName, flowJob } from "@/lib/jobs/catalogue";
import { enqueue } from "@/lib/jobs/job";
import { buildWeb } from "@/lib/launch/web-build";
import { freePort } from "@/lib/ports";
import type { TestTenant } from "@/lib/testing/tenant";
import { rounded } from "./numbers";
import { checkConfirmed, prepareTenant } from "./pipeline";
import type { Stage } from "./stage";

const pageLoads = 20;
const patienceMs = 600_000;

export async function measureMemory(stage: Stage) {
	const environment = await stage.database("memory");
	const workerMb = await workerMemory(stage, environment);
	const webMb = await webMemory(stage, environment);
	return { webMb, workerMb };
}

/** The worker takes every order there and back, told by the queue as in life. */
async function workerMemory(stage: Stage, environment: Record<string, string>): Promise<number> {
	const orders = stage.orders ?? 2000;
	const [shop, warehouse] = await Promise.all([stage.partner("shop"), stage.partner("warehouse")]);
	const { tenant, cart, wms } = await prepareTenant({ shop, warehouse }, orders);
	const worker = stage.child(["--import", "tsx", "workers/main.ts"], environment);
	await worker.ready;
	await runQueued(tenant, cart, "orders/download");
	await runQueued(tenant, wms, "orders/deliver");
	await warehouse.tell({ ask: "ship" });
	await runQueued(tenant, wms, "shipments/fetch");
	await runQueued(tenant, cart, "shipments/upload");
	await checkConfirmed(tenant, orders);
	return residentMb(worker.pid);
}

async function runQueued(tenant: TestTenant, connection: { flows: Record<string, string> }, job: FlowJobName) {
	const { accountId, merchantId } = tenant;
	const flowId = connection.flows[job] ?? "";
	await transact(tenant.scope, (tx) => enqueue(tx, flowJob(job), { accountId, merchantId, flowId, trigger: "person" }));
	for (const untilMs = Date.now() + patienceMs; Date.now() < untilMs; ) {
		const [run] = await tenant.sql<{ state: string }>(
			`select "state" from "Run" where "flowId" = $1 order by "id" desc limit 1`,
			[flowId],
		);
		if (run?.state === "done") return;
		if (run && run.state !== "running") throw new Error(`${job} ended as ${run.state}`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error(`${job} did not end within ten minutes`);
}

/** The built app; its first page, and whatever that refers to, loaded again and again. */
async function webMemory(stage: Stage, environment: Record<string, string>): Promise<number> {
	const distDir = await buildWeb(stage.say, new AbortController().signal);
	const port = String(await freePort());
	const address = `http://127.0.0.1:${port}`;
	const settings = { ...environment, APP_URL: address, PORT: port, NEXT_DIST_DIR: distDir };
	const web = stage.child(["lib/launch/web.mjs"], settings);
	await web.ready;
	const first = await (await fetch(address)).text();
	const paths = new Set([...first.matchAll(/(?:href|src)="(\/[^"#]*)"/g)].map((match) => match[1] ?? "/"));
	for (const page of ["/", "/api/health"]) paths.add(page);
	for (let load = 0; load < pageLoads; load++)
		for (const page of paths) await (await fetch(address + page)).arrayBuffer();
	stage.say(`  web: ${paths.size} addresses, ${pageLoads} times`);
	return residentMb(web.pid);
}

function residentMb(pid: number): number {
	return rounded(Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024, 1);
}
