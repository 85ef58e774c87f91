import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { insertMerchant } from "@/lib/db/insert-account";
import { jobScope } from "@/lib/db/scope";
import { systemTransaction } from "@/lib/db/system";
import { transact } from "@/lib/db/transact";
import { readOverview } from "@/lib/services/overview/read-overview";
import { testDatabase } from "@/lib/testing/database";
import { openMailbox } from "@/lib/testing/mailbox";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { facility, type RubyHas, startRubyHas } from "@/lib/testing/ruby-has";
import { createTestConnection } from "@/lib/testing/tenant";
import { watchTest } from "./look-again";

const mailbox = await openMailbox();
afterAll(() => mailbox.close());
testDatabase({ PRIVATE_HOSTS: "127.0.0.1", SMTP_URL: mailbox.url });

let hub: RubyHas;
let ann: TestPerson;
beforeEach(async () => {
	hub = await startRubyHas();
	ann = await createTestPerson({ accountId: hub.tenant.accountId, role: "operator" });
});
afterEach(() => hub.close());

const tests = () => `/accounts/${hub.tenant.accountId}/integration-tests`;
async function begin(): Promise<string> {
	const { status, body } = await ann.call("POST", tests(), { sourceId: hub.cart.id, destinationId: hub.wms.id });
	expect(status, JSON.stringify(body)).toBe(201);
	return body.id;
}
const name = (id: string, flow: string, subject: string) =>
	ann.call("POST", `${tests()}/${id}/subjects`, { flow, subject });
async function read(id: string) {
	return (await ann.call("GET", `${tests()}/${id}`)).body;
}
/** The ticks that are set, as "orders: loaded". */
async function seen(id: string): Promise<string[]> {
	await watchTest({ ...hub.tenant, id });
	const { steps } = await read(id);
	return steps.flatMap(({ flow, ticks }: { flow: string; ticks: { key: string; at: string | null }[] }) =>
		ticks.filter(({ at }) => at !== null).map(({ key }) => `${flow}: ${key}`),
	);
}
const stepOf = async (id: string, flow: string) =>
	(await read(id)).steps.find((one: { flow: string }) => one.flow === flow);
const place = (number: string) => hub.om.store.place({ number, lines: [{ sku: "TEE", quantity: 2 }] });
const toTest = () => hub.tenant.sql(`update "Connection" set "liveAt" = null where "side" = 'source'`);

async function walkOrder(number: string) {
	place(number);
	await hub.run("orders/download");
	await hub.run("orders/deliver");
	return hub.atDeposco("Sales Order", number);
}
async function countStock(total: number) {
	hub.deposco.store.stock.length = 0;
	for (const sku of ["TEE", "MUG"]) hub.deposco.store.stock.push({ sku, facility, total, allocated: 0 });
	await hub.run("inventory/fetch");
}

describe("a guided test", () => {
	it("earns each tick of orders and stock when the thing itself happens", async () => {
		const { deposco } = hub;
		const id = await begin();
		expect((await read(id)).steps.map(({ flow }: { flow: string }) => flow)).toEqual([
			...["orders", "shipments", "stock", "purchaseOrders", "receipts"],
		]);
		expect(await stepOf(id, "shipments")).toMatchObject({ waits: { sentence: expect.stringContaining("Orders out") } });

		await name(id, "orders", "T-1");
		expect(await stepOf(id, "orders")).toMatchObject({ waits: { action: "run", flow: { title: "Order Download" } } });
		place("T-1");
		expect(await seen(id)).toEqual([]);
		await hub.run("orders/download");
		expect(await seen(id)).toEqual(["orders: loaded"]);
		await hub.run("orders/deliver");
		expect(await seen(id)).toEqual(["orders: loaded", "orders: arrived"]);
		const { ticks } = await stepOf(id, "orders");
		expect(ticks[1]).toMatchObject({ note: "as T-1", exchangeId: expect.stringMatching(/^xch_/) });

		deposco.store.ship(hub.atDeposco("Sales Order", "T-1"), { boxes: [{ trackingNumber: "1ZTEST" }] });
		await hub.run("shipments/fetch");
		expect(await seen(id)).toContain("shipments: shipped");
		expect(await seen(id)).not.toContain("shipments: told");
		await hub.run("shipments/upload");
		expect(await seen(id)).toContain("shipments: told");

		await countStock(40);
		await name(id, "stock", "TEE");
		await countStock(40);
		await hub.run("inventory/upload");
		expect((await seen(id)).filter((one) => one.startsWith("stock"))).toEqual([]);
		await countStock(39);
		expect(await seen(id)).toContain("stock: changed");
		expect(await seen(id)).not.toContain("stock: told");
		await hub.run("inventory/upload");
		expect(await stepOf(id, "stock")).toMatchObject({ done: true, ticks: [{ note: "40 became 39" }, {}] });
	});

	it("earns each tick of purchase orders, and passes when nothing is missing", async () => {
		const { om, deposco, tenant } = hub;
		const id = await begin();
		await tenant.sql(`update "IntegrationTest" set "flows" = '{purchaseOrders,receipts}'`);
		om.store.purchases.place({ number: "TPO-1", lines: [{ sku: "TEE", quantity: 10 }] });
		await name(id, "purchaseOrders", "TPO-1");
		await hub.run("purchase-orders/download");
		await hub.run("purchase-orders/deliver");
		expect(await stepOf(id, "purchaseOrders")).toMatchObject({ done: true });
		deposco.store.receive(hub.atDeposco("Purchase Order", "TPO-1"), { quantity: 4 });
		await hub.run("receipts/fetch");
		expect(await read(id)).toMatchObject({ state: "running", done: 1, of: 2 });
		await hub.run("receipts/upload");
		await seen(id);
		expect(await read(id)).toMatchObject({ state: "passed", done: 2, of: 2, endedAt: expect.any(String) });
	});

	it("takes nothing of another order, another merchant or an earlier day for evidence", async () => {
		await walkOrder("EARLIER");
		const id = await begin();
		await name(id, "orders", "EARLIER");
		expect(await seen(id)).toEqual(["orders: loaded"]);
		expect(await stepOf(id, "orders")).toMatchObject({ waits: { action: "name" } });

		await name(id, "orders", "MINE");
		const other = await walkOrder("OTHER");
		hub.deposco.store.ship(other);
		await hub.run("shipments/fetch");
		await hub.run("shipments/upload");
		expect(await seen(id)).toEqual([]);

		// The same number, of another merchant of this account.
		const { accountId } = hub.tenant;
		const merchantId = await systemTransaction((tx) => insertMerchant(tx, accountId, "Stranger"));
		const stranger = { ...hub.tenant, merchantId, scope: { ...jobScope(accountId, merchantId, "test"), merchantId } };
		const shop = await createTestConnection(stranger, {
			...{ connectorKey: "extensiv-om", side: "source", name: "Order Manager" },
			...{ settings: hub.om.settings, secret: ["apiToken"] },
		});
		await transact(stranger.scope, (tx) =>
			tx.sql(
				`insert into "Order" ("id", "accountId", "merchantId", "connectionId", "sourceId", "number", "status", "shipToName", "shipToCountry",
				   "lineCount", "unitCount", "document", "placedAt", "sourceChangedAt", "createdAt", "updatedAt")
				 values ('ord_00000000000000000stranger', $1, $2, $3, 's-1', 'MINE', 'at_wms', '', 'US', 1, 1, '{}', now(), now(), now(), now())`,
				[accountId, merchantId, shop.id],
			),
		);
		expect(await seen(id)).toEqual([]);
		expect(await hub.tenant.staffSql(`select "number" from "Order" where "testId" is not null`)).toEqual([]);
		await walkOrder("MINE");
		expect(await seen(id)).toEqual(["orders: loaded", "orders: arrived"]);
	});

	it("keeps what it saw after the count went back, and forgets it when another item is named", async () => {
		await countStock(10);
		const id = await begin();
		await name(id, "stock", "TEE");
		await countStock(9);
		expect(await seen(id)).toEqual(["stock: changed"]);
		await countStock(10);
		expect(await seen(id)).toEqual(["stock: changed"]);
		await name(id, "stock", "MUG");
		expect(await seen(id)).toEqual([]);
		expect(await name(id, "stock", "GHOST")).toMatchObject({ status: 422 });
	});

	it("sends the one order it names while the cart is in test, and tells the cart only the item it names", async () => {
		await toTest();
		const id = await begin();
		for (const number of ["T-1", "REAL-1"]) place(number);
		await hub.run("orders/download");
		await name(id, "orders", "T-1");
		await hub.run("orders/deliver");
		expect(await stepOf(id, "orders")).toMatchObject({ waits: { action: "send-order" } });
		expect((await ann.call("POST", `${tests()}/${id}/send-order`)).status).toBe(200);
		await hub.run("orders/deliver");
		expect(hub.deposco.store.created).toEqual(["T-1"]);
		expect((await ann.call("POST", `${tests()}/${id}/send-order`)).status).toBe(409);

		hub.om.store.addProduct("MUG", { onHand: 0 });
		await countStock(10);
		expect(await hub.run("inventory/upload")).toMatchObject({ state: "stopped" });
		await name(id, "stock", "TEE");
		await countStock(9);
		await hub.run("inventory/upload");
		// Nine, less the two of the order that waits.
		expect([hub.om.store.shows("TEE").available, hub.om.store.shows("MUG").available]).toEqual([7, 0]);
		expect(await seen(id)).toEqual(["orders: loaded", "orders: arrived", "stock: changed", "stock: told"]);
	});

	it("marks what it names as a test: lists say so, and no figure of the overview counts it", async () => {
		const id = await begin();
		await name(id, "orders", "T-1");
		await walkOrder("T-1");
		await walkOrder("REAL-1");
		await seen(id);
		const { items } = (await ann.call("GET", `/accounts/${hub.tenant.accountId}/orders`)).body;
		expect(items.map(({ number, test }: { number: string; test: boolean }) => [number, test]).sort()).toEqual([
			["REAL-1", false],
			["T-1", true],
		]);
		const overview = await readOverview(hub.tenant.scope, {});
		expect(overview.byStatus.at_wms).toBe(1);
		const sums = overview.moments.map(({ loaded, delivered }) => [loaded, delivered]);
		expect(sums.reduce(([a = 0, b = 0], [c = 0, d = 0]) => [a + c, b + d], [0, 0])).toEqual([1, 1]);
	});

	it("unmarks an order that was named by mistake and not sent", async () => {
		await toTest();
		const id = await begin();
		for (const number of ["WRONG", "RIGHT"]) place(number);
		await hub.run("orders/download");
		await name(id, "orders", "WRONG");
		await name(id, "orders", "RIGHT");
		expect(await hub.tenant.sql(`select "number" from "Order" where "testId" is not null`)).toEqual([
			{ number: "RIGHT" },
		]);
	});

	it("tests only what both can do, one pair of one merchant, and begins anew", async () => {
		const { tenant, cart } = hub;
		const csv = await createTestConnection(tenant, {
			...{ connectorKey: "vendure", side: "source", name: "Shop" },
			...{ settings: { apiUrl: "http://127.0.0.1:9/admin-api", apiKey: "key" }, secret: ["apiKey"] },
		});
		const { pairs } = (await ann.call("GET", `/accounts/${tenant.accountId}/connections/${csv.id}/integration-tests`))
			.body;
		expect(pairs).toMatchObject([{ destination: { name: "Ruby Has" }, flows: ["orders", "shipments", "stock"] }]);
		const first = await begin();
		const second = await begin();
		expect([(await read(first)).state, (await read(second)).state]).toEqual(["ended", "running"]);
		expect((await name(first, "orders", "T-1")).status).toBe(409);
		const list = await ann.call("GET", `/accounts/${tenant.accountId}/connections/${cart.id}/integration-tests`);
		expect(list.body.items.map(({ id }: { id: string }) => id)).toEqual([second, first]);
		expect((await ann.call("POST", tests(), { sourceId: hub.wms.id, destinationId: cart.id })).status).toBe(404);
		const viewer = await createTestPerson({ accountId: tenant.accountId, role: "viewer" });
		expect((await viewer.call("POST", `${tests()}/${second}/end`)).status).toBe(403);
	});

	it("tells the gate how it went", async () => {
		await toTest();
		const gate = async () =>
			(await ann.call("GET", `/accounts/${hub.tenant.accountId}/connections/${hub.cart.id}/go-live`)).body.checks.find(
				({ key }: { key: string }) => key === "tested",
			);
		expect(await gate()).toMatchObject({ state: "look", fix: { label: "Test the integration" } });
		const id = await begin();
		expect(await gate()).toMatchObject({ state: "look", title: expect.stringContaining("0 of 5") });
		await hub.tenant.sql(`update "IntegrationTest" set "state" = 'passed', "endedAt" = now() where "id" = $1`, [id]);
		expect(await gate()).toMatchObject({ state: "ok" });
	});
});

describe("the report of a guided test", () => {
	it("goes to both sides and into a file, and holds nothing of the shopper", async () => {
		const id = await begin();
		await name(id, "orders", "T-1");
		await walkOrder("T-1");
		await seen(id);
		const emails = ["brand@people.test", "warehouse@people.test", "BRAND@people.test"];
		const sent = await ann.call("POST", `${tests()}/${id}/report`, { emails });
		expect(sent).toMatchObject({ status: 200, body: { mailed: 2, failed: 0 } });
		for (const to of ["brand@people.test", "warehouse@people.test"]) {
			const mail = mailbox.mails.find((one) => one.to === to);
			expect(mail?.text).toContain("Arrived at Ruby Has at ");
			expect(mail?.text).toContain("Shipments back, with T-1: Ruby Has told of the shipment: not seen");
		}
		const audited = await hub.tenant.staffSql(
			`select "action" from "AuditEntry" where "action" like 'integration-test.%' order by "id"`,
		);
		expect(audited.map(({ action }) => action)).toEqual([
			...["integration-test.started", "integration-test.named", "integration-test.report-sent"],
		]);
		const file = await ann.call("GET", `${tests()}/${id}/export`);
		expect(file.status).toBe(200);
	});

	it("is not sent without end", async () => {
		const id = await begin();
		const five = (n: number) => Array.from({ length: 5 }, (_, m) => `p${n}-${m}@people.test`);
		const statuses: number[] = [];
		for (let n = 0; n < 7; n++)
			statuses.push((await ann.call("POST", `${tests()}/${id}/report`, { emails: five(n) })).status);
		expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429]);
	});
});
