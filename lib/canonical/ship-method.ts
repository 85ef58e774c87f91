import { z } from "zod";
import { decimal } from "./money";
import { text } from "./text";

/** What a cart's unmapped ship methods become: the cart's own words, or a held order. */
export const unmappedPolicies = ["pass", "refuse"] as const;

/** unmapped: nobody decided yet. map: our carrier and service. pass: the cart's words on purpose. */
export const shipMethodActions = ["unmapped", "map", "pass"] as const;
export type ShipMethodAction = (typeof shipMethodActions)[number];

const grams = z.int("must be whole grams").min(0, "must not be negative").max(100_000_000, "is too heavy");

/** When a mapping holds. What is absent asks nothing; bounds hold from, and up to but without, their figure. */
export const shipMethodConditions = z
	.strictObject({
		/** ISO 3166-1 alpha-2. */
		countries: z.array(z.string().regex(/^[A-Z]{2}$/, "are two capital letters each")).max(250),
		gramsFrom: grams,
		gramsTo: grams,
		valueFrom: decimal,
		valueTo: decimal,
		/** ISO 4217; absent: whatever currency the order is in. */
		currency: z.string().regex(/^[A-Z]{3}$/, "is three capital letters"),
	})
	.partial();
export type ShipMethodConditions = z.output<typeof shipMethodConditions>;

/** The same conditions always make the same JSON, so that two rows cannot ask the same thing. */
export function tidyConditions(given: ShipMethodConditions): ShipMethodConditions {
	const { countries, gramsFrom, gramsTo, valueFrom, valueTo, currency } = given;
	return {
		...(countries?.length && { countries: [...new Set(countries)].sort() }),
		...(gramsFrom !== undefined && { gramsFrom }),
		...(gramsTo !== undefined && { gramsTo }),
		...(valueFrom !== undefined && { valueFrom }),
		...(valueTo !== undefined && { valueTo }),
		...(currency !== undefined && { currency }),
	};
}

/** One row of a cart's list. In `code`, * stands for any text; "*" alone is the fallback. */
export interface ShipMethodRule {
	code: string;
	conditions: ShipMethodConditions;
	action: ShipMethodAction;
	carrier: string;
	service: string;
}

/** How a carrier is written: by name or code, and its service. Either may be empty. */
export const carrierPair = z.object({ carrier: text.default(""), service: text.default("") });
export type CarrierPair = z.output<typeof carrierPair>;

/** in: what a warehouse says of a shipment becomes ours. out: ours becomes what the other system calls it. */
export const carrierDirections = ["in", "out"] as const;
export type CarrierDirection = (typeof carrierDirections)[number];

/** One row of a connection's carriers. Without `to` the words pass through. */
export interface CarrierRule {
	direction: CarrierDirection;
	from: CarrierPair;
	to: CarrierPair | null;
	/** Read in the other direction too. */
	twoWay: boolean;
}
