import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "@/lib/ports";

let root: string;
let child: ChildProcess;
let port: number;

/** Starts the database's process as the launcher does; gives its first word. */
async function start(): Promise<unknown> {
	port = await freePort();
	const args = ["--import", "tsx", "lib/launch/postgres.ts", path.join(root, "postgres"), String(port)];
	child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "ignore", "ipc"], detached: true });
	const [word] = await once(child, "message");
	return word;
}
async function ask(): Promise<unknown[]> {
	const client = new pg.Client({ connectionString: `postgres://crossdock:crossdock@127.0.0.1:${port}/postgres` });
	await client.connect();
	return (await client.query("select 1 as one").finally(() => client.end())).rows;
}
const note = () => path.join(root, "postgres/postmaster.pid");

beforeEach(() => {
	root = mkdtempSync(path.join(tmpdir(), "crossdock-postgres-"));
	chmodSync(root, 0o755);
});
afterEach(async () => {
	if (child.exitCode === null) {
		child.kill("SIGTERM");
		await once(child, "exit");
	}
	rmSync(root, { recursive: true, force: true });
});

describe("the database's process", () => {
	it("minds no Ctrl-C, and ends cleanly when its launcher is gone", async () => {
		expect(await start()).toBe("ready");
		child.kill("SIGINT");
		expect(await ask()).toEqual([{ one: 1 }]);
		child.disconnect();
		await once(child, "exit");
		expect(existsSync(note())).toBe(false);
		expect(await start()).toBe("ready");
	});

	it("ends when the server dies, and says at the next start that it recovered", async () => {
		await start();
		process.kill(Number(readFileSync(note(), "utf8").split("\n")[0]), "SIGKILL");
		expect(await once(child, "exit")).toEqual([1, null]);
		// The note of a server that is no more hinders nobody.
		expect(await start()).toBe("recovered");
	});
});
