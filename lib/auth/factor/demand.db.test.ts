import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { systemPool } from "@/lib/db/pools";
import { testDatabase } from "@/lib/testing/database";
import { allEndpoints } from "@/lib/testing/endpoints";
import { giveFactor } from "@/lib/testing/factor";
import { openMailbox } from "@/lib/testing/mailbox";
import { callApi, createTestKey, createTestPerson, type TestPerson } from "@/lib/testing/people";
import { addressOf, bodyOf } from "@/lib/testing/requests";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";
import { createThings } from "@/lib/testing/things";
import { requireScope } from "../page-scope";
import { resetFactor } from "./reset-factor";

const mailbox = await openMailbox();
afterAll(() => mailbox.close());
testDatabase({ SMTP_URL: mailbox.url, API_REQUESTS_PER_MINUTE: "100000" });

/** Pages read the request's headers from Next; here the test says what they are. */
const asked = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock("next/headers", () => ({ headers: async () => asked.headers }));

let tenant: TestTenant;
let owner: TestPerson;
let member: TestPerson;
beforeEach(async () => {
	tenant = await createTestTenant();
	owner = await createTestPerson({ accountId: tenant.accountId, role: "owner" });
	member = await createTestPerson({ accountId: tenant.accountId, role: "admin" });
});

async function sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
	return (await systemPool().query(text, values)).rows;
}
const demand = (person: TestPerson, demanded = true) =>
	person.call("PUT", `/accounts/${tenant.accountId}/second-factor`, { demanded });
const hub = (person: TestPerson) => person.call("GET", `/accounts/${tenant.accountId}`);
const audited = () =>
	sql<{ action: string }>(
		`select "action" from "AuditEntry" where "accountId" = $1 and "action" like 'second-factor.%' order by "id"`,
		[tenant.accountId],
	);

/** Where a page of the account leads this person: their id when it lets them in. */
async function page(person: TestPerson): Promise<string> {
	asked.headers = new Headers({ cookie: person.cookie });
	const led = (error: Error & { digest?: string }) => error.digest?.split(";")[2] ?? error.digest ?? error.message;
	return requireScope(tenant.accountId).then(({ person: { id } }) => id, led);
}

describe("an account that demands a second factor", () => {
	beforeEach(async () => {
		await giveFactor(owner.userId);
		expect(await demand(owner)).toMatchObject({ status: 200, body: { demanded: true } });
	});

	it("lets nobody without one in to any endpoint, and says where to set one up", async () => {
		const things = await createThings(tenant);
		const ofAccount = allEndpoints.filter(({ audience }) => audience === "account");
		expect(ofAccount.length).toBeGreaterThan(30);
		for (const endpoint of ofAccount) {
			const answer = await member.call(
				endpoint.method,
				addressOf(endpoint, tenant.accountId, things),
				bodyOf(endpoint, things),
			);
			expect(answer, endpoint.name).toMatchObject({
				status: 403,
				body: {
					code: "second-factor-needed",
					detail: expect.stringContaining("second factor"),
					fix: { href: `/second-factor?account=${tenant.accountId}` },
				},
			});
		}
	});

	it("leads them from its pages to the one where they set it up, and lets them in after", async () => {
		expect(await page(owner)).toBe(owner.userId);
		expect(await page(member)).toBe(`/second-factor?account=${tenant.accountId}`);
		await giveFactor(member.userId);
		expect(await page(member)).toBe(member.userId);
		expect((await hub(member)).body.account.demandsFactor).toBe(true);
	});

	it("asks for it at the sign-in's own page when a session waits for it", async () => {
		await sql(`update "Session" set "awaitsFactor" = true where "userId" = $1`, [owner.userId]);
		expect(await page(owner)).toBe("/sign-in/second-factor");
		expect(await page({ ...owner, cookie: "" })).toBe("/sign-in");
	});

	it("leaves its keys, and other accounts of the same people, as they were", async () => {
		const key = await createTestKey({ accountId: tenant.accountId });
		expect((await callApi(key, "GET", `/accounts/${tenant.accountId}/merchants`)).status).toBe(200);
		const other = await createTestTenant("Other");
		await sql(
			`insert into "Membership" ("id", "accountId", "userId", "role") values ('mem_' || md5($1), $1, $2, 'owner')`,
			[other.accountId, member.userId],
		);
		expect((await member.call("GET", `/accounts/${other.accountId}`)).status).toBe(200);
		expect((await hub(member)).status).toBe(403);
		expect((await member.call("GET", "/me")).body.accounts).toHaveLength(2);
	});

	it("is left open again with the next request when it no longer demands one", async () => {
		expect((await hub(member)).status).toBe(403);
		expect((await demand(owner, false)).body).toEqual({ demanded: false });
		expect((await hub(member)).status).toBe(200);
		expect((await audited()).map(({ action }) => action)).toEqual([
			"second-factor.demanded",
			"second-factor.no-longer-demanded",
		]);
	});

	it("shows in the list of people who has one", async () => {
		const { body } = await owner.call("GET", `/accounts/${tenant.accountId}/people`);
		const shown = body.members.map(({ email, hasSecondFactor }: { email: string; hasSecondFactor: boolean }) => [
			email.split("@")[0],
			hasSecondFactor,
		]);
		expect(Object.fromEntries(shown)).toEqual({ [owner.userId]: true, [member.userId]: false });
	});
});

describe("demanding a second factor", () => {
	it("is refused to whoever has none, and changes nothing", async () => {
		expect(await demand(owner)).toMatchObject({ status: 409, body: { code: "own-factor-first" } });
		expect((await hub(member)).status).toBe(200);
		expect(await audited()).toEqual([]);
	});

	it("is for owners and admins, and not for keys", async () => {
		const operator = await createTestPerson({ accountId: tenant.accountId, role: "operator" });
		await giveFactor(operator.userId);
		expect((await demand(operator)).status).toBe(403);
		const key = await createTestKey({ accountId: tenant.accountId });
		const byKey = await callApi(key, "PUT", `/accounts/${tenant.accountId}/second-factor`, { demanded: true });
		expect(byKey).toMatchObject({ status: 403, body: { code: "people-only" } });
	});

	it("is written down once", async () => {
		await giveFactor(owner.userId);
		await demand(owner);
		await demand(owner);
		expect(await audited()).toHaveLength(1);
	});
});

describe("resetting a second factor that is lost", () => {
	it("takes it away, ends every session, is noted in the account and told by mail", async () => {
		await giveFactor(member.userId);
		const email = `${member.userId}@people.test`;
		expect(await resetFactor(` ${email.toUpperCase()} `)).toEqual({ mailed: true });
		for (const table of ["Authenticator", "RecoveryCode", "Passkey", "Session"])
			expect(await sql(`select 1 from "${table}" where "userId" = $1`, [member.userId])).toEqual([]);
		expect((await audited()).map(({ action }) => action)).toEqual(["second-factor.reset"]);
		expect(mailbox.mails.filter(({ to }) => to === email).at(-1)?.text).toContain("reset your second factor");
	});

	it("changes nothing for who has none, or is unknown", async () => {
		expect(await resetFactor(`${member.userId}@people.test`)).toBeNull();
		expect(await resetFactor("nobody@people.test")).toBeNull();
		expect((await member.call("GET", "/me")).status).toBe(200);
	});
});
