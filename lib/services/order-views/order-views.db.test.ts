import { beforeEach, describe, expect, it } from "vitest";
import { root } from "@/lib/db/root";
import { testDatabase } from "@/lib/testing/database";
import { callApi, createTestKey, createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";
import { createThings, type Things } from "@/lib/testing/things";

testDatabase();

let tenant: TestTenant;
let other: Things;
let ann: TestPerson;
let bob: TestPerson;
let path: string;

beforeEach(async () => {
	tenant = await createTestTenant();
	other = await createThings(tenant, "Red Pan");
	await tenant.staffSql(`delete from "OrderView"`);
	ann = await person("operator");
	bob = await person("operator");
	path = `/accounts/${tenant.accountId}/order-views`;
});

const person = (role: "owner" | "admin" | "operator" | "viewer", more: object = {}) =>
	createTestPerson({ accountId: tenant.accountId, role, ...more });
const late = { name: "Late errors", filter: { state: "error", days: 7 }, columns: ["number", "status", "problem"] };
const save = (who: TestPerson, more: object = {}) => who.call("POST", path, { ...late, ...more });
const saved = async (who: TestPerson, more: object = {}): Promise<string> => {
	const answer = await save(who, more);
	expect(answer.status, JSON.stringify(answer.body)).toBe(201);
	return answer.body.id;
};
const seen = async (who: TestPerson) => (await who.call("GET", path)).body.items;
const names = async (who: TestPerson) => (await seen(who)).map(({ name }: { name: string }) => name);

describe("a saved view", () => {
	it("comes back as it was saved, and is its owner's alone", async () => {
		const id = await saved(ann);
		expect(await seen(ann)).toEqual([
			expect.objectContaining({ ...late, id, shared: false, mine: true, mayChange: true }),
		]);
		expect(await seen(bob)).toEqual([]);
		for (const [method, body] of [
			["PATCH", { name: "Mine now" }],
			["DELETE", undefined],
		] as const)
			expect((await bob.call(method, `${path}/${id}`, body)).status).toBe(404);
	});

	it("is renamed, changed and deleted, and what is not given stays", async () => {
		const id = await saved(ann);
		await ann.call("PATCH", `${path}/${id}`, { name: "Stuck" });
		expect(await seen(ann)).toEqual([expect.objectContaining({ ...late, name: "Stuck" })]);
		await ann.call("PATCH", `${path}/${id}`, { filter: { state: "new" }, columns: ["number", "total"] });
		expect(await seen(ann)).toEqual([
			expect.objectContaining({ name: "Stuck", filter: { state: "new" }, columns: ["number", "total"] }),
		]);
		expect((await ann.call("DELETE", `${path}/${id}`)).status).toBe(200);
		expect(await seen(ann)).toEqual([]);
		expect((await ann.call("DELETE", `${path}/${id}`)).status).toBe(404);
	});

	it("has a name that no other of its owner has, whatever the case of its letters", async () => {
		await saved(ann);
		expect(await save(ann, { name: "LATE ERRORS" })).toMatchObject({
			status: 422,
			body: { fields: { name: expect.stringContaining("another view has this name") } },
		});
		const second = await saved(ann, { name: "Second" });
		expect((await ann.call("PATCH", `${path}/${second}`, { name: late.name })).status).toBe(422);
		expect((await ann.call("PATCH", `${path}/${second}`, { name: "second" })).status).toBe(200);
		await saved(bob);
	});
});

describe("a shared view", () => {
	it("is seen by the account's staff, and changed by its owner and whoever answers for the people", async () => {
		const id = await saved(ann, { shared: true });
		const admin = await person("admin");
		expect(await seen(bob)).toMatchObject([{ id, mine: false, mayChange: false }]);
		expect((await bob.call("PATCH", `${path}/${id}`, { name: "Bob's" })).status).toBe(403);
		expect((await bob.call("DELETE", `${path}/${id}`)).status).toBe(403);
		expect(await seen(admin)).toMatchObject([{ id, mine: false, mayChange: true }]);
		expect((await admin.call("PATCH", `${path}/${id}`, { name: "All late" })).status).toBe(200);
		expect(await names(bob)).toEqual(["All late"]);
		await ann.call("PATCH", `${path}/${id}`, { shared: false });
		expect(await seen(bob)).toEqual([]);
		expect((await admin.call("DELETE", `${path}/${id}`)).status).toBe(404);
	});

	it("is not given by somebody who only looks", async () => {
		const viewer = await person("viewer");
		expect((await save(viewer, { shared: true })).status).toBe(403);
		const id = await saved(viewer);
		expect((await viewer.call("PATCH", `${path}/${id}`, { shared: true })).status).toBe(403);
	});

	it("of the staff is not seen by a merchant's people, nor theirs by the staff", async () => {
		const brand = await person("operator", { merchantId: tenant.merchantId });
		const colleague = await person("viewer", { merchantId: tenant.merchantId });
		const foreign = await person("viewer", { merchantId: other.merchantId });
		await saved(ann, { shared: true });
		await saved(brand, { name: "Ours", shared: true });
		expect(await names(ann)).toEqual([late.name]);
		expect(await names(brand)).toEqual(["Ours"]);
		expect(await names(colleague)).toEqual(["Ours"]);
		expect(await names(foreign)).toEqual([]);
	});

	it("about a merchant is not seen by staff who do not work for it", async () => {
		const chosen = await person("operator", { chosenMerchantIds: [tenant.merchantId] });
		await saved(ann, { name: "Blue", filter: { merchantId: tenant.merchantId }, shared: true });
		const red = await saved(ann, { name: "Red", filter: { merchantId: other.merchantId }, shared: true });
		await saved(ann, { name: "Red's cart", filter: { connectionId: other.connectionId }, shared: true });
		expect(await names(chosen)).toEqual(["Blue"]);
		expect((await chosen.call("DELETE", `${path}/${red}`)).status).toBe(404);
		expect((await save(chosen, { filter: { merchantId: other.merchantId } })).status).toBe(404);
		expect((await save(chosen, { filter: { connectionId: other.connectionId } })).status).toBe(404);
	});

	it("stays when its owner goes, and what was theirs alone goes with them", async () => {
		const admin = await person("admin");
		await saved(ann, { name: "Alone" });
		await saved(ann, { name: "Shared", shared: true });
		const seat = await root().membership.findFirst({ where: { userId: ann.userId } });
		const answer = await admin.call("DELETE", `/accounts/${tenant.accountId}/people/${seat?.id}`);
		expect(answer.status, JSON.stringify(answer.body)).toBe(200);
		expect(await tenant.staffSql(`select "name" from "OrderView"`)).toEqual([{ name: "Shared" }]);
		expect(await names(bob)).toEqual(["Shared"]);
	});
});

it("a key has no views: they are a person's", async () => {
	const key = await createTestKey({ accountId: tenant.accountId });
	expect(await callApi(key, "GET", path)).toMatchObject({ status: 403, body: { code: "people-only" } });
});
