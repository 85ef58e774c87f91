import { hash } from "node:crypto";
import type { Step } from "../step";

/** The number the warehouse knows the order by: the cart's own, made unique and short enough where needed. */
export const number: Step = {
	name: "Order number",
	apply({ order, orderId, maxNumberLength, numberTaken, source }) {
		const value = warehouseNumber(order.number, { orderId, maxLength: maxNumberLength, taken: numberTaken });
		const note = numberWords(order.number, value);
		const orderSource = order.orderSource ?? source.orderSource;
		return { ok: true, set: { number: value, sourceNumber: order.number, orderSource }, note };
	},
};

/** "1077", or "1077 → 1077-2" where the warehouse knows it by another. */
export function numberWords(wanted: string, value: string): string {
	return value === wanted ? value : `${wanted} → ${value}`;
}

/** The suffix comes from our own id, so that the same order gets the same number on every attempt. */
export function warehouseNumber(
	wanted: string,
	order: { orderId: string; maxLength: number | undefined; taken: boolean },
): string {
	const maxLength = order.maxLength ?? Number.POSITIVE_INFINITY;
	if (!order.taken && wanted.length <= maxLength) return wanted;
	const suffix = `-${hash("sha1", order.orderId, "hex").slice(0, 8)}`;
	return wanted.slice(0, Math.max(0, maxLength - suffix.length)) + suffix;
}
