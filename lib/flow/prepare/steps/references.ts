import { customFieldsOf, fillTemplate } from "@/lib/canonical/reference-template";
import { maxNote, maxText } from "@/lib/canonical/text";
import type { Draft, Step, StepResult } from "../step";

/** One text on its way to the warehouse. */
interface Built {
	label: string;
	text: string;
	most: number;
	/** Of the deliverable order, or a custom field of the warehouse. */
	field: "sourceNumber" | "orderSource" | "note" | null;
}

/** What the warehouse is told beside the goods, built from texts with named places, as far as its system takes them. */
export const references: Step = {
	name: "References",
	apply(draft) {
		const set: Draft["deliverable"] = {};
		const custom: { name: string; value: string }[] = [];
		const notes: string[] = [];
		for (const { label, text, most, field } of builtOf(draft)) {
			if (text === "") continue;
			if (text.length > most && draft.destination.longReferences === "stop") return tooLong(label, text, most);
			const told = text.slice(0, most).trim();
			if (field) set[field] = told;
			else custom.push({ name: label, value: told });
			notes.push(`${label}: ${told}${told.length < text.length ? ` (cut to ${most} characters)` : ""}`);
		}
		return {
			ok: true,
			set: { ...set, ...(custom.length > 0 && { extraFields: [...othersOf(draft, custom), ...custom] }) },
			note: notes.join("; ") || "as the cart has them",
		};
	},
};

/** The cart's own fields, but for those that a custom field takes the place of. */
function othersOf({ deliverable }: Draft, custom: { name: string }[]) {
	return (deliverable.extraFields ?? []).filter(({ name }) => !custom.some((one) => one.name === name));
}

function builtOf({ order, destination, takes }: Draft): Built[] {
	const fill = (text: string) => fillTemplate(text, order, destination.suppressPersonalData);
	const most = destination.referenceLength ?? maxText;
	const custom = takes?.customFields ? customFieldsOf(destination.customFields) : [];
	const fixed: (Built & { field: string })[] = [
		{ field: "sourceNumber", label: "PO number", text: destination.poNumberTemplate, most },
		{ field: "orderSource", label: "Order source", text: destination.orderSourceTemplate, most },
		{ field: "note", label: "Notes", text: destination.noteTemplate, most: maxNote },
	];
	return [
		...fixed.filter(({ field }) => field !== null && takes?.[field]),
		...custom.map(({ name, template }): Built => ({ field: null, label: name, text: template, most })),
	].map((one) => ({ ...one, text: fill(one.text) }));
}

function tooLong(label: string, text: string, most: number): StepResult {
	return {
		ok: false,
		code: "bad-input",
		field: "references",
		problem: `${label} would have ${text.length} characters where the warehouse takes ${most}. Shorten its template, or let longer texts be cut.`,
	};
}
