import { describe, expect, it } from "vitest";
import { type PurchaseOrder, type PurchaseOrderState, purchaseOrder } from "@/lib/canonical/purchase-order";
import { fingerprintOf, merge } from "./merge";

const order = (state: PurchaseOrderState, more: Partial<PurchaseOrder> = {}): PurchaseOrder => ({
	...purchaseOrder.parse({ sourceId: "1", number: "PO-1", lines: [{ sourceLineId: "a", sku: "TEE", quantity: 100 }] }),
	state,
	...more,
});
const known = (state: PurchaseOrderState, sent: boolean) => ({ state, sent, fingerprint: fingerprintOf(order(state)) });

describe("a change of a purchase order at its source", () => {
	it.each([
		["pending_delivery", "partially_fulfilled", "partially_fulfilled"],
		["partially_fulfilled", "pending_delivery", "partially_fulfilled"],
		["fulfilled", "partially_fulfilled", "fulfilled"],
		["closed_short", "partially_fulfilled", "closed_short"],
		["partially_fulfilled", "closed_short", "closed_short"],
		["pending_delivery", "voided", "voided"],
		["fulfilled", "closed_short", "fulfilled"],
		["awaiting_authorization", "pending_delivery", "pending_delivery"],
	] as const)("from %s here and %s there is %s", (here, there, after) => {
		expect(merge(known(here, true), order(there), true).state).toBe(after);
	});

	it("is sent once it is confirmed, and not again", () => {
		expect(merge(known("awaiting_confirmation", false), order("pending_delivery"), true).sends).toBe(true);
		expect(merge(known("pending_delivery", true), order("pending_delivery"), true).sends).toBe(false);
		expect(merge(known("pending_delivery", false), order("canceled"), true).sends).toBe(false);
	});

	it("needs a person where the warehouse has another version", () => {
		const more = order("pending_delivery", {
			lines: [{ ...order("pending_delivery").lines[0], quantity: 120 } as never],
		});
		expect(merge(known("pending_delivery", true), more, true)).toMatchObject({
			contentChanged: true,
			note: expect.stringContaining("changed"),
		});
		expect(merge(known("pending_delivery", false), more, true).note).toBeNull();
		expect(merge(known("pending_delivery", true), order("canceled"), true).note).toContain("canceled after");
	});

	it("is none when only our own receipts moved it", () => {
		const [line] = order("pending_delivery").lines;
		const told = order("partially_fulfilled", { lines: line ? [{ ...line, receivedQuantity: 60 }] : [] });
		expect(merge(known("partially_fulfilled", true), told, true)).toEqual({
			...{ state: "partially_fulfilled", contentChanged: false, sends: false, note: null },
		});
	});
});
