/** Values of other systems in our forms, and ours in theirs. What cannot be brought into form stays as it is and is refused by the words. */
import { fromLocal, toLocal } from "../zone";
import type { Rule } from "./field-map";
import { pathText } from "./field-map";
import { type Convert, isEmpty } from "./run-map";
import type { Kind, Words } from "./words";

/** Into the form that our words ask for; `zone` is that of times without an offset. */
export function readingFor(words: Words, zone: string): Convert {
	return (value, _rule, target) => {
		const kind = words.fields[target]?.kind;
		return isEmpty(value) || !kind ? undefined : formOf(value, kind, zone);
	};
}

function formOf(value: unknown, kind: Kind, zone: string): unknown {
	switch (kind) {
		case "text":
			return textOf(value);
		case "country":
			return typeof value === "string" ? value.trim().toUpperCase() : value;
		case "count":
			return typeof value === "string" && /^\s*-?\d{1,15}(\.0+)?\s*$/.test(value) ? Number(value) : value;
		case "decimal":
			return decimalOf(value);
		case "instant":
			return instantOf(value, zone) ?? value;
		case "flag":
			return flagOf(value);
	}
}

function textOf(value: unknown): unknown {
	if (typeof value === "number" || typeof value === "boolean") return String(value);
	// A character that no database takes, and no label prints.
	return typeof value === "string" ? value.replaceAll("\u0000", "").trim() : value;
}

function decimalOf(value: unknown): unknown {
	if (typeof value === "string") return value.trim();
	if (typeof value !== "number") return value;
	const text = String(value);
	return /^-?\d+(\.\d{1,6})?$/.test(text) ? text : value.toFixed(6).replace(/\.?0+$/, "");
}

function flagOf(value: unknown): unknown {
	if (typeof value === "number") return value !== 0;
	if (typeof value !== "string") return value;
	const word = value.trim().toLowerCase();
	if (["true", "yes", "y", "1", "ok"].includes(word)) return true;
	return ["false", "no", "n", "0"].includes(word) ? false : value;
}

/** ISO 8601 with or without offset, a date alone, or seconds or milliseconds since 1970. Null for what is no time. */
export function instantOf(value: unknown, zone: string): Date | null {
	const count =
		typeof value === "number" ? value : typeof value === "string" && /^\d{9,13}$/.test(value) ? +value : null;
	if (count !== null) {
		const at = new Date(count < 1e11 ? count * 1000 : count);
		return count > 0 && !Number.isNaN(at.getTime()) ? at : null;
	}
	if (typeof value !== "string") return null;
	return fromLocal(
		value
			.trim()
			.replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, "$1T")
			.replace(/ (?=Z$|[+-]\d\d)/, ""),
		zone,
	);
}

/** Into the form that a rule's `as` asks for; without one, numbers stay numbers and times are ISO 8601 in UTC. */
export const writing: (zone: string) => Convert = (zone) => (value, rule) => {
	if (isEmpty(value)) return undefined;
	if (value instanceof Date) return dateAs(value, rule, zone);
	if (rule.form === "text") return typeof value === "object" ? undefined : String(value);
	if (rule.form !== "number") return value;
	const number = Number(value);
	return Number.isFinite(number) ? number : value;
};

function dateAs(value: Date, { form }: Rule, zone: string): string | number {
	if (form === "epoch" || form === "number") return Math.floor(value.getTime() / 1000);
	return form === "date" ? toLocal(value, zone).slice(0, 10) : value.toISOString();
}

/** The first word of a message about a field of ours, in the words of the map: `lines[].sku`. */
export function fieldName(path: readonly PropertyKey[]): string {
	return pathText(path.map((part) => (typeof part === "number" ? { each: true as const } : { name: String(part) })));
}
