import { beforeEach, describe, expect, it } from "vitest";
import { insertMerchant } from "@/lib/db/insert-account";
import { root } from "@/lib/db/root";
import { systemTransaction } from "@/lib/db/system";
import { testDatabase } from "@/lib/testing/database";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";
import { createThings, type Things } from "@/lib/testing/things";

testDatabase();

let tenant: TestTenant;
let owner: TestPerson;
let theirs: Things;
let others: Things;
let operator: TestPerson;

const path = (rest: string) => `/accounts/${tenant.accountId}/${rest}`;

async function membershipOf({ userId }: TestPerson): Promise<string> {
	return (await root().membership.findFirstOrThrow({ where: { userId } })).id;
}

beforeEach(async () => {
	tenant = await createTestTenant();
	owner = await createTestPerson({ accountId: tenant.accountId, role: "owner" });
	theirs = await createThings(tenant);
	others = await createThings(tenant, "Neighbour");
	operator = await createTestPerson({ accountId: tenant.accountId, role: "operator" });
});

/** The owner keeps the operator to some merchants. */
async function keepTo(chosenMerchantIds: string[] | null, role = "operator") {
	return owner.call("PATCH", path(`people/${await membershipOf(operator)}`), { role, chosenMerchantIds });
}

describe("staff of chosen merchants", () => {
	it("find everything of those, and nothing of the others, in every list", async () => {
		expect((await keepTo([theirs.merchantId])).status).toBe(200);
		for (const list of ["orders", "connections", "runs", "alerts"]) {
			const seen = JSON.stringify((await operator.call("GET", path(list))).body);
			const all = JSON.stringify((await owner.call("GET", path(list))).body);
			expect(all, list).toContain(others.merchantId);
			expect(seen, list).toContain(theirs.merchantId);
			expect(seen, list).not.toContain(others.merchantId);
		}
		const { body } = await operator.call("GET", path("merchants"));
		expect(body.items.map(({ id }: { id: string }) => id)).toEqual([theirs.merchantId]);
		const overview = (await operator.call("GET", path("overview"))).body;
		expect(JSON.stringify(overview)).not.toContain(others.merchantId);
		expect((await operator.call("GET", path(`orders/${others.orderId}`))).status).toBe(404);
		expect((await operator.call("GET", path(`orders/${theirs.orderId}`))).status).toBe(200);
	});

	it("see all again once they work for all, and none once none is left", async () => {
		await keepTo([theirs.merchantId]);
		await keepTo(null);
		expect((await operator.call("GET", path(`orders/${others.orderId}`))).status).toBe(200);
		await root().membership.updateMany({
			where: { userId: operator.userId },
			data: { chosenOnly: true, chosenMerchantIds: [] },
		});
		expect((await operator.call("GET", path("orders"))).body.items).toEqual([]);
		expect((await operator.call("GET", path("merchants"))).body.items).toEqual([]);
	});

	it("work at both sides of a connection, unlike the people of a brand", async () => {
		await keepTo([theirs.merchantId]);
		const { body } = await operator.call("GET", path(""));
		expect(body).toMatchObject({ ofMerchant: false, role: "operator", merchants: [{ id: theirs.merchantId }] });
	});

	it("are shown in the list of people with their merchants, and can leave by themselves", async () => {
		await keepTo([theirs.merchantId]);
		const { members } = (await owner.call("GET", path("people"))).body;
		expect(members.map(({ chosenMerchants }: { chosenMerchants: unknown }) => chosenMerchants)).toContainEqual([
			{ id: theirs.merchantId, name: expect.any(String) },
		]);
		expect((await operator.call("POST", path("leave"))).status).toBe(200);
		expect((await operator.call("GET", path("orders"))).status).toBe(404);
	});
});

describe("a choice that makes no sense is refused with its reason", () => {
	it.each(["admin", "owner"])("an %s answers for all merchants", async (role) => {
		expect(await keepTo([theirs.merchantId], role)).toMatchObject({
			status: 422,
			body: { fields: { role: expect.stringContaining("all merchants") } },
		});
	});

	it("no merchant at all, a merchant of somebody else, or both kinds at once", async () => {
		expect((await keepTo([])).status).toBe(422);
		const foreign = await createTestTenant("Foreign");
		expect((await keepTo([theirs.merchantId, foreign.merchantId])).status).toBe(404);
		const id = await membershipOf(operator);
		const both = { role: "viewer", merchantId: theirs.merchantId, chosenMerchantIds: [theirs.merchantId] };
		expect((await owner.call("PATCH", path(`people/${id}`), both)).status).toBe(422);
	});

	it("a merchant that is archived meanwhile cannot be chosen", async () => {
		const gone = await systemTransaction((tx) => insertMerchant(tx, tenant.accountId, "Gone"));
		await root().merchant.updateMany({ where: { id: gone }, data: { archivedAt: new Date() } });
		expect((await keepTo([gone])).status).toBe(404);
	});
});
