import type { z } from "zod";
import type { addressAccepted } from "@/lib/api/contract/order-address";
import { orderOf } from "@/lib/canonical/order";
import { changesBetween } from "@/lib/canonical/order-changes";
import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { withProposals } from "@/lib/flow/prepare/address/propose-address";
import { changeOrder, type LockedOrder, mustBeHere, type OrderChange } from "./change-order";
import { keepOriginal } from "./edit-order";
import { reviewOf } from "./review-order-address";
import { undoEditChange } from "./undo-edit";
import { writeDocument } from "./write-document";

type Seen = z.output<typeof addressAccepted>["seen"];

/** Takes over what is proposed for the address of an order that is still here, and sends it with that. */
export function acceptAddress(scope: Scope, orderId: string, seen?: Seen): Promise<{ id: string }> {
	return changeOrder(scope, orderId, acceptAddressChange(seen));
}

/** `seen`: what the person was shown. Another proposal than that is not taken over unseen. */
export function acceptAddressChange(seen?: Seen): OrderChange {
	return {
		kind: "address-accepted",
		allow(order) {
			mustBeHere(order);
			const proposed = proposalsOf(order);
			if (proposed.length === 0)
				throw new AppError("conflict", { problem: `Order ${order.number} has no proposal for its address.` });
			const differs = ({ field, after }: (typeof proposed)[number]) =>
				!seen?.some((one) => one.field === field && one.after === after);
			if (seen && (seen.length !== proposed.length || proposed.some(differs)))
				throw new AppError("conflict", {
					problem: `The address of order ${order.number} was changed meanwhile. Look at it again.`,
				});
		},
		async write(tx, order, one) {
			const before = orderOf(order.document);
			const after = { ...before, shipTo: withProposals(before.shipTo, proposalsOf(order)) };
			await writeDocument(tx, one, after);
			await keepOriginal(tx, one, { order, before, after });
			return { changes: changesBetween(before, after) };
		},
		runs: "orders/deliver",
	};
}

/** Of many orders: one that was corrected already is left alone, since taking this back must take nothing else back. */
export const acceptAddressesChange: OrderChange = {
	...acceptAddressChange(),
	allow(order) {
		mustBeHere(order);
		if (order.editedAt)
			throw new AppError("conflict", { problem: `Order ${order.number} was corrected by hand. Change it there.` });
		if (order.addressKeptAt)
			throw new AppError("conflict", { problem: `Order ${order.number} is kept with its address as it is.` });
		acceptAddressChange().allow(order);
	},
};

/** Takes that back, and only that: what was corrected beside it since stays for a person. */
export const undoAcceptAddressChange: OrderChange = {
	...undoEditChange,
	allow(order) {
		undoEditChange.allow(order);
		if (!order.sourceDocument) return;
		const ours = orderOf(order.document);
		const theirs = orderOf(order.sourceDocument);
		if (changesBetween({ ...ours, shipTo: theirs.shipTo }, theirs).length > 0)
			throw new AppError("conflict", {
				problem: `Order ${order.number} differs from its cart in more than its address. Take the correction back there.`,
			});
	},
};

function proposalsOf(order: LockedOrder) {
	return reviewOf(order)?.changes ?? [];
}
