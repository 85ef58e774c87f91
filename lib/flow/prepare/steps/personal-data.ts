import type { Step } from "../step";

/** Suppress PII: the last step, so that nothing before it can bring the shopper back. */
export const personalData: Step = {
	name: "Personal data",
	apply({ destination, deliverable, order }) {
		if (!destination.suppressPersonalData) return { ok: true, set: {}, note: "told" };
		const { city, region, postalCode, country } = deliverable.shipTo ?? order.shipTo;
		const name = `Order ${deliverable.number ?? order.number}`;
		const shipTo = {
			name,
			company: "",
			line1: "Withheld",
			line2: "",
			city,
			region,
			postalCode,
			country,
			phone: "",
			email: "",
		};
		const lines = deliverable.lines?.map(({ note: _, extraFields: __, ...line }) => line);
		return {
			ok: true,
			set: { shipTo, note: "", giftMessage: "", extraFields: [], ...(lines && { lines }) },
			note: "name, street, telephone, mail address, notes and extra fields withheld",
		};
	},
};
