/** How the conformance suite makes purchase orders, and receipts happen, in the sandbox warehouse. */
import fc from "fast-check";
import type { PurchaseOrder } from "@/lib/canonical/purchase-order";
import type { Clock, ReaderRig } from "../kit/conform/harness";
import type { ExtensivSandbox } from "./sandbox";
import { showReceiver } from "./sandbox/receiver-routes";

export function samplePurchase(sandbox: ExtensivSandbox, n: number): PurchaseOrder {
	sandbox.store.addItem("TEE");
	const line = {
		sku: "TEE",
		name: "",
		quantity: 100,
		receivedQuantity: 0,
		unitOfMeasure: "",
		unitsPerPack: 1,
		lot: "",
	};
	return {
		sourceId: String(n),
		number: `PO-${n}`,
		kind: "purchase",
		state: "pending_delivery",
		supplier: "Kettle Works",
		note: "",
		expectedAt: new Date("2026-12-01T00:00:00Z"),
		lines: [{ ...line, sourceLineId: `l${n}` }],
	};
}

export function receiptRig({ store }: ExtensivSandbox, clock: Clock): ReaderRig {
	const { dock } = store;
	const of = (id: string) => {
		const receiver = dock.get(Number(id));
		if (!receiver) throw new Error(`there is no receiver ${id}`);
		return receiver;
	};
	const arrival = fc.record({
		sku: fc.constantFrom("TEE", "MUG"),
		qty: fc.integer({ min: 1, max: 9999 }),
		lotNumber: fc.constantFrom("L-1", ""),
	});
	return {
		threePages: 520,
		seed: async (count) =>
			Array.from({ length: count }, () => {
				clock.advance(1000);
				return String(dock.receiveMore("PO-1", [{ sku: "TEE", qty: 60 }]).receiverId);
			}),
		touch: (id) => dock.touch(of(id)),
		spoil: (id) => {
			of(id).malformed = { readOnly: { receiverId: Number(id) }, referenceNum: 7 };
		},
		replace: (id, change) => {
			of(id).malformed = change(showReceiver(store, of(id), "All"));
		},
		generated: fc
			.array(arrival, { minLength: 1, maxLength: 4 })
			.map((arrived) => () => String(dock.receiveMore("PO-1", arrived).receiverId)),
	};
}
