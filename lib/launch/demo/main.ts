/**
 * The demo's process: two shops and a warehouse on loopback in which life goes on. It talks to Crossdock as the
 * outside does, by answering its calls, and by hints in the queue where a real shop would send a webhook.
 */
import path from "node:path";
import pg from "pg";
import { closePools } from "@/lib/db/pools";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { minuteMs, secondMs } from "@/lib/time";
import { act, type Hint, look, tidy } from "./floor";
import { keepFloor, openFloor } from "./memory";
import { type DemoPlace, pointDemo, seedDemo } from "./seed";
import { trimDemo } from "./trim";
import { hastenAutomatic, sendHints } from "./wake";
import { step } from "./world";

const folder = path.resolve(process.argv[2] ?? ".data/demo");
const stepMs = secondMs;
const hastenMs = 3 * secondMs;
const trimMs = 20 * minuteMs;

let lock: pg.Client | undefined;
let open: Awaited<ReturnType<typeof openFloor>> | undefined;
let places: DemoPlace[] = [];
let seenCalls = 0;
const timers: NodeJS.Timeout[] = [];
let stopping = false;
// Before anything else: a launcher that ends while we begin must not leave us behind.
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
process.on("disconnect", stop);
await begin();

async function begin(): Promise<void> {
	lock = await onlyOne();
	open = await openFloor(folder, Date.now());
	keepFloor(folder, open);
	await seedDemo(open.floor, new Date());
	places = await pointDemo(open.floor);
	timers.push(
		repeat(live, stepMs),
		repeat(() => hastenAutomatic(places, new Date()), hastenMs),
		repeat(trim, trimMs),
	);
	process.send?.("ready");
}

/** One second of the world. What it did is on disk before anybody is told of it. */
async function live(): Promise<void> {
	if (!open) return;
	const { floor } = open;
	const result = step(open.world, look(floor), Date.now(), Math.random);
	open.world = result.world;
	const hints = result.actions.map((action) => act(floor, action)).filter((hint): hint is Hint => hint !== null);
	const calls = [floor.warehouse, ...floor.shops.values()].reduce((sum, server) => sum + server.calls(), 0);
	if (result.actions.length > 0 || calls !== seenCalls) keepFloor(folder, open);
	seenCalls = calls;
	await sendHints(places, hints, new Date());
}

async function trim(): Promise<void> {
	if (!open) return;
	tidy(open.floor, Date.now());
	places = await pointDemo(open.floor);
	for (const accountId of new Set(places.map((place) => place.accountId))) await trimDemo(accountId, new Date());
}

/** Repeats work with a pause between; a database that is away for a moment is no reason to end. */
function repeat(work: () => Promise<void>, everyMs: number): NodeJS.Timeout {
	let busy = false;
	return setInterval(async () => {
		if (busy || stopping) return;
		busy = true;
		await work().catch((error: unknown) => log().warn({ error: String(error) }, "the demo stumbled"));
		busy = false;
	}, everyMs);
}
async function stop(): Promise<void> {
	if (stopping) return;
	stopping = true;
	for (const timer of timers) clearInterval(timer);
	if (open) {
		const { warehouse, shops } = open.floor;
		await Promise.all([warehouse, ...shops.values()].map((server) => server.close()));
		keepFloor(folder, open);
	}
	await Promise.all([closePools(), lock?.end()]).catch(() => {});
	process.exit(0);
}

/** Two demos over one database would fight over its connections: the second one says so and ends. */
async function onlyOne(): Promise<pg.Client> {
	const client = new pg.Client({ connectionString: env().DATABASE_URL });
	client.on("error", () => {});
	await client.connect();
	for (let tries = 0; tries < 10; tries++) {
		const { rows } = await client.query("select pg_try_advisory_lock(hashtext('crossdock demo')) as free");
		if (rows[0]?.free) return client;
		await new Promise((resolve) => setTimeout(resolve, secondMs));
	}
	process.stderr.write(
		"Another Crossdock runs the demo on this database. Start this one with: npm start -- --no-demo\n",
	);
	process.exit(1);
}
