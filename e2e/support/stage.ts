/**
 * The process that holds all that browser tests need: database, mail inbox, the built web app, a worker, a real
 * Vendure shop and the sandbox warehouse. On free ports, in a folder that goes with it.
 */
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { migrate } from "@/lib/db/migrate";
import { startDatabase } from "@/lib/launch/database";
import { type Add, type Part, parts, type StartedProcess, startProcess, tsx } from "@/lib/launch/process";
import { buildWeb } from "@/lib/launch/web-build";
import { freePort } from "@/lib/ports";
import { startVendure } from "../vendure/start-vendure";
import { seedStore } from "../vendure/store";
import { startSecondShop } from "./second-shop";
import { startWarehouse } from "./warehouse-control";
import type { World } from "./world";

const say = (line: string) => console.log(line);
const running = new Map<Part, StartedProcess>();
const outside: (() => Promise<void>)[] = [];
const building = new AbortController();
const folder = mkdtempSync(path.join(tmpdir(), "crossdock-browser-tests-"));
// PostgreSQL runs as another user when we are root.
chmodSync(folder, 0o755);
let stopping = false;

for (const event of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"]) process.on(event, () => void stop(0));

// What breaks because we are ending, as a migration does whose database goes, must not keep us from ending in order.
for (const event of ["uncaughtException", "unhandledRejection"])
	process.on(event, (error) => {
		if (!stopping) console.error(error);
		void stop(1);
	});

try {
	process.send?.(JSON.stringify(await start()));
} catch (error) {
	if (!stopping) console.error(error instanceof Error ? error.message : error);
	await stop(1);
}

async function start(): Promise<World> {
	const [distDir, database, mail, warehouse, shop, second] = await Promise.all([
		buildWeb(say, building.signal),
		openDatabase(),
		openInbox(),
		startWarehouse(),
		openShop(),
		startSecondShop(),
	]);
	outside.push(warehouse.close, second.close);
	// Taken only now: a build takes minutes, in which another process may take a port that was free.
	const port = await freePort();
	// By name: passkeys belong to one, and a number is none.
	const appUrl = `http://localhost:${port}`;
	const environment = {
		...process.env,
		DATABASE_URL: database,
		SMTP_URL: mail.smtpUrl,
		APP_URL: appUrl,
		HOST: "127.0.0.1",
		PORT: String(port),
		ENCRYPTION_KEY: randomBytes(32).toString("base64"),
		AUTH_SECRET: randomBytes(32).toString("hex"),
		PRIVATE_HOSTS: "127.0.0.1",
		LOG_LEVEL: "warn",
	};
	await Promise.all([
		add("web server", ["lib/launch/web.mjs"], { ...environment, NEXT_DIST_DIR: distDir }),
		add("worker", [...tsx, "workers/main.ts"], environment),
	]);
	const { controlUrl, settings } = warehouse;
	const secondShop = { controlUrl: second.controlUrl, settings: second.settings };
	return { appUrl, inboxUrl: mail.url, folder, warehouse: { controlUrl, settings }, secondShop, shop };
}

async function openDatabase(): Promise<string> {
	const database = await startDatabase(folder, undefined, { say: () => {}, add });
	await migrate(database);
	return database;
}

async function openInbox() {
	const [smtp, web] = [await freePort(), await freePort()];
	const args = [...tsx, "lib/launch/mail.ts", String(smtp), String(web), path.join(folder, "mail")];
	await add("mail inbox", args, process.env);
	return { smtpUrl: `smtp://127.0.0.1:${smtp}`, url: `http://127.0.0.1:${web}` };
}

async function openShop() {
	const vendure = await startVendure();
	outside.push(vendure.stop);
	return { url: vendure.url, credentials: vendure.credentials, seeded: await seedStore(vendure) };
}

/** A part that ends by itself would leave tests waiting for nothing. */
function add(...[part, args, environment]: Parameters<Add>): Promise<string> {
	const started = startProcess(part, args, environment);
	running.set(part, started);
	void started.exited.then((code) => {
		if (!stopping) console.error(`The ${part} ended unexpectedly (${code}).`);
	});
	return started.ready;
}

async function stop(code: number): Promise<void> {
	if (stopping) return;
	stopping = true;
	building.abort();
	for (const part of parts) await running.get(part)?.stop();
	await Promise.all(outside.map((close) => close()));
	rmSync(folder, { recursive: true, force: true });
	process.exit(code);
}
