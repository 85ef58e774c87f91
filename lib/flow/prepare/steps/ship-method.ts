import type { Step } from "../step";

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

/** Passes the cart's own words through, split into carrier and service where they begin with a carrier's name. */
export const shipMethod: Step = {
	name: "Ship method",
	apply({ order, destination }) {
		const wanted = order.shipping.code || order.shipping.name;
		const named = splitCarrier(order.shipping.code) ?? splitCarrier(order.shipping.name);
		const method = named ?? {
			carrier: destination.defaultCarrier,
			service: destination.defaultService || wanted,
		};
		return {
			ok: true,
			set: { shipMethod: method },
			note: `${wanted || "none"} → ${[method.carrier, method.service].filter(Boolean).join(" ") || "none"}`,
		};
	},
};

/** "UPS Ground" and "ups-ground" name UPS; "upside-down" does not. */
export function splitCarrier(words: string): { carrier: string; service: string } | null {
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
