import { beforeEach, describe, expect, it } from "vitest";
import { insertMerchant } from "@/lib/db/insert-account";
import { jobScope } from "@/lib/db/scope";
import { systemTransaction } from "@/lib/db/system";
import { transact } from "@/lib/db/transact";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { runFlow, type TestTenant } from "@/lib/testing/tenant";

testDatabase();
const journey = testJourney();
let person: TestPerson;
let other: string;
beforeEach(async () => {
	const { accountId } = journey.tenant;
	person = await createTestPerson({ accountId, role: "owner" });
	other = await systemTransaction((tx) => insertMerchant(tx, accountId, "Red Lamp"));
	journey.warehouse.store.addCustomer(18, "Red Lamp");
});

const call = (method: string, path: string, body?: object, as = person) =>
	as.call(method, `/accounts/${journey.tenant.accountId}/${path}`, body);

function sharedValues(): Record<string, unknown> {
	const { baseUrl, clientId, clientSecret, tplKey, userLoginId } = journey.warehouse.settings;
	return { baseUrl, clientId, clientSecret, tplKey, userLoginId };
}
async function keep(): Promise<string> {
	const made = await call("POST", "credentials", {
		connectorKey: "extensiv-3pl",
		name: "Ours",
		values: sharedValues(),
	});
	expect(made.status, JSON.stringify(made.body)).toBe(201);
	return made.body.id;
}
function connect(credentialId: string, merchantId: string, customerId: number) {
	const values = { customerId, facilityId: 2 };
	const given = { merchantId, connectorKey: "extensiv-3pl", side: "destination", name: "Shared", credentialId, values };
	return call("POST", "connections", given);
}
async function flowsOf(connectionId: string): Promise<{ flows: Record<string, string> }> {
	const { flows } = (await call("GET", `connections/${connectionId}`)).body;
	return { flows: Object.fromEntries(flows.map(({ job, id }: { job: string; id: string }) => [job, id])) };
}
function tenantOf(merchantId: string): TestTenant {
	const scope = { ...jobScope(journey.tenant.accountId, merchantId, "test"), merchantId };
	return { ...journey.tenant, merchantId, scope, sql: (text, values) => transact(scope, (tx) => tx.sql(text, values)) };
}

describe("settings that merchants share", () => {
	it("give two merchants one token", async () => {
		const credentialId = await keep();
		const first = await connect(credentialId, journey.tenant.merchantId, 17);
		const second = await connect(credentialId, other, 18);
		expect([first.body.checked, second.body.checked]).toMatchObject([{ ok: true }, { ok: true }]);
		const before = journey.warehouse.tokensGiven();
		await runFlow(journey.tenant, await flowsOf(first.body.id), "inventory/fetch");
		await runFlow(tenantOf(other), await flowsOf(second.body.id), "inventory/fetch");
		expect(journey.warehouse.tokensGiven() - before).toBe(1);
		const { items } = (await call("GET", "credentials")).body;
		expect(items).toEqual([
			expect.objectContaining({ name: "Ours", connections: 2, secretsSet: ["clientSecret", "tplKey"] }),
		]);
	});

	it("replace what a connection had of its own", async () => {
		const credentialId = await keep();
		await call("PATCH", `connections/${journey.wms.id}`, { credentialId, values: {} });
		const { body } = await call("GET", `connections/${journey.wms.id}`);
		expect(body).toMatchObject({
			credential: { id: credentialId },
			secretsSet: [],
			values: { customerId: 17, facilityId: 2 },
		});
		expect(body.values.clientId).toBeUndefined();
		// Changed for all, they are changed for it.
		await call("PATCH", `credentials/${credentialId}`, { values: { clientSecret: "wrong" } });
		expect(await runFlow(journey.tenant, journey.wms, "inventory/fetch")).toMatchObject({ state: "stopped" });
	});

	it("set free every connection that waited when they are corrected", async () => {
		const credentialId = await keep();
		const made = [await connect(credentialId, journey.tenant.merchantId, 17), await connect(credentialId, other, 18)];
		await call("PATCH", `credentials/${credentialId}`, { values: { clientSecret: "wrong" } });
		const merchants = [journey.tenant.merchantId, other];
		for (const [index, { body }] of made.entries())
			await runFlow(tenantOf(merchants[index] ?? ""), await flowsOf(body.id), "inventory/fetch");
		const states = async () =>
			Promise.all(made.map(async ({ body }) => (await call("GET", `connections/${body.id}`)).body.state));
		expect(await states()).toEqual(["needs_reconnect", "needs_reconnect"]);
		expect((await call("GET", "alerts")).body.items).toHaveLength(2);
		await call("PATCH", `credentials/${credentialId}`, { values: { clientSecret: sharedValues().clientSecret } });
		expect(await states()).toEqual(["active", "active"]);
		expect((await call("GET", "alerts")).body.items).toEqual([]);
		expect(await runFlow(tenantOf(other), await flowsOf(made[1]?.body.id), "inventory/fetch")).toMatchObject({
			state: "done",
		});
	});

	it("hold fields of the account only, and have a name of their own", async () => {
		const id = await keep();
		const given = { connectorKey: "extensiv-3pl", name: "Ours", values: sharedValues() };
		const taken = { status: 422, body: { fields: { name: expect.stringMatching(/Choose another/) } } };
		expect(await call("POST", "credentials", given)).toMatchObject(taken);
		expect((await call("POST", "credentials", { ...given, name: "Theirs" })).status).toBe(201);
		expect(await call("PATCH", `credentials/${id}`, { name: "Theirs", values: {} })).toMatchObject(taken);
		const { clientSecret: _, ...without } = sharedValues();
		expect(await call("POST", "credentials", { ...given, name: "Third", values: without })).toMatchObject({
			status: 422,
			body: { fields: { clientSecret: "Client secret is missing. Enter it." } },
		});
		expect(
			await call("POST", "credentials", { ...given, name: "Third", values: { ...sharedValues(), customerId: 17 } }),
		).toMatchObject({ status: 422, body: { fields: { customerId: expect.any(String) } } });
	});

	it("belong to the account's staff: a merchant's people neither see nor use them", async () => {
		const credentialId = await keep();
		const { accountId, merchantId } = journey.tenant;
		const theirs = await createTestPerson({ accountId, role: "owner", merchantId });
		expect((await call("GET", "credentials", undefined, theirs)).status).toBe(403);
		const values = { customerId: 17, facilityId: 2 };
		const given = { merchantId, connectorKey: "extensiv-3pl", credentialId, values };
		expect((await call("POST", "connections/test", given, theirs)).status).toBe(403);
		const choices = { ...given, side: "destination", choices: "locations" };
		expect((await call("POST", "connections/choices", choices, theirs)).status).toBe(403);
		const stored = { merchantId, connectorKey: "extensiv-3pl", connectionId: journey.wms.id, values: {} };
		expect((await call("POST", "connections/test", stored, theirs)).status).toBe(403);
	});
});
