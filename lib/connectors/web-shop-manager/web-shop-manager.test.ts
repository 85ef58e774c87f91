import { expect, it } from "vitest";
import { checkSettings, formOf } from "../kit/form";
import { startShop } from "../kit/rest/sandbox-shop";
import { openOn } from "../kit/rest/support";
import { webShopManager } from "./index";

const given = { hostDomain: "shop.example", authKey: "sandbox-key-0123456789" };

it("Host Domain: a bare host stands for its https address, and the API's path is a setting", () => {
	const parsed = webShopManager.settings.parse({ ...given, apiPath: "/rest/v2" });
	expect(webShopManager.baseUrl(parsed)).toBe("https://shop.example/rest/v2");
	expect(webShopManager.baseUrl(webShopManager.settings.parse({ ...given, hostDomain: "http://127.0.0.1:9/" }))).toBe(
		"http://127.0.0.1:9/api",
	);
	// Of the kind of an address: stored secrets are not told to another one.
	expect(formOf(webShopManager).find(({ name }) => name === "hostDomain")?.kind).toBe("url");
});

const headersOf = async (more: object = {}) =>
	webShopManager.authorize?.(openOn(webShopManager, { ...given, ...more }));

it("Auth Key: is sent with each call, in a header of its own by default", async () => {
	expect(await headersOf()).toEqual({ "X-Auth-Key": given.authKey });
});

it("Path of the API: stands between the host and every path, and may be empty", () => {
	const baseUrlOf = (apiPath?: string) =>
		webShopManager.baseUrl(webShopManager.settings.parse({ ...given, ...(apiPath !== undefined && { apiPath }) }));
	expect([baseUrlOf(), baseUrlOf(""), baseUrlOf("/v2")]).toEqual([
		"https://shop.example/api",
		"https://shop.example",
		"https://shop.example/v2",
	]);
});

it("How the Auth Key travels: in a header, as a bearer token, or in the address and in no header", async () => {
	expect(await headersOf({ keyIn: "bearer" })).toEqual({ Authorization: `Bearer ${given.authKey}` });
	expect(await headersOf({ keyIn: "query" })).toEqual({});
	const shop = await startShop({ access: { scheme: "query", name: "key", key: given.authKey } });
	const settings = { ...given, hostDomain: shop.url, keyIn: "query" };
	expect(await webShopManager.check(openOn(webShopManager, { ...settings, keyName: "key" }))).toMatchObject({
		ok: true,
	});
	expect(await webShopManager.check(openOn(webShopManager, settings))).toMatchObject({ ok: false, field: "authKey" });
	await shop.close();
});

it("Name of the key: another header carries it", async () => {
	expect(await headersOf({ keyName: "X-WSM-Key" })).toEqual({ "X-WSM-Key": given.authKey });
});

it.each([
	[{ hostDomain: "shop example" }, "hostDomain"],
	[{ hostDomain: "shop.example?x=1" }, "hostDomain"],
	[{ authKey: "abc" }, "authKey"],
	[{ keyIn: "query", authKey: "with blank & more" }, "authKey"],
	[{ apiPath: "api/" }, "apiPath"],
])("refuses %j while it is typed", (changes, field) => {
	const check = checkSettings(webShopManager, { ...given, ...changes });
	expect(Object.keys(check.ok ? {} : check.problems)).toEqual([field]);
});

it("says of everything inferred that it is", () => {
	const fields = formOf(webShopManager);
	for (const name of ["apiPath", "keyIn", "keyName"])
		expect(fields.find((field) => field.name === name)?.help).toMatch(/our guess/);
	expect(webShopManager.status).toBe("beta");
});
