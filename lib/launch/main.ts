/** Starts everything on this machine: database, mail inbox, demo, web, worker. Ends it in the opposite order. */
import path from "node:path";
import { issueSignInLink } from "@/lib/auth/sign-in-link";
import { migrate } from "@/lib/db/migrate";
import { closePools } from "@/lib/db/pools";
import { checkMasterKey } from "@/lib/db/secrets";
import { systemTransaction } from "@/lib/db/system";
import { overrideEnv, parseEnv, withFiles } from "@/lib/env";
import { freePort } from "@/lib/ports";
import { banner } from "./banner";
import { claimDataFolder, type DataFolder } from "./data-folder";
import { startDatabase } from "./database";
import { demoEmail, restDemo } from "./demo/seed";
import { startInbox } from "./inbox";
import { ownKeys } from "./keys";
import { type LaunchOptions, parseOptions, usage } from "./options";
import { type Part, parts, type StartedProcess, startProcess, tsx } from "./process";
import { progress } from "./progress";
import { buildWeb } from "./web-build";

const root = path.resolve(import.meta.dirname, "../..");
const usualPort = 3000;
const say = progress((text) => process.stdout.write(text));
const running = new Map<Part, StartedProcess>();
const building = new AbortController();
let data: DataFolder | undefined;
let stopping = false;

async function stop(code: number): Promise<void> {
	if (stopping) return;
	stopping = true;
	if (data) say("Ending …");
	building.abort();
	for (const part of parts) await running.get(part)?.stop();
	data?.release();
	if (data) say("Ended");
	process.exit(code);
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));
// `npm start` was killed, or its terminal is gone: nobody is left to end us.
process.on("disconnect", () => void stop(0));
process.on("uncaughtException", (error) => void fail(error));
process.on("unhandledRejection", (error) => void fail(error));
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

/** What goes wrong because we are ending needs no words: a database that ends cuts off who migrates it. */
async function fail(error: unknown): Promise<void> {
	if (stopping) return;
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	await stop(1);
}

/** Half a Crossdock would look alive and move nothing: a process that ends by itself takes the others with it. */
async function add(part: Part, args: string[], environment: Record<string, string | undefined>): Promise<string> {
	const started = startProcess(part, args, environment);
	running.set(part, started);
	if (stopping) await started.stop();
	void started.exited.then(async (code) => {
		if (stopping) return;
		process.stderr.write(`The ${part} ended unexpectedly (${code}). Its last words are above.\n`);
		await stop(1);
	});
	return started.ready;
}

async function start(options: LaunchOptions): Promise<void> {
	// A bad value is told before anything slow begins.
	parseEnv({ ...process.env, DATABASE_URL: ownDatabase() || "postgres://127.0.0.1/later" });
	data = await claimDataFolder(root);
	if (data.second) say(`Another copy runs from this folder, so this one keeps its own data in ${data.name}`);
	const built = buildWeb(say, building.signal);
	void built.catch(fail);
	const { environment, inbox } = await prepare(options, data);
	// The worker finds the demo's shops where they listen now; the web server need not wait for them.
	const web = built.then((NEXT_DIST_DIR) =>
		add("web server", ["lib/launch/web.mjs"], { ...environment, NEXT_DIST_DIR }),
	);
	const worker = demo(options, data, environment).then(() => add("worker", [...tsx, "workers/main.ts"], environment));
	await Promise.all([web, worker]);
	say("Web server and worker started");
	const signInLink = options.demo ? await issueSignInLink(demoEmail) : undefined;
	await closePools();
	process.stdout.write(
		banner({
			address: environment.APP_URL,
			signInLink,
			inbox,
			otherFolder: data.second ? data.name : undefined,
			demo: options.demo,
			bold: process.stdout.isTTY === true && !process.env.NO_COLOR,
		}),
	);
}

/** The database that the environment names, itself or in a file; absent when ours is used. */
function ownDatabase(): string | undefined {
	return withFiles(process.env).DATABASE_URL || undefined;
}

/** All that the web server and the worker need to be there, and the environment that tells them where. */
async function prepare(options: LaunchOptions, data: DataFolder) {
	// Keys belong to the database: copies that share one share them.
	const folder = path.join(ownDatabase() ? path.join(root, ".data") : data.path, "keys");
	const keys = ownKeys(folder, { say, mayMake: !ownDatabase() });
	const [database, inbox, port] = await Promise.all([
		startDatabase(data.path, ownDatabase(), { say, add }),
		startInbox(data.path, withFiles(process.env).SMTP_URL, add),
		choosePort(options.port),
	]);
	const { applied } = await migrate(database);
	if (applied.length > 0) say(`Database brought up to date (${applied.length} migrations)`);
	const environment = {
		LOG_LEVEL: "warn",
		...process.env,
		...keys,
		NODE_ENV: "production" as const,
		DATABASE_URL: database,
		SMTP_URL: inbox.smtpUrl,
		PORT: String(port),
		APP_URL: process.env.APP_URL || `http://127.0.0.1:${port}`,
		...(options.demo && { PRIVATE_HOSTS: [process.env.PRIVATE_HOSTS, "127.0.0.1"].filter(Boolean).join(",") }),
	};
	overrideEnv(environment);
	await systemTransaction(checkMasterKey);
	return { environment, inbox: inbox.address };
}

async function demo(options: LaunchOptions, data: DataFolder, environment: Record<string, string | undefined>) {
	if (options.demo) {
		await add("demo", [...tsx, "lib/launch/demo/main.ts", path.join(data.path, "demo")], environment);
		say("Demo started: two shops and a warehouse");
	} else if (await restDemo()) say("The demo account stays as it is; its connections are paused");
}

async function choosePort(wanted: number | undefined): Promise<number> {
	const first = wanted ?? (Number(process.env.PORT) || usualPort);
	const port = await freePort(first, process.env.HOST);
	if (port !== first) say(`Port ${first} is taken, so ${port} is used`);
	return port;
}

try {
	const options = parseOptions(process.argv.slice(2), ownDatabase());
	if (options.help) process.stdout.write(`${usage}\n`);
	else await start(options);
} catch (error) {
	await fail(error);
}
