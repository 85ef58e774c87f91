import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { handleApi } from "@/lib/api/serve/handle";
import { newId } from "@/lib/db/ids";
import { systemPool } from "@/lib/db/pools";
import { root } from "@/lib/db/root";
import { testDatabase } from "@/lib/testing/database";
import { callApi, createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";
import { after, hourMs } from "@/lib/time";
import { hashOf, sessionCookieName } from "./session-cookie";

testDatabase();

let tenant: TestTenant;
let person: TestPerson;

beforeEach(async () => {
	tenant = await createTestTenant();
	person = await createTestPerson({ accountId: tenant.accountId, role: "viewer" });
});

/** The person signs in on another device. */
async function anotherDevice(): Promise<{ id: string; cookie: string }> {
	const [id, token] = [newId("ses"), randomBytes(16).toString("hex")];
	await root().session.create({
		data: { id, tokenHash: hashOf(token), userId: person.userId, expiresAt: after(new Date(), hourMs) },
		select: { id: true },
	});
	return { id, cookie: `${sessionCookieName()}=${token}` };
}

const sessions = async () => (await person.call("GET", "/me/sessions")).body.items;
const visit = (cookie: string, headers: Record<string, string>) =>
	handleApi(new Request("http://127.0.0.1:3000/api/v1/me", { headers: { cookie, ...headers } }));

describe("a person's sessions", () => {
	it("are named by device and network, and the one that asks is marked", async () => {
		const phone = await anotherDevice();
		await visit(phone.cookie, {
			"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1",
			"x-forwarded-for": "203.0.113.77",
		});
		const found = await sessions();
		expect(found).toHaveLength(2);
		expect(found.find(({ id }: { id: string }) => id === phone.id)).toMatchObject({
			device: "Safari on iPhone",
			network: "203.0.113.x",
			current: false,
		});
		expect(found.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
	});

	it("end one by one, at once, and the end is noted", async () => {
		const phone = await anotherDevice();
		expect((await callApi(phone.cookie, "GET", "/me")).status).toBe(200);
		expect((await person.call("DELETE", `/me/sessions/${phone.id}`)).status).toBe(200);
		expect((await callApi(phone.cookie, "GET", "/me")).status).toBe(401);
		const notes = await tenant.staffSql(`select 1 from "AuditEntry" where "action" = 'session.ended'`);
		// The note belongs to no merchant; the whole account's people read it.
		expect(notes).toHaveLength(1);
	});

	it("end all at once, but for the one that asks", async () => {
		const others = [await anotherDevice(), await anotherDevice()];
		expect((await person.call("POST", "/me/sessions/end-others")).body).toEqual({ ended: 2 });
		for (const { cookie } of others) expect((await callApi(cookie, "GET", "/me")).status).toBe(401);
		expect(await sessions()).toHaveLength(1);
	});

	it("are nobody else's to end", async () => {
		const stranger = await createTestPerson();
		const [own] = await sessions();
		expect((await stranger.call("DELETE", `/me/sessions/${own.id}`)).status).toBe(404);
		expect(await sessions()).toHaveLength(1);
	});

	it("write when they were used last at most once in a few minutes", async () => {
		const [first] = await sessions();
		const [second] = await sessions();
		expect(second.lastSeenAt).toBe(first.lastSeenAt);
		await systemPool().query(`update "Session" set "lastSeenAt" = now() - interval '1 hour' where "id" = $1`, [
			first.id,
		]);
		await person.call("GET", "/me");
		const [third] = await sessions();
		expect(Date.now() - Date.parse(third.lastSeenAt)).toBeLessThan(hourMs / 2);
	});
});

describe("a person's own settings", () => {
	it("hold in the hub at once: name and time zone", async () => {
		const answer = await person.call("PATCH", "/me", { name: "  Robin ", timeZone: "Europe/Berlin" });
		expect(answer.body).toEqual({ name: "Robin", timeZone: "Europe/Berlin" });
		const hub = await person.call("GET", `/accounts/${tenant.accountId}`);
		expect(hub.body.person).toMatchObject({ name: "Robin", timeZone: "Europe/Berlin" });
		expect((await person.call("PATCH", "/me", { timeZone: null })).body).toEqual({ name: "Robin", timeZone: null });
	});

	it("refuse a zone that is none", async () => {
		const answer = await person.call("PATCH", "/me", { timeZone: "Mars/Olympus" });
		expect(answer).toMatchObject({ status: 422, body: { fields: { timeZone: expect.stringContaining("time zone") } } });
	});
});
