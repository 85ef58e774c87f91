import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, it } from "vitest";
import { spendDigits } from "@/lib/auth/factor/authenticator";
import { overrideEnv } from "@/lib/env";
import { beginRotation, ownKeys } from "@/lib/launch/keys";
import { testDatabase } from "@/lib/testing/database";
import { giveFactor } from "@/lib/testing/factor";
import { createTestPerson } from "@/lib/testing/people";
import { createTestTenant } from "@/lib/testing/tenant";
import { systemPool } from "./pools";
import { rotateMasterKey } from "./rotate-master-key";
import { checkMasterKey, openSealed, sealed } from "./secrets";
import { systemTransaction } from "./system";

const database = testDatabase();
const keyOf = (byte: number) => Buffer.alloc(32, byte).toString("base64");
const useKeys = (present: number, before?: number) =>
	overrideEnv({
		DATABASE_URL: database.url(),
		ENCRYPTION_KEY: keyOf(present),
		...(before !== undefined && { ENCRYPTION_KEY_OLD: keyOf(before) }),
	});
afterEach(() => useKeys(7));

type Secrets = Map<string, Buffer>;

async function accountsWithSecrets(count: number): Promise<Secrets> {
	const secrets: Secrets = new Map();
	for (let i = 0; i < count; i++) {
		const { accountId } = await createTestTenant(`Tenant ${i}`);
		await systemTransaction(async (tx) => {
			secrets.set(accountId, await sealed(tx, accountId, "connection:x", { apiKey: accountId }));
		});
	}
	return secrets;
}

/** How many of the secrets open, each to what was put in. */
async function opened(secrets: Secrets): Promise<number> {
	let count = 0;
	for (const [accountId, value] of secrets)
		await systemTransaction((tx) => openSealed(tx, accountId, "connection:x", value)).then(
			({ apiKey }) => {
				expect(apiKey).toBe(accountId);
				count++;
			},
			() => {},
		);
	return count;
}

it("killed halfway and resumed, every secret still opens, also in between", async () => {
	useKeys(7);
	const secrets = await accountsWithSecrets(50);
	const [last] = [...secrets.keys()].sort().slice(-1);
	// Somebody holds the last account, so the command stands still before its end, at a known place.
	const holder = await systemPool().connect();
	await holder.query("begin");
	await holder.query(`select 1 from "Account" where "id" = $1 for update`, [last]);
	const command = spawn(process.execPath, ["--import", "tsx", "lib/launch/rotate-key.ts"], {
		env: { ...process.env, DATABASE_URL: database.url(), ENCRYPTION_KEY: keyOf(8), ENCRYPTION_KEY_OLD: keyOf(7) },
		stdio: ["ignore", "pipe", "inherit"],
	});
	let said = "";
	await new Promise<void>((resolve, reject) => {
		command.once("exit", (code) => reject(new Error(`the command ended by itself (${code}): ${said}`)));
		command.stdout.on("data", (chunk) => {
			said += chunk;
			if (said.includes("40 moved, 10 left")) resolve();
		});
	});
	command.removeAllListeners("exit");
	const ended = new Promise((resolve) => command.once("exit", resolve));
	command.kill("SIGKILL");
	await ended;
	await holder.query("rollback");
	holder.release();

	useKeys(8, 7);
	expect(await opened(secrets)).toBe(50);
	useKeys(8);
	expect(await opened(secrets)).toBe(40);
	await expect(systemTransaction(checkMasterKey)).rejects.toThrow(/10 account/);
	useKeys(8, 7);
	await expect(systemTransaction(checkMasterKey)).resolves.toBeUndefined();
	expect(await rotateMasterKey()).toEqual({ moved: 10, left: 0 });
	useKeys(8);
	expect(await opened(secrets)).toBe(50);
	useKeys(7);
	expect(await opened(secrets)).toBe(0);
	useKeys(8, 7);
	expect(await rotateMasterKey()).toEqual({ moved: 0, left: 0 });
	useKeys(7, 8);
	await rotateMasterKey();
});

it("moves the second factors of people as well, and does not say it is done before", async () => {
	useKeys(7);
	const { userId } = await createTestPerson();
	const { digits } = await giveFactor(userId);
	useKeys(12);
	await expect(systemTransaction(checkMasterKey)).rejects.toThrow(/second factor of 1 person/);
	useKeys(12, 7);
	expect(await spendDigits(userId, digits())).toBe(true);
	const { left } = await rotateMasterKey();
	expect(left).toBe(0);
	useKeys(12);
	await expect(systemTransaction(checkMasterKey)).resolves.toBeUndefined();
	expect(await spendDigits(userId, digits(1))).toBe(true);
	// What was sealed for one person opens for no other.
	const thief = await createTestPerson();
	await systemPool().query(
		`insert into "Authenticator" select $2, "sealedSecret", "keyId", "confirmedAt", 0 from "Authenticator" where "userId" = $1`,
		[userId, thief.userId],
	);
	await expect(spendDigits(thief.userId, digits(1))).rejects.toThrow();
	await systemPool().query(`delete from "Authenticator" where "userId" = $1`, [thief.userId]);
	useKeys(7, 12);
	await rotateMasterKey();
});

it("told to stop, it ends after the transaction it is at, and says what is left", async () => {
	useKeys(7);
	await accountsWithSecrets(3);
	useKeys(9, 7);
	const stop = new AbortController();
	const { moved, left } = await rotateMasterKey({ signal: stop.signal, perStep: 1, onStep: () => stop.abort() });
	expect(moved).toBe(1);
	expect(left).toBeGreaterThan(0);
	await rotateMasterKey();
	useKeys(7, 9);
	await rotateMasterKey();
});

it("refuses when an account was sealed with neither key, and changes nothing", async () => {
	useKeys(7);
	await accountsWithSecrets(1);
	useKeys(10, 11);
	await expect(rotateMasterKey()).rejects.toThrow(/not the key this account was sealed with/);
	useKeys(7);
	await expect(systemTransaction(checkMasterKey)).resolves.toBeUndefined();
});

it("in the embedded case a key is always at hand, also when it is stopped between two steps", () => {
	const folder = mkdtempSync(path.join(tmpdir(), "crossdock-keys-"));
	const at = (name: string) => readFileSync(path.join(folder, name), "utf8");
	try {
		writeFileSync(path.join(folder, "encryption_key"), keyOf(1));
		beginRotation(folder);
		expect(at("encryption_key_old")).toBe(keyOf(1));
		const fresh = at("encryption_key");
		expect(Buffer.from(fresh, "base64")).toHaveLength(32);
		expect(fresh).not.toBe(keyOf(1));
		beginRotation(folder);
		expect([at("encryption_key"), at("encryption_key_old")]).toEqual([fresh, keyOf(1)]);
		expect(ownKeys(folder, { say: () => {}, mayMake: true })).toMatchObject({
			ENCRYPTION_KEY: fresh,
			ENCRYPTION_KEY_OLD: keyOf(1),
		});
		writeFileSync(path.join(folder, "encryption_key"), keyOf(1));
		beginRotation(folder);
		expect(at("encryption_key")).not.toBe(keyOf(1));
		expect(at("encryption_key_old")).toBe(keyOf(1));
		expect(readdirSync(folder)).not.toContain("encryption_key_new");
	} finally {
		rmSync(folder, { recursive: true });
	}
});
