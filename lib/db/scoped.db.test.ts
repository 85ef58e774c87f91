import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";
import { createThings, type Things } from "@/lib/testing/things";
import { newId } from "./ids";
import { appPool, systemPool } from "./pools";
import { scoped, transactScoped } from "./scoped";
import { isTenantModel, merchantPaths, outsideModels, sharedModels } from "./tenancy";

testDatabase();

let a: TestTenant;
let b: TestTenant;
let ours: Things;
let theirs: Things;
/** Staff of account A: no merchant in their scope. */
let staff: TestTenant["scope"];

beforeAll(async () => {
	a = await createTestTenant("A");
	b = await createTestTenant("B");
	ours = await createThings(a);
	theirs = await createThings(b);
	const { merchantId: _, ...scope } = a.scope;
	staff = scope as TestTenant["scope"];
});

describe("a query that cannot forget its tenant", () => {
	it("finds our own by primary key, and nothing by a foreign one", async () => {
		expect(await scoped(staff).order.findUnique({ where: { id: ours.orderId } })).not.toBeNull();
		expect(await scoped(staff).order.findUnique({ where: { id: theirs.orderId } })).toBeNull();
	});

	it("overwrites the caller's own accountId", async () => {
		const found = await scoped(staff).order.findMany({
			where: { accountId: b.accountId },
			select: { accountId: true },
		});
		expect(found).toEqual([{ accountId: a.accountId }]);
	});

	it("lets no OR lead out", async () => {
		const where = { OR: [{ id: theirs.orderId }, { accountId: b.accountId }] };
		expect(await scoped(staff).order.findMany({ where })).toEqual([]);
	});

	it("refuses to change a foreign row, and deletes none", async () => {
		await expect(
			scoped(staff).order.update({ where: { id: theirs.orderId }, data: { number: "mine" }, select: { id: true } }),
		).rejects.toThrow();
		expect(await scoped(staff).order.deleteMany({ where: { id: theirs.orderId } })).toEqual({ count: 0 });
	});

	it("refuses to give a row to another account", async () => {
		const change = (data: object) => scoped(staff).merchant.updateMany({ where: { id: ours.merchantId }, data });
		await expect(async () => change({ accountId: b.accountId })).rejects.toThrow(/another account/);
		await expect(async () => change({ account: { connect: { id: b.accountId } } })).rejects.toThrow(/another account/);
	});

	it("refuses an upsert on a foreign id", async () => {
		const merchant = { id: theirs.merchantId, accountId: a.accountId, name: "Mine" };
		await expect(
			scoped(staff).merchant.upsert({ where: { id: theirs.merchantId }, create: merchant, update: { name: "Mine" } }),
		).rejects.toThrow();
	});

	it("knows no raw SQL, no way around, and nothing outside the tenant", () => {
		const db = scoped(staff) as unknown as Record<string, unknown>;
		for (const name of ["$queryRaw", "$executeRaw", "$transaction", "user", "session"])
			expect(() => db[name], name).toThrow(/refused/);
	});

	it("shows the account itself without its key, and no other", async () => {
		const account = await scoped(staff).account.findFirst({ where: { id: b.accountId } });
		expect(account?.id).toBe(a.accountId);
		expect(account).not.toHaveProperty("sealedKey");
	});

	it("keeps a merchant's people to their merchant, through relations too", async () => {
		const second = await createThings(a, "Second");
		expect(await scoped(a.scope).order.findMany({ where: { id: second.orderId } })).toEqual([]);
		expect(await scoped(staff).order.findMany({ where: { id: second.orderId } })).toHaveLength(1);
		await expect(async () => scoped(a.scope).credential.findMany({})).rejects.toThrow(/whole account/);
	});

	it("is one transaction with SQL beside it, undone as a whole", async () => {
		const id = newId("mer");
		await expect(
			transactScoped(staff, async (tx) => {
				await tx.db.merchant.create({ data: { id, accountId: a.accountId, name: "Undone" } });
				expect(await tx.sql(`select "id" from "Merchant" where "id" = $1`, [id])).toHaveLength(1);
				throw new Error("no");
			}),
		).rejects.toThrow("no");
		expect(await scoped(staff).merchant.findFirst({ where: { id } })).toBeNull();
	});
});

describe("the database agrees", () => {
	it("shows nothing without a scope", async () => {
		for (const table of ["Account", "Order", "Connection", "Run", "Exchange", "AuditEntry"]) {
			const { rows } = await appPool().query(`select 1 from "${table}" limit 1`);
			expect(rows, table).toEqual([]);
		}
	});

	it("refuses a row that points into another account", async () => {
		const tenant = await createTestTenant("C");
		await expect(
			tenant.sql(
				`insert into "Flow" ("id", "accountId", "merchantId", "connectionId", "job", "mode") values ($1, $2, $3, $4, 'orders/download', 'off')`,
				[newId("flo"), tenant.accountId, tenant.merchantId, theirs.connectionId],
			),
		).rejects.toThrow(/foreign key/);
	});

	it("lets nobody rewrite what was noted", async () => {
		await expect(
			a.sql(`update "AuditEntry" set "action" = 'nothing' where "accountId" = $1`, [a.accountId]),
		).rejects.toThrow(/permission denied/);
	});
});

describe("every model of the schema", () => {
	const folder = path.resolve(import.meta.dirname, "../../prisma/schema");
	const models = readdirSync(folder).flatMap((file) =>
		[...readFileSync(path.join(folder, file), "utf8").matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(
			([, name = "", body = ""]) => ({
				name,
				columns: new Set([...body.matchAll(/^ {2}(\w+) /gm)].map(([, column = ""]) => column)),
				mayLackMerchant: /^ {2}merchantId +String\?/m.test(body),
			}),
		),
	);

	it.each(models)("$name belongs to an account, or is named as one that does not", ({ name }) => {
		expect(isTenantModel(name) || name === "Account" || outsideModels.includes(name)).toBe(true);
	});

	it.each(models.filter(({ name }) => isTenantModel(name)))(
		"$name says how it is kept to one merchant",
		({ name, columns }) => {
			expect(columns.has("merchantId") || name in merchantPaths).toBe(true);
		},
	);

	it.each(models.filter(({ columns }) => columns.has("accountId") && columns.has("merchantId")))(
		"$name is kept to chosen merchants by the database too, and to one where it may lack one",
		async ({ name, mayLackMerchant }) => {
			const { rows } = await systemPool().query(`select policyname from pg_policies where tablename = $1`, [name]);
			const policies = rows.map(({ policyname }) => policyname);
			expect(policies).toEqual(
				expect.arrayContaining(["chosen", "tenant", ...(mayLackMerchant ? ["own_merchant"] : [])]),
			);
			expect(sharedModels.includes(name)).toBe(mayLackMerchant);
		},
	);
});
