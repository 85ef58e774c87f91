import { expect, it } from "vitest";
import { checkSettings, formOf } from "../kit/form";
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
