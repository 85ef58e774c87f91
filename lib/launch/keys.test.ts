import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ownKeys } from "./keys";

let folder: string;
beforeEach(() => {
	folder = path.join(mkdtempSync(path.join(tmpdir(), "keys-")), "keys");
	for (const name of ["ENCRYPTION_KEY", "AUTH_SECRET"]) {
		vi.stubEnv(name, undefined);
		vi.stubEnv(`${name}_FILE`, undefined);
	}
});
afterEach(() => {
	vi.unstubAllEnvs();
	rmSync(path.dirname(folder), { recursive: true, force: true });
});

describe("the keys of a copy", () => {
	it("are made once beside the embedded database, for this user alone, and said", () => {
		const said: string[] = [];
		const say = (line: string) => void said.push(line);
		const first = ownKeys(folder, { say, mayMake: true });
		expect(Buffer.from(first.ENCRYPTION_KEY ?? "", "base64")).toHaveLength(32);
		expect(said).toHaveLength(2);
		expect(said[0]).toContain("back it up");
		expect(statSync(path.join(folder, "encryption_key")).mode & 0o077).toBe(0);
		expect(ownKeys(folder, { say, mayMake: true })).toEqual(first);
		expect(said).toHaveLength(2);
	});

	it("are never made beside a database of one's own: it refuses to start, and says what to set", () => {
		const start = () => ownKeys(folder, { say: () => {}, mayMake: false });
		expect(start).toThrow(/ENCRYPTION_KEY is missing.*openssl rand -base64 32/s);
		vi.stubEnv("ENCRYPTION_KEY", "given");
		expect(start).toThrow(/AUTH_SECRET is missing/);
		vi.stubEnv("AUTH_SECRET_FILE", "/run/secrets/auth");
		expect(start()).toEqual({});
	});

	it("that lie there from before go on being used beside a database of one's own", () => {
		ownKeys(folder, { say: () => {}, mayMake: true });
		const key = readFileSync(path.join(folder, "encryption_key"), "utf8");
		expect(ownKeys(folder, { say: () => {}, mayMake: false }).ENCRYPTION_KEY).toBe(key);
	});
});

describe("a process of the installation that is started by itself, without the master key", () => {
	it.each([
		["web server", ["lib/launch/web.mjs"], { AUTH_SECRET: "x".repeat(32) }, /web server did not start.*ENCRYPTION_KEY/],
		["web server", ["lib/launch/web.mjs"], { ENCRYPTION_KEY: "x" }, /web server did not start.*AUTH_SECRET/],
		["worker", ["--import", "tsx", "workers/main.ts"], {}, /worker did not start.*ENCRYPTION_KEY is missing/],
	])("the %s refuses to start: %j", (_, args, given, words) => {
		const { PATH, HOME } = process.env;
		const ended = spawnSync(process.execPath, args, {
			env: { PATH, HOME, NODE_ENV: "production", DATABASE_URL: "postgres://nobody@127.0.0.1:9/none", ...given },
			encoding: "utf8",
		});
		expect(ended.stderr).toMatch(words);
		expect(ended.status).toBe(1);
	});
});
