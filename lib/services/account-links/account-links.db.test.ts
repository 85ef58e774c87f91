import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { root } from "@/lib/db/root";
import { overrideEnv } from "@/lib/env";
import { testDatabase, testEnv } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { type Mailbox, openMailbox } from "@/lib/testing/mailbox";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";

const database = testDatabase();
/** The brand's account is the journey's, with a cart and orders of its own. */
const journey = testJourney();
let mailbox: Mailbox;
let warehouse: TestTenant;
let brand: TestTenant;
let packer: TestPerson;
let boss: TestPerson;
let brandOwner: TestPerson;

beforeAll(async () => {
	mailbox = await openMailbox();
	overrideEnv({
		...testEnv,
		DATABASE_URL: database.url(),
		SMTP_URL: mailbox.url,
	});
});
afterAll(() => mailbox.close());
beforeEach(async () => {
	brand = journey.tenant;
	warehouse = await createTestTenant("Big Box");
	await root().account.updateMany({ where: { id: brand.accountId }, data: { kind: "merchant", name: "Red Lamp" } });
	boss = await createTestPerson({ accountId: warehouse.accountId, role: "owner" });
	packer = await createTestPerson({ accountId: warehouse.accountId, role: "operator" });
	brandOwner = await createTestPerson({ accountId: brand.accountId, role: "owner" });
});

const at = (tenant: TestTenant, rest = "") => `/accounts/${tenant.accountId}${rest}`;

async function ask(who = boss, from = warehouse, email = "brand@people.test"): Promise<string> {
	const { status, body } = await who.call("POST", at(from, "/links"), { email });
	expect(status, JSON.stringify(body)).toBe(201);
	return new URL(body.url).searchParams.get("token") ?? "";
}
async function link(): Promise<string> {
	const { status, body } = await brandOwner.call("POST", at(brand, "/links/accept"), { token: await ask() });
	expect(status, JSON.stringify(body)).toBe(200);
	return body.id;
}

describe("a link between a brand's account and its 3PL", () => {
	it("is asked for by mail, accepted once, and noted in both accounts", async () => {
		const token = await ask();
		const mail = mailbox.mails.findLast(({ to }) => to === "brand@people.test");
		expect(mail?.text).toContain(`/link?token=${token}`);
		expect((await packer.call("GET", at(brand))).status).toBe(404);
		expect((await brandOwner.call("POST", at(brand, "/links/accept"), { token })).status).toBe(200);
		expect((await brandOwner.call("POST", at(brand, "/links/accept"), { token })).status).toBe(422);
		for (const tenant of [brand, warehouse])
			expect(await tenant.staffSql(`select 1 from "AuditEntry" where "action" = 'account-link.accepted'`)).toHaveLength(
				1,
			);
		const { items } = (await boss.call("GET", at(warehouse, "/links"))).body;
		expect(items).toEqual([expect.objectContaining({ account: "Red Lamp", state: "active", sentHere: true })]);
	});

	it("lets the 3PL's staff work in the brand's account, and no further than an operator", async () => {
		await link();
		const hub = (await packer.call("GET", at(brand))).body;
		expect(hub).toMatchObject({ linked: true, role: "operator" });
		expect((await packer.call("GET", at(warehouse))).body.accounts).toContainEqual({
			...{ id: brand.accountId, name: "Red Lamp" },
			linked: true,
		});
		expect((await packer.call("GET", at(brand, "/orders"))).status).toBe(200);
		const cart = { values: { apiUrl: "https://evil.example/admin-api" } };
		for (const [method, path, body] of [
			["GET", "/people", undefined],
			["GET", "/audit", undefined],
			["POST", "/invitations", { email: "x@people.test", role: "viewer" }],
			["POST", "/links", { email: "x@people.test" }],
			["PATCH", `/connections/${journey.cart.id}`, cart],
		] as const)
			expect((await boss.call(method, at(brand, path), body)).status, path).toBe(403);
	});

	it("leaves out staff of chosen merchants and the people of one merchant", async () => {
		await link();
		const { accountId, merchantId } = warehouse;
		const chosen = await createTestPerson({ accountId, role: "operator", chosenMerchantIds: [merchantId] });
		const theirs = await createTestPerson({ accountId, role: "operator", merchantId });
		for (const person of [chosen, theirs]) expect((await person.call("GET", at(brand))).status).toBe(404);
	});

	it("can be asked for by the brand as well", async () => {
		const token = await ask(brandOwner, brand, "boss@people.test");
		expect((await boss.call("POST", at(warehouse, "/links/accept"), { token })).status).toBe(200);
		expect((await packer.call("GET", at(brand))).status).toBe(200);
	});

	it("is refused between two of a kind, twice over, and to whoever holds a withdrawn mail", async () => {
		const other = await createTestTenant("Other");
		const otherBoss = await createTestPerson({ accountId: other.accountId, role: "owner" });
		const wrongKind = await otherBoss.call("POST", at(other, "/links/accept"), { token: await ask() });
		expect(wrongKind).toMatchObject({ status: 422, body: { fields: { account: expect.any(String) } } });
		await link();
		const again = await brandOwner.call("POST", at(brand, "/links/accept"), { token: await ask() });
		expect(again).toMatchObject({ status: 422, body: { fields: { account: expect.stringContaining("already") } } });
		const late = await ask();
		const { items } = (await boss.call("GET", at(warehouse, "/links"))).body;
		const { id } = items.find(({ state }: { state: string }) => state === "pending");
		expect((await boss.call("DELETE", at(warehouse, `/links/${id}`))).status).toBe(200);
		expect((await brandOwner.call("POST", at(brand, "/links/accept"), { token: late })).status).toBe(422);
	});
});

describe("the end of a link", () => {
	it.each(["brand", "warehouse"])("by the %s shuts the 3PL out at once, and takes back what it lent", async (side) => {
		const id = await link();
		const { baseUrl, clientId, clientSecret, tplKey, userLoginId } = journey.warehouse.settings;
		const values = { baseUrl, clientId, clientSecret, tplKey, userLoginId, customerId: 17, facilityId: 2 };
		const given = {
			merchantId: brand.merchantId,
			connectorKey: "extensiv-3pl",
			side: "destination",
			name: "Lent",
			values,
		};
		const made = await packer.call("POST", at(brand, "/connections"), given);
		expect(made, JSON.stringify(made.body)).toMatchObject({ status: 201, body: { checked: { ok: true } } });
		const path = at(brand, `/connections/${made.body.id}`);
		// The brand sees that it is there, and cannot point its secrets elsewhere.
		expect((await brandOwner.call("GET", path)).status).toBe(200);
		expect((await brandOwner.call("PATCH", path, { values: { baseUrl: "https://evil.example" } })).status).toBe(403);
		const [who, where] = side === "brand" ? [brandOwner, brand] : [boss, warehouse];
		expect((await who.call("DELETE", at(where, `/links/${id}`))).status).toBe(200);
		expect((await packer.call("GET", at(brand))).status).toBe(404);
		const { body } = await brandOwner.call("GET", path);
		expect(body).toMatchObject({ state: "not_set_up", secretsSet: [], values: {} });
		expect(body.stateReason).toContain("Big Box");
		// What the brand connected by itself stays as it was, and so do its orders.
		expect((await brandOwner.call("GET", at(brand, `/connections/${journey.cart.id}`))).body.state).toBe("active");
		expect((await brandOwner.call("PATCH", path, { values })).status).toBe(200);
	});
});
