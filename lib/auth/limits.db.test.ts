import { describe, expect, it } from "vitest";
import { handleApi } from "@/lib/api/serve/handle";
import { systemPool } from "@/lib/db/pools";
import { testDatabase } from "@/lib/testing/database";
import { createTestKey, createTestPerson } from "@/lib/testing/people";
import { createTestTenant } from "@/lib/testing/tenant";
import { prune } from "@/workers/tasks/system/prune";
import { limitSignIn } from "./sign-in-limits";

testDatabase({ API_REQUESTS_PER_MINUTE: "20" });

async function times(count: number, ask: () => Promise<Response>): Promise<Response> {
	let last = await ask();
	for (let i = 1; i < count; i++) last = await ask();
	return last;
}

async function mustBeTooMany(response: Response | null, atMostSeconds: number): Promise<void> {
	if (!response) throw new Error("the request was let through");
	expect(response.status).toBe(429);
	expect(response.headers.get("content-type")).toBe("application/problem+json");
	const seconds = Number(response.headers.get("retry-after"));
	expect(seconds).toBeGreaterThan(0);
	expect(seconds).toBeLessThanOrEqual(atMostSeconds);
	expect(await response.json()).toMatchObject({ code: "too-many-requests", status: 429 });
}

const api = (path: string, headers: Record<string, string>) => () =>
	handleApi(new Request(`http://127.0.0.1:3000/api/v1${path}`, { headers }));

describe("the API", () => {
	it("counts each key and each session by itself, whatever the network", async () => {
		const { accountId } = await createTestTenant();
		const path = `/accounts/${accountId}/merchants`;
		const one = await createTestKey({ accountId });
		const person = await createTestPerson({ accountId, role: "owner" });
		expect((await times(20, api(path, { ...one }))).status).toBe(200);
		await mustBeTooMany(await api(path, { ...one, "x-crossdock-network": "9.9.9.9" })(), 60);
		expect((await api(path, { ...(await createTestKey({ accountId })) })()).status).toBe(200);
		expect((await times(20, api(path, { cookie: person.cookie }))).status).toBe(200);
		await mustBeTooMany(await api(path, { cookie: person.cookie })(), 60);
	});

	it("counts those without a way in by their network, guessed keys and links included", async () => {
		const guess = (scheme: string, length: number) => () =>
			api("/me", {
				authorization: `${scheme}${Math.random().toString(36).padEnd(length, "x").slice(0, length)}`,
				"x-crossdock-network": "1.2.3.4",
			})();
		expect((await times(2, guess("Bearer cd_", 43))).status).toBe(401);
		expect((await times(2, guess("ShareLink ", 43))).status).toBe(401);
		await mustBeTooMany(await guess("Bearer cd_", 43)(), 60);
		expect((await api("/me", { "x-crossdock-network": "1.2.3.5" })()).status).toBe(401);
	});

	it("keeps the counts in the database, where every process sees them and the prune task clears them", async () => {
		const count = async () => Number((await systemPool().query(`select count(*) from "RateLimit"`)).rows[0].count);
		expect(await count()).toBeGreaterThan(0);
		await systemPool().query(`update "RateLimit" set "expire" = 1`);
		await prune();
		expect(await count()).toBe(0);
	});
});

describe("signing in", () => {
	const ask = (email: string, network: string) =>
		limitSignIn(
			new Headers({ "x-crossdock-network": network }),
			"signin/email",
			new URLSearchParams({ email, json: "true" }).toString(),
		);

	it("is limited per address, in any spelling and from any network", async () => {
		for (let i = 0; i < 20; i++) expect(await ask("ann@people.test", `5.0.0.${i}`)).toBeNull();
		await mustBeTooMany(await ask(" ANN@people.test ", "5.0.0.99"), 3600);
		await mustBeTooMany(await ask("ａnn@people.test", "5.0.0.99"), 3600);
		expect(await ask("bob@people.test", "5.0.0.99")).toBeNull();
	});

	it("is limited per network, whoever is asked for", async () => {
		for (let i = 0; i < 60; i++) expect(await ask(`p${i}@people.test`, "6.6.6.6")).toBeNull();
		const refused = await ask("another@people.test", "6.6.6.6");
		expect(await refused?.clone().json()).toMatchObject({ url: expect.stringContaining("error=TooMany") });
		await mustBeTooMany(refused, 3600);
	});
});
