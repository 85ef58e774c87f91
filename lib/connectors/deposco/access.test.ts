import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleOrder } from "./harness";
import { deposco } from "./index";
import { type DeposcoSandbox, startDeposcoSandbox } from "./sandbox";
import { settings as schema } from "./settings";
import { destination, faultOf, openDeposco, readFrom } from "./support";

const { orders } = destination;
let wms: DeposcoSandbox;
beforeEach(async () => {
	wms = await startDeposcoSandbox();
});
afterEach(() => wms.close());
const open = (generation: "legacy" | "latest", more: Record<string, unknown> = {}) =>
	openDeposco(wms, generation, more);

describe("access to Deposco", () => {
	it("API generation: each needs what it signs in with, and nothing of the other", async () => {
		const { businessUnit, integrationUrl, userName, password } = wms.legacy;
		expect(schema.safeParse({ businessUnit, integrationUrl, userName, password }).success).toBe(true);
		for (const less of [{ userName: "" }, { password: "" }, { integrationUrl: "" }])
			expect(schema.safeParse({ ...wms.legacy, ...less }).success).toBe(false);
		expect(schema.safeParse({ ...wms.latest, clientSecret: "" }).success).toBe(false);
		expect(await deposco.check(open("legacy", { refreshToken: "x" }))).toMatchObject({ field: "refreshToken" });
	});

	it("Refresh token: with one it is used, and without one the scopes are asked for", async () => {
		expect(await deposco.check(open("latest"))).toMatchObject({ ok: true });
		expect(await deposco.check(open("latest", { refreshToken: "" }))).toMatchObject({ ok: true });
		expect(wms.grants).toEqual(["refresh_token", "client_credentials"]);
		expect(await deposco.check(open("latest", { refreshToken: "", scope: "" }))).toMatchObject({ ok: false });
	});

	it("Environment: version 2 without a refresh token is asked for with them", async () => {
		await deposco.check(open("latest", { refreshToken: "", environment: "ua", company: "ACME" }));
		expect(wms.asked.at(-1)).toMatch(/env=ua&company=ACME$/);
	});

	it("Tenant code: it is sent with calls of the integration API, where there is one", async () => {
		await deposco.check(open("legacy"));
		await deposco.check(open("legacy", { tenantCode: "ACME3PL" }));
		expect(wms.tenants).toEqual(["", "ACME3PL"]);
	});

	it("Company: stays away where a refresh token names it", async () => {
		await deposco.check(open("latest", { company: "ACME" }));
		expect(wms.asked.at(-1)).not.toContain("ACME");
		await deposco.check(open("latest", { refreshToken: "", company: "ACME" }));
		expect(wms.asked.at(-1)).toMatch(/company=ACME$/);
	});

	it("Scopes: what is set is asked for, and without any nothing is given", async () => {
		await deposco.check(open("latest", { refreshToken: "", scope: "salesOrders/read" }));
		expect(wms.asked.at(-1)).toMatch(/scope=salesOrders(%2F|\/)read&/);
		expect(await deposco.check(open("latest", { refreshToken: "", scope: "" }))).toMatchObject({ ok: false });
	});

	it("Integration user: goes with its password in a Basic header", async () => {
		expect(await deposco.authorize?.(open("legacy", { userName: "u", password: "p" }))).toMatchObject({
			Authorization: `Basic ${btoa("u:p")}`,
		});
		expect(await deposco.check(open("legacy", { userName: "nobody" }))).toMatchObject({ ok: false, field: "password" });
	});

	it("Password: a wrong one is named", async () => {
		expect(await deposco.check(open("legacy", { password: "wrong" }))).toMatchObject({ ok: false, field: "password" });
	});

	it("Client ID: version 2 does not know another, and needs one", async () => {
		expect(schema.safeParse({ ...wms.latest, clientId: "" }).success).toBe(false);
		expect(await deposco.check(open("latest", { clientId: "nobody" }))).toMatchObject({ ok: false });
	});

	it("Client secret: a wrong one is named", async () => {
		const wrong = await deposco.check(open("latest", { refreshToken: "", clientSecret: "wrong" }));
		expect(wrong).toMatchObject({ ok: false, field: "clientSecret" });
	});

	it("Sign-in address: is asked for tokens, and nothing but version 2 asks there", async () => {
		expect(await deposco.check(open("latest", { signInUrl: `${wms.url}/nothing` }))).toMatchObject({ ok: false });
		expect(await deposco.check(open("legacy", { signInUrl: `${wms.url}/nothing` }))).toMatchObject({ ok: true });
	});

	it("API address: what does not answer there is named", async () => {
		expect(await deposco.check(open("latest", { apiUrl: `${wms.url}/older` }))).toMatchObject({ ok: false });
	});

	it("Integration address: version 2 reads no stock without it, and says so", async () => {
		const work = readFrom(wms, "inventory", { generation: "latest", integrationUrl: "" });
		expect(await faultOf(work)).toMatchObject({ kind: "permanent", field: "integrationUrl" });
	});

	it("that is asked too often is told to slow down by a 429 without a word", async () => {
		await wms.close();
		wms = await startDeposcoSandbox({ perSecond: 2 });
		const context = open("latest");
		const many = Promise.all(Array.from({ length: 5 }, () => orders.find(context, "X", sampleOrder(wms, 1))));
		expect(await faultOf(many)).toMatchObject({ kind: "rate-limited" });
	});
});
