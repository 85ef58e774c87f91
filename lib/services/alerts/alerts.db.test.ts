import { beforeEach, describe, expect, it } from "vitest";
import { systemPool } from "@/lib/db/pools";
import { testDatabase } from "@/lib/testing/database";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";
import { createThings, type Things } from "@/lib/testing/things";
import { dayMs, hourMs, after as later } from "@/lib/time";

testDatabase();

let tenant: TestTenant;
let things: Things;
let neighbour: Things;
let owner: TestPerson;
let base: string;

beforeEach(async () => {
	tenant = await createTestTenant();
	things = await createThings(tenant);
	neighbour = await createThings(tenant, "Neighbour");
	owner = await createTestPerson({ accountId: tenant.accountId, role: "owner" });
	base = `/accounts/${tenant.accountId}/alerts`;
});

const list = async (query = "", person = owner) =>
	(await person.call("GET", `${base}${query}`)).body.items.map(({ id }: { id: string }) => id);
const act = (verb: string, body?: object, alertId = things.alertId) =>
	owner.call("POST", `${base}/${alertId}/${verb}`, body);
const read = async (alertId = things.alertId) => (await owner.call("GET", `${base}/${alertId}`)).body;
const inAnHour = () => later(new Date(), hourMs).toISOString();
const openInMenu = async () => (await owner.call("GET", `/accounts/${tenant.accountId}`)).body.openAlerts;
const memberOf = async (person: TestPerson) =>
	(await systemPool().query(`select "id" from "Membership" where "userId" = $1`, [person.userId])).rows[0].id;

describe("the list", () => {
	it("shows what is open, by merchant and by whose side it is", async () => {
		await systemPool().query(`update "Alert" set "side" = 'cart' where "id" = $1`, [things.alertId]);
		expect((await list()).sort()).toEqual([things.alertId, neighbour.alertId].sort());
		expect(await list("?side=cart")).toEqual([things.alertId]);
		expect(await list(`?merchantId=${neighbour.merchantId}`)).toEqual([neighbour.alertId]);
	});

	it("hides what is snoozed, says how much that is, and leaves it out of the menu's number", async () => {
		expect(await openInMenu()).toBe(2);
		await act("snooze", { until: inAnHour() });
		expect(await list()).toEqual([neighbour.alertId]);
		expect(await list("?show=snoozed")).toEqual([things.alertId]);
		expect((await owner.call("GET", base)).body.snoozed).toBe(1);
		expect(await openInMenu()).toBe(1);
		await act("snooze", { until: null });
		expect(await openInMenu()).toBe(2);
	});

	it("shows a merchant's people, and staff of chosen merchants, only what is theirs", async () => {
		const theirs = await createTestPerson({
			accountId: tenant.accountId,
			role: "admin",
			merchantId: things.merchantId,
		});
		const chosen = await createTestPerson({ accountId: tenant.accountId, role: "operator" });
		await systemPool().query(
			`update "Membership" set "chosenOnly" = true, "chosenMerchantIds" = array[$2] where "userId" = $1`,
			[chosen.userId, things.merchantId],
		);
		for (const person of [theirs, chosen]) {
			expect(await list("", person)).toEqual([things.alertId]);
			for (const path of ["", "/orders"])
				expect((await person.call("GET", `${base}/${neighbour.alertId}${path}`)).status).toBe(404);
			expect((await person.call("POST", `${base}/${neighbour.alertId}/comments`, { text: "hi" })).status).toBe(404);
			const own = await person.call("POST", `${base}/${things.alertId}/comments`, { text: "hi" });
			expect(own.status, JSON.stringify(own.body)).toBe(200);
		}
	});
});

describe("an alert", () => {
	it("can be given to oneself and to others who may see it", async () => {
		const theirs = await createTestPerson({
			accountId: tenant.accountId,
			role: "admin",
			merchantId: neighbour.merchantId,
		});
		expect((await act("assign", { membershipId: "me" })).status).toBe(200);
		expect(await list("?mine=true")).toEqual([things.alertId]);
		const refused = await act("assign", { membershipId: await memberOf(theirs) });
		expect(refused.status).toBe(422);
		expect((await act("assign", { membershipId: await memberOf(theirs) }, neighbour.alertId)).status).toBe(200);
		expect((await read(neighbour.alertId)).assignee.name).toContain(theirs.userId);
		expect((await act("assign", { membershipId: null })).status).toBe(200);
		expect((await read()).assignee).toBeNull();
	});

	it.each([
		["a moment that is over", () => later(new Date(), -hourMs)],
		["a moment more than 90 days away", () => later(new Date(), 91 * dayMs)],
	])("cannot be snoozed until %s", async (_, until) => {
		const refused = await act("snooze", { until: until().toISOString() });
		expect(refused).toMatchObject({ status: 422, body: { code: "bad-input" } });
	});

	it("keeps who did what, and closes by hand once", async () => {
		await act("snooze", { until: inAnHour() });
		await act("comments", { text: "Called the shop." });
		await act("resolve");
		await act("resolve");
		const { events, resolvedAt } = await read();
		expect(resolvedAt).not.toBeNull();
		expect(events.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
			"commented",
			"opened",
			"resolved",
			"snoozed",
		]);
		const by = (kind: string) => events.find((event: { kind: string }) => event.kind === kind);
		expect(by("resolved").who).toContain("@people.test");
		expect(by("commented")).toMatchObject({ text: "Called the shop." });
		expect((await act("snooze", { until: inAnHour() })).status).toBe(409);
	});

	it("lists the orders that wait, page by page, and tries them again together", async () => {
		await systemPool().query(
			`update "Order" set "status" = 'error', "problemCode" = 'partner-refused', "problem" = 'no such SKU' where "accountId" = $1`,
			[tenant.accountId],
		);
		await systemPool().query(
			`update "Alert" set "cause" = 'order:x:' || "id", "code" = 'partner-refused', "facts" = '{"problem":"no such SKU"}' where "id" = $1`,
			[things.alertId],
		);
		expect(await read()).toMatchObject({ waiting: 1, retry: "resend" });
		const page = await owner.call("GET", `${base}/${things.alertId}/orders?limit=1`);
		expect(page.body).toMatchObject({ items: [{ id: things.orderId }], next: null });
		expect((await act("retry")).body).toEqual({ tried: 1, left: 0 });
		expect(await read()).toMatchObject({ waiting: 0 });
		const { rows } = await systemPool().query(`select "status" from "Order" where "id" = $1`, [things.orderId]);
		expect(rows).toEqual([{ status: "new" }]);
		expect((await act("retry", {}, neighbour.alertId)).status).toBe(409);
	});
});
