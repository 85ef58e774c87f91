import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseEnv } from "./env";

const good = { DATABASE_URL: "postgres://u:p@127.0.0.1:5432/d" };

describe("parseEnv", () => {
	it("fills what is not given", () => {
		expect(parseEnv(good)).toMatchObject({
			DATABASE_POOL_MAX: 10,
			DATABASE_APP_ROLE: "crossdock_app",
			PRIVATE_HOSTS: [],
		});
	});

	it("names a missing value and its fix", () => {
		expect(() => parseEnv({})).toThrow(/DATABASE_URL is missing: it must be the address of a PostgreSQL database/);
	});

	it("treats an empty value as missing", () => {
		expect(() => parseEnv({ DATABASE_URL: "" })).toThrow(/DATABASE_URL is missing/);
	});

	it.each([
		["DATABASE_URL", "mysql://x/y", /DATABASE_URL must be the address of a PostgreSQL database/],
		["DATABASE_POOL_MAX", "many", /DATABASE_POOL_MAX must be a number/],
		["DATABASE_POOL_MAX", "1", /DATABASE_POOL_MAX must be at least 2/],
		["ENCRYPTION_KEY", "short", /ENCRYPTION_KEY must be 32 random bytes in base64/],
		["SMTP_URL", "http://mail", /SMTP_URL must be a mail server's address/],
		["APP_URL", "crossdock", /APP_URL must be the address people open/],
		["LOG_LEVEL", "loud", /LOG_LEVEL/],
	])("refuses a bad %s", (name, value, message) => {
		expect(() => parseEnv({ ...good, [name]: value })).toThrow(message);
	});

	it("names every bad value at once", () => {
		expect(() => parseEnv({ APP_URL: "x", LOG_LEVEL: "loud" })).toThrow(/DATABASE_URL[\s\S]*APP_URL[\s\S]*LOG_LEVEL/);
	});

	it("splits host names", () => {
		expect(parseEnv({ ...good, PRIVATE_HOSTS: "127.0.0.1, shop.lan," }).PRIVATE_HOSTS).toEqual([
			"127.0.0.1",
			"shop.lan",
		]);
	});
});

describe("a value in a file", () => {
	it("is read from where NAME_FILE points, and gives way to the value itself", () => {
		const folder = mkdtempSync(path.join(tmpdir(), "crossdock-env-"));
		const file = path.join(folder, "key");
		const key = Buffer.alloc(32, 3).toString("base64");
		writeFileSync(file, `${key}\n`);
		expect(parseEnv({ ...good, ENCRYPTION_KEY_FILE: file }).ENCRYPTION_KEY).toBe(key);
		const own = Buffer.alloc(32, 4).toString("base64");
		expect(parseEnv({ ...good, ENCRYPTION_KEY: own, ENCRYPTION_KEY_FILE: file }).ENCRYPTION_KEY).toBe(own);
		rmSync(folder, { recursive: true });
		expect(() => parseEnv({ ...good, ENCRYPTION_KEY_FILE: file })).toThrow(/ENCRYPTION_KEY_FILE names a file/);
	});
});
