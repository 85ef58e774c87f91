import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { closePools } from "@/lib/db/pools";
import { overrideEnv } from "@/lib/env";

/** Gives a test file a fresh, migrated database of its own, and the environment that points to it. */
export function testDatabase(env: Record<string, string> = {}): { url(): string } {
	const name = `test_${randomBytes(6).toString("hex")}`;
	const admin = inject("postgresUrl");
	const url = admin.replace(/\/postgres$/, `/${name}`);
	beforeAll(async () => {
		await administer(admin, `create database ${name} template template`);
		overrideEnv({ ...testEnv, ...env, DATABASE_URL: url });
	});
	afterAll(async () => {
		await closePools();
		await administer(admin, `drop database ${name} with (force)`);
	});
	return { url: () => url };
}

/** The values every test runs with. */
export const testEnv = {
	NODE_ENV: "test",
	LOG_LEVEL: "silent",
	ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
	AUTH_SECRET: "a secret for tests that nobody else uses",
	PRIVATE_HOSTS: "127.0.0.1",
	RETRY_SCALE: "0",
};

async function administer(url: string, statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	await client.query(statement).finally(() => client.end());
}
