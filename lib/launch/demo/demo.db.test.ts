import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemTransaction } from "@/lib/db/system";
import { performRun } from "@/lib/flow/run/perform-run";
import { flowPayload } from "@/lib/jobs/catalogue";
import { testDatabase } from "@/lib/testing/database";
import { secondMs } from "@/lib/time";
import { demoMerchants } from "./catalogue";
import { act, type Floor, type Hint, look, tidy } from "./floor";
import { keepFloor, openFloor } from "./memory";
import { type DemoPlace, demoEmail, pointDemo, restDemo, seedDemo } from "./seed";
import { trimDemo } from "./trim";
import { hastenAutomatic, sendHints } from "./wake";
import { step, type World } from "./world";

testDatabase();

let folder: string;
let floor: Floor;
let world: World;

const sql = <Row>(text: string, values: unknown[] = []) => systemTransaction((tx) => tx.sql<Row>(text, values));
const close = () => Promise.all([floor.warehouse, ...floor.shops.values()].map((server) => server.close()));
const open = async () => {
	({ floor, world } = await openFloor(folder, Date.now()));
	await seedDemo(floor, new Date());
	return pointDemo(floor);
};

beforeEach(async () => {
	folder = mkdtempSync(path.join(tmpdir(), "crossdock-demo-"));
	await sql(`delete from "Order"`);
	await sql(`delete from graphile_worker._private_jobs`).catch(() => []);
});
afterEach(async () => {
	await close();
	rmSync(folder, { recursive: true, force: true });
});

/** Takes what waits in the queue, as a worker would whose clock is ahead, and performs it. */
async function work(): Promise<void> {
	const { appPool } = await import("@/lib/db/pools");
	const { env } = await import("@/lib/env");
	void appPool;
	const pg = await import("pg");
	const client = new pg.default.Client({ connectionString: env().DATABASE_URL });
	await client.connect();
	const { rows } = await client
		.query("delete from graphile_worker._private_jobs where payload ? 'flowId' returning payload")
		.catch(() =>
			client.query("delete from graphile_worker._private_jobs where (payload::jsonb) ? 'flowId' returning payload"),
		)
		.finally(() => client.end());
	for (const { payload } of rows)
		await performRun(flowPayload.parse(payload), { id: "wrk_test", signal: new AbortController().signal });
}
