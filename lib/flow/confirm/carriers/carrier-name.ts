/**
 * The carrier that a cart is told. Pure. The warehouse's word is mapped to ours; where nobody is named the tracking
 * number says who carries, then the order's own field; ours is mapped to what the cart calls it. All else passes.
 */
import type { CarrierPair } from "@/lib/canonical/ship-method";
import { carrierOfNumber } from "@/lib/canonical/tracking-number";
import { type CarrierTable, translate } from "./translate";

export interface ShippedBy extends CarrierPair {
	trackingNumbers: readonly string[];
	/** Where it goes, ISO 3166-1 alpha-2: two carriers share some numbers. */
	country: string;
	/** What the order's own field says, where the cart's settings name one. */
	field: string;
}

export interface NameRules {
	warehouse: CarrierTable;
	cart: CarrierTable;
	/** Parse Carrier Fallback: look behind a carrier that names nobody. One that is empty is always looked behind. */
	parseOther: boolean;
}

export interface ToldCarrier extends CarrierPair {
	/** How it came about. */
	how: "mapped" | "tracking-number" | "field" | "passed";
}

export function toldCarrier(shipped: ShippedBy, rules: NameRules): ToldCarrier {
	const ours = translate(rules.warehouse, "in", { carrier: shipped.carrier, service: shipped.service });
	const found = isNobody(ours.carrier, rules.parseOther) ? behind(shipped) : null;
	const named = found ? { carrier: found.carrier, service: ours.service } : ours;
	const told = translate(rules.cart, "out", named);
	const changed = told.carrier !== shipped.carrier || told.service !== shipped.service;
	return { ...told, how: found?.how ?? (changed ? "mapped" : "passed") };
}

function behind({ trackingNumbers, country, field }: ShippedBy) {
	for (const number of trackingNumbers) {
		const carrier = carrierOfNumber(number, country);
		if (carrier) return { carrier, how: "tracking-number" as const };
	}
	return field.trim() ? { carrier: field.trim(), how: "field" as const } : null;
}

/** "OTHER_CARRIER" is how a warehouse says that its own list lacks the carrier. */
function isNobody(carrier: string, parseOther: boolean): boolean {
	return carrier.trim() === "" || (parseOther && /^other([ _-]?carrier)?$/i.test(carrier.trim()));
}
