import { beforeEach, describe, expect, it } from "vitest";
import type { Role } from "@/lib/auth/roles";
import { root } from "@/lib/db/root";
import { testDatabase } from "@/lib/testing/database";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";

testDatabase();

interface Somebody extends TestPerson {
	membershipId: string;
}

let tenant: TestTenant;
let owner: Somebody;

async function join(role: Role, merchantId?: string): Promise<Somebody> {
	const person = await createTestPerson({ accountId: tenant.accountId, role, ...(merchantId && { merchantId }) });
	const { id } = await root().membership.findFirstOrThrow({ where: { userId: person.userId } });
	return { ...person, membershipId: id };
}

const pathOf = (person: Somebody, more = "") => `/accounts/${tenant.accountId}/people/${person.membershipId}${more}`;
const roleNow = async (person: Somebody) =>
	(await root().membership.findFirst({ where: { id: person.membershipId } }))?.role ?? "gone";
const noted = (action: string) =>
	tenant.staffSql<{ before: object; after: object }>(
		`select "before", "after" from "AuditEntry" where "accountId" = $1 and "action" = $2`,
		[tenant.accountId, action],
	);

beforeEach(async () => {
	tenant = await createTestTenant();
	owner = await join("owner");
});

describe("changing a role", () => {
	it("holds with the very next request, and is noted with before and after", async () => {
		const admin = await join("admin");
		expect((await owner.call("PATCH", pathOf(admin), { role: "viewer" })).status).toBe(200);
		expect((await admin.call("GET", `/accounts/${tenant.accountId}/people`)).status).toBe(403);
		const [entry] = await noted("person.role-changed");
		expect(entry).toMatchObject({ before: { role: "admin" }, after: { role: "viewer" } });
	});

	it("keeps somebody to one merchant, and lets them out again", async () => {
		const operator = await join("operator");
		await owner.call("PATCH", pathOf(operator), { role: "operator", merchantId: tenant.merchantId });
		const { body } = await operator.call("GET", `/accounts/${tenant.accountId}`);
		expect(body).toMatchObject({ ofMerchant: true, merchants: [{ id: tenant.merchantId }] });
		await owner.call("PATCH", pathOf(operator), { role: "operator", merchantId: null });
		expect((await operator.call("GET", `/accounts/${tenant.accountId}`)).body.ofMerchant).toBe(false);
	});

	it("makes no owner of one merchant", async () => {
		const operator = await join("operator");
		const answer = await owner.call("PATCH", pathOf(operator), { role: "owner", merchantId: tenant.merchantId });
		expect(answer).toMatchObject({ status: 422, body: { fields: { role: expect.stringContaining("whole account") } } });
	});

	it("lets no admin make, demote or remove an owner", async () => {
		const admin = await join("admin");
		const operator = await join("operator");
		expect((await admin.call("PATCH", pathOf(operator), { role: "owner" })).status).toBe(403);
		expect((await admin.call("PATCH", pathOf(owner), { role: "viewer" })).status).toBe(403);
		expect((await admin.call("DELETE", pathOf(owner))).status).toBe(403);
		expect((await admin.call("POST", pathOf(operator, "/hand-over"))).status).toBe(403);
		expect(await roleNow(owner)).toBe("owner");
	});

	it("lets a merchant's admin change people of their own merchant only", async () => {
		const brand = await join("admin", tenant.merchantId);
		const colleague = await join("viewer", tenant.merchantId);
		const staff = await join("viewer");
		expect((await brand.call("PATCH", pathOf(colleague), { role: "operator" })).status).toBe(200);
		expect(await roleNow(colleague)).toBe("operator");
		expect((await brand.call("PATCH", pathOf(staff), { role: "operator" })).status).toBe(404);
		const { body } = await brand.call("GET", `/accounts/${tenant.accountId}/people`);
		expect(body.members.map(({ id }: { id: string }) => id).sort()).toEqual(
			[brand.membershipId, colleague.membershipId].sort(),
		);
	});
});

describe("the last owner", () => {
	it("can neither leave, nor be removed, nor step down", async () => {
		const leave = await owner.call("POST", `/accounts/${tenant.accountId}/leave`);
		expect(leave).toMatchObject({
			status: 409,
			body: { code: "last-owner", detail: "You are the last owner of the account." },
		});
		expect((await owner.call("DELETE", pathOf(owner))).body.code).toBe("last-owner");
		expect((await owner.call("PATCH", pathOf(owner), { role: "admin" })).body.code).toBe("last-owner");
		expect(await roleNow(owner)).toBe("owner");
	});

	it.each(["leave at once", "demote each other", "remove each other"])("remains when two owners %s", async (how) => {
		for (let round = 0; round < 5; round++) {
			tenant = await createTestTenant();
			const [a, b] = [await join("owner"), await join("owner")];
			const act = (self: Somebody, other: Somebody) => {
				if (how === "leave at once") return self.call("POST", `/accounts/${tenant.accountId}/leave`);
				return how === "demote each other"
					? self.call("PATCH", pathOf(other), { role: "viewer" })
					: self.call("DELETE", pathOf(other));
			};
			const answers = await Promise.all([act(a, b), act(b, a)]);
			const left = [await roleNow(a), await roleNow(b)].filter((role) => role === "owner");
			expect(left, JSON.stringify(answers)).toHaveLength(1);
			expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
		}
	});

	it("hands the account over: the other becomes owner, they an admin", async () => {
		const next = await join("operator");
		expect((await owner.call("POST", pathOf(next, "/hand-over"))).status).toBe(200);
		expect([await roleNow(owner), await roleNow(next)]).toEqual(["admin", "owner"]);
		expect(await noted("account.handed-over")).toHaveLength(1);
		expect((await owner.call("POST", `/accounts/${tenant.accountId}/leave`)).status).toBe(200);
	});

	it("cannot hand it to somebody of one merchant, nor to themselves", async () => {
		const brand = await join("admin", tenant.merchantId);
		expect((await owner.call("POST", pathOf(brand, "/hand-over"))).status).toBe(422);
		expect((await owner.call("POST", pathOf(owner, "/hand-over"))).status).toBe(422);
	});
});

describe("going", () => {
	it("shuts a removed person out at once, and withdraws what they sent", async () => {
		const admin = await join("admin");
		await admin.call("POST", `/accounts/${tenant.accountId}/invitations`, {
			email: "friend@people.test",
			role: "admin",
		});
		expect((await owner.call("DELETE", pathOf(admin))).status).toBe(200);
		expect((await admin.call("GET", `/accounts/${tenant.accountId}`)).status).toBe(404);
		const { body } = await owner.call("GET", `/accounts/${tenant.accountId}/people`);
		expect(body.invitations).toEqual([]);
		expect(await noted("person.removed")).toHaveLength(1);
	});

	it("lets a viewer leave", async () => {
		const viewer = await join("viewer");
		expect((await viewer.call("POST", `/accounts/${tenant.accountId}/leave`)).status).toBe(200);
		expect(await roleNow(viewer)).toBe("gone");
		expect(await noted("person.left")).toHaveLength(1);
	});
});
