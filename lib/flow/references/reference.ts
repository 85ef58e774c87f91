/** One text that a warehouse is told beside the goods, and what becomes of it where it is too long. */
import type { DestinationOptions } from "@/lib/canonical/connection-options";
import type { Look } from "@/lib/canonical/reference-places";
import { customFieldsOf, fillTemplate, sameName } from "@/lib/canonical/reference-template";
import { maxText } from "@/lib/canonical/text";
import type { OwnFields } from "@/lib/connectors/kit/reference-fields";

export interface Reference {
	/** A field of what is sent, or null for one of the warehouse's own, whose name is the label. */
	field: "sourceNumber" | "orderSource" | "note" | null;
	label: string;
	/** The line that it is of, under our id; null: of the whole. */
	line: ReferencedLine | null;
	/** As the template was filled. */
	text: string;
	/** As much of it as the warehouse takes. */
	told: string;
	most: number;
}
export interface ReferencedLine {
	id: string;
	number: number;
	sku: string;
}

type Limits = Pick<DestinationOptions, "referenceLength" | "longReferences">;

interface Template extends Pick<Reference, "field" | "label"> {
	template: string;
	/** Where it is not as for all references. */
	most?: number;
}

/** Those of the templates that say something, filled. */
export function referencesFrom(
	templates: Template[],
	{ look, line = null, limits }: { look: Look; line?: ReferencedLine | null; limits: Limits },
): Reference[] {
	return templates.flatMap(({ field, label, template, most = limits.referenceLength ?? maxText }) => {
		if (template === "") return [];
		const text = fillTemplate(template, look);
		return [{ field, label, line, text, told: text.slice(0, most).trim(), most }];
	});
}

/** The custom fields that a setting names, under the names that the warehouse has for them. */
export function ownFields(setting: string, fields: OwnFields | undefined): Template[] {
	if (!fields) return [];
	return customFieldsOf(setting).flatMap(({ name, template }): Template[] => {
		const label = fields === true ? name : fields.find((known) => sameName(known, name));
		return label === undefined ? [] : [{ field: null, label, template }];
	});
}

export const isCut = ({ text, most }: Reference) => text.length > most;

/** The first that must stop what it is of, and why; null when all may go. */
export function stopOf(references: readonly Reference[], { longReferences }: Limits): string | null {
	const long = longReferences === "stop" ? references.find(isCut) : undefined;
	if (!long) return null;
	return `${nameOf(long)} would have ${long.text.length} characters where the warehouse takes ${long.most}. Shorten its template, or let longer texts be cut.`;
}

const mostNamed = 12;

/** What was built, in words: "PO number: 1077/US; Season of line 2: Win (cut to 3 characters)". */
export function referenceWords(references: readonly Reference[]): string {
	const said = references.filter(({ text }) => text !== "");
	// Those that were cut are what a person looks for.
	const named = [...said].sort((a, b) => Number(isCut(b)) - Number(isCut(a))).slice(0, mostNamed);
	const words = said
		.filter((one) => named.includes(one))
		.map((one) => `${nameOf(one)}: ${one.told}${isCut(one) ? ` (cut to ${one.most} characters)` : ""}`);
	const more = said.length - named.length;
	return [...words, ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}

function nameOf({ label, line }: Reference): string {
	return line ? `${label} of line ${line.number}` : label;
}

type Field = { name: string; value: string };

/** Fields of the warehouse's own: those the source has, but for those that a reference takes the place of. */
export function fieldsTold(
	own: readonly Field[] | undefined,
	references: readonly Reference[],
	fields: OwnFields | undefined,
): Field[] {
	if (!fields) return [];
	const custom = references.filter(({ field, told }) => field === null && told !== "");
	const others = (own ?? []).filter(
		({ name }) =>
			!custom.some(({ label }) => sameName(label, name)) &&
			(fields === true || fields.some((known) => sameName(known, name))),
	);
	return [...others, ...custom.map(({ label, told }) => ({ name: label, value: told }))];
}
