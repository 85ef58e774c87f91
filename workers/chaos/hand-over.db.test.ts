import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterEach, expect, it } from "vitest";
import { env } from "@/lib/env";
import { runFlowNow } from "@/lib/services/flows/run-flow-now";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";

const database = testDatabase();
const journey = testJourney();
const workers: ChildProcess[] = [];
afterEach(() => {
	for (const worker of workers.splice(0)) worker.kill("SIGKILL");
});

function startWorker(): ChildProcess {
	const { ENCRYPTION_KEY = "", AUTH_SECRET = "" } = env();
	const worker = spawn(process.execPath, ["--import", "tsx", "workers/main.ts"], {
		cwd: path.resolve(import.meta.dirname, "../.."),
		stdio: ["ignore", "ignore", "inherit", "ipc"],
		env: {
			...process.env,
			...{ DATABASE_URL: database.url(), ENCRYPTION_KEY, AUTH_SECRET, PRIVATE_HOSTS: "127.0.0.1", LOG_LEVEL: "silent" },
		},
	});
	workers.push(worker);
	return worker;
}

/** Asks until it is so. A deadline, not a measure: what never comes true fails the test. */
async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
	for (const endMs = performance.now() + 60_000; !(await isSo()); ) {
		if (performance.now() > endMs) throw new Error("it did not come true within a minute");
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

const runs = () =>
	journey.tenant.sql<{ state: string; workerId: string }>(
		`select "state", "workerId" from "Run" where "job" = 'orders/download' order by "id"`,
	);

it("a worker told to stop in the middle of a page ends in time, and another one goes on", {
	timeout: 600_000,
}, async () => {
	const placed = journey.place();
	let letThrough = () => {};
	const released = new Promise<void>((resolve) => {
		letThrough = resolve;
	});
	journey.shop.faults.add({ match: () => true, fault: { kind: "hold", until: released } });
	await runFlowNow(journey.tenant.scope, journey.cart.flows["orders/download"] ?? "");
	const first = startWorker();
	await until(() => journey.shop.faults.waiting === 0);
	const toldMs = performance.now();
	const gone = once(first, "exit");
	first.kill("SIGTERM");
	const [code] = await gone;
	expect(code).toBe(0);
	expect(performance.now() - toldMs).toBeLessThan(10_000);
	expect((await runs()).map(({ state }) => state)).toEqual(["interrupted"]);
	expect(await journey.statusOf(placed.code)).toBeUndefined();
	letThrough();
	startWorker();
	await until(async () => (await journey.statusOf(placed.code)) !== undefined);
	await until(async () => (await runs()).at(-1)?.state === "done");
	const [before, after] = await runs();
	expect(after?.workerId).not.toBe(before?.workerId);
});
