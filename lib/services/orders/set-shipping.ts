import { z } from "zod";
import { orderOf } from "@/lib/canonical/order";
import { changesBetween } from "@/lib/canonical/order-changes";
import { AppError } from "@/lib/errors/app-error";
import { type LockedOrder, mustBeHere, type OrderChange } from "./change-order";
import { keepOriginal } from "./edit-order";
import { undoEditChange } from "./undo-edit";
import { writeDocument } from "./write-document";

/**
 * Another ship method for an order that is still here, in the words a cart would use, so that it is mapped as always.
 * An order that was corrected already is left alone: taking this back must take nothing else back.
 */
export function setShippingChange(shipping: string, reason: string): OrderChange {
	return {
		kind: "edited",
		reason,
		allow(order) {
			mustBeHere(order);
			if (order.editedAt)
				throw new AppError("conflict", { problem: `Order ${order.number} was corrected by hand. Change it there.` });
		},
		idle: (order) =>
			shipping !== "" && shippingOf(order) === shipping ? `Order ${order.number} is shipped so already.` : null,
		async write(tx, order, one) {
			const before = orderOf(order.document);
			const after = { ...before, shipping: { code: "", name: shipping } };
			await writeDocument(tx, one, after);
			await keepOriginal(tx, one, { order, before, after });
			return { changes: changesBetween(before, after) };
		},
		runs: "orders/deliver",
	};
}

/** Takes that back, and only that: what was corrected beside it since stays for a person. */
export const undoShippingChange: OrderChange = {
	...undoEditChange,
	allow(order) {
		undoEditChange.allow(order);
		if (!order.sourceDocument) return;
		const ours = orderOf(order.document);
		const theirs = orderOf(order.sourceDocument);
		if (changesBetween({ ...ours, shipping: theirs.shipping }, theirs).length > 0)
			throw new AppError("conflict", {
				problem: `Order ${order.number} differs from its cart in more than its shipping. Take the correction back there.`,
			});
	},
};

const shown = z.object({ shipping: z.object({ code: z.string(), name: z.string() }) });

function shippingOf({ document }: LockedOrder): string {
	const { data } = shown.safeParse(document);
	return data ? data.shipping.name || data.shipping.code : "";
}
