/**
 * The number a cart is given for one SKU, and the named terms it came from. Pure, so that explaining it later is
 * reading, and every rule can be tried with numbers. The order is fixed: levels, newer orders, waiting orders, floor,
 * safety stock, share, cap, priority, minimum.
 */
import type { InventoryTerm } from "@/lib/canonical/connection-options";
import { type Handed, type Sharer, shareOf } from "./share";

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
	/** Units that are never told. */
	safetyStock?: number;
	/** Set where the cart shares with others; `most` is what is left for the sharer that has most. */
	share?: { connectionId: string; sharers: readonly Sharer[]; most: number };
	/** The most that the cart is told. */
	cap?: number | null;
	/** Set where other carts come first: with fewer units left, the cart is told 0. */
	scarce?: { below: number; first: string };
	/** What it is told of the shares of carts that step back. */
	handed?: Handed;
}

export function figure(input: FigureInput): { quantity: number; terms: InventoryTerm[] } {
	const terms = stockTerms(input);
	const net = sum(terms);
	if (net < 0) terms.push(term("floor", "A cart cannot be told less than 0", -net));
	const left = Math.max(0, net);
	const kept = Math.min(left, input.safetyStock ?? 0);
	if (kept > 0) terms.push(term("safety", `Safety stock of ${input.safetyStock}`, -kept));
	const own = left - kept;
	const shared = input.share ? shareTerm(input.share, own) : null;
	if (shared) terms.push(shared);
	let quantity = own + (shared?.amount ?? 0);
	const take = (kind: InventoryTerm["kind"], label: string, units: number) => {
		if (units <= 0) return;
		terms.push(term(kind, label, -units));
		quantity -= units;
	};
	if (input.cap !== null && input.cap !== undefined) take("cap", `At most ${input.cap}`, quantity - input.cap);
	if (input.scarce && left < input.scarce.below)
		take("priority", `Fewer than ${input.scarce.below} left: only ${input.scarce.first} is told any`, quantity);
	const { units: handed, from } = input.handed ?? { units: 0, from: [] };
	if (handed > 0) {
		terms.push(
			term(
				"priority",
				`Scarce: the share of ${from.join(" and ")}, which come${from.length === 1 ? "s" : ""} later`,
				handed,
			),
		);
		quantity += handed;
	}
	if (quantity > 0 && quantity < input.minimum)
		take("minimum", `Below the minimum level of ${input.minimum}`, quantity);
	else if (quantity > 0 && input.minimum > 0)
		terms.push(term("minimum", `Not below the minimum level of ${input.minimum}`, 0));
	return { quantity, terms };
}

/** What is there, and what orders take of it. */
function stockTerms(input: FigureInput): InventoryTerm[] {
	const word = input.kit ? "Can be built" : input.basis === "on-hand" ? "On hand" : "Available";
	const terms = input.levels.map((level) =>
		term(input.kit ? "kit" : "level", `${word} at ${level.name}`, level.units, level.detail ?? level.location),
	);
	// It is somewhere else: a cart that was told of it before must be told that it is gone.
	if (terms.length === 0) terms.push(term(input.kit ? "kit" : "level", "None at the locations that count", 0));
	if (input.newerUnits > 0) {
		const label = input.kit ? "Orders that take its parts" : "Orders newer than the count";
		terms.push(term("newer-orders", label, -input.newerUnits));
	}
	if (input.waitingUnits > 0)
		terms.push(term("waiting-orders", "Orders not yet at the warehouse", -input.waitingUnits));
	return terms;
}

/** What the others get of it, or nobody. */
function shareTerm(share: NonNullable<FigureInput["share"]>, own: number): InventoryTerm {
	const units = shareOf(share.connectionId, { own, most: share.most, sharers: share.sharers });
	const percent = share.sharers.find(({ connectionId }) => connectionId === share.connectionId)?.percent ?? 0;
	const exact = (own * percent) / 100;
	const others = share.sharers.filter(({ connectionId }) => connectionId !== share.connectionId);
	const rest = others.map(({ name, percent: theirs }) => `${theirs} % for ${name}`).join(", ");
	const rounded = exact === units ? "" : `, ${exact} rounded by largest remainder`;
	return term("share", `Share of ${percent} %: ${units} of ${own}${rounded}`, units - own, rest);
}

function term(kind: InventoryTerm["kind"], label: string, amount: number, detail = ""): InventoryTerm {
	return { kind, label, amount: amount === 0 ? 0 : amount, detail };
}

function sum(terms: InventoryTerm[]): number {
	return terms.reduce((total, { amount }) => total + amount, 0);
}
