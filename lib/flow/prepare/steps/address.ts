import type { Step } from "../step";

/** What the canonical address does not insist on, but a label does. */
export const address: Step = {
	name: "Address",
	apply({ order }) {
		const { shipTo } = order;
		if (shipTo.city === "" && shipTo.postalCode === "") {
			return {
				ok: false,
				code: "bad-input",
				field: "shipTo.city",
				problem:
					"the address has neither a city nor a postal code. Correct it in the cart; the order follows by itself.",
			};
		}
		return { ok: true, set: { shipTo }, note: [shipTo.city, shipTo.region, shipTo.country].filter(Boolean).join(", ") };
	},
};
