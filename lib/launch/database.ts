import { existsSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { freePort } from "@/lib/ports";
import { type Add, tsx } from "./process";

/** The address of the environment's database, or of an embedded one whose data stays in `folder` between starts. */
export async function startDatabase(
	folder: string,
	given: string | undefined,
	{ say, add }: { say: (line: string) => void; add: Add },
): Promise<string> {
	if (given) return given;
	const data = path.join(folder, "postgres");
	await endLeftOver(data);
	if (!existsSync(data)) say("Making the database (once) …");
	const port = await freePort();
	// What PostgreSQL's programs would read from the environment (PGHOST, PGDATA, …) is meant for another database.
	const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PG")));
	const args = [...tsx, "lib/launch/postgres.ts", data, String(port)];
	const how = await add("database", args, environment);
	const after = how === "recovered" ? "; it was not ended properly last time and has recovered" : "";
	say(`Database started${after}`);
	return `postgres://crossdock:crossdock@127.0.0.1:${port}/crossdock`;
}

const patienceMs = 15_000;

/**
 * Two servers on one folder would damage it. The folder is ours alone, so a server that still runs on it was left
 * by a copy that was killed: it is about to end, or is told to.
 */
async function endLeftOver(data: string): Promise<void> {
	const note = path.join(data, "postmaster.pid");
	for (const began = Date.now(), told = new Set<number>(); existsSync(note); ) {
		const [pid, , , port] = readFileSync(note, "utf8").split("\n").map(Number);
		if (!pid || !isAlive(pid)) return rmSync(note, { force: true });
		const waitedMs = Date.now() - began;
		const answers = await isListening(port ?? 0);
		if (answers && waitedMs > patienceMs / 3 && !told.has(pid)) {
			told.add(pid);
			process.kill(pid, "SIGINT");
		}
		if (waitedMs > patienceMs) {
			// Another process has the number by now: no server listens there.
			if (!answers) return rmSync(note, { force: true });
			throw new Error(`A database still runs on ${data} (process ${pid}). End it, and start again.`);
		}
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && "code" in error && error.code === "EPERM";
	}
}

function isListening(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect({ port, host: "127.0.0.1" });
		socket.on("connect", () => socket.destroy());
		socket.on("error", () => {});
		socket.on("close", (failed) => resolve(!failed));
	});
}
