import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { systemPool } from "@/lib/db/pools";
import { overrideEnv } from "@/lib/env";
import { startInbox } from "@/lib/launch/inbox";
import { type Add, type StartedProcess, startProcess } from "@/lib/launch/process";
import { createBrowser } from "@/lib/testing/browser";
import { testDatabase, testEnv } from "@/lib/testing/database";
import { callApi } from "@/lib/testing/people";
import { issueSignInLink } from "./sign-in-link";

const folder = mkdtempSync(path.join(tmpdir(), "crossdock-sign-in-"));
const started: StartedProcess[] = [];
const add: Add = (...part) => {
	const server = startProcess(...part);
	started.push(server);
	return server.ready;
};
const inbox = await startInbox(folder, undefined, add);
const database = testDatabase({ SMTP_URL: inbox.smtpUrl });
afterAll(async () => {
	for (const server of started) await server.stop();
	rmSync(folder, { recursive: true, force: true });
});

let email: string;
let count = 0;
beforeEach(() => {
	email = `ann${++count}@example.com`;
});

/** The links mailed to an address, oldest first. */
async function mailedTo(address: string): Promise<string[]> {
	const mails: { to: { address: string }[]; text: string; time: string }[] = await (
		await fetch(`${inbox.address}/api/email`)
	).json();
	return mails
		.filter(({ to }) => to.some((one) => one.address === address))
		.flatMap(({ text }) => /http\S+/.exec(text)?.[0] ?? []);
}
async function mailed(address: string, which = 1): Promise<string> {
	await expect.poll(async () => (await mailedTo(address)).length).toBe(which);
	return (await mailedTo(address)).at(-1) ?? "";
}
async function rows<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
	return (await systemPool().query(text, values)).rows;
}
const sessions = () =>
	rows(`select 1 from "Session" s join "User" u on u."id" = s."userId" where u."email" = $1`, [email]);
const me = async (browser: ReturnType<typeof createBrowser>) => (await callApi(browser.cookie(), "GET", "/me")).status;

describe("signing in", () => {
	it("goes by a mailed link, a press on its button, and a session", async () => {
		const browser = createBrowser();
		expect(await browser.askForLink(`  ${email.toUpperCase()} `)).toMatchObject({ location: "/sign-in/sent" });
		const link = await mailed(email);
		expect(link).toMatch(/^http:\/\/127\.0\.0\.1:3000\/sign-in\/confirm\?/);
		expect(await browser.press(link)).toMatchObject({ status: 302, location: "/" });
		expect(await callApi(browser.cookie(), "GET", "/me")).toMatchObject({ status: 200, body: { email, accounts: [] } });
		const [user] = await rows<{ emailVerified: Date | null }>(`select "emailVerified" from "User" where "email" = $1`, [
			email,
		]);
		expect(user?.emailVerified).toBeInstanceOf(Date);
	});

	it("can be done by whoever sits at the machine, without a mail", async () => {
		const browser = createBrowser();
		expect(await browser.press(await issueSignInLink(email))).toMatchObject({ location: "/" });
		expect(await me(browser)).toBe(200);
	});

	it("sets a cookie that scripts and other sites do not get, for thirty days", async () => {
		const { cookies } = await createBrowser().press(await issueSignInLink(email));
		const session = cookies.find((line) => line.startsWith("crossdock-session-3000=")) ?? "";
		expect(session).toMatch(/; Path=\//i);
		expect(session).toMatch(/; HttpOnly/i);
		expect(session).toMatch(/; SameSite=lax/i);
		expect(session).not.toMatch(/; (Secure|Domain)/i);
		const expires = Date.parse(/expires=([^;]+)/i.exec(session)?.[1] ?? "");
		expect(Math.round((expires - Date.now()) / 86_400_000)).toBe(30);
	});

	it("over https sets a cookie that never travels in the clear", async () => {
		const link = await issueSignInLink(email);
		overrideEnv({ ...testEnv, DATABASE_URL: database.url(), APP_URL: "https://crossdock.example" });
		try {
			const { cookies } = await createBrowser().press(link);
			expect(cookies.find((line) => line.startsWith("__Host-crossdock-session="))).toMatch(/; Secure/i);
		} finally {
			overrideEnv({ ...testEnv, DATABASE_URL: database.url(), SMTP_URL: inbox.smtpUrl });
		}
	});
});

describe("a link", () => {
	it("works once", async () => {
		const link = await issueSignInLink(email);
		const answers = await Promise.all([createBrowser().press(link), createBrowser().press(link)]);
		expect(answers.map(({ location }) => location).sort()).toEqual(["/", "/sign-in?error=Verification"]);
		expect((await createBrowser().press(link)).location).toBe("/sign-in?error=Verification");
		expect(await sessions()).toHaveLength(1);
	});

	it("stops working when a newer one is sent", async () => {
		const browser = createBrowser();
		await browser.askForLink(email);
		const first = await mailed(email);
		await browser.askForLink(email);
		const second = await mailed(email, 2);
		expect((await browser.press(first)).location).toBe("/sign-in?error=Verification");
		expect((await browser.press(second)).location).toBe("/");
	});

	it("works for fifteen minutes", async () => {
		const link = await issueSignInLink(email);
		const [row] = await rows<{ minutes: number }>(
			`select extract(epoch from "expiresAt" - "createdAt")::float / 60 as "minutes" from "SignInToken" where "email" = $1`,
			[email],
		);
		expect(row?.minutes).toBeCloseTo(15, 1);
		await rows(`update "SignInToken" set "expiresAt" = now() - interval '1 second' where "email" = $1`, [email]);
		expect((await createBrowser().press(link)).location).toBe("/sign-in?error=Verification");
	});

	it("is not used up by being opened, as mail scanners do", async () => {
		const link = await issueSignInLink(email);
		const { search } = new URL(link);
		for (const method of ["GET", "HEAD"]) {
			const opened = await createBrowser().send(method, `callback/email${search}`);
			expect(opened).toMatchObject({ status: 303, location: `/sign-in/confirm${search}`, cookies: [] });
		}
		expect((await createBrowser().press(link)).location).toBe("/");
	});

	it("with another token, or for another address, opens nothing", async () => {
		const link = new URL(await issueSignInLink(email));
		const token = link.searchParams.get("token") ?? "";
		for (const [address, secret] of [
			[email, "wrong"],
			[email, ""],
			["bob@example.com", token],
			[`${email}\0`, token],
			[email, token.slice(0, -1)],
		])
			expect(
				(await createBrowser().send("POST", "callback/email", { email: address ?? "", token: secret ?? "" })).location,
			).toMatch(/^\/sign-in\?.*error=/);
		expect(await sessions()).toEqual([]);
		expect((await createBrowser().press(link.href)).location).toBe("/");
	});

	it("and the session it opens are kept as hashes only", async () => {
		const link = await issueSignInLink(email);
		const browser = createBrowser();
		await browser.press(link);
		const kept = JSON.stringify([await rows(`select * from "SignInToken"`), await rows(`select * from "Session"`)]);
		const token = new URL(link).searchParams.get("token") ?? "missing";
		const cookie = /crossdock-session-3000=([^;]+)/.exec(browser.cookie())?.[1] ?? "missing";
		expect([token.length > 30, cookie.length > 30]).toEqual([true, true]);
		expect(kept).not.toContain(token);
		expect(kept).not.toContain(cookie);
	});
});

describe("asking for links", () => {
	it("is limited to eight an hour for one address, and the last that was sent still works", async () => {
		const answers = [];
		for (let asked = 0; asked < 10; asked++) answers.push(await createBrowser().askForLink(email));
		expect(new Set(answers.map(({ location }) => location)).size).toBe(1);
		const last = await mailed(email, 8);
		expect((await createBrowser().press(last)).location).toBe("/");
		await rows(`update "SignInToken" set "createdAt" = now() - interval '61 minutes' where "email" = $1`, [email]);
		await createBrowser().askForLink(email);
		await mailed(email, 9);
	});

	it.each([
		"ann",
		"ann@localhost",
		"a@b@c.example",
		'"ann"@x.example',
		"ann@x.example,bob@y.example",
		"ann\0@x.example",
		`${"a".repeat(300)}@x.example`,
	])("for %j is refused", async (address) => {
		expect((await createBrowser().askForLink(address)).location).toMatch(/error=EmailSignin/);
	});

	it("is answered the same for an address that nobody knows, and a mail goes to both", async () => {
		await createBrowser().press(await issueSignInLink(email));
		const stranger = `stranger-${email}`;
		const answers = [];
		for (const address of [email, stranger]) {
			const { cookies, ...answer } = await createBrowser().askForLink(address);
			answers.push({ ...answer, cookies: cookies.map((line) => line.replace(/=.*/, "")).sort() });
		}
		expect(answers[0]).toEqual(answers[1]);
		const mails = await Promise.all([mailed(email), mailed(stranger)]);
		expect(mails.map((link) => new URL(link).pathname)).toEqual(["/sign-in/confirm", "/sign-in/confirm"]);
		expect(await rows(`select 1 from "User" where "email" = $1`, [stranger])).toEqual([]);
	});

	it("from another site is refused, and so is a press from there", async () => {
		const link = await issueSignInLink(email);
		for (const from of [{ origin: "https://elsewhere.example" }, { "sec-fetch-site": "cross-site" }]) {
			const browser = createBrowser(from);
			expect((await browser.askForLink(email)).status).toBe(403);
			expect((await browser.press(link)).status).toBe(403);
			expect((await browser.signOut()).status).toBe(403);
		}
		expect(await mailedTo(email)).toEqual([]);
	});

	it("without the form's own token, or with far too much, does nothing", async () => {
		expect((await createBrowser().send("POST", "signin/email", { email, csrfToken: "made-up" })).location).toMatch(
			/^\/sign-in\?callbackUrl/,
		);
		expect((await createBrowser().send("POST", "signin/email", { email, more: "x".repeat(20_000) })).status).toBe(413);
		expect(await rows(`select 1 from "SignInToken" where "email" = $1`, [email])).toEqual([]);
	});
});

describe("signing out", () => {
	it("ends the session itself, not only the cookie", async () => {
		const browser = createBrowser();
		await browser.press(await issueSignInLink(email));
		const stolen = browser.cookie();
		expect(await me(browser)).toBe(200);
		await browser.signOut();
		expect(await sessions()).toEqual([]);
		expect((await callApi(stolen, "GET", "/me")).status).toBe(401);
	});

	it("happens by itself when the session's time is over", async () => {
		const browser = createBrowser();
		await browser.press(await issueSignInLink(email));
		await rows(`update "Session" set "expiresAt" = now() - interval '1 second'`);
		expect(await me(browser)).toBe(401);
	});

	it("happens after half a year, however often the session was used", async () => {
		const browser = createBrowser();
		await browser.press(await issueSignInLink(email));
		await rows(`update "Session" set "createdAt" = now() - interval '179 days'`);
		expect(await me(browser)).toBe(200);
		await rows(`update "Session" set "createdAt" = now() - interval '181 days'`);
		expect(await me(browser)).toBe(401);
	});
});

describe("a new person", () => {
	it("opens an account, owns it, and that is written down", async () => {
		const browser = createBrowser();
		await browser.press(await issueSignInLink(email));
		const given = { name: "Blue Kettle", kind: "merchant", timeZone: "Europe/Berlin" };
		const made = await callApi(browser.cookie(), "POST", "/accounts", given);
		expect(made.status).toBe(201);
		const hub = await callApi(browser.cookie(), "GET", `/accounts/${made.body.id}`);
		expect(hub.body).toMatchObject({
			account: { name: "Blue Kettle", kind: "merchant", timeZone: "Europe/Berlin" },
			role: "owner",
			merchants: [{ name: "Blue Kettle" }],
		});
		expect(
			await rows(`select "action", "actorName", "after" from "AuditEntry" where "accountId" = $1`, [made.body.id]),
		).toEqual([{ action: "account.opened", actorName: email, after: { name: "Blue Kettle", kind: "merchant" } }]);
		const second = await callApi(browser.cookie(), "POST", `/accounts/${made.body.id}/merchants`, { name: "Other" });
		expect(second).toMatchObject({ status: 409, body: { detail: expect.stringContaining("has one merchant") } });
	});
});
