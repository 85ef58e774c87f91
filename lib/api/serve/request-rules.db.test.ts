import { beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { createTestKey, createTestPerson } from "@/lib/testing/people";
import { createTestTenant } from "@/lib/testing/tenant";
import { handleApi } from "./handle";

testDatabase({ APP_URL: "https://crossdock.example" });

let cookie: string;
let path: string;
let authorization: string;
beforeAll(async () => {
	const { accountId } = await createTestTenant();
	({ cookie } = await createTestPerson({ accountId, role: "owner" }));
	({ authorization } = await createTestKey({ accountId }));
	path = `https://crossdock.example/api/v1/accounts/${accountId}/merchants`;
});

let count = 0;
function add(headers: Record<string, string>, body?: string) {
	const sent = body ?? JSON.stringify({ name: `Merchant ${count++}` });
	return handleApi(new Request(path, { method: "POST", headers, body: sent }));
}

describe("a change with a session's cookie", () => {
	it.each([
		{ "sec-fetch-site": "cross-site", "content-type": "application/json" },
		{ "sec-fetch-site": "same-site", "content-type": "application/json" },
		{ origin: "https://evil.example", "content-type": "text/plain" },
		{ origin: "https://crossdock.example.evil.example", "content-type": "application/json" },
		{ origin: "null", "content-type": "text/plain" },
		// What a form of another site can send.
		{ origin: "https://evil.example", "content-type": "application/x-www-form-urlencoded" },
	])("from another site is refused: %j", async (headers: Record<string, string>) => {
		const answer = await add({ ...headers, cookie });
		expect(answer.status).toBe(403);
		expect(await answer.json()).toMatchObject({ code: "cross-site" });
	});

	it.each([
		{ "sec-fetch-site": "same-origin" },
		{ origin: "https://crossdock.example" },
		// A program that is no browser says nothing of the kind.
		{},
	])("from our own pages is not: %j", async (headers: Record<string, string>) => {
		expect((await add({ ...headers, cookie, "content-type": "application/json" })).status).toBe(201);
	});
});

it("a change by a key needs no such word: no browser adds a key by itself", async () => {
	expect((await add({ authorization, origin: "https://dashboard.example" })).status).toBe(201);
});

it("no answer may be kept by a cache, nor read by another site", async () => {
	const answer = await add({ authorization, origin: "https://dashboard.example" });
	expect(answer.headers.get("cache-control")).toBe("no-store");
	expect(answer.headers.get("access-control-allow-origin")).toBeNull();
});
