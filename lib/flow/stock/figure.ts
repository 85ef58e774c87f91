/**
 * The number a cart is given for one SKU, and the named terms it came from. Pure, so that explaining it later is
 * reading, and every rule can be tried with numbers.
 */
import type { InventoryTerm } from "@/lib/canonical/connection-options";

/** What the figure starts from: units that may be sold, or all that is in the building. */
export type Basis = "available" | "on-hand";

export interface FigureInput {
	basis?: Basis;
	/** Units per location that counts for this cart, as the warehouse stated them. */
	levels: { location: string; name: string; units: number; detail?: string }[];
	/** Units on orders that were loaded after the warehouse took its count. */
	newerUnits: number;
	/** Units on earlier orders that had not reached the warehouse by then. */
	waitingUnits: number;
	/** Minimum Inventory Level: below it the cart is told 0. */
	minimum: number;
	/** The units are kits that can be built there, not units in stock. */
	kit?: boolean;
}

export function figure(input: FigureInput): { quantity: number; terms: InventoryTerm[] } {
	const word = input.kit ? "Can be built" : input.basis === "on-hand" ? "On hand" : "Available";
	const terms: InventoryTerm[] = input.levels.map((level) => ({
		kind: input.kit ? "kit" : "level",
		label: `${word} at ${level.name}`,
		amount: level.units,
		detail: level.detail ?? level.location,
	}));
	if (input.newerUnits > 0)
		terms.push({
			kind: "newer-orders",
			label: input.kit ? "Orders that take its parts" : "Orders newer than the count",
			amount: -input.newerUnits,
			detail: "",
		});
	if (input.waitingUnits > 0)
		terms.push({
			kind: "waiting-orders",
			label: "Orders not yet at the warehouse",
			amount: -input.waitingUnits,
			detail: "",
		});
	const net = terms.reduce((sum, term) => sum + term.amount, 0);
	if (net < 0) terms.push({ kind: "floor", label: "A cart cannot be told less than 0", amount: -net, detail: "" });
	const floored = Math.max(0, net);
	if (floored > 0 && floored < input.minimum) {
		terms.push({ kind: "minimum", label: `Below the minimum level of ${input.minimum}`, amount: -floored, detail: "" });
		return { quantity: 0, terms };
	}
	return { quantity: floored, terms };
}
