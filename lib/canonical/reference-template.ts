/**
 * Text with named places, such as "{{number}}/{{country}}", that builds what a warehouse is told. Places only: no
 * conditions and no loops, so that every text can be read for what it will say.
 */
import { z } from "zod";
import { isPlace, type Look, placeNames, type Referenced } from "./reference-places";

// Not mustache: of it, places alone would be wanted. Its sections, partials, HTML escaping and dotted lookup would each
// have to be refused or undone, which is more than this pattern; and {{extra.Ship.By}} names one field, not a path.
const written = /\{\{([^{}]*)\}\}/g;

/** What is wrong with a template, with what may be meant; null when it can be filled. */
export function templateProblem(text: string, about: Referenced = "order"): string | null {
	for (const [, inner = ""] of text.matchAll(written)) {
		const name = inner.trim();
		if (isPlace(name, about)) continue;
		const meant = nearest(name, about);
		return `names {{${name}}}, which is not known${meant ? `. Did you mean {{${meant}}}` : `. Known are ${placeNames(about).join(", ")} and extra.<name>`}`;
	}
	const rest = text.replace(written, "");
	return /\{\{|\}\}/.test(rest) ? "opens or closes a place only once: write {{number}}" : null;
}

/** The text with every place filled. */
export function fillTemplate(text: string, look: Look): string {
	return text
		.replace(written, (_, inner: string) => look(inner.trim()))
		.replace(/[ \t]+/g, " ")
		.trim();
}

/** A template as a setting keeps it. */
export function template(about: Referenced) {
	return z
		.string()
		.trim()
		.max(500, "must be at most 500 characters")
		.superRefine((text, check) => {
			const problem = templateProblem(text, about);
			if (problem) check.addIssue({ code: "custom", message: problem });
		})
		.default("");
}

/** "Season = {{extra.Season}}", one custom field of the warehouse a line; an empty name for a line that is none. */
export function customFieldsOf(text: string): { name: string; template: string }[] {
	return text
		.split("\n")
		.filter((line) => line.trim() !== "")
		.map((line) => {
			const at = line.indexOf("=");
			return { name: line.slice(0, Math.max(0, at)).trim(), template: line.slice(at + 1).trim() };
		});
}

interface CustomFieldRules {
	about?: Referenced | undefined;
	/** The fields that the warehouse has, where it has only certain ones. */
	names?: readonly string[] | undefined;
}

/** What is wrong with such lines, by the first that cannot be used. */
export function customFieldsProblem(text: string, { about = "order", names }: CustomFieldRules = {}): string | null {
	const fields = customFieldsOf(text);
	for (const [n, { name, template: one }] of fields.entries()) {
		if (name === "" || one === "") return `must read Name = text in each line: line ${n + 1} does not`;
		if (fields.findIndex((other) => sameName(other.name, name)) < n) return `names ${name} twice`;
		if (names && !names.some((known) => sameName(known, name)))
			return `names ${name}, which the warehouse does not have. It has ${names.join(", ")} (line ${n + 1})`;
		const problem = templateProblem(one, about);
		if (problem) return `${problem} (line ${n + 1})`;
	}
	return null;
}

export const sameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

export function customFields(about: Referenced) {
	return z
		.string()
		.trim()
		.max(4000, "must be at most 4,000 characters")
		.superRefine((text, check) => {
			const problem = customFieldsProblem(text, { about });
			if (problem) check.addIssue({ code: "custom", message: problem });
		})
		.default("");
}

/** The known name that differs least, where it differs by little. */
function nearest(name: string, about: Referenced): string | null {
	const [best] = placeNames(about)
		.map((known) => ({ known, far: distance(name.toLowerCase(), known.toLowerCase()) }))
		.sort((a, b) => a.far - b.far);
	return best && best.far <= Math.max(2, Math.floor(best.known.length / 3)) ? best.known : null;
}

/** How many letters must be typed differently. */
function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, n) => n);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++)
			next[j] = Math.min(
				(row[j] ?? 0) + 1,
				(next[j - 1] ?? 0) + 1,
				(row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
			);
		row = next;
	}
	return row[b.length] ?? 0;
}
