import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { systemPool } from "@/lib/db/pools";
import { systemTransaction } from "@/lib/db/system";
import { raiseAlerts } from "@/lib/flow/run/alerts";
import { testDatabase } from "@/lib/testing/database";
import { openMailbox } from "@/lib/testing/mailbox";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";
import { createThings, type Things } from "@/lib/testing/things";
import { dayMs, hourMs, after as later } from "@/lib/time";
import { notify } from "./notify";

const mailbox = await openMailbox();
afterAll(() => mailbox.close());
testDatabase({ SMTP_URL: mailbox.url });

let tenant: TestTenant;
let things: Things;
let owner: TestPerson;
const now = new Date("2026-03-10T12:00:00Z");
const tomorrow = new Date("2026-03-11T08:00:00Z");

beforeEach(async () => {
	tenant = await createTestTenant();
	things = await createThings(tenant);
	await systemPool().query(`delete from "Alert"`);
	await systemPool().query(`delete from "WebhookEndpoint"`);
	await systemPool().query(`delete from "Membership"`);
	owner = await createTestPerson({ accountId: tenant.accountId, role: "owner" });
	mailbox.mails.length = 0;
});

const reconnect = (more: { connectionId?: string; count?: number } = {}) =>
	raise("needs-reconnect", `reconnect:${things.connectionId}`, { connectionId: things.connectionId, ...more });
const late = (count = 1) => raise("late", `late:${tenant.merchantId}:new`, { count });
async function raise(code: "late" | "needs-reconnect", cause: string, more: { connectionId?: string; count?: number }) {
	if (code === "needs-reconnect") await setState("needs_reconnect");
	const facts = {
		system: "Vendure",
		connection: "Shop",
		merchant: "Blue Kettle",
		subject: "Order 1001",
		problem: "slow",
	};
	await systemTransaction((tx) => raiseAlerts(tx, tenant, [{ cause, code, facts, ...more }], now));
}
const setState = (state: string) =>
	systemPool().query(`update "Connection" set "state" = $2 where "id" = $1`, [things.connectionId, state]);
const resolve = () => systemPool().query(`update "Alert" set "resolvedAt" = now() where "resolvedAt" is null`);
const set = async (setting: object) => {
	const body = { atOnce: true, digest: "daily", digestAt: 480, quiet: null, mutedMerchantIds: [], ...setting };
	expect((await owner.call("PUT", `/accounts/${tenant.accountId}/notification-settings`, body)).status).toBe(200);
};
const to = (person: TestPerson) => mailbox.mails.filter((mail) => mail.to.startsWith(person.userId));
const outbox = async () => (await systemPool().query(`select * from "Notification" order by "id"`)).rows;

describe("a mail at once", () => {
	it("says what happened and leads to the alert, one per alert however often it happens", async () => {
		await reconnect();
		await reconnect();
		await notify(now);
		await reconnect();
		await notify(now);
		expect(mailbox.mails).toHaveLength(1);
		const { rows } = await systemPool().query(`select "id" from "Alert"`);
		expect(mailbox.mails[0]?.text).toContain("Vendure no longer accepts the access details of Shop.");
		expect(mailbox.mails[0]?.text).toContain(`/${tenant.accountId}/alerts/${rows[0].id}`);
		expect(mailbox.mails[0]?.text).toContain("/settings/notifications");
	});

	it("waits for the end of quiet hours, and is dropped when the cause is gone before", async () => {
		await set({ quiet: { from: 11 * 60, to: 14 * 60 } });
		await reconnect();
		await notify(now);
		expect(mailbox.mails).toHaveLength(0);
		await notify(later(now, 2 * hourMs));
		expect(mailbox.mails).toHaveLength(1);
		await resolve();
		await reconnect();
		await notify(now);
		await resolve();
		await notify(later(now, 3 * hourMs));
		expect(mailbox.mails).toHaveLength(1);
	});

	it("goes to those who may see the alert, and to nobody who left or muted the merchant", async () => {
		const mine = await createTestPerson({ accountId: tenant.accountId, role: "admin", merchantId: tenant.merchantId });
		const other = await createThings(tenant, "Neighbour");
		const theirs = await createTestPerson({ accountId: tenant.accountId, role: "admin", merchantId: other.merchantId });
		await systemPool().query(`update "Alert" set "resolvedAt" = now()`);
		await set({ mutedMerchantIds: [tenant.merchantId] });
		await reconnect();
		await notify(now);
		expect([to(owner), to(mine), to(theirs)].map((mails) => mails.length)).toEqual([0, 1, 0]);
	});

	it("is tried again when the mail server refuses it, and what went wrong is seen in the settings", async () => {
		await systemPool().query(`update "User" set "email" = 'refused-' || "email" where "id" = $1`, [owner.userId]);
		await reconnect();
		expect(await notify(now)).toMatchObject({ mails: 0, failed: 1 });
		const seen = await owner.call("GET", `/accounts/${tenant.accountId}/notification-settings`);
		expect(seen.body.trouble).toMatchObject({ count: 1, lastError: "The mail server refused it (550)." });
		await systemPool().query(`update "User" set "email" = replace("email", 'refused-', '') where "id" = $1`, [
			owner.userId,
		]);
		expect(await notify(later(now, hourMs))).toMatchObject({ mails: 1, failed: 0 });
		expect((await outbox())[0]).toMatchObject({ tries: 2, lastError: null, dueAt: null });
	});

	it("is given up after three days", async () => {
		await systemPool().query(`update "User" set "email" = 'refused-' || "email" where "id" = $1`, [owner.userId]);
		await reconnect();
		await notify(now);
		await notify(later(now, 4 * dayMs));
		expect((await outbox())[0]).toMatchObject({ dueAt: null, sentAt: null, failedAt: expect.any(Date) });
	});

	it("is sent again after a crash in the middle of sending, and not while another worker may be sending it", async () => {
		await reconnect();
		await systemPool().query(`update "User" set "email" = 'refused-' || "email" where "id" = $1`, [owner.userId]);
		await notify(now);
		await systemPool().query(`update "User" set "email" = replace("email", 'refused-', '') where "id" = $1`, [
			owner.userId,
		]);
		// As a worker leaves it that took the row and died.
		await systemPool().query(`update "Notification" set "dueAt" = $1`, [later(now, 300_000)]);
		await notify(later(now, 60_000));
		expect(mailbox.mails).toHaveLength(0);
		await notify(later(now, 360_000));
		expect(mailbox.mails).toHaveLength(1);
	});

	it("is sent once although several workers look at the same moment", async () => {
		await reconnect();
		await Promise.all([notify(now), notify(now), notify(now)]);
		await notify(now);
		expect(mailbox.mails).toHaveLength(1);
	});

	it("tells no shopper's name, street or mail address that a partner repeated", async () => {
		await systemPool().query(
			`update "Order" set "status" = 'error', "problemCode" = 'partner-refused', "problem" = $2 where "id" = $1`,
			[things.orderId, "Ann Example, 1 main st, ann@shop.test, +49 170 1234567: no such street"],
		);
		const { problem } = (await systemPool().query(`select "problem" from "Order" where "id" = $1`, [things.orderId]))
			.rows[0];
		const facts = { system: "Depot", subject: "order 1001", problem };
		const cause = { cause: "order:x:y", code: "partner-refused" as const, facts, connectionId: things.connectionId };
		await systemTransaction((tx) => raiseAlerts(tx, tenant, [cause], now));
		await notify(now);
		expect(mailbox.mails).toHaveLength(1);
		expect(mailbox.mails[0]?.text).toMatch(/order 1001/);
		expect(mailbox.mails[0]?.text).toContain("no such street");
		expect(mailbox.mails[0]?.text).not.toMatch(/Ann Example|main st,|ann@shop|1234567/i);
	});
});

describe("the digest", () => {
	it("gathers in one mail what does not need a person, and what is resolved", async () => {
		await late();
		await reconnect();
		await notify(now);
		expect(mailbox.mails).toHaveLength(1);
		await resolve();
		await late(3);
		await notify(later(now, hourMs));
		expect(mailbox.mails).toHaveLength(1);
		await notify(tomorrow);
		expect(mailbox.mails).toHaveLength(2);
		const text = mailbox.mails[1]?.text ?? "";
		expect(text).toContain("1 new alert, 1 resolved alert");
		expect(text).toContain("Resolved: Vendure no longer accepts");
		expect(text).toContain("3 times");
		await notify(later(tomorrow, dayMs));
		expect(mailbox.mails).toHaveLength(2);
	});

	it("says nothing of what came and went between two of them", async () => {
		await late();
		await notify(now);
		await resolve();
		await notify(tomorrow);
		expect(mailbox.mails).toHaveLength(0);
		expect(await outbox()).toEqual([]);
	});
});

describe("a snoozed alert", () => {
	const snooze = async () => {
		const { rows } = await systemPool().query(`select "id" from "Alert"`);
		const path = `/accounts/${tenant.accountId}/alerts/${rows[0].id}`;
		const until = later(new Date(), hourMs).toISOString();
		expect((await owner.call("POST", `${path}/snooze`, { until })).status).toBe(200);
		return path;
	};

	it("is told again when its time is over", async () => {
		await reconnect();
		await notify(now);
		const path = await snooze();
		await notify(now);
		expect(mailbox.mails).toHaveLength(1);
		await systemPool().query(`update "Alert" set "snoozedUntil" = now() - interval '1 second'`);
		await notify(new Date());
		expect(mailbox.mails).toHaveLength(2);
		expect((await owner.call("GET", path)).body.events.map(({ kind }: { kind: string }) => kind)).toContain("woke");
	});

	it("wakes when its count has doubled, and not before", async () => {
		await reconnect({ count: 4 });
		await notify(now);
		const path = await snooze();
		await reconnect({ count: 3 });
		expect((await owner.call("GET", path)).body.snoozedUntil).not.toBeNull();
		await reconnect();
		expect((await owner.call("GET", path)).body.snoozedUntil).toBeNull();
		await notify(now);
		expect(mailbox.mails).toHaveLength(2);
	});
});

it("tells whom an alert was assigned to", async () => {
	const colleague = await createTestPerson({ accountId: tenant.accountId, role: "admin" });
	await late();
	await notify(now);
	const { rows } = await systemPool().query(
		`select a."id", s."id" as "memberId" from "Alert" a, "Membership" s where s."userId" = $1`,
		[colleague.userId],
	);
	const path = `/accounts/${tenant.accountId}/alerts/${rows[0].id}/assign`;
	expect((await owner.call("POST", path, { membershipId: rows[0].memberId })).status).toBe(200);
	await notify(now);
	expect(to(colleague)).toHaveLength(1);
	expect(to(colleague)[0]?.text).toContain("asked you to look after");
});
