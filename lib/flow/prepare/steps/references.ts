import { orderReferences } from "../../references/order-references";
import { fieldsTold, type Reference, referenceWords, stopOf } from "../../references/reference";
import type { Draft, Step } from "../step";

/** What the warehouse is told beside the goods, built from texts with named places, as far as its system takes them. */
export const references: Step = {
	name: "References",
	apply(draft) {
		const all = orderReferences(draft).filter(({ text }) => text !== "");
		const problem = stopOf(all, draft.destination);
		if (problem) return { ok: false, code: "bad-input", field: "references", problem };
		const set: Draft["deliverable"] = {};
		const whole = all.filter(({ line }) => line === null);
		for (const { field, told } of whole) if (field) set[field] = told;
		if (whole.some(({ field }) => field === null))
			set.extraFields = fieldsTold(draft.deliverable.extraFields, whole, true);
		const lines = linesTold(draft, all);
		return { ok: true, set: { ...set, ...(lines && { lines }) }, note: referenceWords(all) || "as the cart has them" };
	},
};

/** Undefined where no line has anything to tell. */
function linesTold({ order, lineIds, deliverable, takes }: Draft, all: Reference[]): Draft["deliverable"]["lines"] {
	const ofLines = all.filter(({ line }) => line !== null);
	const own = new Map(
		order.lines.flatMap(({ sourceLineId, extraFields }) =>
			extraFields ? [[lineIds.get(sourceLineId) ?? sourceLineId, extraFields] as const] : [],
		),
	);
	if (!takes?.line || (ofLines.length === 0 && own.size === 0)) return undefined;
	const byLine = new Map<string, Reference[]>();
	for (const one of ofLines) byLine.set(one.line?.id ?? "", [...(byLine.get(one.line?.id ?? "") ?? []), one]);
	return deliverable.lines?.map((line) => {
		const id = line.kit?.lineId ?? line.lineId;
		const told = byLine.get(id) ?? [];
		const note = told.find(({ field }) => field === "note")?.told;
		const extraFields = fieldsTold(own.get(id), told, takes.line?.customFields);
		return { ...line, ...(note && { note }), ...(extraFields.length > 0 && { extraFields }) };
	});
}
