import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ExtensivSandbox, startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { type OmSandbox, startOmSandbox } from "@/lib/connectors/extensiv-om/sandbox";
import { type Connected, connectWarehouse } from "@/lib/testing/connect";
import { testDatabase } from "@/lib/testing/database";
import { createTestConnection, createTestTenant, runFlow, type TestTenant } from "@/lib/testing/tenant";
import { cancelPurchaseSending } from "./cancel-sending";
import { dealWithPurchaseOrder } from "./deal-with";
import { enablePurchaseSending } from "./enable-sending";
import { listPurchaseOrders } from "./list-purchase-orders";
import { readPurchaseOrder } from "./read-purchase-order";
import { resendPurchaseOrder } from "./resend-purchase-order";
import { resendReceipts } from "./resend-receipts";

testDatabase();

let om: OmSandbox;
let warehouse: ExtensivSandbox;
let tenant: TestTenant;
let wms: Connected;
let cart: Connected;

beforeAll(async () => {
	warehouse = await startExtensivSandbox();
	warehouse.store.setStock("TEE", 2, 0);
});
afterAll(() => warehouse.close());
beforeEach(async () => {
	om = await startOmSandbox({ quotas: false });
	tenant = await createTestTenant();
	wms = await connectWarehouse(tenant, warehouse);
	const about = { connectorKey: "extensiv-om", side: "source", name: "Order Manager" } as const;
	cart = await createTestConnection(tenant, { ...about, settings: om.settings, secret: ["apiToken"] });
	return () => om.close();
});

async function load(sku = "TEE") {
	const placed = om.store.purchases.place({
		number: `PO-${crypto.randomUUID().slice(0, 8)}`,
		lines: [{ sku, quantity: 100 }],
	});
	await runFlow(tenant, cart, "purchase-orders/download");
	const [row] = await tenant.sql<{ id: string }>(`select "id" from "PurchaseOrder" where "number" = $1`, [
		placed.number,
	]);
	return { placed, id: row?.id ?? "" };
}
const send = () => runFlow(tenant, wms, "purchase-orders/deliver");
async function receive(poNum: string, qty: number) {
	const announced = warehouse.store.dock.find(poNum);
	if (announced?.status === 0) warehouse.store.dock.confirm(announced, [{ sku: "TEE", qty }]);
	else warehouse.store.dock.receiveMore(poNum, [{ sku: "TEE", qty }]);
	await runFlow(tenant, wms, "receipts/fetch");
}
const read = (id: string) => readPurchaseOrder(tenant.scope, id);
const list = (more: Omit<Parameters<typeof listPurchaseOrders>[1], "limit"> = {}) =>
	listPurchaseOrders(tenant.scope, { limit: 50, ...more });

describe("a purchase order as people see it", () => {
	it("shows 60 as received, not put away, until the next stock figure of the warehouse", async () => {
		const { placed, id } = await load();
		await send();
		expect((await read(id)).units).toEqual({ expected: 100, received: 0, putAway: 0, inTransit: 100 });
		await receive(placed.number, 60);
		expect((await read(id)).units).toEqual({ expected: 100, received: 60, putAway: 0, inTransit: 40 });
		expect((await read(id)).state).toBe("partially_fulfilled");
		warehouse.store.setStock("TEE", 2, 60);
		await runFlow(tenant, wms, "inventory/fetch");
		expect((await read(id)).lines[0]).toMatchObject({ received: 60, putAway: 60, inTransit: 40 });
		await receive(placed.number, 40);
		await runFlow(tenant, cart, "receipts/upload");
		const after = await read(id);
		expect(after).toMatchObject({ state: "fulfilled", units: { received: 100, putAway: 60, inTransit: 0 } });
		expect(after.journey.map(({ kind }) => kind).sort()).toEqual(
			["loaded", "delivery", "receipt", "receipt", "confirmation", "confirmation"].sort(),
		);
		expect(after.journey.filter(({ attempts }) => attempts.length === 1)).toHaveLength(3);
	});

	it("is found by its number and its SKU, and listed by what stops it", async () => {
		const { id, placed } = await load();
		const { id: refusedId } = await load("UNKNOWN");
		await send();
		expect((await list()).items.map((one) => one.id)).toEqual([refusedId, id]);
		expect((await list({ search: placed.number.toLowerCase() })).items.map((one) => one.id)).toEqual([id]);
		expect((await list({ search: "unknown" })).items.map((one) => one.id)).toEqual([refusedId]);
		const [stopped, ...others] = (await list({ state: "problem" })).items;
		expect([stopped?.id, stopped?.sending, others]).toEqual([refusedId, "stopped", []]);
	});
});

describe("what a person can do", () => {
	it("is to cancel sending, and enable it again", async () => {
		const { id, placed } = await load();
		await cancelPurchaseSending(tenant.scope, id);
		await send();
		expect(warehouse.store.dock.find(placed.number)).toBeUndefined();
		expect((await read(id)).can).toMatchObject({ enableSending: true, resend: false, cancelSending: false });
		await enablePurchaseSending(tenant.scope, id);
		await send();
		expect(warehouse.store.dock.find(placed.number)).toBeDefined();
		await expect(cancelPurchaseSending(tenant.scope, id)).rejects.toMatchObject({ code: "conflict" });
	});

	it("is to resend what was refused; what is there already is found, not made again", async () => {
		const { id, placed } = await load();
		await send();
		await resendPurchaseOrder(tenant.scope, id);
		await send();
		expect(warehouse.store.dock.receivers.filter((one) => one.referenceNum === placed.number)).toHaveLength(1);
		expect((await read(id)).delivery).toMatchObject({ state: "accepted" });
	});

	it("is to tell the source again of a receipt that it refused", async () => {
		const { id, placed } = await load();
		await send();
		await receive(placed.number, 60);
		om.faults.add({ match: (call) => call.method === "PUT", fault: { kind: "status", status: 400, when: "before" } });
		await runFlow(tenant, cart, "receipts/upload");
		expect((await read(id)).can.resendReceipts).toBe(true);
		await resendReceipts(tenant.scope, id);
		await runFlow(tenant, cart, "receipts/upload");
		expect(placed.lines[0]?.received).toBe(60);
		await expect(resendReceipts(tenant.scope, id)).rejects.toMatchObject({ code: "conflict" });
	});

	it("is to mark as dealt with what arrived in excess: the alert closes", async () => {
		const { id, placed } = await load();
		await send();
		await receive(placed.number, 110);
		const open = () => tenant.sql(`select 1 from "Alert" where "code" = 'over-received' and "resolvedAt" is null`);
		expect([(await read(id)).overReceived, (await open()).length]).toEqual([true, 1]);
		await dealWithPurchaseOrder(tenant.scope, id);
		expect([(await read(id)).overReceived, (await open()).length]).toEqual([false, 0]);
		await expect(dealWithPurchaseOrder(tenant.scope, id)).rejects.toMatchObject({ code: "conflict" });
	});
});
