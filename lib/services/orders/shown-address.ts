import type { z } from "zod";
import type { orderAddressCheck } from "@/lib/api/contract/order-address";
import { orderOf } from "@/lib/canonical/order";
import { type AddressReview, isKeepable } from "@/lib/flow/prepare/address/check-address";
import { withProposals } from "@/lib/flow/prepare/address/propose-address";
import type { EventRow } from "./journey-events";
import { reviewOf } from "./review-order-address";

interface Row {
	document: unknown;
	warehouseOptions: unknown[];
	addressKeptAt: Date | null;
	addressKeptBy: string | null;
	erasedAt: Date | null;
}
type Check = z.input<typeof orderAddressCheck>;

/** What a person may decide about an address. `free`: nothing of the order is at a warehouse. */
export function shownAddress(row: Row, free: boolean) {
	const review = free && row.erasedAt === null ? reviewOf(row) : null;
	const kept = row.addressKeptAt !== null;
	return {
		check: review && checkOf(row, review),
		can: {
			acceptAddress: review !== null && !kept && review.changes.length > 0,
			keepAddress: review !== null && !kept && isKeepable(review),
			undoKeepAddress: free && kept,
		},
	};
}

function checkOf(row: Row, { problems, changes, remarks }: AddressReview): Check {
	const { addressKeptAt: at, addressKeptBy: by } = row;
	return {
		state: at ? "kept" : problems.some(({ stops }) => stops) ? "stops" : "warns",
		problems: problems.map(({ problem }) => problem),
		proposed: changes.length > 0 ? withProposals(orderOf(row.document).shipTo, changes) : null,
		...{ changes, remarks },
		kept: at && { at, by: by ?? "" },
	};
}

/** Who corrected an order last; empty when it is as its cart has it. */
export function correctedBy({ editedAt }: { editedAt: Date | null }, events: EventRow[]): string {
	const last = events.findLast(({ kind }) => kind === "edited" || kind === "address-accepted");
	return editedAt ? (last?.actor ?? "") : "";
}
