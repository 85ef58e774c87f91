import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { root } from "@/lib/db/root";
import { createBrowser } from "@/lib/testing/browser";
import { testDatabase } from "@/lib/testing/database";
import { openMailbox } from "@/lib/testing/mailbox";
import { callApi, createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";

const mailbox = await openMailbox();
afterAll(() => mailbox.close());
testDatabase({ SMTP_URL: mailbox.url });

let tenant: TestTenant;
let owner: TestPerson;
let count = 0;

beforeEach(async () => {
	tenant = await createTestTenant();
	owner = await createTestPerson({ accountId: tenant.accountId, role: "owner" });
});

/** Invites an address and gives the token of the mail. */
async function invite(email: string, role = "operator"): Promise<string> {
	await owner.call("POST", `/accounts/${tenant.accountId}/invitations`, { email, role });
	const mail = mailbox.mails.findLast(({ to }) => to === email);
	return /invitation\?token=(\w+)/.exec(mail?.text ?? "")?.[1] ?? "";
}
const address = () => `joiner${++count}@people.test`;
const roleIn = async (cookie: string) => (await callApi(cookie, "GET", `/accounts/${tenant.accountId}`)).body.role;

describe("the button of an invitation", () => {
	it("makes a person who was unknown, signs them in and lets them in", async () => {
		const browser = createBrowser();
		const answer = await browser.join(await invite(address()));
		expect(answer.location).toBe(`/${tenant.accountId}`);
		expect(await roleIn(browser.cookie())).toBe("operator");
	});

	it("works once: the second press gives no session", async () => {
		const token = await invite(address());
		await createBrowser().join(token);
		const second = createBrowser();
		expect((await second.join(token)).location).toContain("/invitation?");
		expect(second.cookie()).toBe("");
	});

	it("lets somebody in who is signed in with that address, in the same session", async () => {
		const email = address();
		const browser = createBrowser();
		await browser.join(await invite(email));
		const before = browser.cookie();
		tenant = await createTestTenant("Second");
		owner = await createTestPerson({ accountId: tenant.accountId, role: "owner" });
		await browser.join(await invite(email, "viewer"));
		expect(browser.cookie()).toBe(before);
		expect(await roleIn(before)).toBe("viewer");
	});

	it("ends the session of whoever was signed in on the device with another address", async () => {
		const browser = createBrowser();
		await browser.join(await invite(address()));
		const first = browser.cookie();
		await browser.join(await invite(address(), "viewer"));
		expect(await roleIn(browser.cookie())).toBe("viewer");
		expect((await callApi(first, "GET", "/me")).status).toBe(401);
	});

	it("lets nobody in with a token that is withdrawn, or made up", async () => {
		const email = address();
		const token = await invite(email);
		const { id } = await root().invitation.findFirstOrThrow({ where: { email } });
		await owner.call("DELETE", `/accounts/${tenant.accountId}/invitations/${id}`);
		for (const dead of [token, "0".repeat(64), ""]) {
			const browser = createBrowser();
			expect((await browser.join(dead)).location).toContain("/invitation?");
			expect(browser.cookie()).toBe("");
		}
		expect(await root().user.findFirst({ where: { email } })).toBeNull();
	});

	it("refuses a press from another site", async () => {
		const browser = createBrowser({ "sec-fetch-site": "cross-site" });
		expect((await browser.join(await invite(address()))).status).toBe(403);
	});
});
