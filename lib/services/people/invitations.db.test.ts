import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { acceptInvitation, readInvitation } from "@/lib/auth/invitations";
import { systemPool } from "@/lib/db/pools";
import { root } from "@/lib/db/root";
import { overrideEnv } from "@/lib/env";
import { testDatabase } from "@/lib/testing/database";
import { type Mailbox, openMailbox } from "@/lib/testing/mailbox";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";

const database = testDatabase();
let mailbox: Mailbox;
let tenant: TestTenant;
let owner: TestPerson;
let path: string;

beforeAll(async () => {
	mailbox = await openMailbox();
	overrideEnv({
		NODE_ENV: "test",
		LOG_LEVEL: "silent",
		DATABASE_URL: database.url(),
		ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
		AUTH_SECRET: "a secret for tests that nobody else uses",
		SMTP_URL: mailbox.url,
	});
});
afterAll(() => mailbox.close());
beforeEach(async () => {
	tenant = await createTestTenant();
	owner = await createTestPerson({ accountId: tenant.accountId, role: "owner" });
	path = `/accounts/${tenant.accountId}/invitations`;
});

let count = 0;
/** An address of its own for each test. */
const address = () => `guest${++count}@people.test`;

/** The token in the newest mail to an address. */
function tokenTo(email: string): string {
	const mail = mailbox.mails.findLast(({ to }) => to === email);
	return /invitation\?token=(\w+)/.exec(mail?.text ?? "")?.[1] ?? "";
}

async function guest(email: string): Promise<TestPerson & { id: string; email: string; name: null }> {
	const person = await createTestPerson();
	await root().user.update({ where: { id: person.userId }, data: { email }, select: { id: true } });
	return { ...person, id: person.userId, email, name: null };
}

const accept = (token: string, person: { id: string; email: string; name: null }) =>
	acceptInvitation(token, person, "req_test");
/** Lets the limit of one mail a minute pass. */
const aMinuteLater = (id: string) =>
	systemPool().query(`update "Invitation" set "sentAt" = now() - interval '2 minutes' where "id" = $1`, [id]);
const aWeekLater = (id: string) =>
	systemPool().query(`update "Invitation" set "expiresAt" = now() - interval '1 second' where "id" = $1`, [id]);

describe("an invitation", () => {
	it("goes out by mail, lets its addressee in once, and is noted", async () => {
		const email = address();
		const { status } = await owner.call("POST", path, { email: `  ${email.toUpperCase()} `, role: "operator" });
		expect(status).toBe(201);
		const token = tokenTo(email);
		expect(await readInvitation(token)).toMatchObject({ email, role: "operator", state: "open" });
		const person = await guest(email);
		expect(await accept(token, person)).toBe(true);
		const hub = await person.call("GET", `/accounts/${tenant.accountId}`);
		expect(hub.body.role).toBe("operator");
		expect(await accept(token, person)).toBe(false);
		const actions = await tenant.staffSql(`select "action" from "AuditEntry" where "accountId" = $1 order by "id"`, [
			tenant.accountId,
		]);
		expect(actions).toEqual([{ action: "invitation.sent" }, { action: "person.joined" }]);
	});

	it("can be for chosen merchants, which its mail and its page name", async () => {
		const email = address();
		const { merchantId } = tenant;
		const given = { email, role: "operator", chosenMerchantIds: [merchantId] };
		expect((await owner.call("POST", path, given)).status).toBe(201);
		const { name } = await root().merchant.findFirstOrThrow({ where: { id: merchantId } });
		expect(mailbox.mails.findLast(({ to }) => to === email)?.text).toContain(name);
		expect(await readInvitation(tokenTo(email))).toMatchObject({ merchant: name });
		const person = await guest(email);
		expect(await accept(tokenTo(email), person)).toBe(true);
		const hub = (await person.call("GET", `/accounts/${tenant.accountId}`)).body;
		expect(hub).toMatchObject({ ofMerchant: false, merchants: [{ id: merchantId }] });
		expect(await root().membership.findFirst({ where: { userId: person.userId } })).toMatchObject({
			chosenOnly: true,
			chosenMerchantIds: [merchantId],
		});
	});

	it("is kept by its hash only", async () => {
		const email = address();
		await owner.call("POST", path, { email, role: "viewer" });
		const { rows } = await systemPool().query(`select row_to_json(i)::text as "text" from "Invitation" i`);
		expect(rows.map(({ text }) => text).join()).not.toContain(tokenTo(email));
	});

	it("lets nobody in but its addressee", async () => {
		const email = address();
		await owner.call("POST", path, { email, role: "admin" });
		expect(await accept(tokenTo(email), await guest(address()))).toBe(false);
		expect(await readInvitation(tokenTo(email))).toMatchObject({ state: "open" });
	});

	it("lets one of two presses in", async () => {
		const email = address();
		await owner.call("POST", path, { email, role: "viewer" });
		const person = await guest(email);
		const answers = await Promise.all([accept(tokenTo(email), person), accept(tokenTo(email), person)]);
		expect(answers.sort()).toEqual([false, true]);
	});

	it("dies after a week, and lives again when it is resent; the earlier link stays dead", async () => {
		const email = address();
		const { body } = await owner.call("POST", path, { email, role: "viewer" });
		const first = tokenTo(email);
		await aWeekLater(body.id);
		const person = await guest(email);
		expect(await accept(first, person)).toBe(false);
		expect(await readInvitation(first)).toMatchObject({ state: "expired" });
		await aMinuteLater(body.id);
		expect((await owner.call("POST", `${path}/${body.id}/resend`)).status).toBe(200);
		expect(await readInvitation(first)).toBeNull();
		expect(await accept(first, person)).toBe(false);
		expect(await accept(tokenTo(email), person)).toBe(true);
	});

	it("is resent once a minute at most", async () => {
		const { body } = await owner.call("POST", path, { email: address(), role: "viewer" });
		const again = await owner.call("POST", `${path}/${body.id}/resend`);
		expect(again).toMatchObject({ status: 429, body: { code: "too-many-requests" } });
	});

	it("dies when it is withdrawn", async () => {
		const email = address();
		const { body } = await owner.call("POST", path, { email, role: "viewer" });
		expect((await owner.call("DELETE", `${path}/${body.id}`)).status).toBe(200);
		expect(await accept(tokenTo(email), await guest(email))).toBe(false);
		expect((await owner.call("DELETE", `${path}/${body.id}`)).status).toBe(404);
		expect((await owner.call("POST", `${path}/${body.id}/resend`)).status).toBe(404);
	});

	it("is kept when the mail server refuses the mail, and says so", async () => {
		const email = `refused-${address()}`;
		const answer = await owner.call("POST", path, { email, role: "viewer" });
		expect(answer).toMatchObject({ status: 502, body: { code: "mail-failed" } });
		const people = await owner.call("GET", `/accounts/${tenant.accountId}/people`);
		expect(people.body.invitations).toMatchObject([{ email, sentAt: null }]);
	});

	it("of one merchant opens that merchant only", async () => {
		const email = address();
		await owner.call("POST", path, { email, role: "admin", merchantId: tenant.merchantId });
		const person = await guest(email);
		await accept(tokenTo(email), person);
		const hub = await person.call("GET", `/accounts/${tenant.accountId}`);
		expect(hub.body).toMatchObject({ ofMerchant: true, merchants: [{ id: tenant.merchantId }] });
		expect(hub.body.may).not.toContain("audit:read");
	});
});

describe("who is invited", () => {
	it("is nobody twice, nor somebody who is here", async () => {
		const email = address();
		await owner.call("POST", path, { email, role: "viewer" });
		const twice = await owner.call("POST", path, { email, role: "admin" });
		expect(twice).toMatchObject({ status: 422, body: { fields: { email: expect.stringContaining("already") } } });
		await accept(tokenTo(email), await guest(email));
		const here = await owner.call("POST", path, { email, role: "admin" });
		expect(here).toMatchObject({ status: 422, body: { fields: { email: expect.stringContaining("belongs") } } });
	});

	it("is invited once when two ask at once", async () => {
		const email = address();
		const answers = await Promise.all([1, 2].map(() => owner.call("POST", path, { email, role: "viewer" })));
		expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
	});

	it("can be invited anew after a week", async () => {
		const email = address();
		const { body } = await owner.call("POST", path, { email, role: "viewer" });
		await aWeekLater(body.id);
		expect((await owner.call("POST", path, { email, role: "viewer" })).status).toBe(201);
	});

	it("is no owner by an admin's word", async () => {
		const admin = await createTestPerson({ accountId: tenant.accountId, role: "admin" });
		expect((await admin.call("POST", path, { email: address(), role: "owner" })).status).toBe(403);
		expect((await owner.call("POST", path, { email: address(), role: "owner" })).status).toBe(201);
	});

	it("is of their own merchant where a merchant's admin invites", async () => {
		const brand = await createTestPerson({ accountId: tenant.accountId, role: "admin", merchantId: tenant.merchantId });
		const email = address();
		expect((await brand.call("POST", path, { email, role: "viewer" })).status).toBe(201);
		expect(await root().invitation.findFirst({ where: { email } })).toMatchObject({ merchantId: tenant.merchantId });
	});

	it("needs an address", async () => {
		expect((await owner.call("POST", path, { email: "nobody", role: "viewer" })).body.fields).toHaveProperty("email");
	});
});
