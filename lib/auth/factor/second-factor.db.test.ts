import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { handleApi } from "@/lib/api/serve/handle";
import { systemPool } from "@/lib/db/pools";
import { createBrowser } from "@/lib/testing/browser";
import { testDatabase } from "@/lib/testing/database";
import { allEndpoints } from "@/lib/testing/endpoints";
import { digitsOf, giveFactor, type TestFactor } from "@/lib/testing/factor";
import { openMailbox } from "@/lib/testing/mailbox";
import { callApi, createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestTenant } from "@/lib/testing/tenant";
import { networkHeader } from "../limits";
import { cookieOf, hashOf, sessionCookieName } from "../session-cookie";
import { issueSignInLink } from "../sign-in-link";

const mailbox = await openMailbox();
afterAll(() => mailbox.close());
testDatabase({ SMTP_URL: mailbox.url, API_REQUESTS_PER_MINUTE: "100000" });

let ann: TestPerson;
let email: string;
beforeEach(async () => {
	// The clock stands still in the middle of a step, so that no digits change while a test runs.
	vi.useFakeTimers({ toFake: ["Date"], now: Math.floor(Date.now() / 30_000) * 30_000 + 15_000 });
	await sql(`delete from "RateLimit"`);
	ann = await createTestPerson();
	email = `${ann.userId}@people.test`;
});

afterEach(() => {
	vi.useRealTimers();
});

async function sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
	return (await systemPool().query(text, values)).rows;
}
const mails = () => mailbox.mails.filter(({ to }) => to === email).map(({ text }) => text);

/** Signs in by link, up to where the second factor is asked for. */
async function followLink() {
	const browser = createBrowser();
	expect(await browser.press(await issueSignInLink(email))).toMatchObject({ location: "/" });
	const call = (method: string, path: string, body?: unknown) => callApi(browser.cookie(), method, path, body);
	return { ...browser, call, prove: (code: string) => call("POST", "/me/second-factor/prove", { code }) };
}
const factorPath = "/me/second-factor";

describe("signing in with a second factor", () => {
	let factor: TestFactor;
	beforeEach(async () => {
		factor = await giveFactor(ann.userId);
	});

	it("goes by the link, and then by the app's digits", async () => {
		const browser = await followLink();
		expect(await browser.call("GET", "/me")).toMatchObject({ status: 401, body: { code: "signed-out" } });
		expect((await browser.prove(factor.digits())).status).toBe(200);
		expect(await browser.call("GET", "/me")).toMatchObject({ status: 200, body: { email } });
	});

	it("waits half an hour, and a complete session lives thirty days", async () => {
		const browser = await followLink();
		const lives = async () => {
			const [row] = await sql<{ expiresAt: Date }>(`select "expiresAt" from "Session" where "tokenHash" = $1`, [
				hashOf(cookieOf(new Headers({ cookie: browser.cookie() }), sessionCookieName()) ?? ""),
			]);
			return ((row?.expiresAt.getTime() ?? 0) - Date.now()) / 60_000;
		};
		expect(await lives()).toBe(30);
		await browser.prove(factor.digits());
		expect(await lives()).toBe(30 * 24 * 60);
		const late = await followLink();
		await sql(`update "Session" set "expiresAt" = now() - interval '1 minute' where "awaitsFactor"`);
		expect(await late.prove(factor.digits(1))).toMatchObject({ status: 401 });
	});

	it("takes digits one step early or late, and no further", async () => {
		expect((await (await followLink()).prove(factor.digits(-2))).status).toBe(422);
		expect((await (await followLink()).prove(factor.digits(2))).status).toBe(422);
		expect((await (await followLink()).prove(factor.digits(-1))).status).toBe(200);
		expect((await (await followLink()).prove(factor.digits(1))).status).toBe(200);
	});

	it("takes the same digits once, also when two send them at the same moment", async () => {
		const browsers = [await followLink(), await followLink()];
		const digits = factor.digits();
		const answers = await Promise.all(browsers.map(({ prove }) => prove(digits)));
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
		const refused = answers.find(({ status }) => status === 422);
		expect(refused?.body.fields.code).toMatch(/used already/);
		expect((await (await followLink()).prove(factor.digits(-1))).status).toBe(422);
	});

	it("takes nobody else's digits, and none of an app that was never confirmed", async () => {
		const other = await giveFactor((await createTestPerson()).userId);
		expect((await (await followLink()).prove(other.digits())).status).toBe(422);
		await sql(`update "Authenticator" set "confirmedAt" = null where "userId" = $1`, [ann.userId]);
		expect((await (await followLink()).call("GET", "/me")).status).toBe(200);
	});

	it("is refused after five wrong tries, in every session, until the quarter of an hour is over", async () => {
		const wrong = () => (factor.digits() === "000000" ? "000001" : "000000");
		const statuses = [];
		for (let tries = 0; tries < 7; tries++) statuses.push((await (await followLink()).prove(wrong())).status);
		expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
		const browser = await followLink();
		expect((await browser.prove(factor.digits())).status).toBe(429);
		expect((await browser.prove(factor.recoveryCodes[0] ?? "")).status).toBe(429);
		const [kept] = await sql<{ inMinutes: number }>(
			`select (("expire" - extract(epoch from now()) * 1000) / 60000)::int as "inMinutes" from "RateLimit" where "key" like 'factorPerson:%'`,
		);
		expect(kept?.inMinutes).toBe(15);
	});

	it("counts tries by network as well, whoever the person is", async () => {
		const network = "198.51.100.7";
		await sql(`insert into "RateLimit" ("key", "points", "expire") values ($1, 60, $2)`, [
			`factorNetwork:${hashOf(network)}`,
			Date.now() + 600_000,
		]);
		const { cookie } = await followLink();
		const from = async (address: string) => {
			const headers = { cookie: cookie(), "content-type": "application/json", [networkHeader]: address };
			const body = JSON.stringify({ code: factor.digits() });
			const url = `http://127.0.0.1:3000/api/v1${factorPath}/prove`;
			return (await handleApi(new Request(url, { method: "POST", headers, body }))).status;
		};
		expect(await from(network)).toBe(429);
		expect(await from("198.51.100.8")).toBe(200);
	});

	it("forgets wrong tries when the right digits come", async () => {
		for (let round = 0; round < 2; round++) {
			const browser = await followLink();
			for (let tries = 0; tries < 4; tries++) expect((await browser.prove("nonsense")).status).toBe(422);
			expect((await browser.prove(factor.digits(round))).status).toBe(200);
		}
	});

	it("goes by a recovery code once, however it is typed, and the person is told by mail", async () => {
		const [first = "", second = ""] = factor.recoveryCodes;
		expect(
			(await (await followLink()).prove(` ${first.toUpperCase().replaceAll("0", "O").replace("-", " ")} `)).status,
		).toBe(200);
		expect(mails().at(-1)).toContain("A recovery code was used to sign in. 9 left.");
		expect((await (await followLink()).prove(first)).status).toBe(422);
		expect((await (await followLink()).prove(second)).status).toBe(200);
		expect(mails().at(-1)).toContain("8 left.");
	});

	it("keeps neither digits' secret nor recovery codes in the clear", async () => {
		const kept = JSON.stringify([
			await sql(`select encode("sealedSecret", 'escape') as "sealedSecret" from "Authenticator"`),
			await sql(`select * from "RecoveryCode"`),
		]);
		for (const code of factor.recoveryCodes) expect(kept).not.toContain(code.replace("-", ""));
		expect(
			new Set(
				(
					await sql<{ codeHash: string }>(`select "codeHash" from "RecoveryCode" where "userId" = $1`, [ann.userId])
				).map(({ codeHash }) => codeHash),
			).size,
		).toBe(10);
	});
});

describe("a session that waits", () => {
	it("is nobody to every endpoint but those that take the factor", async () => {
		await giveFactor(ann.userId);
		const browser = await followLink();
		const path = (template: string) =>
			template.replace(/\{(\w+?)Id\}/g, (_, kind: string) => `${prefixes[kind] ?? "xxx"}_00000000000000`);
		const open = [];
		for (const { name, method, path: template, audience } of allEndpoints) {
			if (audience === "shareLink") continue;
			const answer = await browser.call(
				method,
				path(template),
				method === "GET" || method === "DELETE" ? undefined : {},
			);
			if (answer.status !== 401) open.push(name);
		}
		expect(open.sort()).toEqual(["secondFactor.askForPasskey", "secondFactor.prove"]);
	});

	it("tells next-auth nothing either, and can be ended", async () => {
		await giveFactor(ann.userId);
		const browser = await followLink();
		expect((await browser.send("GET", "session")).body).toBe("{}");
		const again = await followLink();
		await again.signOut();
		expect(await sql(`select 1 from "Session" where "userId" = $1 and "awaitsFactor"`, [ann.userId])).toHaveLength(1);
	});

	it("cannot use an invitation up: the press counts once the factor is given", async () => {
		const factor = await giveFactor(ann.userId);
		const tenant = await createTestTenant();
		const owner = await createTestPerson({ accountId: tenant.accountId, role: "owner" });
		await owner.call("POST", `/accounts/${tenant.accountId}/invitations`, { email, role: "viewer" });
		const token = /token=([0-9a-f]+)/.exec(mails().at(-1) ?? "")?.[1] ?? "";
		const browser = createBrowser();
		const pressed = await browser.join(token);
		expect(pressed.location).toBe(`/sign-in/second-factor?next=%2Finvitation%3Ftoken%3D${token}`);
		expect(await sql(`select 1 from "Membership" where "userId" = $1`, [ann.userId])).toEqual([]);
		expect((await callApi(browser.cookie(), "POST", `${factorPath}/prove`, { code: factor.digits() })).status).toBe(
			200,
		);
		expect(await browser.join(token)).toMatchObject({ location: `/${tenant.accountId}` });
		expect(await sql(`select 1 from "Membership" where "userId" = $1`, [ann.userId])).toHaveLength(1);
	});
});

const prefixes: Record<string, string> = { account: "acc", session: "ses", passkey: "pky" };

describe("setting up an app", () => {
	async function setUp(person: TestPerson) {
		const begun = await person.call("POST", `${factorPath}/authenticator`);
		const digits = digitsOf(begun.body.secret);
		return {
			begun,
			digits,
			confirmed: await person.call("POST", `${factorPath}/authenticator/confirm`, { code: digits() }),
		};
	}

	it("takes digits of the app, gives ten recovery codes once, and tells the person by mail", async () => {
		const { begun, confirmed, digits } = await setUp(ann);
		expect(begun.body.uri).toBe(
			`otpauth://totp/Crossdock:${encodeURIComponent(email)}?issuer=Crossdock&secret=${begun.body.secret}&algorithm=SHA1&digits=6&period=30`,
		);
		expect(new Set(confirmed.body.recoveryCodes).size).toBe(10);
		expect(mails().at(-1)).toContain("An authenticator app was added.");
		expect((await ann.call("GET", factorPath)).body).toMatchObject({ recoveryCodesLeft: 10, mustProve: false });
		expect((await (await followLink()).prove(digits())).status).toBe(422);
		expect((await (await followLink()).prove(digits(1))).status).toBe(200);
	});

	it("counts for nothing until it is confirmed, and not with wrong digits", async () => {
		const { body } = await ann.call("POST", `${factorPath}/authenticator`);
		const wrong = await ann.call("POST", `${factorPath}/authenticator/confirm`, { code: digitsOf(body.secret)(5) });
		expect(wrong).toMatchObject({ status: 422, body: { fields: { code: expect.stringContaining("digits") } } });
		expect((await (await followLink()).call("GET", "/me")).status).toBe(200);
	});

	it("makes every other session of the person wait for it", async () => {
		const other = await followLink();
		expect((await other.call("GET", "/me")).status).toBe(200);
		const { digits } = await setUp(ann);
		expect((await other.call("GET", "/me")).status).toBe(401);
		expect((await ann.call("GET", "/me")).status).toBe(200);
		expect((await other.prove(digits(1))).status).toBe(200);
		expect((await other.call("GET", "/me")).status).toBe(200);
	});

	it("cannot take the place of one that is in use", async () => {
		await setUp(ann);
		expect(await ann.call("POST", `${factorPath}/authenticator`)).toMatchObject({ status: 409 });
	});

	it.each([
		["POST", "/authenticator"],
		["DELETE", "/authenticator"],
		["POST", "/recovery-codes"],
		["DELETE", ""],
	])("is asked for again before %s %s, when it was given too long ago", async (method, path) => {
		const { digits } = await setUp(ann);
		await sql(`update "Session" set "provenAt" = now() - interval '6 minutes' where "userId" = $1`, [ann.userId]);
		expect(await ann.call(method, factorPath + path)).toMatchObject({ status: 403, body: { code: "factor-again" } });
		expect((await ann.call("GET", factorPath)).body).toMatchObject({ mustProve: true, recoveryCodesLeft: 10 });
		expect((await ann.call("POST", `${factorPath}/prove`, { code: digits(1) })).status).toBe(200);
		expect((await ann.call(method, factorPath + path)).status).toBe(
			path === "/authenticator" && method === "POST" ? 409 : 200,
		);
	});

	it("and new recovery codes end the earlier ones", async () => {
		const { confirmed } = await setUp(ann);
		const renewed = await ann.call("POST", `${factorPath}/recovery-codes`);
		expect(renewed.body.recoveryCodes).toHaveLength(10);
		expect(mails().at(-1)).toContain("New recovery codes were made.");
		expect((await (await followLink()).prove(confirmed.body.recoveryCodes[0])).status).toBe(422);
		expect((await (await followLink()).prove(renewed.body.recoveryCodes[0])).status).toBe(200);
	});

	it("and turning it off leaves nothing behind, ends what waited, and is told by mail", async () => {
		await setUp(ann);
		const waiting = await followLink();
		expect((await ann.call("DELETE", factorPath)).status).toBe(200);
		for (const table of ["Authenticator", "RecoveryCode", "Passkey"])
			expect(await sql(`select 1 from "${table}" where "userId" = $1`, [ann.userId])).toEqual([]);
		expect((await waiting.call("GET", "/me")).status).toBe(401);
		expect((await (await followLink()).call("GET", "/me")).status).toBe(200);
		expect(mails().at(-1)).toContain("Your second factor was turned off.");
	});
});
