import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/ids";
import { testDatabase } from "@/lib/testing/database";
import { callApi, createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestTenant } from "@/lib/testing/tenant";
import { createThings, type Things } from "@/lib/testing/things";
import { problem } from "./contract/base";
import { handleApi } from "./serve/handle";

testDatabase();
let things: Things;
let person: TestPerson;
beforeAll(async () => {
	things = await createThings(await createTestTenant());
	person = await createTestPerson({ accountId: things.accountId, role: "owner" });
});

const at = (path: string) => `/accounts/${things.accountId}/${path}`;

/** Calls, and checks what holds for every refusal: one form, one id, and nothing of our insides. */
async function refusal(method: string, path: string, body?: unknown) {
	const answer = await person.call(method, path, body);
	expect(answer.status, JSON.stringify(answer.body)).toBeGreaterThanOrEqual(400);
	expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(500);
	expect(answer.type).toMatch(/^application\/problem\+json/);
	expect(problem.safeParse(answer.body).error?.issues ?? []).toEqual([]);
	expect(answer.body.status).toBe(answer.status);
	expect(answer.body.requestId).toMatch(/^req_/);
	expect(JSON.stringify(answer.body)).not.toMatch(
		/node_modules|\.ts:\d|\bat \w+ \(|select |insert into|prisma|relation "|zod/i,
	);
	return answer;
}
const unprocessable = (field: string, sentence: RegExp) => ({
	status: 422,
	body: {
		code: "bad-input",
		detail: expect.stringContaining(field),
		fields: { [field]: expect.stringMatching(sentence) },
	},
});

describe("a body", () => {
	it.each([
		"{",
		'{"name": }',
		"name=Blue",
		"<xml/>",
		"undefined",
		"\u0000",
		'"text"',
		"12",
		"null",
		"[]",
		'[{"name":"x"}]',
	])("that is not an object in JSON is refused: %j", async (body) => {
		expect(await refusal("POST", at("merchants"), body)).toMatchObject({ status: 400, body: { code: "malformed" } });
	});

	it("over one megabyte is refused, whether or not it says how long it is", async () => {
		const name = "x".repeat(1_100_000);
		expect(await refusal("POST", at("merchants"), { name })).toMatchObject({
			status: 413,
			body: { code: "too-large", detail: "The request is larger than 1024 kB." },
		});
		let sent = 0;
		const endless = new ReadableStream<Uint8Array>({
			pull: (controller) => {
				sent += 65_536;
				controller.enqueue(new Uint8Array(65_536).fill(32));
			},
		});
		const request = { method: "POST", body: endless, duplex: "half", headers: { cookie: person.cookie } };
		const answer = await handleApi(new Request(`http://127.0.0.1:3000/api/v1${at("merchants")}`, request));
		expect(answer.status).toBe(413);
		expect(sent).toBeLessThan(3_000_000);
	});

	it("just under one megabyte is read", async () => {
		expect(await refusal("POST", at("merchants"), { name: "x".repeat(1_000_000) })).toMatchObject(
			unprocessable("name", /longer than 80 characters\. Shorten it\./),
		);
	});

	it.each(["Blue\u0000Kettle", "half \ud800 a character"])(
		"with text that no database keeps names the field: %j",
		async (name) => {
			expect(await refusal("POST", at("merchants"), { name })).toMatchObject(unprocessable("name", /Type it again/));
			const deep = {
				merchantId: things.merchantId,
				connectorKey: "vendure",
				side: "source",
				name: "x",
				values: { apiKey: name },
			};
			expect(await refusal("POST", at("connections"), deep)).toMatchObject(unprocessable("apiKey", /Type it again/));
		},
	);

	it("from a page of another site is refused", async () => {
		const request = new Request(`http://127.0.0.1:3000/api/v1${at("merchants")}`, {
			method: "POST",
			headers: { cookie: person.cookie, origin: "https://elsewhere.example", "content-type": "text/plain" },
			body: '{"name":"Stolen"}',
		});
		const answer = await handleApi(request);
		expect([answer.status, (await answer.json()).code]).toEqual([403, "cross-site"]);
	});
});

describe("a name", () => {
	const places = (): [string, string, object][] => [
		["POST", at("merchants"), {}],
		["PATCH", at(`merchants/${things.merchantId}`), {}],
		["POST", "/accounts", { kind: "fulfillment" }],
		["POST", at("connections"), { merchantId: things.merchantId, connectorKey: "vendure", side: "source" }],
		["PATCH", at(`connections/${things.connectionId}`), {}],
		["POST", at("credentials"), { connectorKey: "vendure", values: {} }],
		["PATCH", at(`credentials/${things.credentialId}`), { values: {} }],
	];

	it.each<[string, unknown, RegExp]>([
		["of emoji only", "🎁🎁", /needs at least one letter or digit\. Type one\./],
		["of 10,000 characters", "x".repeat(10_000), /is longer than 80 characters\. Shorten it\./],
		["of blanks", "   ", /is empty\. Type a name\.|too short/],
		["that is a number", 5, /as text/],
		["that is a list", ["x"], /as text/],
		["that is nothing", null, /as text/],
	])("%s is refused wherever one is given, with what to do", async (_, name, sentence) => {
		for (const [method, path, body] of places())
			expect(await refusal(method, path, { ...body, name })).toMatchObject(unprocessable("name", sentence));
	});

	it("with letters, marks and an emoji is kept as it is", async () => {
		const name = "Žofie's 日本 Café 🎁";
		const made = await person.call("POST", at("merchants"), { name: `  ${name} ` });
		expect(made.status).toBe(201);
		const { items } = (await person.call("GET", at("merchants"))).body;
		expect(items.map((item: { name: string }) => item.name)).toContain(name);
		expect(await refusal("POST", at("merchants"), { name })).toMatchObject({
			status: 422,
			body: { fields: { name: expect.stringMatching(/Choose another/) } },
		});
	});
});

describe("the same name at the same moment", () => {
	it.each(["merchants", "credentials"])("is taken once, and everybody else is told: %s", async (noun) => {
		const made = [1, 2, 3, 4, 5, 6].map((which) => {
			const more = noun === "credentials" && { connectorKey: "vendure", values: {} };
			return person.call("POST", at(noun), { name: `Tie ${which}`, ...more });
		});
		const ids = (await Promise.all(made)).map(({ body }) => body.id);
		const answers = await Promise.all(
			ids.map((id) =>
				person.call("PATCH", at(`${noun}/${id}`), { name: "Tie", ...(noun === "credentials" && { values: {} }) }),
			),
		);
		expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
		for (const { status, body } of answers.filter((answer) => answer.status !== 200)) {
			expect([409, 422]).toContain(status);
			expect(body.detail).toMatch(/this name|saved the same name/);
		}
	});
});

describe("what else people send", () => {
	it("names a reason that is too long", async () => {
		const hold = await refusal("POST", at(`orders/${things.orderId}/hold`), { reason: "x".repeat(10_000) });
		expect(hold).toMatchObject(unprocessable("reason", /longer than 200 characters\. Shorten it\./));
	});

	it.each([
		["orders?state=lost", "state"],
		["find", "query"],
		["merchants/mer_01m7ykqbcwk0cgavfy6wzanh/inventory", "sku"],
		["orders?limit=0", "limit"],
		["orders?limit=1000", "limit"],
		["orders?limit=many", "limit"],
		["orders?days=-1", "days"],
		["orders?merchantId=ord_01m7ykqbcwk0cgavfy6wzanh", "merchantId"],
		["orders?connectionId=1", "connectionId"],
		[`orders?search=${"x".repeat(101)}`, "search"],
		["runs?job=orders/steal", "job"],
		["runs?state=lost", "state"],
		["find?query=x", "query"],
		["alerts?show=perhaps", "show"],
	])("names the field of %s", async (path, field) => {
		const answer = await refusal("GET", at(path));
		// For people: what is wrong, and what would be right.
		expect(answer).toMatchObject(unprocessable(field, /^(must be |is |needs )/));
		expect(answer.body.detail).not.toMatch(/Invalid|expected|received|undefined/);
	});

	it.each<[string, string, object, string]>([
		["POST", "connections", { side: "upside" }, "side"],
		["POST", "connections/choices", { choices: "colours" }, "choices"],
		["POST", "connections", { values: "text" }, "values"],
		["POST", "connections", { merchantId: 5 }, "merchantId"],
	])("names the field of %s %s with %j", async (method, path, spoiled, field) => {
		const connection = {
			merchantId: things.merchantId,
			connectorKey: "vendure",
			side: "source",
			name: "x",
			choices: "locations",
		};
		expect(await refusal(method, at(path), { ...connection, ...spoiled })).toMatchObject(unprocessable(field, /\w/));
	});

	it.each([
		"1",
		"ord_",
		"ORD_01M7YKQBCWK0CGAVFY6WZANH",
		"con_01m7ykqbcwk0cgavfy6wzanh",
		"ord_01m7' or '1'='1",
		`ord_${"0".repeat(500)}`,
		"%E0%A4%A",
		"%00",
		"..%2f..%2fetc",
	])("finds nothing by an id of the wrong shape: %s", async (id) => {
		const answer = await refusal("GET", at(`orders/${id}`));
		expect([404, 422]).toContain(answer.status);
	});

	it("finds nothing by an id of the right shape, and notes no attempt", async () => {
		expect(await refusal("GET", at(`orders/${newId("ord")}`))).toMatchObject({
			status: 404,
			body: { code: "not-found" },
		});
		const merchants = await createTestPerson({
			accountId: things.accountId,
			role: "viewer",
			merchantId: things.merchantId,
		});
		expect((await merchants.call("GET", at(`orders/${newId("ord")}`))).status).toBe(404);
		const owner = await createTestTenant("Unused");
		const { systemPool } = await import("@/lib/db/pools");
		const noted = await systemPool().query(`select "subjectId" from "AuditEntry" where "action" = 'tenancy.refused'`);
		expect([noted.rows, owner.accountId.startsWith("acc_")]).toEqual([[], true]);
	});

	it.each(["after=%00", "search=%00", "search=%ED%A0%80", "after=nonsense' --", "search=%F0%9F%8E%81"])(
		"survives a query of %s",
		async (query) => {
			const answer = await person.call("GET", at(`orders?${query}`));
			expect([200, 422]).toContain(answer.status);
		},
	);

	it.each([
		["GET", "/nowhere"],
		["PUT", "/me"],
		["POST", "/me"],
		["GET", "/accounts"],
		["DELETE", "/openapi.json"],
	])("finds no address for %s %s", async (method, path) => {
		expect(await refusal(method, path, method === "GET" ? undefined : {})).toMatchObject({
			status: 404,
			body: { code: "not-found" },
		});
	});

	it("learns nothing before signing in, however wrong it is", async () => {
		for (const path of [at("orders?state=lost"), at("orders/1"), at("merchants")])
			expect((await callApi(null, "GET", path)).status).toBe(401);
		expect((await callApi("crossdock-session-3000=made-up", "GET", "/me")).status).toBe(401);
	});
});
