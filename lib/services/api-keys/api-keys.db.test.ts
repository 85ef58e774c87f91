import { describe, expect, it } from "vitest";
import { hashOf } from "@/lib/auth/session-cookie";
import { systemPool } from "@/lib/db/pools";
import { testDatabase } from "@/lib/testing/database";
import { callApi, createTestKey, createTestPerson } from "@/lib/testing/people";
import { createTestTenant } from "@/lib/testing/tenant";
import { createThings } from "@/lib/testing/things";

testDatabase();

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

async function workshop(role: "owner" | "operator" = "owner") {
	const tenant = await createTestTenant();
	const things = await createThings(tenant);
	const person = await createTestPerson({ accountId: tenant.accountId, role });
	const at = (path: string) => `/accounts/${tenant.accountId}/${path}`;
	const make = (more: object = {}) =>
		person.call("POST", at("api-keys"), { name: "Robot", permissions: ["merchants:read"], expiresInDays: 30, ...more });
	return { tenant, things, person, at, make };
}

describe("an API key", () => {
	it("is told once, kept as a hash, and opens what it may", async () => {
		const { person, at, make } = await workshop();
		const { status, body } = await make();
		expect(status).toBe(201);
		expect(body.key).toMatch(/^cd_[\w-]{43}$/);
		const { rows } = await systemPool().query(`select * from "ApiKey" where "id" = $1`, [body.id]);
		expect(rows[0].tokenHash).toBe(hashOf(body.key));
		expect(JSON.stringify(rows[0])).not.toContain(body.key);
		const { body: list } = await person.call("GET", at("api-keys"));
		expect(JSON.stringify(list)).not.toContain(body.key);
		expect(list.items[0]).toMatchObject({ prefix: body.key.slice(0, 9), level: "account", state: "active" });
		expect((await callApi(bearer(body.key), "GET", at("merchants"))).status).toBe(200);
		expect(await callApi(bearer(body.key), "GET", at("orders"))).toMatchObject({ status: 403 });
	});

	it("is written into the audit log without itself, and acts there under its own name", async () => {
		const { tenant, things, make, at } = await workshop();
		const { body } = await make({ permissions: ["merchants:write"] });
		await callApi(bearer(body.key), "PATCH", at(`merchants/${things.merchantId}`), { name: "Renamed" });
		const entries = await tenant.staffSql<{ action: string; actorType: string; actorName: string }>(
			`select * from "AuditEntry" where "action" in ('api-key.created', 'merchant.renamed') order by "id"`,
		);
		expect(JSON.stringify(entries)).not.toContain(body.key);
		expect(entries.map(({ action, actorType }) => [action, actorType])).toEqual([
			["api-key.created", "user"],
			["merchant.renamed", "apiKey"],
		]);
		expect(entries[1]?.actorName).toBe("Robot");
	});

	it("never does more than its maker, and within a merchant nothing of the account", async () => {
		const { make, things, at } = await workshop();
		const small = (await make({ permissions: ["account:write", "merchants:read"] })).body.key;
		const grown = await callApi(bearer(small), "POST", at("api-keys"), {
			...{ name: "Grown", permissions: ["orders:write"], expiresInDays: null },
		});
		expect(grown).toMatchObject({
			status: 422,
			body: { fields: { permissions: expect.stringContaining("orders:write") } },
		});
		const inside = await make({ merchantId: things.merchantId, permissions: ["account:write"] });
		expect(inside.status).toBe(422);
	});

	it("can be made by owners and admins only", async () => {
		const { make } = await workshop("operator");
		expect(await make()).toMatchObject({ status: 403, body: { code: "forbidden" } });
	});

	it("of a merchant sees that merchant only, and of a connection that connection only", async () => {
		const { tenant, make, things, at } = await workshop();
		const second = await createThings(tenant, "Second");
		const permissions = ["merchants:read", "orders:read", "connections:read", "runs:read"];
		const merchantKey = bearer((await make({ merchantId: things.merchantId, permissions })).body.key);
		const { body: merchants } = await callApi(merchantKey, "GET", at("merchants"));
		expect(merchants.items.map(({ id }: { id: string }) => id)).toEqual([things.merchantId]);
		expect((await callApi(merchantKey, "GET", at(`connections/${second.connectionId}`))).status).toBe(404);

		const key = bearer((await make({ connectionId: things.connectionId, permissions })).body.key);
		for (const path of [`connections/${things.connectionId}`, `runs/${things.runId}`])
			expect((await callApi(key, "GET", at(path))).status, path).toBe(200);
		for (const path of ["merchants", "connections", `orders/${things.orderId}`, "runs"])
			expect((await callApi(key, "GET", at(path))).status, path).toBe(403);
		// Naming its own connection beside somebody else's thing opens nothing.
		for (const path of [`merchants?connectionId=${things.connectionId}`, `runs?connectionId=${second.connectionId}`])
			expect((await callApi(key, "GET", at(path))).status, path).toBe(403);
		expect((await callApi(key, "GET", at(`connections/${second.connectionId}`))).status).toBe(404);
	});

	it("ends by its date, by hand, and with its connection", async () => {
		const { tenant, person, make, things, at } = await workshop();
		const works = async (key: string, path: string) => (await callApi(bearer(key), "GET", at(path))).status === 200;
		const dated = (await make()).body;
		await systemPool().query(`update "ApiKey" set "expiresAt" = now() - interval '1 second' where "id" = $1`, [
			dated.id,
		]);
		expect(await works(dated.key, "merchants")).toBe(false);
		const revoked = (await make()).body;
		expect(await works(revoked.key, "merchants")).toBe(true);
		expect((await person.call("DELETE", at(`api-keys/${revoked.id}`))).status).toBe(200);
		expect(await works(revoked.key, "merchants")).toBe(false);
		const bound = (await make({ connectionId: things.connectionId, permissions: ["connections:read"] })).body;
		expect(await works(bound.key, `connections/${things.connectionId}`)).toBe(true);
		expect((await person.call("DELETE", at(`connections/${things.connectionId}`))).status).toBe(200);
		expect(await works(bound.key, `connections/${things.connectionId}`)).toBe(false);
		await expect(tenant.sql(`delete from "ApiKey"`)).rejects.toThrow(/permission denied/);
	});

	it("rotates with an overlap: both work until the hours are over, then the new one alone", async () => {
		const { person, make, at } = await workshop();
		const status = async (key: string) => (await callApi(bearer(key), "GET", at("merchants"))).status;
		const first = (await make()).body;
		const second = (await person.call("POST", at(`api-keys/${first.id}/rotate`), { overlapHours: 12 })).body;
		expect(second.id).toBe(first.id);
		expect([await status(first.key), await status(second.key)]).toEqual([200, 200]);
		const { body: list } = await person.call("GET", at("api-keys"));
		expect(list.items[0].previous).toMatchObject({ prefix: first.key.slice(0, 9), lastUsedAt: expect.any(String) });
		await systemPool().query(`update "ApiKey" set "previousUntil" = now() - interval '1 second'`);
		expect([await status(first.key), await status(second.key)]).toEqual([401, 200]);
		const third = (await person.call("POST", at(`api-keys/${first.id}/rotate`), { overlapHours: 0 })).body;
		expect([await status(second.key), await status(third.key)]).toEqual([401, 200]);
	});

	it("notes its last use at most once a minute", async () => {
		const tenant = await createTestTenant();
		const key = await createTestKey({ accountId: tenant.accountId });
		const use = async () => {
			await callApi(key, "GET", `/accounts/${tenant.accountId}/merchants`);
			const { rows } = await systemPool().query<{ lastUsedAt: Date; xmin: string }>(
				`select "lastUsedAt", xmin::text from "ApiKey" where "accountId" = $1`,
				[tenant.accountId],
			);
			return rows[0];
		};
		const first = await use();
		expect(first?.lastUsedAt).toBeInstanceOf(Date);
		expect((await use())?.xmin).toBe(first?.xmin);
		await systemPool().query(`update "ApiKey" set "lastUsedAt" = now() - interval '61 seconds'`);
		const later = await use();
		expect(later?.lastUsedAt.getTime()).toBeGreaterThanOrEqual(first?.lastUsedAt.getTime() ?? Number.NaN);
	});

	it("outlives its maker's place, and says so to those who can revoke it", async () => {
		const { tenant, person, make, at } = await workshop();
		const boss = await createTestPerson({ accountId: tenant.accountId, role: "owner" });
		const { body } = await make();
		const left = async () =>
			(await boss.call("GET", at("api-keys"))).body.items.find(({ id }: { id: string }) => id === body.id).makerLeft;
		expect(await left()).toBe(false);
		expect((await person.call("POST", at("leave"))).status).toBe(200);
		expect(await left()).toBe(true);
		expect((await callApi(bearer(body.key), "GET", at("merchants"))).status).toBe(200);
		expect((await boss.call("DELETE", at(`api-keys/${body.id}`))).status).toBe(200);
		expect((await callApi(bearer(body.key), "GET", at("merchants"))).status).toBe(401);
	});

	it("beside a session counts alone, and no bad key falls back to the session", async () => {
		const { tenant, person, at } = await workshop();
		const key = await createTestKey({ accountId: tenant.accountId, permissions: ["merchants:read"] });
		const both = { ...key, cookie: person.cookie };
		expect((await callApi(both, "GET", at("merchants"))).status).toBe(200);
		expect((await callApi(both, "GET", at("api-keys"))).status).toBe(403);
		const bad = { authorization: "Bearer nonsense", cookie: person.cookie };
		expect((await callApi(bad, "GET", at("merchants"))).status).toBe(401);
	});

	it("is nobody: what is about a person is refused", async () => {
		const { tenant } = await workshop();
		const key = await createTestKey({ accountId: tenant.accountId });
		expect(await callApi(key, "GET", `/accounts/${tenant.accountId}`)).toMatchObject({
			...{ status: 403, body: { code: "people-only" } },
		});
		expect((await callApi(key, "GET", "/me")).status).toBe(401);
	});
});
