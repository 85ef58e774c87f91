import { isLineFiltered, onList, someOf } from "../../intake/filters";
import { isAdded } from "../rules/apply-ruling";
import type { Draft, Step } from "../step";

type Line = Draft["order"]["lines"][number];

/** The lines that are sent: the others stay on the order, struck through. What a rule adds is not for the cart to filter. */
export function keptLines({ order, itemFilter }: Pick<Draft, "order" | "itemFilter">): Line[] {
	return order.lines.filter(({ sourceLineId, sku }) => isAdded(sourceLineId) || !isLineFiltered(itemFilter, sku));
}

/** Says which lines the cart's item filter keeps back; an order of which nothing is left does not go out. */
export const itemFilters: Step = {
	name: "Item filters",
	apply(draft) {
		const kept = keptLines(draft);
		const { lines } = draft.order;
		if (kept.length === lines.length) return { ok: true, set: {}, note: "every line is sent" };
		const out = lines.filter((line) => !kept.includes(line)).map(({ sku }) => sku || "a line without an item code");
		const why = `${someOf(out)}: ${onList(draft.itemFilter)}`;
		// What a rule adds goes with the goods, and not alone in their place.
		const isSold = kept.some(({ sourceLineId }) => !isAdded(sourceLineId));
		if (isSold) return { ok: true, set: {}, note: `not sent: ${why}` };
		return {
			ok: false,
			code: "all-filtered",
			field: "lines.sku",
			problem: "The cart's Item Filters keep back every line of the order. Change the filter, and the order goes out.",
		};
	},
};
