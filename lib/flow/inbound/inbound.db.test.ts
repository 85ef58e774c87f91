import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ExtensivSandbox, startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { type OmSandbox, startOmSandbox } from "@/lib/connectors/extensiv-om/sandbox";
import type { StoredPurchaseOrder } from "@/lib/connectors/extensiv-om/sandbox/purchase-book";
import { connectWarehouse } from "@/lib/testing/connect";
import { testDatabase } from "@/lib/testing/database";
import { createTestConnection, createTestTenant, runFlow, type TestTenant } from "@/lib/testing/tenant";

testDatabase();

let om: OmSandbox;
let warehouse: ExtensivSandbox;
let tenant: TestTenant;
let wms: Awaited<ReturnType<typeof connectWarehouse>>;

beforeAll(async () => {
	warehouse = await startExtensivSandbox();
	for (const sku of ["TEE", "MUG"]) warehouse.store.addItem(sku);
});
afterAll(() => warehouse.close());
beforeEach(async () => {
	warehouse.faults.clear();
	om = await startOmSandbox({ quotas: false });
	tenant = await createTestTenant();
	wms = await connectWarehouse(tenant, warehouse);
	return () => om.close();
});

function connect(options: object = {}) {
	const about = { connectorKey: "extensiv-om", side: "source", name: "Order Manager", options } as const;
	return createTestConnection(tenant, { ...about, settings: om.settings, secret: ["apiToken"] });
}
const number = () => `PO-${crypto.randomUUID().slice(0, 8)}`;
const expect100 = (lines = [{ sku: "TEE", quantity: 100 }]) => om.store.purchases.place({ number: number(), lines });
const stateOf = async ({ number: of }: StoredPurchaseOrder) =>
	(await tenant.sql<{ state: string }>(`select "state" from "PurchaseOrder" where "number" = $1`, [of]))[0]?.state;
const alerts = async () =>
	(await tenant.sql<{ code: string }>(`select "code" from "Alert" where "resolvedAt" is null order by 1`)).map(
		({ code }) => code,
	);
function receiverOf({ number: of }: StoredPurchaseOrder) {
	const receiver = warehouse.store.dock.find(of);
	if (!receiver) throw new Error(`the warehouse does not know ${of}`);
	return receiver;
}
/** Everything on its way goes on: receipts are picked up and told. */
async function carryBack(cart: Awaited<ReturnType<typeof connect>>) {
	await runFlow(tenant, wms, "receipts/fetch");
	return runFlow(tenant, cart, "receipts/upload");
}
async function announce(cart: Awaited<ReturnType<typeof connect>>) {
	await runFlow(tenant, cart, "purchase-orders/download");
	return runFlow(tenant, wms, "purchase-orders/deliver");
}

describe("a purchase order of Order Manager", () => {
	it("is announced in the warehouse's item codes, and its receipts are told in those of its source", async () => {
		const cart = await connect();
		await tenant.sql(
			`insert into "ItemMapping" ("id", "accountId", "merchantId", "connectionId", "code", "sku", "updatedAt")
			 values ('itm_shirt', $1, $2, $3, 'SHIRT', 'TEE', now())`,
			[tenant.accountId, tenant.merchantId, cart.id],
		);
		const placed = expect100([{ sku: "SHIRT", quantity: 100 }]);
		expect(await announce(cart)).toMatchObject({ state: "done", counts: { created: 1 } });
		expect(receiverOf(placed)).toMatchObject({ items: [{ itemIdentifier: { sku: "TEE" }, expectedQty: 100 }] });
		warehouse.store.dock.receiveMore(placed.number, [{ sku: "TEE", qty: 60 }]);
		await carryBack(cart);
		expect([placed.lines[0]?.received, om.store.purchases.inTransit("SHIRT")]).toEqual([60, 40]);
		expect(await alerts()).toEqual([]);
	});

	it("is expected at the warehouse, received in part, then in full: in transit falls from 100 to 40 to 0", async () => {
		const cart = await connect();
		const placed = expect100();
		om.store.purchases.place({
			number: number(),
			lines: [{ sku: "TEE", quantity: 5 }],
			status: "AWAITING_AUTHORIZATION",
		});
		om.store.purchases.place({ number: number(), lines: [{ sku: "TEE", quantity: 5 }], warehouseId: 4 });
		expect(om.store.purchases.inTransit("TEE")).toBe(100);
		expect(await runFlow(tenant, cart, "purchase-orders/download")).toMatchObject({
			state: "done",
			counts: { created: 1, skipped: 1 },
		});
		expect(await runFlow(tenant, cart, "purchase-orders/download")).toMatchObject({
			counts: { created: 0, updated: 0 },
		});
		expect(await runFlow(tenant, wms, "purchase-orders/deliver")).toMatchObject({
			state: "done",
			counts: { created: 1 },
		});
		const receiver = receiverOf(placed);
		expect(receiver).toMatchObject({
			poNum: placed.number,
			items: [{ itemIdentifier: { sku: "TEE" }, expectedQty: 100 }],
		});
		expect((await runFlow(tenant, wms, "purchase-orders/deliver")).counts).toMatchObject({ created: 0 });

		warehouse.store.dock.confirm(receiver, [
			{ sku: "TEE", qty: 60, lotNumber: "L-7", expirationDate: "2027-05-01T00:00:00" },
		]);
		expect(await carryBack(cart)).toMatchObject({ state: "done", counts: { created: 1 } });
		expect(await stateOf(placed)).toBe("partially_fulfilled");
		expect([placed.status, placed.lines[0]?.received, om.store.purchases.inTransit("TEE")]).toEqual([
			"PARTIALLY_DELIVERED",
			60,
			40,
		]);
		expect(await tenant.sql(`select "lot", "quantity", "expiresAt" from "ReceiptLine"`)).toEqual([
			{ lot: "L-7", quantity: 60, expiresAt: new Date("2027-05-01T00:00:00Z") },
		]);

		warehouse.store.dock.receiveMore(placed.number, [{ sku: "TEE", qty: 40 }]);
		await carryBack(cart);
		expect(await stateOf(placed)).toBe("fulfilled");
		expect([placed.status, placed.lines[0]?.received, om.store.purchases.inTransit("TEE")]).toEqual([
			"FULFILLED",
			100,
			0,
		]);
		// Read again and told again: nothing more happens.
		expect((await runFlow(tenant, wms, "receipts/fetch")).counts).toMatchObject({ created: 0, updated: 0 });
		await runFlow(tenant, cart, "purchase-orders/download");
		await runFlow(tenant, cart, "receipts/upload");
		expect(om.store.purchases.receipts.map(({ received }) => received)).toEqual([60, 100]);
		expect(await alerts()).toEqual([]);
	});

	it("is told line by line, and one refused line stops no other", async () => {
		const cart = await connect();
		const placed = expect100([
			{ sku: "TEE", quantity: 10 },
			{ sku: "MUG", quantity: 4 },
		]);
		await announce(cart);
		warehouse.store.dock.confirm(receiverOf(placed), [
			{ sku: "TEE", qty: 10 },
			{ sku: "MUG", qty: 1 },
		]);
		const [tee, mug] = placed.lines;
		om.faults.add({
			match: (call) => call.method === "PUT" && call.body.includes(String(tee?.purchaseOrderItemId)),
			fault: { kind: "status", status: 400, when: "before" },
		});
		await carryBack(cart);
		expect([tee?.received, mug?.received]).toEqual([0, 1]);
		expect(await alerts()).toEqual(["partner-refused"]);
		await tenant.sql(`update "ReceiptUpload" set "nextTryAt" = now() where "state" = 'refused'`);
		await runFlow(tenant, cart, "receipts/upload");
		expect([tee?.received, mug?.received]).toEqual([10, 1]);
		expect(await alerts()).toEqual([]);
	});

	it("whose announcement lost its answer is looked for, and exists once", async () => {
		const cart = await connect();
		const placed = expect100();
		warehouse.faults.add({
			match: (call) => call.method === "POST" && call.path === "/inventory/receivers",
			fault: { kind: "reset", when: "after" },
		});
		await announce(cart);
		const [row] = await tenant.sql<{ state: string }>(`select "state" from "InboundDelivery"`);
		expect(row?.state).toBe("unknown");
		await tenant.sql(`update "PurchaseOrder" set "dueAt" = now()`);
		await runFlow(tenant, wms, "purchase-orders/deliver");
		expect(await tenant.sql(`select "state", "existed" from "InboundDelivery"`)).toEqual([
			{ state: "accepted", existed: true },
		]);
		expect(warehouse.store.dock.receivers.filter((one) => one.referenceNum === placed.number)).toHaveLength(1);
		const outcomes = await tenant.sql<{ outcome: string }>(`select "outcome" from "InboundAttempt" order by "number"`);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(["unknown", "existed"]);
	});

	it("whose receipt lost its answer is told exactly once", async () => {
		const cart = await connect();
		const placed = expect100();
		await announce(cart);
		warehouse.store.dock.confirm(receiverOf(placed), [{ sku: "TEE", qty: 60 }]);
		om.faults.add({
			match: (call) => call.method === "PUT" && call.path === "/v1/purchaseorders/receive",
			fault: { kind: "reset", when: "after" },
		});
		await carryBack(cart);
		await tenant.sql(`update "ReceiptUpload" set "nextTryAt" = now() + interval '1 hour' where "state" = 'unknown'`);
		warehouse.store.dock.receiveMore(placed.number, [{ sku: "TEE", qty: 40 }]);
		await carryBack(cart);
		expect(placed.lines[0]?.received, "the second receipt waits for the first").toBe(60);
		await tenant.sql(`update "ReceiptUpload" set "nextTryAt" = now() where "state" = 'unknown'`);
		await runFlow(tenant, cart, "receipts/upload");
		expect(om.store.purchases.receipts.map(({ received }) => received)).toEqual([60, 100]);
		expect(placed.status).toBe("FULFILLED");
	});

	it("that the warehouse refuses shows why, and goes out when resent", async () => {
		const cart = await connect();
		const placed = expect100([{ sku: "NEW-HAT", quantity: 3 }]);
		expect(await announce(cart)).toMatchObject({ counts: { failed: 1 } });
		expect(await alerts()).toEqual(["partner-refused"]);
		expect(await tenant.sql(`select "problem" from "PurchaseOrder"`)).toEqual([
			{ problem: expect.stringContaining("NEW-HAT") },
		]);
		warehouse.store.addItem("NEW-HAT");
		await tenant.sql(`update "PurchaseOrder" set "dueAt" = now()`);
		await runFlow(tenant, wms, "purchase-orders/deliver");
		expect(receiverOf(placed).items).toHaveLength(1);
		expect(await alerts()).toEqual([]);
	});

	it("that changes or is cancelled after the warehouse had it is shown to a person", async () => {
		const cart = await connect();
		const placed = expect100();
		await announce(cart);
		const [line] = placed.lines;
		if (line) line.quantity = 120;
		om.store.purchases.touch(placed);
		expect((await runFlow(tenant, cart, "purchase-orders/download")).counts).toMatchObject({ updated: 1 });
		expect(await tenant.sql(`select "expectedQuantity" from "PurchaseOrderLine"`)).toEqual([{ expectedQuantity: 120 }]);
		expect(await alerts()).toEqual(["purchase-changed"]);
		om.store.purchases.move(placed, "CANCELED");
		await runFlow(tenant, cart, "purchase-orders/download");
		expect(await stateOf(placed)).toBe("canceled");
	});

	it("cancelled before it was sent is not sent", async () => {
		const cart = await connect();
		const placed = expect100();
		await runFlow(tenant, cart, "purchase-orders/download");
		om.store.purchases.move(placed, "VOIDED");
		await announce(cart);
		expect(warehouse.store.dock.find(placed.number)).toBeUndefined();
	});

	it("of which more comes than was ordered says so, and tells the source what came", async () => {
		const cart = await connect();
		const placed = expect100();
		await announce(cart);
		warehouse.store.dock.confirm(receiverOf(placed), [{ sku: "TEE", qty: 110 }]);
		await carryBack(cart);
		expect([await stateOf(placed), placed.lines[0]?.received]).toEqual(["fulfilled", 110]);
		expect(await alerts()).toEqual(["over-received"]);
	});

	it("ordered in cases is counted in units here and in cases there", async () => {
		const cart = await connect();
		const placed = om.store.purchases.place({
			number: number(),
			lines: [{ sku: "MUG", quantity: 10, unitsPerPack: 12 }],
		});
		await announce(cart);
		expect(receiverOf(placed).items[0]?.expectedQty).toBe(120);
		warehouse.store.dock.confirm(receiverOf(placed), [{ sku: "MUG", qty: 60 }]);
		await carryBack(cart);
		expect([placed.lines[0]?.received, om.store.purchases.inTransit("MUG")]).toEqual([5, 60]);
	});
});

describe("a purchase order that arrives in parts", () => {
	it("waits for the last receipt where that is wanted", async () => {
		const cart = await connect({ partialReceipts: "wait_for_all" });
		const placed = expect100();
		await announce(cart);
		warehouse.store.dock.confirm(receiverOf(placed), [{ sku: "TEE", qty: 60 }]);
		await carryBack(cart);
		expect([await stateOf(placed), placed.status, placed.lines[0]?.received]).toEqual([
			"partially_fulfilled",
			"PENDING_DELIVERY",
			0,
		]);
		warehouse.store.dock.receiveMore(placed.number, [{ sku: "TEE", qty: 40 }]);
		await carryBack(cart);
		expect([placed.status, placed.lines[0]?.received]).toEqual(["FULFILLED", 100]);
	});

	it("is closed short with the first where that is wanted, and what comes later is shown", async () => {
		const cart = await connect({ partialReceipts: "first_is_final" });
		const placed = expect100([
			{ sku: "TEE", quantity: 100 },
			{ sku: "MUG", quantity: 5 },
		]);
		await announce(cart);
		warehouse.store.dock.confirm(receiverOf(placed), [
			{ sku: "TEE", qty: 60 },
			{ sku: "MUG", qty: 2 },
		]);
		await carryBack(cart);
		expect([await stateOf(placed), placed.status, om.store.purchases.inTransit("TEE")]).toEqual([
			"closed_short",
			"CLOSED_SHORT",
			0,
		]);
		expect(placed.lines.map(({ received }) => received)).toEqual([60, 2]);
		warehouse.store.dock.receiveMore(placed.number, [{ sku: "TEE", qty: 40 }]);
		await carryBack(cart);
		expect([await stateOf(placed), placed.lines[0]?.received]).toEqual(["closed_short", 60]);
		expect(await alerts()).toEqual(["over-received"]);
	});
});
