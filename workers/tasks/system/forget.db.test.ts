import { beforeEach, describe, expect, it } from "vitest";
import type { Scope } from "@/lib/db/scope";
import { readOrder } from "@/lib/services/orders/read-order";
import { previewRetention, setRetention } from "@/lib/services/privacy/retention";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { waitingJobs } from "@/lib/testing/queue";
import { eraseWaiting, erasures, placeAndTalk, quote, ship, staffOf, tracesOf } from "@/lib/testing/shopper";
import { after, dayMs } from "@/lib/time";
import { forget } from "./forget";

const database = testDatabase();
const journey = testJourney();
const walk = (sought?: string[]) => tracesOf(journey, database.url(), sought);
let staff: Scope;

beforeEach(() => {
	staff = staffOf(journey);
});

const later = () => after(new Date(), 40 * dayMs);

describe("retention", () => {
	it("leaves no trace of the shopper anywhere, and keeps what prevents doubles", async () => {
		const { placed, orderId } = await placeAndTalk(journey);
		await ship(journey, placed.code);
		await quote(journey, orderId);
		const before = await walk();
		for (const place of [
			...[
				"Order.document",
				"Order.shipToName",
				"Order.heldReason",
				"Order.problem",
				"Delivery.document",
				"Delivery.problem",
			],
			...[
				"Delivery.cancelReason",
				"OrderEvent.facts",
				"AuditEntry.after",
				"Attempt.message",
				"RunRecord.reason",
				"Run.message",
			],
			...[
				"Confirmation.problem",
				"Alert.sentence",
				"Alert.facts",
				"Exchange.content",
				"Exchange.url",
				"Exchange.error",
			],
			...["AlertEvent.text", "OrderView.filter", "OrderView.name", "BulkOperation.reason", "BulkOperation.problems"],
			...["OrderRuling.facts", "ReconciliationDifference.sentence", "ReconciliationDifference.facts"],
			...["WarehouseCancellation.reason", "WarehouseCancellation.problem"],
		])
			expect(before).toContain(place);
		await setRetention(staff, { days: 30 });
		expect(await previewRetention(staff, { days: 30 })).toEqual({ orders: 0, openOrders: 0 });
		expect(await forget(later())).toBe(1);
		expect((await waitingJobs(database.url())).filter((key) => key.startsWith("privacy/erase:"))).not.toEqual([]);
		await eraseWaiting(journey, { now: later });
		expect(await walk()).toEqual([]);
		expect(await erasures(journey)).toMatchObject([{ kind: "retention", state: "done", orders: 1, sealed: null }]);
		const order = await readOrder(staff, orderId);
		expect(order).toMatchObject({
			number: placed.code,
			status: "confirmed",
			erasedAt: expect.any(Date),
			shipTo: { name: "erased", city: "erased", country: "US" },
			lines: [{ sku: "TEE", quantity: 1 }],
		});
		expect(order.shipments[0]?.packages).toHaveLength(1);
		await journey.shop.store.touch(placed);
		await journey.download();
		await journey.deliver();
		expect(journey.created(placed.code)).toBe(1);
		expect(await journey.tenant.sql(`select count(*)::int as n from "Order"`)).toEqual([{ n: 1 }]);
		expect(await journey.tenant.sql(`select count(*)::int as n from "SourceKey"`)).toEqual([{ n: 1 }]);
		expect(await walk()).toEqual([]);
		expect(await forget(later())).toBe(0);
	});

	it("does not bring an erased order back when the shop changes it", async () => {
		const { placed } = await placeAndTalk(journey);
		await ship(journey, placed.code);
		await setRetention(staff, { days: 30 });
		await forget(later());
		await eraseWaiting(journey, { now: later });
		placed.address.fullName = "Quillon Vexworth";
		if (placed.lines[0]) placed.lines[0].quantity = 4;
		journey.shop.store.touch(placed);
		await journey.download();
		await journey.deliver();
		expect(journey.created(placed.code)).toBe(1);
		expect(await walk()).toEqual([]);
	});

	it("leaves open orders alone, and says how many", async () => {
		const { orderId } = await placeAndTalk(journey);
		await journey.tenant.sql(`update "Order" set "createdAt" = now() - interval '90 days' where "id" = $1`, [orderId]);
		expect(await previewRetention(staff, { days: 30 })).toEqual({ orders: 0, openOrders: 1 });
		await setRetention(staff, { days: 30 });
		expect(await forget(later())).toBe(0);
	});

	it("goes by the days of the source where it has its own", async () => {
		const { placed } = await placeAndTalk(journey);
		await ship(journey, placed.code);
		await setRetention(staff, { days: 30 });
		await setRetention(staff, { days: 90, connectionId: journey.cart.id });
		expect(await forget(later())).toBe(0);
		await journey.tenant.sql(`update "Order" set "confirmedAt" = now() - interval '40 days'`);
		expect(await previewRetention(staff, { days: 10 })).toMatchObject({ orders: 0 });
		expect(await previewRetention(staff, { days: 39, connectionId: journey.cart.id })).toMatchObject({ orders: 1 });
		expect(await previewRetention(staff, { days: null, connectionId: journey.cart.id })).toMatchObject({ orders: 1 });
		await setRetention(staff, { days: null, connectionId: journey.cart.id });
		expect(await previewRetention(staff, { days: 41 })).toMatchObject({ orders: 0 });
		expect(await previewRetention(staff, { days: null })).toMatchObject({ orders: 0 });
		expect(await forget(later())).toBe(1);
	});

	it("is not for a merchant's people to change for the account, nor for warehouses", async () => {
		const merchant = { ...staff, merchantId: journey.tenant.merchantId };
		await expect(setRetention(merchant, { days: 1 })).rejects.toThrow(/role/);
		await expect(setRetention(staff, { days: 1, connectionId: journey.wms.id })).rejects.toThrow(/role/);
	});

	it("that was cut after every commit ends the same", async () => {
		for (let count = 0; count < 5; count++) {
			const { placed } = await placeAndTalk(journey);
			await ship(journey, placed.code);
		}
		await setRetention(staff, { days: 30 });
		await forget(later());
		let rounds = 0;
		while ((await unfinished()) > 0) {
			await cutAfterOneCommit(later);
			if (++rounds > 100) throw new Error("it never ends");
		}
		expect(rounds).toBeGreaterThan(5);
		expect(await erasures(journey)).toMatchObject([{ state: "done", orders: 5 }]);
		expect(await walk()).toEqual([]);
	});
});

async function unfinished(): Promise<number> {
	const [row] = await journey.tenant.sql<{ n: number }>(
		`select count(*)::int as n from "Erasure" where "state" <> 'done'`,
	);
	return row?.n ?? 0;
}

/** One transaction of the work, then the process is gone. */
async function cutAfterOneCommit(now: () => Date): Promise<void> {
	const cut = new AbortController();
	let asked = 0;
	const signal = new Proxy(cut.signal, {
		get: (target, name) => (name === "aborted" ? asked++ > 0 : Reflect.get(target, name)),
	});
	await eraseWaiting(journey, { batch: 2, now, signal });
}

describe("the audit log", () => {
	it("lets a tenant blank words about erased orders only", async () => {
		const { orderId } = await placeAndTalk(journey);
		await journey.tenant.sql("select crossdock_erase_audit($1)", [[orderId]]);
		expect(await walk()).toContain("AuditEntry.after");
		await expect(journey.tenant.sql(`update "AuditEntry" set "after" = null`)).rejects.toThrow(/permission denied/);
	});
});
