import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ExtensivSandbox, startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { startVendureSandbox, type VendureSandbox } from "@/lib/connectors/vendure/sandbox";
import { testDatabase } from "@/lib/testing/database";
import { createTestConnection, createTestTenant, runFlow, type TestTenant } from "@/lib/testing/tenant";

testDatabase();

let shop: VendureSandbox;
let warehouse: ExtensivSandbox;
let tenant: TestTenant;
let cart: Awaited<ReturnType<typeof createTestConnection>>;
let wms: Awaited<ReturnType<typeof createTestConnection>>;

beforeAll(async () => {
	shop = await startVendureSandbox();
	warehouse = await startExtensivSandbox();
	for (const sku of ["TEE", "MUG"]) {
		shop.store.addProduct(sku, 50);
		warehouse.store.setStock(sku, 2, 40);
	}
});
afterAll(() => Promise.all([shop.close(), warehouse.close()]));
beforeEach(async () => {
	shop.faults.clear();
	warehouse.faults.clear();
	tenant = await createTestTenant();
	cart = await createTestConnection(tenant, {
		connectorKey: "vendure",
		side: "source",
		settings: shop.settings,
		secret: ["apiKey"],
	});
	wms = await createTestConnection(tenant, {
		connectorKey: "extensiv-3pl",
		side: "destination",
		settings: warehouse.settings,
		secret: ["clientSecret", "tplKey"],
	});
	// Each test sees only its own orders: what earlier ones placed is closed in the shop.
	for (const order of shop.store.orders.values()) if (order.state !== "Shipped") shop.store.cancel(order);
});

const place = (
	lines = [
		{ sku: "TEE", quantity: 2 },
		{ sku: "MUG", quantity: 1 },
	],
) => shop.store.place({ lines });
const statusOf = async (code: string) =>
	(await tenant.sql<{ status: string }>(`select "status" from "Order" where "number" = $1`, [code]))[0]?.status;
const created = (code: string) =>
	warehouse.store.ledger.filter((entry) => entry.kind === "created" && entry.referenceNum === code).length;
const atWarehouse = (code: string) => {
	const order = warehouse.store.find(code);
	if (!order) throw new Error(`order ${code} is not at the warehouse`);
	return order;
};

describe("an order", () => {
	it("goes from the cart to the warehouse, and its two packages come back to their lines", async () => {
		const placed = place();
		expect(await runFlow(tenant, cart, "orders/download")).toMatchObject({ state: "done", counts: { created: 1 } });
		expect(await statusOf(placed.code)).toBe("new");
		expect(await runFlow(tenant, wms, "orders/deliver")).toMatchObject({ state: "done", counts: { created: 1 } });
		expect(await statusOf(placed.code)).toBe("at_wms");
		const sent = atWarehouse(placed.code);
		expect(sent).toMatchObject({
			routingInfo: { carrier: "UPS", mode: "ground" },
			shipTo: { address1: "1 Main St", country: "US" },
			items: [{ qty: 2 }, { qty: 1 }],
		});
		warehouse.store.ship(sent.readOnly.orderId, [
			{ trackingNumber: "1ZA", contents: [{ line: 0, qty: 2 }] },
			{ trackingNumber: "1ZB", contents: [{ line: 1, qty: 1 }] },
		]);
		expect(await runFlow(tenant, wms, "shipments/fetch")).toMatchObject({ state: "done", counts: { created: 1 } });
		expect(await statusOf(placed.code)).toBe("shipped");
		expect(await runFlow(tenant, cart, "shipments/upload")).toMatchObject({ state: "done", counts: { created: 2 } });
		expect(await statusOf(placed.code)).toBe("confirmed");
		expect(placed.state).toBe("Shipped");
		expect(placed.fulfillments).toHaveLength(2);
		expect(placed.fulfillments).toContainEqual(
			expect.objectContaining({ trackingCode: "1ZA", lines: [{ orderLineId: placed.lines[0]?.id, quantity: 2 }] }),
		);
		expect(placed.fulfillments).toContainEqual(
			expect.objectContaining({ trackingCode: "1ZB", lines: [{ orderLineId: placed.lines[1]?.id, quantity: 1 }] }),
		);
	});

	it("is loaded, delivered and confirmed once, however often the flows run", async () => {
		const placed = place();
		for (let round = 0; round < 3; round++) {
			await runFlow(tenant, cart, "orders/download");
			await runFlow(tenant, wms, "orders/deliver");
		}
		warehouse.store.ship(atWarehouse(placed.code).readOnly.orderId);
		for (let round = 0; round < 3; round++) {
			await runFlow(tenant, wms, "shipments/fetch");
			await runFlow(tenant, cart, "shipments/upload");
		}
		expect(created(placed.code)).toBe(1);
		expect(shop.store.ledger.filter((entry) => entry.code === placed.code)).toHaveLength(1);
		expect(await statusOf(placed.code)).toBe("confirmed");
	});

	it("whose answer was lost is looked for, not sent again", async () => {
		const placed = place();
		await runFlow(tenant, cart, "orders/download");
		warehouse.faults.add({
			match: (call) => call.method === "POST" && call.path === "/orders",
			fault: { kind: "reset", when: "after" },
		});
		await runFlow(tenant, wms, "orders/deliver");
		await runFlow(tenant, wms, "orders/deliver");
		expect(created(placed.code)).toBe(1);
		expect(await statusOf(placed.code)).toBe("at_wms");
		const [delivery] = await tenant.sql(`select "existed", "attempts" from "Delivery"`);
		expect(delivery).toEqual({ existed: true, attempts: 2 });
	});

	it("that was being sent when the process died is looked for by the next run", async () => {
		const placed = place();
		await runFlow(tenant, cart, "orders/download");
		await runFlow(tenant, wms, "orders/deliver");
		await tenant.sql(`update "Delivery" set "state" = 'sending', "externalId" = null`);
		await tenant.sql(`update "Order" set "status" = 'new', "dueAt" = null`);
		await runFlow(tenant, wms, "orders/deliver");
		expect(created(placed.code)).toBe(1);
		expect(await statusOf(placed.code)).toBe("at_wms");
	});

	it("that the warehouse refuses stops no neighbour, and says why", async () => {
		const bad = place([{ sku: "UNKNOWN-SKU", quantity: 1 }]);
		const good = place();
		await runFlow(tenant, cart, "orders/download");
		expect(await runFlow(tenant, wms, "orders/deliver")).toMatchObject({
			state: "done_with_problems",
			counts: { created: 1, failed: 1 },
		});
		expect([await statusOf(bad.code), await statusOf(good.code)]).toEqual(["error", "at_wms"]);
		const alerts = await tenant.sql<{ sentence: string }>(`select "sentence" from "Alert" where "resolvedAt" is null`);
		expect(alerts).toEqual([{ sentence: expect.stringMatching(/UNKNOWN-SKU.*unknown/) }]);
	});

	it("cancelled before delivery never reaches the warehouse", async () => {
		const placed = place();
		await runFlow(tenant, cart, "orders/download");
		shop.store.cancel(placed);
		await runFlow(tenant, cart, "orders/cancel");
		await runFlow(tenant, wms, "orders/deliver");
		expect(created(placed.code)).toBe(0);
		expect(await statusOf(placed.code)).toBe("canceled");
	});

	it("cancelled after delivery is cancelled at the warehouse", async () => {
		const placed = place();
		await runFlow(tenant, cart, "orders/download");
		await runFlow(tenant, wms, "orders/deliver");
		shop.store.cancel(placed);
		await runFlow(tenant, cart, "orders/cancel");
		expect(atWarehouse(placed.code).readOnly.status).toBe(2);
		expect(await statusOf(placed.code)).toBe("canceled");
	});

	it("cancelled after it shipped stays shipped, and the refusal is seen", async () => {
		const placed = place();
		await runFlow(tenant, cart, "orders/download");
		await runFlow(tenant, wms, "orders/deliver");
		warehouse.store.ship(atWarehouse(placed.code).readOnly.orderId);
		shop.store.cancel(placed);
		await runFlow(tenant, cart, "orders/cancel");
		expect(await statusOf(placed.code)).toBe("at_wms");
		expect(await tenant.sql(`select "code" from "Alert" where "resolvedAt" is null`)).toEqual([
			{ code: "cancel-refused" },
		]);
	});

	it("edited in the cart before delivery goes out as edited", async () => {
		const placed = place();
		await runFlow(tenant, cart, "orders/download");
		const [line] = placed.lines;
		if (line) line.quantity = 5;
		shop.store.touch(placed);
		expect(await runFlow(tenant, cart, "orders/download")).toMatchObject({ counts: { updated: 1 } });
		await runFlow(tenant, wms, "orders/deliver");
		expect(atWarehouse(placed.code).items[0]?.qty).toBe(5);
	});

	it("held, or whose sending was cancelled, is not delivered until it is let go", async () => {
		const [held, stopped] = [place(), place()];
		await runFlow(tenant, cart, "orders/download");
		await tenant.sql(`update "Order" set "heldAt" = now() where "number" = $1`, [held.code]);
		await tenant.sql(`update "Order" set "sendingCanceled" = true where "number" = $1`, [stopped.code]);
		for (let round = 0; round < 3; round++) await runFlow(tenant, wms, "orders/deliver");
		expect([created(held.code), created(stopped.code)]).toEqual([0, 0]);
		await tenant.sql(`update "Order" set "heldAt" = null, "sendingCanceled" = false`);
		await runFlow(tenant, wms, "orders/deliver");
		expect([created(held.code), created(stopped.code)]).toEqual([1, 1]);
	});
});

describe("bad orders", () => {
	it.each([
		[
			"a negative quantity",
			(order: ReturnType<typeof place>) =>
				order.lines.forEach((line) => {
					line.quantity = -2;
				}),
			/quantity.*more than 0/,
		],
		[
			"an unknown country",
			(order: ReturnType<typeof place>) => {
				order.address.countryCode = "XX";
			},
			/shipTo\.country is not a country we know/,
		],
		[
			"an emoji for a name",
			(order: ReturnType<typeof place>) => {
				order.address.fullName = "🎁🎁";
			},
			/shipTo\.name must contain at least one letter/,
		],
		[
			"a street of 10,000 characters",
			(order: ReturnType<typeof place>) => {
				order.address.streetLine1 = "x".repeat(10_000);
			},
			/shipTo\.line1 must be at most 500/,
		],
	])("with %s are named with the field, and stop no neighbour", async (_, spoil, reason) => {
		const bad = place();
		spoil(bad);
		const good = place();
		expect(await runFlow(tenant, cart, "orders/download")).toMatchObject({
			state: "done_with_problems",
			counts: { created: 1, failed: 1 },
		});
		expect(await statusOf(good.code)).toBe("new");
		const [record] = await tenant.sql<{ reason: string }>(
			`select "reason" from "RunRecord" where "outcome" = 'failed'`,
		);
		expect(record?.reason).toMatch(reason);
		// It is said once; corrected in the cart, it loads.
		expect(await runFlow(tenant, cart, "orders/download")).toMatchObject({ counts: { failed: 0 } });
	});
});

describe("a connection", () => {
	it("that is throttled waits as long as it was told, and uses up no try", async () => {
		place();
		await runFlow(tenant, cart, "orders/download");
		warehouse.faults.add({
			match: (call) => call.path === "/orders",
			fault: { kind: "status", when: "before", status: 429, headers: { "retry-after": "300" } },
		});
		const run = await runFlow(tenant, wms, "orders/deliver");
		expect(run.state).toBe("waiting");
		expect(Math.abs((run.againAt?.getTime() ?? 0) - Date.now() - 300_000)).toBeLessThan(60_000);
		expect(await tenant.sql(`select "attempts", "state" from "Delivery"`)).toEqual([
			{ attempts: 0, state: "intended" },
		]);
		expect((await runFlow(tenant, wms, "orders/deliver")).how).toBe("throttled");
	});

	it("whose access ended stops with one alert, and goes on when it works again", async () => {
		const orders = Array.from({ length: 5 }, () => place());
		await runFlow(tenant, cart, "orders/download");
		warehouse.revoked.add("orders");
		expect(await runFlow(tenant, wms, "orders/deliver")).toMatchObject({ state: "stopped" });
		expect((await runFlow(tenant, wms, "orders/deliver")).how).toBe("closed");
		expect(await tenant.sql(`select "code" from "Alert" where "resolvedAt" is null`)).toEqual([
			{ code: "needs-reconnect" },
		]);
		warehouse.revoked.clear();
		await tenant.sql(`update "Connection" set "state" = 'active'`);
		await runFlow(tenant, wms, "orders/deliver");
		expect(orders.map((order) => created(order.code))).toEqual([1, 1, 1, 1, 1]);
	});

	it("to a private address is refused where the host is not allowed", async () => {
		await tenant.sql(
			`update "Connection" set "values" = "values" || '{"apiUrl": "http://169.254.169.254/admin-api"}' where "side" = 'source'`,
		);
		const run = await runFlow(tenant, cart, "orders/download");
		expect(run).toMatchObject({ state: "stopped", message: expect.stringContaining("private network") });
	});

	it("runs one flow at a time", async () => {
		for (let i = 0; i < 20; i++) place();
		let letGo = () => {};
		const held = new Promise<void>((resolve) => {
			letGo = resolve;
		});
		shop.faults.add({ match: () => true, fault: { kind: "hold", until: held } });
		const first = runFlow(tenant, cart, "orders/download");
		await expect.poll(() => tenant.sql(`select 1 from "Run" where "state" = 'running'`)).toHaveLength(1);
		expect((await runFlow(tenant, cart, "orders/download")).how).toBe("busy");
		letGo();
		expect((await first).how).toBe("ran");
		expect(await tenant.sql(`select count(*)::int as "n" from "Order"`)).toEqual([{ n: 20 }]);
	});
});

describe("stock", () => {
	it("set in the warehouse becomes the stock in the shop, less what it does not know yet", async () => {
		warehouse.store.setStock("TEE", 2, 10);
		await runFlow(tenant, wms, "inventory/fetch");
		await runFlow(tenant, cart, "inventory/upload");
		const sellable = () => {
			const stock = shop.store.variants.get("TEE")?.stock.get("1");
			return (stock?.onHand ?? 0) - (stock?.allocated ?? 0);
		};
		expect(sellable()).toBe(10);
		place([{ sku: "TEE", quantity: 3 }]);
		await runFlow(tenant, cart, "orders/download");
		await runFlow(tenant, cart, "inventory/upload");
		expect(sellable()).toBe(7);
		const [figure] = await tenant.sql<{ quantity: number; terms: { kind: string; amount: number }[] }>(
			`select "quantity", "terms" from "InventoryFigure" where "sku" = 'TEE'`,
		);
		expect(figure?.terms.map(({ kind, amount }) => [kind, amount])).toEqual([
			["level", 10],
			["newer-orders", -3],
		]);
	});

	it("is told again only when it changed", async () => {
		await runFlow(tenant, wms, "inventory/fetch");
		await runFlow(tenant, cart, "inventory/upload");
		const before = shop.calls();
		expect(await runFlow(tenant, cart, "inventory/upload")).toMatchObject({ counts: { updated: 0 } });
		expect(shop.calls()).toBe(before);
	});

	it("that the warehouse no longer mentions becomes nothing", async () => {
		warehouse.store.setStock("GONE", 2, 5);
		shop.store.addProduct("GONE", 0);
		await runFlow(tenant, wms, "inventory/fetch");
		warehouse.store.stock.delete("2/GONE");
		await runFlow(tenant, wms, "inventory/fetch");
		expect(await tenant.sql(`select "available" from "InventoryLevel" where "sku" = 'GONE'`)).toEqual([
			{ available: 0 },
		]);
	});
});

describe("another tenant", () => {
	it("sees nothing of all this, and nobody sees anything without a scope", async () => {
		place();
		await runFlow(tenant, cart, "orders/download");
		const stranger = await createTestTenant("Stranger");
		expect(await stranger.sql(`select 1 from "Order"`)).toEqual([]);
		expect(await stranger.sql(`update "Order" set "number" = 'x' returning 1`)).toEqual([]);
		await expect(
			stranger.sql(`insert into "Merchant" ("id", "accountId", "name") values ('mer_x', $1, 'x')`, [tenant.accountId]),
		).rejects.toThrow(/row-level security/);
		const { appPool } = await import("@/lib/db/pools");
		expect((await appPool().query(`select 1 from "Order"`)).rows).toEqual([]);
	});
});
