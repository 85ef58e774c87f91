import type { Step } from "../step";

/** Every line needs a code that the warehouse can look up. */
export const items: Step = {
	name: "Items",
	apply({ order, lineIds }) {
		const bare = order.lines.find((line) => line.sku === "");
		if (bare) {
			const what = bare.name ? `"${bare.name}"` : `line ${order.lines.indexOf(bare) + 1}`;
			return {
				ok: false,
				code: "missing-sku",
				field: "lines.sku",
				problem: `${what} has no item code. Give the product a SKU in the cart.`,
			};
		}
		const lines = order.lines.map((line) => ({
			lineId: lineIds.get(line.sourceLineId) ?? line.sourceLineId,
			sku: line.sku,
			quantity: line.quantity,
			...(line.unitPrice && { unitPrice: line.unitPrice.amount }),
		}));
		return { ok: true, set: { lines }, note: lines.map((line) => `${line.quantity} × ${line.sku}`).join(", ") };
	},
};
