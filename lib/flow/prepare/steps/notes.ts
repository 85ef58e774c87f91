import type { Step } from "../step";

export const notes: Step = {
	name: "Notes",
	apply({ order }) {
		const said = [
			order.note && "note",
			order.giftMessage && "gift message",
			order.extraFields && "extra fields",
		].filter(Boolean);
		const { note, giftMessage, extraFields } = order;
		const set = { note, giftMessage, ...(extraFields && { extraFields }) };
		return { ok: true, set, note: said.join(", ") || "none" };
	},
};
