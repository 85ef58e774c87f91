import { beforeEach, describe, expect, it } from "vitest";
import { audit } from "@/lib/db/audit";
import { transact } from "@/lib/db/transact";
import { testDatabase } from "@/lib/testing/database";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";

testDatabase();

let tenant: TestTenant;
let owner: TestPerson;
let path: string;

beforeEach(async () => {
	tenant = await createTestTenant();
	owner = await createTestPerson({ accountId: tenant.accountId, role: "owner" });
	path = `/accounts/${tenant.accountId}/audit`;
});

const rename = (person: TestPerson, name: string) =>
	person.call("PATCH", `/accounts/${tenant.accountId}/merchants/${tenant.merchantId}`, { name });
const list = async (query = "") => (await owner.call("GET", `${path}${query}`)).body;
const lines = async (query = "") =>
	String((await owner.call("GET", `${path}/export${query}`)).body)
		.trim()
		.split("\r\n");

describe("the audit log", () => {
	it("tells who did what to which thing, with before and after", async () => {
		await rename(owner, "Red Kettle");
		const { items } = await list();
		expect(items).toMatchObject([
			{
				action: "merchant.renamed",
				actorId: owner.userId,
				subjectId: tenant.merchantId,
				merchant: "Red Kettle",
				before: { name: "Blue Kettle" },
				after: { name: "Red Kettle" },
			},
		]);
	});

	it("pages through 120 entries without a gap or a double", async () => {
		for (let count = 0; count < 120; count++)
			await transact(tenant.scope, (tx) =>
				audit(tx, tenant.scope, { action: "test.done", subjectType: "test", subjectId: `t${count}` }),
			);
		const seen: string[] = [];
		let after = "";
		do {
			const page = await list(`?limit=50${after && `&after=${after}`}`);
			seen.push(...page.items.map(({ subjectId }: { subjectId: string }) => subjectId));
			after = page.next ?? "";
		} while (after);
		expect(seen).toHaveLength(120);
		expect(new Set(seen).size).toBe(120);
	});

	it("is searched by person, action, thing and time", async () => {
		const admin = await createTestPerson({ accountId: tenant.accountId, role: "admin" });
		await rename(owner, "Red Kettle");
		await rename(admin, "Green Kettle");
		await owner.call("PATCH", "/me", { name: "Robin" });
		const count = async (query: string) => (await list(query)).items.length;
		expect(await count(`?actor=${admin.userId}`)).toBe(1);
		expect(await count("?action=merchant.renamed")).toBe(2);
		expect(await count("?thing=green")).toBe(1);
		expect(await count(`?thing=${tenant.merchantId}`)).toBe(2);
		expect(await count("?thing=merchant")).toBe(2);
		expect(await count(`?from=${new Date(Date.now() + 60_000).toISOString()}`)).toBe(0);
		expect(await count(`?to=${new Date(Date.now() + 60_000).toISOString()}`)).toBe(3);
		const choices = (await owner.call("GET", `${path}/choices`)).body;
		expect(choices.actions).toEqual(["merchant.renamed", "person.changed-own-settings"]);
		expect(choices.actors.map(({ id }: { id: string }) => id).sort()).toEqual([admin.userId, owner.userId].sort());
		expect(choices.actors).toContainEqual({ id: owner.userId, name: "Robin" });
	});

	it("is exported as it is shown, and no cell is a formula", async () => {
		await rename(owner, "First");
		await owner.call("PATCH", "/me", { name: "=HYPERLINK(1)" });
		await rename(owner, "Second");
		const all = await lines();
		expect(all).toHaveLength(4);
		expect(all[1]).toContain(`,"'=HYPERLINK(1)",merchant.renamed,`);
		expect(await lines("?action=merchant.renamed")).toHaveLength(3);
		const answer = await owner.call("GET", `${path}/export`);
		expect(answer.type).toContain("text/csv");
	});

	it.each(["operator", "viewer"] as const)("is not for an %s", async (role) => {
		const person = await createTestPerson({ accountId: tenant.accountId, role });
		for (const end of ["", "/choices", "/export"]) expect((await person.call("GET", path + end)).status).toBe(403);
	});

	it("is not for the people of one merchant", async () => {
		const brand = await createTestPerson({ accountId: tenant.accountId, role: "admin", merchantId: tenant.merchantId });
		expect((await brand.call("GET", path)).status).toBe(403);
	});

	it("shows nothing of another account", async () => {
		const other = await createTestTenant("Other");
		const stranger = await createTestPerson({ accountId: other.accountId, role: "owner" });
		await stranger.call("PATCH", `/accounts/${other.accountId}/merchants/${other.merchantId}`, { name: "Hidden" });
		expect((await list()).items).toEqual([]);
	});
});
