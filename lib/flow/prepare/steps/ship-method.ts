import type { DestinationOptions } from "@/lib/canonical/connection-options";
import type { CarrierPair } from "@/lib/canonical/ship-method";
import { translate } from "../../confirm/carriers/translate";
import { findRule, shipFacts } from "../ship-methods/resolve";
import type { Draft, Step } from "../step";

/** Carriers whose name at the front of a shipping code or name says who carries. */
const carriers = [
	"UPS",
	"USPS",
	"FedEx",
	"DHL",
	"DPD",
	"GLS",
	"OnTrac",
	"Purolator",
	"Canada Post",
	"Royal Mail",
	"LaserShip",
];

/**
 * The cart's code becomes ours by its mapping, and ours what the warehouse calls it. A code without a mapping passes
 * through, or stops the order, as the cart's settings say.
 */
export const shipMethod: Step = {
	name: "Ship method",
	apply({ order, source, destination, shipMappings }) {
		const facts = shipFacts(order);
		const rule = findRule(shipMappings.methods, facts);
		const hasDefault = destination.defaultCarrier !== "" || destination.defaultService !== "";
		const refused = !rule && source.unmappedShipMethods === "refuse" && (facts.code !== "" || !hasDefault);
		if (refused)
			return { ok: false, code: "unmapped-ship-method", field: "shipping.code", problem: problemOf(facts.code) };
		const ours = rule?.action === "map" ? { carrier: rule.carrier, service: rule.service } : passed(order, destination);
		const theirs = translate(shipMappings.carriers, "out", ours);
		const way = [facts.code || "none", pairWords(ours), ...(isSame(ours, theirs) ? [] : [pairWords(theirs)])];
		const because = { map: "", pass: " (passed through)", unmapped: "" }[rule?.action ?? "unmapped"];
		return { ok: true, set: { shipMethod: theirs }, note: `${way.join(" → ")}${because}` };
	},
};

/** What stops orders of one code, in the same words for all of them. */
export function problemOf(code: string): string {
	return code === ""
		? "The order names no ship method, and there is no mapping for that. Map it, and the order goes out."
		: `The ship method "${code}" is not mapped. Map it, and the order goes out.`;
}

/** The cart's own words, split into carrier and service where they begin with a carrier's name. */
export function passed({ shipping }: Pick<Draft["order"], "shipping">, destination: DestinationOptions): CarrierPair {
	const named = splitCarrier(shipping.code) ?? splitCarrier(shipping.name);
	return (
		named ?? {
			carrier: destination.defaultCarrier,
			service: destination.defaultService || shipping.code || shipping.name,
		}
	);
}

function pairWords({ carrier, service }: CarrierPair): string {
	return [carrier, service].filter(Boolean).join(" ") || "none";
}

function isSame(a: CarrierPair, b: CarrierPair): boolean {
	return a.carrier === b.carrier && a.service === b.service;
}

/** "UPS Ground" and "ups-ground" name UPS; "upside-down" does not. */
export function splitCarrier(words: string): CarrierPair | null {
	for (const carrier of carriers) {
		const rest = words.slice(carrier.length);
		if (
			words.slice(0, carrier.length).toLowerCase() === carrier.toLowerCase() &&
			(rest === "" || /^[\s_|:/-]/.test(rest))
		) {
			return { carrier, service: rest.replace(/^[\s_|:/-]+/, "") };
		}
	}
	return null;
}
