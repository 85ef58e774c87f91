import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemTransaction } from "@/lib/db/system";
import { performRun } from "@/lib/flow/run/perform-run";
import type { FlowJobName } from "@/lib/jobs/catalogue";
import { flowJobNames } from "@/lib/jobs/catalogue";
import { chance } from "@/lib/testing/chance";
import { testDatabase } from "@/lib/testing/database";
import { dayMs, secondMs } from "@/lib/time";
import { demoMerchants } from "./catalogue";
import { act, type Floor, type Hint, look, tidy } from "./floor";
import { keepFloor, openFloor } from "./memory";
import { demoEmail, pointDemo, restDemo, seedDemo } from "./seed";
import { trimDemo } from "./trim";
import { hastenAutomatic, sendHints } from "./wake";
import { step, type World } from "./world";

const database = testDatabase();

let folder: string;
let floor: Floor;
let world: World;
let now: number;
let random: () => number;

const sql = <Row = Record<string, unknown>>(text: string, values: unknown[] = []) =>
	systemTransaction((tx) => tx.sql<Row>(text, values));
async function owner<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
	const client = new pg.Client({ connectionString: database.url() });
	await client.connect();
	const { rows } = await client.query<Row>(text).finally(() => client.end());
	return rows;
}
const close = () => Promise.all([floor.warehouse, ...floor.shops.values()].map((server) => server.close()));

async function open() {
	({ floor, world } = await openFloor(folder, now));
	const how = await seedDemo(floor, new Date());
	return { how, places: await pointDemo(floor) };
}

/** As after a stop: what was kept is all there is. */
async function reopen() {
	keepFloor(folder, { floor, world });
	await close();
	return open();
}

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), "crossdock-demo-"));
	now = Date.now();
	random = chance(11);
});
afterEach(async () => {
	await close();
	rmSync(folder, { recursive: true, force: true });
	// As the database's owner, whom no row security holds back: each test begins with nothing.
	await owner(
		`truncate "Account", "User", "Credential", "SourceKey", "Alert", "InventoryFigure", "InventoryLevel" cascade`,
	);
	await owner(`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`);
});

const journey: FlowJobName[] = [
	"orders/download",
	"orders/cancel",
	"orders/deliver",
	"shipments/fetch",
	"shipments/upload",
	"inventory/fetch",
	"inventory/upload",
];

/** Lives through some steps of ten seconds, with the functions running after each; no new orders when told so. */
async function live(steps: number, placing = true): Promise<Hint[]> {
	const hints: Hint[] = [];
	for (let count = 0; count < steps; count++, now += 10 * secondMs) {
		const result = step(world, look(floor), now, random);
		world = result.world;
		for (const action of result.actions) {
			const hint = placing || action.kind !== "place" ? act(floor, action) : null;
			if (hint) hints.push(hint);
		}
		for (const job of journey) await runFlows(job);
	}
	return hints;
}

async function runFlows(job: FlowJobName): Promise<void> {
	const flows = await sql<{ id: string; accountId: string; merchantId: string }>(
		`select "id", "accountId", "merchantId" from "Flow" where "job" = $1`,
		[job],
	);
	for (const { id: flowId, ...tenant } of flows) {
		await performRun(
			{ ...tenant, flowId, trigger: "schedule" },
			{ id: "wrk_test", signal: new AbortController().signal },
		);
	}
}

const statuses = async () =>
	(await sql<{ status: string }>(`select distinct "status" from "Order" order by 1`)).map((row) => row.status);
const unfinished = () =>
	sql(`select "number", "status", "problem" from "Order" where "status" not in ('confirmed', 'canceled')`);
const count = async (table: string) => (await sql<{ n: number }>(`select count(*)::int as "n" from "${table}"`))[0]?.n;

describe("the demo account", () => {
	it("is made once, however often and however many start", async () => {
		expect((await open()).how).toBe("made");
		const again = await Promise.all([seedDemo(floor, new Date()), seedDemo(floor, new Date())]);
		expect(again).toEqual(["existed", "existed"]);
		const counts = await Promise.all(["Account", "User", "Membership", "Merchant", "Connection", "Flow"].map(count));
		expect(counts).toEqual([1, 1, 1, 2, 4, 2 * flowJobNames.length]);
		const [owner] = await sql(
			`select m."role" from "Membership" m join "User" u on u."id" = m."userId" where u."email" = $1`,
			[demoEmail],
		);
		expect(owner).toEqual({ role: "owner" });
	});

	it("keeps its secrets sealed", async () => {
		await open();
		const rows = await sql(`select "values"::text from "Credential" union all select "values"::text from "Connection"`);
		const { clientSecret } = floor.warehouse.settings;
		const apiKey = floor.shops.get("kettle")?.settings.apiKey;
		for (const secret of [clientSecret, apiKey]) expect(JSON.stringify(rows)).not.toContain(secret);
	});

	it("follows its shops and warehouse to other ports", async () => {
		await open();
		await close();
		rmSync(folder, { recursive: true });
		await open();
		const addresses = await sql<{ at: string }>(
			`select "values" ->> 'apiUrl' as "at" from "Connection" where "side" = 'source' union select "values" ->> 'baseUrl' from "Credential"`,
		);
		const listening = [
			floor.warehouse.settings.baseUrl,
			...[...floor.shops.values()].map((shop) => shop.settings.apiUrl),
		];
		expect(addresses.map((row) => row.at).sort()).toEqual(listening.sort());
	});

	it("rests while the demo is not wanted, and a person's own pause stays", async () => {
		await open();
		await sql(
			`update "Connection" set "state" = 'paused', "stateReason" = 'holidays' where "name" = 'Northfell store'`,
		);
		expect(await restDemo()).toBe(true);
		expect(await sql(`select 1 from "Connection" where "state" = 'active'`)).toEqual([]);
		await pointDemo(floor);
		expect(await sql(`select "name" from "Connection" where "state" <> 'active'`)).toEqual([
			{ name: "Northfell store" },
		]);
	});
});

describe("the demo's orders", () => {
	it("go all the way, at both merchants, and stock follows", async () => {
		await open();
		const hints = await live(5);
		await live(5, false);
		const done = await sql<{ merchantId: string; n: number }>(
			`select "merchantId", count(*)::int as "n" from "Order" where "status" = 'confirmed' group by 1`,
		);
		expect(done).toHaveLength(2);
		for (const { n } of done) expect(n).toBeGreaterThan(2);
		expect(await unfinished()).toEqual([]);
		expect(new Set(hints.map((hint) => hint.job))).toContain("orders/download");
		expect(await sql(`select 1 from "InventoryFigure" where "state" = 'pushed' limit 1`)).toHaveLength(1);
		expect(await sql(`select "sentence" from "Alert"`)).toEqual([]);
	});

	it("that were on their way finish after a restart, and new ones take no number twice", async () => {
		await open();
		await live(1);
		expect(await statuses()).toContain("at_wms");
		const { how } = await reopen();
		expect(how).toBe("existed");
		await live(3);
		await live(5, false);
		expect(await unfinished()).toEqual([]);
		const [shop] = floor.shops.values();
		const [first] = demoMerchants;
		const placed = await sql(`select 1 from "Order" where "number" like $1`, [`${first?.prefix}%`]);
		expect(placed).toHaveLength(shop?.store.orders.size ?? 0);
	});

	it("get fresh numbers when the shop's memory is lost or broken", async () => {
		await open();
		await live(1);
		const before = await count("Order");
		await close();
		writeFileSync(path.join(folder, "floor.json"), "{ not json");
		now += 60 * secondMs;
		await open();
		await live(1);
		expect(await count("Order")).toBeGreaterThanOrEqual((before ?? 0) + 6);
	});

	it("are forgotten by shop, warehouse and database once they are old", async () => {
		const { places } = await open();
		await live(4);
		await live(5, false);
		const size = () => [...floor.shops.values()].reduce((sum, shop) => sum + shop.store.orders.size, 0);
		tidy(floor, Date.now());
		expect(size()).toBeGreaterThan(0);
		expect(await unfinished()).toEqual([]);
		tidy(floor, Date.now() + 2 * dayMs);
		expect([size(), floor.warehouse.store.orders.length]).toEqual([0, 0]);
		const accountId = places[0]?.accountId ?? "";
		const before = (await count("Order")) ?? 0;
		expect((await trimDemo(accountId, new Date(), 2)).orders).toBe(before - 2);
		expect([await count("Order"), await count("SourceKey")]).toEqual([2, 2]);
	});
});

describe("the demo's hints", () => {
	const waiting = () =>
		owner<{ task: string; late: boolean }>(
			`select task_identifier as task, run_at > now() + interval '2 seconds' as late from graphile_worker.jobs where key like '%flo_%' order by 1`,
		);
	const hint = (job: FlowJobName): Hint => ({ merchant: "kettle", job });

	it("wake the function of that merchant once, unless a person paused it", async () => {
		const { places } = await open();
		await sendHints(places, [hint("orders/download"), hint("orders/download"), hint("shipments/fetch")], new Date());
		expect(await waiting()).toEqual([
			{ task: "orders/download", late: false },
			{ task: "shipments/fetch", late: false },
		]);
		await sql(`update "Flow" set "pausedAt" = now()`);
		await sendHints(places, [hint("orders/cancel")], new Date());
		expect(await waiting()).toHaveLength(2);
	});

	it("draw forward what would go out by itself a little later", async () => {
		const { places } = await open();
		for (const action of step(world, look(floor), now, random).actions) act(floor, action);
		await runFlows("orders/download");
		const deliveries = async () => (await waiting()).filter((job) => job.task === "orders/deliver");
		await hastenAutomatic(places, new Date());
		expect((await deliveries()).map((job) => job.late)).toEqual([true, true]);
		await sql(`update "Order" set "createdAt" = "createdAt" - interval '1 minute'`);
		await hastenAutomatic(places, new Date());
		expect((await deliveries()).map((job) => job.late)).toEqual([false, false]);
	});
});
