/**
 * What a change of a purchase order at its source means here. States go forward by themselves only: we know of a
 * receipt before the source does, so "pending" there does not undo "partially fulfilled" here.
 */
import { hash } from "node:crypto";
import { isExpecting, type PurchaseOrder, type PurchaseOrderState } from "@/lib/canonical/purchase-order";

export interface KnownPurchaseOrder {
	state: PurchaseOrderState;
	fingerprint: string;
	/** The warehouse has it, or may have it. */
	sent: boolean;
}
export interface Merged {
	state: PurchaseOrderState;
	/** Number, lines and dates are taken over. */
	contentChanged: boolean;
	/** It may be sent from now on, where it was not sent yet. */
	sends: boolean;
	/** Why a person must look: the warehouse has another version. */
	note: string | null;
}

export function merge(known: KnownPurchaseOrder, given: PurchaseOrder, wanted: boolean): Merged {
	const state = stateOf(known.state, given.state);
	const contentChanged = fingerprintOf(given) !== known.fingerprint;
	const sends = !known.sent && wanted && isExpecting(state);
	return { state, contentChanged, sends, note: known.sent ? noteOf(known.state, state, contentChanged) : null };
}

const ranks: Partial<Record<PurchaseOrderState, number>> = { pending_delivery: 1, partially_fulfilled: 2 };
const overStates: readonly PurchaseOrderState[] = ["fulfilled", "closed_short", "voided", "canceled"];

function stateOf(here: PurchaseOrderState, there: PurchaseOrderState): PurchaseOrderState {
	const [mine, theirs] = [ranks[here], ranks[there]];
	if (mine && theirs) return mine > theirs ? here : there;
	// What is over here stays over: the source may hear of its last receipts later.
	if (overStates.includes(here) && !overStates.includes(there)) return here;
	if (here === "fulfilled" && there === "closed_short") return here;
	return there;
}

function noteOf(before: PurchaseOrderState, after: PurchaseOrderState, contentChanged: boolean): string | null {
	if (isExpecting(before) && (after === "canceled" || after === "voided"))
		return `it was ${after} after the warehouse had it`;
	if (isExpecting(before) && after.startsWith("awaiting")) return "it waits to be authorized again";
	return contentChanged && isExpecting(after) ? "its lines, number or dates were changed" : null;
}

/** Of what the warehouse is told. What has arrived is not among it: our own receipts must not look like edits. */
export function fingerprintOf(order: PurchaseOrder): string {
	const { number, kind, supplier, note, expectedAt, lines } = order;
	const told = lines.map(({ sourceLineId, sku, quantity, lot }) => [sourceLineId, sku, quantity, lot]);
	return hash(
		"md5",
		JSON.stringify([number, kind, supplier, note, expectedAt?.toISOString() ?? "", told]),
		"base64url",
	);
}
