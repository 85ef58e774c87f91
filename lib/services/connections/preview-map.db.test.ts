import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { placeOrder } from "@/lib/connectors/kit/rest/harness-shop";
import { type Shop, startShop } from "@/lib/connectors/kit/rest/sandbox-shop";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestTenant } from "@/lib/testing/tenant";

testDatabase();
const journey = testJourney();
const secret = "sandbox-token-0123456789";
let shop: Shop;
let person: TestPerson;
beforeAll(async () => {
	shop = await startShop();
});
afterAll(() => shop.close());
beforeEach(async () => {
	person = await createTestPerson({ accountId: journey.tenant.accountId, role: "operator" });
});

const call = (path: string, body: object, as = person) =>
	as.call("POST", `/accounts/${journey.tenant.accountId}/connections${path}`, body);
const toWarehouse = (more: object = {}) => ({
	merchantId: journey.tenant.merchantId,
	connectorKey: "rest-destination",
	side: "destination",
	values: { baseUrl: "http://127.0.0.1:9/api", secret },
	...more,
});
const fromShop = (values: object = {}) => ({
	merchantId: journey.tenant.merchantId,
	connectorKey: "rest-source",
	side: "source",
	values: { baseUrl: shop.api, secret, ...values },
});

it("shows the request for a real order, by number or the newest, without any secret", async () => {
	const first = journey.place();
	await journey.download();
	const second = journey.place([{ sku: "MUG", quantity: 3 }]);
	await journey.download();
	const newest = await call("/preview", toWarehouse());
	expect(newest).toMatchObject({ status: 200, body: { side: "destination", number: second.code, problems: [] } });
	expect(JSON.parse(newest.body.body)).toMatchObject({
		order_number: second.code,
		items: [{ sku: "MUG", quantity: 3 }],
	});
	expect(newest.body.headers).toMatchObject({ Authorization: "•••" });
	expect(JSON.stringify(newest.body)).not.toContain(secret);
	expect((await call("/preview", toWarehouse({ number: first.code }))).body.number).toBe(first.code);
	expect(await call("/preview", toWarehouse({ number: "NO-SUCH" }))).toMatchObject({
		status: 409,
		body: { detail: expect.stringContaining("no order NO-SUCH") },
	});
});

it("names the line of a map that cannot be, and asks for an order where there is none", async () => {
	const wrong = { values: { baseUrl: "http://127.0.0.1:9/api", secret, orderMap: "no: numbr" } };
	expect(await call("/preview", toWarehouse(wrong))).toMatchObject({
		status: 422,
		body: { fields: { orderMap: expect.stringMatching(/Line 1: numbr is not a field .* Did you mean number\?/) } },
	});
	expect(await call("/preview", toWarehouse())).toMatchObject({
		status: 409,
		body: { detail: expect.stringContaining("no order to try it on") },
	});
});

it("reads one real order, with a problem for each field", async () => {
	const id = placeOrder(shop, { now: () => new Date() });
	const good = await call("/preview", fromShop());
	expect(good).toMatchObject({ status: 200, body: { side: "source", problems: [] } });
	expect(JSON.parse(good.body.read)).toMatchObject({ sourceId: id, shipTo: { country: "US" } });
	const orderMap = `sourceId: id\nnumber: order_number\nplacedAt: created_at\nshipTo.line1: ship_to.street
shipTo.country: ship_to.region\nlines[].sku: items[].sku\nlines[].quantity: items[].quantity`;
	const bad = await call("/preview", fromShop({ orderMap }));
	expect(bad.body.read).toBeNull();
	expect(bad.body.problems).toEqual([
		{ field: "shipTo.line1", problem: expect.stringContaining("line 4 of the map finds nothing") },
		{ field: "shipTo.country", problem: expect.stringContaining("is not a country we know") },
	]);
});

it("never leads into a private network", async () => {
	const answer = await call("/preview", fromShop({ baseUrl: "http://169.254.169.254/latest" }));
	expect(answer).toMatchObject({ status: 422, body: { detail: expect.stringContaining("private network") } });
});

it("is not for another account's merchant, nor for who may not change connections", async () => {
	const other = await createTestTenant();
	const stranger = await createTestPerson({ accountId: other.accountId, role: "owner" });
	expect((await call("/preview", toWarehouse(), stranger)).status).toBe(404);
	const viewer = await createTestPerson({ accountId: journey.tenant.accountId, role: "viewer" });
	expect((await call("/preview", toWarehouse(), viewer)).status).toBe(403);
});

it("a connection begins with those functions off that its settings name no path for", async () => {
	const values = { baseUrl: shop.api, secret, cancelsPath: "-", stockPath: "-" };
	const made = await call("", { ...fromShop(), name: "House shop", values });
	expect(made).toMatchObject({ status: 201, body: { checked: { ok: true } } });
	const { body } = await person.call("GET", `/accounts/${journey.tenant.accountId}/connections/${made.body.id}`);
	const modes = Object.fromEntries(body.flows.map(({ job, mode }: { job: string; mode: string }) => [job, mode]));
	expect(modes).toMatchObject({
		"orders/cancel": "off",
		"inventory/upload": "off",
		"orders/download": "every",
		"shipments/upload": "automatic",
	});
});
