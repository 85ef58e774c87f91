import { afterEach, expect, it } from "vitest";
import { overrideEnv } from "@/lib/env";
import { testDatabase } from "@/lib/testing/database";
import { createTestTenant } from "@/lib/testing/tenant";
import { checkMasterKey, openSealed, sealed } from "./secrets";
import { systemTransaction } from "./system";

const database = testDatabase();
const useKey = (byte: number) =>
	overrideEnv({ DATABASE_URL: database.url(), ENCRYPTION_KEY: Buffer.alloc(32, byte).toString("base64") });

afterEach(() => useKey(7));

it("another master key is told before anything fails for the lack of it", async () => {
	useKey(7);
	await createTestTenant();
	await expect(systemTransaction(checkMasterKey)).resolves.toBeUndefined();
	useKey(8);
	await expect(systemTransaction(checkMasterKey)).rejects.toThrow(/ENCRYPTION_KEY is not the key that 1 account/);
});

it("what was sealed for one row opens for no other", async () => {
	useKey(7);
	const { accountId } = await createTestTenant("Row");
	await systemTransaction(async (tx) => {
		const value = await sealed(tx, accountId, "connection:a", { apiKey: "s3cret" });
		expect(value.includes("s3cret")).toBe(false);
		expect(await openSealed(tx, accountId, "connection:a", value)).toEqual({ apiKey: "s3cret" });
		await expect(openSealed(tx, accountId, "connection:b", value)).rejects.toThrow();
	});
});
