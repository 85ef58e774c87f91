import { beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";

testDatabase();
const journey = testJourney();
let person: TestPerson;
beforeEach(async () => {
	person = await createTestPerson({ accountId: journey.tenant.accountId, role: "operator" });
});

const call = (method: string, path: string, body?: object, as = person) =>
	as.call(method, `/accounts/${journey.tenant.accountId}/${path}`, body);
const shop = (values: object = {}) => ({
	merchantId: journey.tenant.merchantId,
	connectorKey: "vendure",
	side: "source",
	name: "New shop",
	values: { ...journey.shop.settings, ...values },
});
const warehouse = (values: object = {}) => ({
	merchantId: journey.tenant.merchantId,
	connectorKey: "extensiv-3pl",
	side: "destination",
	name: "New warehouse",
	values: { ...journey.warehouse.settings, ...values },
});
const refused = (field: string, sentence: RegExp) => ({
	status: 422,
	body: { code: "bad-input", fields: { [field]: expect.stringMatching(sentence) } },
});

describe("a new connection", () => {
	it("with settings that work is active, and has the functions its system can do", async () => {
		const made = await call("POST", "connections", shop());
		expect(made).toMatchObject({ status: 201, body: { checked: { ok: true, as: "the default channel" } } });
		const { body } = await call("GET", `connections/${made.body.id}`);
		expect(body).toMatchObject({ state: "active", checkedAs: "the default channel", secretsSet: ["apiKey"] });
		expect(body.flows.map(({ job, mode }: { job: string; mode: string }) => [job, mode])).toEqual([
			["orders/download", "every"],
			["orders/cancel", "every"],
			["shipments/upload", "automatic"],
			["inventory/upload", "automatic"],
			["cancels/upload", "automatic"],
			["orders/reconcile", "daily"],
		]);
		for (const flow of body.flows) expect(flow.nextRunAt === null).toBe(flow.mode === "automatic");
	});

	it.each<[string, () => object, string, RegExp]>([
		["a wrong key", () => shop({ apiKey: "wrong" }), "apiKey", /does not accept this API key/],
		[
			"an address nobody answers at",
			() => shop({ apiUrl: "http://127.0.0.1:1199/admin-api" }),
			"apiUrl",
			/No Vendure Admin API/,
		],
		["a private address", () => shop({ apiUrl: "http://10.1.2.3/admin-api" }), "apiUrl", /private network/],
		[
			"the address of the machine's own data",
			() => shop({ apiUrl: "http://169.254.169.254/latest" }),
			"apiUrl",
			/private network/,
		],
		["a wrong channel", () => shop({ channelToken: "elsewhere" }), "channelToken", /no channel with this token/],
		[
			"a wrong secret",
			() => warehouse({ clientSecret: "wrong" }),
			"clientSecret",
			/refused the client ID, the secret or the user/,
		],
		[
			"a wrong TPL key",
			() => warehouse({ tplKey: "{00000000-0000-0000-0000-000000000000}" }),
			"tplKey",
			/refused the TPL key/,
		],
		["an unknown customer", () => warehouse({ customerId: 404 }), "customerId", /knows no customer 404/],
		["an unknown facility", () => warehouse({ facilityId: 99 }), "facilityId", /no facility 99/],
		["a private warehouse", () => warehouse({ baseUrl: "http://192.168.0.9" }), "baseUrl", /private network/],
	])("with %s is kept, waits, and names the field", async (_, given, field, fix) => {
		const checked = { ok: false, field, fix: expect.stringMatching(fix) };
		expect(await call("POST", "connections/test", given())).toMatchObject({ status: 200, body: checked });
		const made = await call("POST", "connections", given());
		expect(made).toMatchObject({ status: 201, body: { checked } });
		const { body } = await call("GET", `connections/${made.body.id}`);
		expect(body).toMatchObject({ state: "not_set_up", stateReason: expect.stringMatching(fix) });
		expect((await call("POST", `flows/${body.flows[0].id}/run`)).body.detail).toMatch(/not set up yet/);
	});

	it.each(["html", "truncate"] as const)("is not set up by an answer nobody can read (%s)", async (kind) => {
		for (const sandbox of [journey.shop, journey.warehouse])
			sandbox.faults.add({ match: () => true, fault: { kind }, times: 20 });
		for (const given of [shop(), warehouse()]) {
			const answer = await call("POST", "connections/test", given);
			expect(answer).toMatchObject({ status: 200, body: { ok: false, fix: expect.stringMatching(/[a-z]{4}/) } });
			expect(JSON.stringify(answer.body)).not.toMatch(/<html>|SyntaxError|Unexpected token/);
		}
	});

	it.each<[string, () => object, string, RegExp]>([
		["no key", () => shop({ apiKey: "" }), "apiKey", /API key is missing. Enter it/],
		["something that is no address", () => shop({ apiUrl: "shop" }), "apiUrl", /Admin API address must be an address/],
		["an address of another kind", () => shop({ apiUrl: "file:///etc/passwd" }), "apiUrl", /must be an address/],
		["a setting nobody knows", () => shop({ colour: "red" }), "colour", /is not a setting/],
		["a customer that is no number", () => warehouse({ customerId: "many" }), "customerId", /number/],
		["an unknown choice", () => warehouse({ orderType: "B2X" }), "orderType", /Order type/],
		["an unknown option", () => ({ ...shop(), options: { colour: "red" } }), "colour", /is not an option|colour/],
		[
			"a negative minimum",
			() => ({ ...shop(), options: { minimumInventoryLevel: -1 } }),
			"minimumInventoryLevel",
			/must not be negative/,
		],
	])("with %s is refused at once with a sentence for the field", async (_, given, field, sentence) => {
		const answer = await call("POST", "connections", given());
		expect(answer.status, JSON.stringify(answer.body)).toBe(422);
		expect(answer.body.detail).toContain(field === "colour" ? "colour" : "");
		expect(answer.body.fields[field] ?? answer.body.detail).toMatch(sentence);
	});

	it("needs a name of its own, a known system, and a side that system has", async () => {
		expect((await call("POST", "connections", shop())).status).toBe(201);
		expect(await call("POST", "connections", shop())).toMatchObject(refused("name", /Choose another/));
		expect(await call("POST", "connections", { ...shop(), connectorKey: "abacus" })).toMatchObject({
			status: 422,
			body: { detail: expect.stringContaining('no system "abacus"') },
		});
		expect(await call("POST", "connections", { ...shop(), name: "Other", side: "destination" })).toMatchObject({
			status: 422,
			body: { detail: expect.stringContaining("cannot be used there") },
		});
	});
});

describe("choices", () => {
	const locations = { choices: "locations" };

	it("come from the other system, while the field they are for is still empty", async () => {
		const { facilityId: _, ...values } = journey.warehouse.settings;
		const answer = await call("POST", "connections/choices", { ...warehouse(), ...locations, values });
		expect(answer.body.items).toEqual([
			{ value: "2", label: "East (2)" },
			{ value: "3", label: "West (3)" },
		]);
		expect((await call("POST", "connections/choices", { ...shop(), ...locations })).body.items.length).toBeGreaterThan(
			0,
		);
	});

	it("say what is missing, and what the other system refused", async () => {
		const { customerId: _, ...values } = journey.warehouse.settings;
		expect(await call("POST", "connections/choices", { ...warehouse(), ...locations, values })).toMatchObject(
			refused("customerId", /Customer ID is missing/),
		);
		const wrong = { ...shop({ apiKey: "wrong" }), ...locations };
		expect(await call("POST", "connections/choices", wrong)).toMatchObject({
			status: 422,
			body: { code: "partner-refused" },
		});
	});
});

describe("secrets", () => {
	it("never come back, whatever is asked", async () => {
		const made = await call("POST", "connections", shop());
		await journey.download();
		journey.place();
		await journey.download();
		await journey.deliver();
		const owner = await createTestPerson({ accountId: journey.tenant.accountId, role: "owner" });
		const { clientId, clientSecret, tplKey, userLoginId, baseUrl } = journey.warehouse.settings;
		const kept = {
			connectorKey: "extensiv-3pl",
			name: "Ours",
			values: { baseUrl, clientId, clientSecret, tplKey, userLoginId },
		};
		expect((await call("POST", "credentials", kept, owner)).status).toBe(201);
		await call("PATCH", `connections/${made.body.id}`, { values: { apiKey: "other-secret-value" } });
		const texts: string[] = [];
		const get = async (path: string) => {
			const answer = await call("GET", path, undefined, owner);
			expect(answer.status, path).toBe(200);
			texts.push(JSON.stringify(answer.body));
			return answer.body;
		};
		const lists = [
			"overview",
			"orders",
			"merchants",
			"connectors",
			"connections",
			"credentials",
			"runs",
			"inventory",
			"alerts",
			"",
		];
		for (const path of lists) await get(path);
		for (const { id } of (await get("connections")).items) await get(`connections/${id}`);
		for (const { id } of (await get("orders")).items) await get(`orders/${id}`);
		let exchanges = 0;
		for (const { id } of (await get("runs")).items) {
			await get(`runs/${id}`);
			await get(`runs/${id}/records`);
			for (const exchange of (await get(`runs/${id}/exchanges`)).items) {
				exchanges++;
				await get(`exchanges/${exchange.id}`);
			}
		}
		expect(exchanges).toBeGreaterThan(3);
		const audits = await journey.tenant.sql(`select * from "AuditEntry"`);
		const all = [...texts, JSON.stringify(audits)].join("\n");
		for (const secret of [journey.shop.settings.apiKey, clientSecret, tplKey, "other-secret-value"])
			expect(all).not.toContain(String(secret));
	});
});
