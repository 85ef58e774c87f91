import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { systemPool } from "@/lib/db/pools";
import { systemTransaction } from "@/lib/db/system";
import { raiseAlerts } from "@/lib/flow/run/alerts";
import { testDatabase } from "@/lib/testing/database";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";
import { createThings, type Things } from "@/lib/testing/things";
import { dayMs, hourMs, after as later } from "@/lib/time";
import { notify } from "./notify";

/** The other side: keeps what it is sent and answers as a test asks. */
const received: { headers: Record<string, unknown>; body: string }[] = [];
let answer = 200;
const server = createServer((request, response) => {
	let body = "";
	request.on("data", (part) => {
		body += part;
	});
	request.on("end", () => {
		received.push({ headers: request.headers, body });
		response.writeHead(answer, answer === 302 ? { location: "/elsewhere" } : {}).end();
	});
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/hook`;
afterAll(() => new Promise((resolve) => server.close(resolve)));
testDatabase();

let tenant: TestTenant;
let things: Things;
let owner: TestPerson;
let hook: { id: string; secret: string };
let path: string;
const now = new Date();

beforeEach(async () => {
	received.length = 0;
	answer = 200;
	tenant = await createTestTenant();
	things = await createThings(tenant);
	await systemPool().query(`delete from "WebhookEndpoint"`);
	await systemPool().query(`delete from "Alert"`);
	owner = await createTestPerson({ accountId: tenant.accountId, role: "owner" });
	path = `/accounts/${tenant.accountId}/webhooks`;
	hook = (await owner.call("POST", path, { url, events: ["alert.opened", "alert.resolved"] })).body;
});

async function open(problem = "SKU TEE is unknown"): Promise<void> {
	await systemPool().query(
		`update "Order" set "status" = 'error', "problemCode" = 'partner-refused', "problem" = $2 where "id" = $1`,
		[things.orderId, problem],
	);
	const facts = { system: "Depot", subject: "order 1001", problem };
	const cause = { cause: "order:x:y", code: "partner-refused" as const, facts, connectionId: things.connectionId };
	await systemTransaction((tx) => raiseAlerts(tx, tenant, [cause], now));
}
const deliveries = async () => (await owner.call("GET", `${path}/${hook.id}/deliveries`)).body.items;
const endpoint = async () => (await owner.call("GET", path)).body.items[0];

describe("a webhook", () => {
	it("is told when an alert opens and when it is resolved, signed, and without a word about people", async () => {
		await open("Ann Example, 1 Main St, ann@shop.test: no such street");
		await notify(now);
		await systemPool().query(`update "Order" set "status" = 'at_wms', "problem" = null`);
		await notify(now);
		await notify(now);
		expect(received.map(({ body }) => JSON.parse(body).type)).toEqual(["alert.opened", "alert.resolved"]);
		const [first] = received;
		const { data } = JSON.parse(first?.body ?? "{}");
		expect(data).toMatchObject({ accountId: tenant.accountId, code: "partner-refused", side: "cart", count: 1 });
		expect(data.url).toContain(`/${tenant.accountId}/alerts/${data.id}`);
		expect(data.sentence).toContain("no such street");
		expect(first?.body).not.toMatch(/Ann Example|Main St|ann@shop/);
		const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature } = first?.headers ?? {};
		const key = Buffer.from(hook.secret.replace("whsec_", ""), "base64");
		expect(signature).toBe(`v1,${createHmac("sha256", key).update(`${id}.${at}.${first?.body}`).digest("base64")}`);
		expect((await deliveries()).map(({ state }: { state: string }) => state)).toEqual(["delivered", "delivered"]);
	});

	it("is tried again under the same id until it takes it; a redirect is not followed", async () => {
		answer = 302;
		await open();
		await notify(now);
		expect((await deliveries())[0]).toMatchObject({
			state: "waiting",
			tries: 1,
			status: 302,
			error: "It answered 302.",
		});
		expect((await endpoint()).failingSince).not.toBeNull();
		answer = 204;
		await notify(later(now, hourMs));
		expect(received).toHaveLength(2);
		expect(received[0]?.headers["webhook-id"]).toBe(received[1]?.headers["webhook-id"]);
		expect((await deliveries())[0]).toMatchObject({ state: "delivered", status: 204, error: null });
		expect((await endpoint()).failingSince).toBeNull();
	});

	it("is switched off after three days of failure, with an alert that closes when it is switched on again", async () => {
		answer = 500;
		await open();
		await notify(now);
		await notify(later(now, 4 * dayMs));
		expect((await deliveries())[0]).toMatchObject({ state: "failed", error: "It answered 500." });
		expect((await endpoint()).disabledReason).toContain("every try failed for 3 days");
		const alerts = async () =>
			(await owner.call("GET", `/accounts/${tenant.accountId}/alerts`)).body.items.map(
				({ code }: { code: string }) => code,
			);
		expect(await alerts()).toContain("webhook-off");
		expect((await owner.call("PATCH", `${path}/${hook.id}`, { enabled: true })).status).toBe(200);
		expect(await alerts()).not.toContain("webhook-off");
	});

	it("is switched off at once when it answers that it is gone", async () => {
		answer = 410;
		await open();
		await notify(now);
		expect((await endpoint()).disabledAt).not.toBeNull();
		received.length = 0;
		await open("another problem");
		await notify(later(now, hourMs));
		expect(received).toEqual([]);
	});

	it("can be tested, and sent again what it had", async () => {
		const test = await owner.call("POST", `${path}/${hook.id}/test`);
		await notify(new Date());
		expect(JSON.parse(received[0]?.body ?? "{}").type).toBe("webhook.test");
		expect((await owner.call("POST", `${path}/${hook.id}/deliveries/${test.body.id}/resend`)).status).toBe(200);
		await notify(new Date());
		expect(received.map(({ headers }) => headers["webhook-id"])).toEqual([test.body.id, test.body.id]);
	});

	it("gets both signatures for a day after its secret was replaced", async () => {
		const { body } = await owner.call("POST", `${path}/${hook.id}/rotate`);
		expect(body.secret).not.toBe(hook.secret);
		await owner.call("POST", `${path}/${hook.id}/test`);
		await notify(new Date());
		expect(String(received[0]?.headers["webhook-signature"]).split(" ")).toHaveLength(2);
	});
});

describe("an address", () => {
	it.each([
		["http://hooks.example/in", "https"],
		["https://10.0.0.1/in", "private network"],
		["https://[::1]/in", "private network"],
		["https://user@hooks.example/in", "user name"],
		["ftp://hooks.example/in", "address"],
	])("%s is refused", async (bad, words) => {
		const refused = await owner.call("POST", path, { url: bad, events: ["alert.opened"] });
		expect(refused.status).toBe(422);
		expect(JSON.stringify(refused.body)).toContain(words);
	});

	it("is nothing that the people of one merchant may see or set", async () => {
		const admin = await createTestPerson({ accountId: tenant.accountId, role: "admin", merchantId: tenant.merchantId });
		expect((await admin.call("GET", path)).status).toBe(403);
		expect((await admin.call("POST", path, { url, events: ["alert.opened"] })).status).toBe(403);
	});
});
