import { describe, expect, it } from "vitest";
import { systemPool } from "@/lib/db/pools";
import { testDatabase } from "@/lib/testing/database";
import { allEndpoints, type Endpoint } from "@/lib/testing/endpoints";
import { callApi, createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";
import { createThings, type Things } from "@/lib/testing/things";

testDatabase();

const all = allEndpoints;
const ofAccounts = all.filter(({ audience }) => audience === "account");
/** Endpoints whose path or body names a thing of an account. */
const ofThings = ofAccounts.filter(({ name, path }) => /\{(?!accountId)/.test(path) || name in bodies({} as Things));

/** A body that is in order, so that only the foreign id can be the reason for a refusal. */
function bodies(things: Things): Record<string, object> {
	const connection = {
		merchantId: things.merchantId,
		connectorKey: "vendure",
		values: { apiUrl: "http://127.0.0.1:9/admin-api", apiKey: "key" },
	};
	return {
		"merchants.rename": { name: "New name" },
		"connections.create": { ...connection, side: "source", name: "Another" },
		"connections.update": { values: {} },
		"connections.test": connection,
		"connections.choices": { ...connection, side: "source", choices: "locations" },
		"connections.schedule": { paused: true },
		"credentials.update": { values: {} },
		"people.changeRole": { role: "viewer", merchantId: things.merchantId },
		"invitations.create": { email: "new@people.test", role: "viewer", merchantId: things.merchantId },
		"orders.explainMissing": { number: "1001" },
		"orders.pull": { sourceId: "src-1" },
	};
}

function addressOf(endpoint: Endpoint, accountId: string, things: Things): string {
	const filled = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
		name === "accountId" ? accountId : String(Reflect.get(things, name)),
	);
	const query =
		endpoint.name === "inventory.explain" ? "?sku=TEE" : endpoint.name === "orders.find" ? "?query=1001" : "";
	return filled + query;
}

function call(person: TestPerson, endpoint: Endpoint, accountId: string, things: Things) {
	const body =
		endpoint.method === "GET" || endpoint.method === "DELETE" ? undefined : (bodies(things)[endpoint.name] ?? {});
	return person.call(endpoint.method, addressOf(endpoint, accountId, things), body);
}

async function refusals(tenant: TestTenant): Promise<number> {
	const { rows } = await systemPool().query(
		`select count(*)::int as n from "AuditEntry" where "accountId" = $1 and "action" = 'tenancy.refused'`,
		[tenant.accountId],
	);
	return rows[0].n;
}

describe("a stranger gets nothing", () => {
	it("walks a contract that has endpoints", () => {
		expect(all.length).toBeGreaterThan(35);
		expect(ofThings.length).toBeGreaterThan(20);
	});

	it.each(all)("$name asks who is there", async (endpoint) => {
		const things = await createThings(await createTestTenant());
		const answer = await callApi(
			null,
			endpoint.method,
			addressOf(endpoint, things.accountId, things),
			endpoint.method === "GET" ? undefined : {},
		);
		expect(answer).toMatchObject({ status: 401, type: "application/problem+json", body: { code: "signed-out" } });
	});

	it.each(ofAccounts)("$name of another account does not exist, and the attempt is noted", async (endpoint) => {
		const own = await createTestTenant("Own");
		const other = await createThings(await createTestTenant("Other"));
		const person = await createTestPerson({ accountId: own.accountId, role: "owner" });
		const answer = await call(person, endpoint, other.accountId, other);
		expect(answer).toMatchObject({ status: 404, body: { code: "not-found" } });
		expect(await refusals(own)).toBeGreaterThan(0);
	});

	it.each(ofThings)(
		"$name with another account's things in our own does not find them, and the attempt is noted",
		async (endpoint) => {
			const own = await createTestTenant("Own");
			const other = await createThings(await createTestTenant("Other"));
			const person = await createTestPerson({ accountId: own.accountId, role: "owner" });
			const answer = await call(person, endpoint, own.accountId, other);
			expect(answer).toMatchObject({ status: 404, body: { code: "not-found" } });
			expect(await refusals(own)).toBeGreaterThan(0);
		},
	);

	it.each(ofThings)("$name keeps a merchant's people to their own merchant", async (endpoint) => {
		const tenant = await createTestTenant("Merchant A");
		const things = await createThings(tenant, "Merchant B");
		const person = await createTestPerson({
			accountId: tenant.accountId,
			role: "owner",
			merchantId: tenant.merchantId,
		});
		const answer = await call(person, endpoint, tenant.accountId, things);
		expect([403, 404]).toContain(answer.status);
		if (answer.status === 404) expect(await refusals(tenant)).toBeGreaterThan(0);
	});

	it.each(ofThings)("$name finds what is ours", async (endpoint) => {
		const tenant = await createTestTenant();
		const things = await createThings(tenant);
		const person = await createTestPerson({ accountId: tenant.accountId, role: "owner" });
		const answer = await call(person, endpoint, tenant.accountId, things);
		expect(answer.status, JSON.stringify(answer.body)).not.toBe(404);
		expect(answer.status).not.toBe(500);
	});

	it.each(ofAccounts.filter(({ permission }) => permission?.endsWith(":write")))(
		"$name is refused to a viewer",
		async (endpoint) => {
			const tenant = await createTestTenant();
			const things = await createThings(tenant);
			const person = await createTestPerson({ accountId: tenant.accountId, role: "viewer" });
			const answer = await call(person, endpoint, tenant.accountId, things);
			expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } });
		},
	);
});
