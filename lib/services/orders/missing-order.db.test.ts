import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startVendureSandbox, type VendureSandbox } from "@/lib/connectors/vendure/sandbox";
import { performRun } from "@/lib/flow/run/perform-run";
import { flowPayload } from "@/lib/jobs/catalogue";
import { testDatabase } from "@/lib/testing/database";
import { createTestConnection, createTestTenant, runFlow, type TestTenant } from "@/lib/testing/tenant";
import { explainMissing } from "./explain-missing";
import { pullOrderNow } from "./pull-order-now";

const database = testDatabase();

let shop: VendureSandbox;
let tenant: TestTenant;
let cart: { id: string; flows: Record<string, string> };

beforeAll(async () => {
	shop = await startVendureSandbox();
});
afterAll(() => shop.close());
beforeEach(async () => {
	tenant = await createTestTenant();
	cart = await connect();
});

function connect(options: object = {}, settings: object = {}) {
	return createTestConnection(tenant, {
		connectorKey: "vendure",
		side: "source",
		settings: { ...shop.settings, ...settings },
		secret: ["apiKey"],
		options,
		name: `Shop ${Math.random()}`,
	});
}
const place = () => shop.store.place({ lines: [{ sku: "TEE", quantity: 2 }] });

/** Does what the worker would: every waiting job of the tenant's download that names one order. */
async function work(): Promise<void> {
	const client = new pg.Client(database.url());
	await client.connect();
	const { rows } = await client.query(
		`select "payload" from graphile_worker."_private_jobs" where "key" like 'orders/download:%:%' and "payload" ->> 'accountId' = $1`,
		[tenant.accountId],
	);
	await client.end();
	for (const { payload } of rows)
		await performRun(flowPayload.parse(payload), { id: "wrk_test", signal: new AbortController().signal });
}

describe("why is this order not here", () => {
	it("says that it is here, and where", async () => {
		const order = place();
		await runFlow(tenant, cart, "orders/download");
		const answer = await explainMissing(tenant.scope, cart.id, order.code);
		expect(answer).toMatchObject({ verdict: "here", pathLabel: "Open the order" });
		expect(answer.path).toMatch(/^orders\/ord_/);
	});

	it("says that the cart does not know it", async () => {
		expect(await explainMissing(tenant.scope, cart.id, "NO-SUCH")).toMatchObject({
			verdict: "unknown",
			sourceId: null,
		});
	});

	it("names the setting whose states leave it out", async () => {
		const order = place();
		order.state = "AddingItems";
		const answer = await explainMissing(tenant.scope, cart.id, order.code);
		expect(answer.verdict).toBe("left-out");
		expect(answer.sentence).toContain("AddingItems");
		expect(answer.path).toBe(`connections/${cart.id}?tab=settings`);
	});

	it("names Earliest Order Date when that leaves it out", async () => {
		const late = await connect({ earliestOrderDate: "2999-01-01T00:00:00.000Z" });
		const answer = await explainMissing(tenant.scope, late.id, place().code);
		expect(answer).toMatchObject({ verdict: "left-out" });
		expect(answer.sentence).toContain("Earliest Order Date 2999-01-01");
	});

	it("says what is wrong with one that cannot be used", async () => {
		const order = place();
		order.address = { ...order.address, countryCode: "XX" };
		expect(await explainMissing(tenant.scope, cart.id, order.code)).toMatchObject({ verdict: "unusable" });
	});

	it("offers to pull one that would come, and pulls it once however often it is pressed", async () => {
		const order = place();
		const answer = await explainMissing(tenant.scope, cart.id, order.code);
		expect(answer).toMatchObject({ verdict: "coming", sourceId: order.id });
		await pullOrderNow(tenant.scope, cart.id, order.id);
		await pullOrderNow(tenant.scope, cart.id, order.id);
		await work();
		await work();
		const orders = await tenant.sql(`select "number" from "Order" where "accountId" = $1`, [tenant.accountId]);
		expect(orders).toEqual([{ number: order.code }]);
		const [flow] = await tenant.sql<{ cursor: unknown }>(`select "cursor" from "Flow" where "id" = $1`, [
			cart.flows["orders/download"],
		]);
		expect(flow?.cursor, "the download's own position is untouched").toBeNull();
	});

	it("pulls nothing that a setting leaves out", async () => {
		const order = place();
		order.state = "AddingItems";
		await pullOrderNow(tenant.scope, cart.id, order.id);
		await work();
		expect(await tenant.sql(`select 1 from "Order" where "accountId" = $1`, [tenant.accountId])).toEqual([]);
		const [record] = await tenant.sql<{ outcome: string; reason: string }>(
			`select "outcome", "reason" from "RunRecord" where "accountId" = $1`,
			[tenant.accountId],
		);
		expect(record).toMatchObject({ outcome: "skipped" });
		expect(record?.reason).toContain("AddingItems");
	});

	it("says what the cart says when it cannot be asked", async () => {
		const wrong = await connect({}, { apiKey: "another-key-0123456789" });
		const answer = await explainMissing(tenant.scope, wrong.id, "1001");
		expect(answer).toMatchObject({ verdict: "not-connected", pathLabel: "Open its settings" });
	});
});
