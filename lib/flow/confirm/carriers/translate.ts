/**
 * Carriers between our words and those of one other system. Pure. A row with a service holds for that service; one
 * without holds for every service of the carrier, and keeps it unless it names another. What no row knows passes
 * through. A row read both ways is turned round for the other direction, where no row of its own says otherwise.
 */
import type { CarrierDirection, CarrierPair, CarrierRule } from "@/lib/canonical/ship-method";

export type CarrierTable = Readonly<Record<CarrierDirection, ReadonlyMap<string, CarrierPair>>>;

export const noCarriers: CarrierTable = { in: new Map(), out: new Map() };

export function carrierTable(rules: readonly CarrierRule[]): CarrierTable {
	const table = { in: new Map<string, CarrierPair>(), out: new Map<string, CarrierPair>() };
	for (const { direction, from, to } of rules) if (to) setOnce(table[direction], from, to);
	for (const { direction, from, to, twoWay } of rules)
		if (to && twoWay) setOnce(table[direction === "in" ? "out" : "in"], to, from);
	return table;
}

/** Of two rows that turn the same carrier into different ones, the first counts. */
function setOnce(map: Map<string, CarrierPair>, from: CarrierPair, to: CarrierPair): void {
	const key = pairKey(from);
	if (!map.has(key)) map.set(key, to);
}

export function translate(table: CarrierTable, direction: CarrierDirection, pair: CarrierPair): CarrierPair {
	const exact = pair.service === "" ? undefined : table[direction].get(pairKey(pair));
	if (exact) return exact;
	const any = table[direction].get(pairKey({ carrier: pair.carrier, service: "" }));
	return any ? { carrier: any.carrier, service: any.service || pair.service } : pair;
}

/** Carriers are one whatever their case. */
export function pairKey({ carrier, service }: CarrierPair): string {
	return `${carrier.trim().toLowerCase()}\u0000${service.trim().toLowerCase()}`;
}
