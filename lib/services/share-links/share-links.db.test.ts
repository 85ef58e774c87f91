import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startVendureSandbox, type VendureSandbox } from "@/lib/connectors/vendure/sandbox";
import { systemPool } from "@/lib/db/pools";
import { env, overrideEnv } from "@/lib/env";
import { testDatabase } from "@/lib/testing/database";
import { type Mailbox, openMailbox } from "@/lib/testing/mailbox";
import { callApi, createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestConnection, createTestTenant, type TestTenant } from "@/lib/testing/tenant";

testDatabase();

let shop: VendureSandbox;
let sink: Mailbox;
beforeAll(async () => {
	shop = await startVendureSandbox();
	sink = await openMailbox();
	overrideEnv({ ...strings(env()), SMTP_URL: sink.url });
});
afterAll(async () => {
	await sink.close();
	await shop.close();
});

/** The environment as it was given, to be given again. */
function strings(values: object): Record<string, string> {
	return Object.fromEntries(
		Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
	);
}

let tenant: TestTenant;
let staff: TestPerson;
const at = (path: string) => `/accounts/${tenant.accountId}/${path}`;
const byLink = (url: string) => ({ authorization: `ShareLink ${url.split("/").at(-1)}` });
/** As our own server names where a request came from. */
const from = (address: string) => ({ "x-forwarded-for": address });
const right = () => ({ values: shop.settings });
const wrong = () => ({ values: { ...shop.settings, apiKey: "not the key" } });

beforeEach(async () => {
	tenant = await createTestTenant();
	staff = await createTestPerson({ accountId: tenant.accountId, role: "operator" });
	sink.mails.length = 0;
});

async function invited(name = "Brand shop") {
	const { merchantId } = tenant;
	const given = { merchantId, connectorKey: "vendure", name, email: "Brand@People.test" };
	const { status, body } = await staff.call("POST", at("share-links"), given);
	expect(status, JSON.stringify(body)).toBe(201);
	return { ...body, link: byLink(body.url) };
}

const isGone = { status: 404, body: { code: "link-gone" } };

describe("a share link", () => {
	it("makes a connection that waits, is mailed, and shows on it as pending", async () => {
		const { connectionId, url, mailed } = await invited();
		expect(mailed).toBe(true);
		expect(sink.mails).toHaveLength(1);
		expect(sink.mails[0]?.to).toBe("brand@people.test");
		expect(sink.mails[0]?.text).toContain(url);
		expect((await staff.call("GET", at(`connections/${connectionId}`))).body.state).toBe("not_set_up");
		const { body } = await staff.call("GET", at(`connections/${connectionId}/share-links`));
		expect(body.items).toMatchObject([{ email: "brand@people.test", state: "pending", openedAt: null }]);
		expect(JSON.stringify(body)).not.toContain(url.split("/").at(-1));
	});

	it("shows only that connector's own fields, and may do nothing else", async () => {
		const { connectionId, link } = await invited();
		const { body } = await callApi(link, "GET", "/connect");
		expect(body).toMatchObject({ merchant: "Blue Kettle", connection: "Brand shop", system: "Vendure", values: {} });
		expect(body.fields.map(({ name }: { name: string }) => name)).toContain("apiKey");
		for (const path of [`connections/${connectionId}`, "connections", "orders", "merchants"])
			expect((await callApi(link, "GET", at(path))).status, path).toBe(401);
		expect((await callApi(link, "PATCH", at(`connections/${connectionId}`), right())).status).toBe(401);
	});

	it("tests without keeping, keeps only what works, works once, and mails both", async () => {
		const { connectionId, link } = await invited();
		expect((await callApi(link, "POST", "/connect/test", wrong())).body.ok).toBe(false);
		expect((await callApi(link, "POST", "/connect", wrong())).body.ok).toBe(false);
		const before = await staff.call("GET", at(`connections/${connectionId}`));
		expect(before.body).toMatchObject({ state: "not_set_up", secretsSet: [], values: {} });
		expect((await callApi(link, "POST", "/connect/test", right())).body).toMatchObject({ ok: true });
		sink.mails.length = 0;
		expect((await callApi(link, "POST", "/connect", right())).body).toMatchObject({ ok: true });
		expect((await staff.call("GET", at(`connections/${connectionId}`))).body.state).toBe("active");
		expect(sink.mails.map(({ to }) => to).sort()).toEqual(["brand@people.test", `${staff.userId}@people.test`].sort());
		expect(await callApi(link, "POST", "/connect", right())).toMatchObject(isGone);
		expect(await callApi(link, "GET", "/connect")).toMatchObject(isGone);
		const { body } = await staff.call("GET", at(`connections/${connectionId}/share-links`));
		expect(body.items[0]).toMatchObject({ state: "used", openedAt: expect.any(String), usedAt: expect.any(String) });
	});

	it("is used by one of two who press at the same moment", async () => {
		const { link } = await invited();
		const answers = await Promise.all([1, 2].map(() => callApi(link, "POST", "/connect", right())));
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
	});

	it("never lets the 3PL see what was entered, nor send it somewhere else", async () => {
		const { connectionId, link } = await invited();
		await callApi(link, "POST", "/connect", right());
		const secret = String(shop.settings.apiKey);
		const seen = await staff.call("GET", at(`connections/${connectionId}`));
		expect(seen.body.secretsSet).toEqual(["apiKey"]);
		expect(JSON.stringify(seen.body)).not.toContain(secret);
		const { rows } = await systemPool().query(`select "before", "after" from "AuditEntry"`);
		expect(JSON.stringify(rows)).not.toContain(secret);
		expect(JSON.stringify(sink.mails)).not.toContain(secret);
		const elsewhere = { values: { apiUrl: "http://127.0.0.1:9/admin-api" } };
		const about = { merchantId: tenant.merchantId, connectorKey: "vendure", connectionId };
		expect(await staff.call("POST", at("connections/test"), { ...about, ...elsewhere })).toMatchObject({
			...{ status: 422, body: { fields: { apiKey: expect.stringContaining("enter it again") } } },
		});
		expect((await staff.call("PATCH", at(`connections/${connectionId}`), elsewhere)).status).toBe(422);
	});

	it("is withdrawn by hand, by a newer link, by time and with its connection", async () => {
		const { id, connectionId, link } = await invited();
		expect((await staff.call("DELETE", at(`share-links/${id}`))).status).toBe(200);
		expect(await callApi(link, "POST", "/connect", right())).toMatchObject(isGone);
		const ask = () => staff.call("POST", at(`connections/${connectionId}/share-links`), { email: "brand@people.test" });
		const second = (await ask()).body;
		const third = (await ask()).body;
		expect(await callApi(byLink(second.url), "GET", "/connect")).toMatchObject(isGone);
		expect((await callApi(byLink(third.url), "GET", "/connect")).status).toBe(200);
		await systemPool().query(`update "ShareLink" set "expiresAt" = now() where "id" = $1`, [third.id]);
		expect(await callApi(byLink(third.url), "GET", "/connect")).toMatchObject(isGone);
		const { body } = await staff.call("GET", at(`connections/${connectionId}/share-links`));
		expect(body.items.map(({ state }: { state: string }) => state)).toEqual(["expired", "withdrawn", "withdrawn"]);
		const fourth = (await ask()).body;
		expect((await staff.call("DELETE", at(`connections/${connectionId}`))).status).toBe(200);
		expect(await callApi(byLink(fourth.url), "GET", "/connect")).toMatchObject(isGone);
	});

	it("is written into the audit log from the invitation to its use", async () => {
		const { link } = await invited();
		await callApi({ ...link, ...from("203.0.113.7") }, "POST", "/connect", right());
		const entries = await tenant.sql<{ action: string; actorType: string; actorName: string; network: string }>(
			`select "action", "actorType", "actorName", "network" from "AuditEntry" where "subjectType" = 'connection' order by "id"`,
		);
		expect(entries.map(({ action }) => action).sort()).toEqual([
			...["connection.created", "connection.updated", "share-link.created", "share-link.used"],
		]);
		expect(entries.at(-1)).toMatchObject({
			...{ actorType: "shareLink", actorName: "brand@people.test", network: "203.0.113.x" },
		});
	});

	it("is asked for by those who may connect carts, and never for a warehouse", async () => {
		const { merchantId } = tenant;
		const viewer = await createTestPerson({ accountId: tenant.accountId, role: "viewer" });
		const given = { merchantId, connectorKey: "vendure", name: "Shop", email: "a@b.test" };
		expect((await viewer.call("POST", at("share-links"), given)).status).toBe(403);
		const warehouse = await createTestConnection(tenant, {
			...{ connectorKey: "extensiv-3pl", side: "destination" as const, settings: {}, secret: [] },
		});
		const asked = await staff.call("POST", at(`connections/${warehouse.id}/share-links`), { email: "a@b.test" });
		expect(asked.status).toBe(422);
	});
});
