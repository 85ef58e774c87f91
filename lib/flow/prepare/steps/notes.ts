import type { Step } from "../step";

export const notes: Step = {
	name: "Notes",
	apply({ order }) {
		const said = [order.note && "note", order.giftMessage && "gift message"].filter(Boolean);
		return { ok: true, set: { note: order.note, giftMessage: order.giftMessage }, note: said.join(" and ") || "none" };
	},
};
