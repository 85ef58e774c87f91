/** Starts everything on this machine: database, migrations, worker, web. Ends everything on Ctrl-C. */

import { migrate } from "@/lib/db/migrate";
import { startDatabase } from "./database";
import { ownKeys } from "./keys";
import { type StartedProcess, startProcess } from "./process";
import { buildWeb } from "./web-build";

const say = (line: string) => process.stdout.write(`${line}\n`);
const closing: (() => Promise<void>)[] = [];
let stopping = false;

async function stop(code: number): Promise<never> {
	if (!stopping) {
		stopping = true;
		say("Stopping …");
		for (const close of closing.reverse()) await close();
	}
	process.exit(code);
}
process.on("SIGINT", () => void stop(0));
process.on("SIGTERM", () => void stop(0));

async function start(): Promise<void> {
	const database = await startDatabase(say);
	closing.push(database.stop);
	const environment = { ...process.env, ...ownKeys(say), DATABASE_URL: database.url, NODE_ENV: "production" as const };
	const { applied } = await migrate(database.url);
	say(applied.length > 0 ? `Database brought up to date (${applied.length} migrations)` : "Database is up to date");
	const distDir = await buildWeb(say);
	const worker = startProcess("worker", ["--import", "tsx", "workers/main.ts"], environment);
	closing.push(worker.stop);
	const web = startProcess("web", ["lib/launch/web.mjs", ...process.argv.slice(2)], {
		...environment,
		NEXT_DIST_DIR: distDir,
	});
	closing.push(web.stop);
	const [, address] = await Promise.all([worker.ready, web.ready]);
	watch([worker, web]);
	say(`\nCrossdock runs at ${address}\nCtrl-C ends it.`);
}

/** A process that ends by itself takes the others with it: half a Crossdock would look alive and move nothing. */
function watch(processes: StartedProcess[]): void {
	for (const { name, exited } of processes) {
		void exited.then(async (code) => {
			if (stopping) return;
			process.stderr.write(`The ${name} ended unexpectedly (${code}). Its last words are above.\n`);
			await stop(1);
		});
	}
}

start().catch(async (error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	await stop(1);
});
