/** Applies a field map to one record. Reads own fields of plain data only; takes time in proportion to the record. */
import { depthOf, type Part, type Path, pathsOf, pathText, type Rule } from "./field-map";

/** Puts a found value into its final form; `target` is written as in the map. `undefined` leaves the field out. */
export type Convert = (value: unknown, rule: Rule, target: string) => unknown;

/** Empty fields are left out; lists are as long as the lists they come from. */
export function runMap(rules: Rule[], record: unknown, convert: Convert = (value) => value): unknown {
	return fill({ record, convert }, rules.map(open), []);
}

interface Open {
	rule: Rule;
	/** What of the target is still to be made, within the list entry that is being filled. */
	rest: Path;
}
const open = (rule: Rule): Open => ({ rule, rest: rule.target });

interface Run {
	record: unknown;
	convert: Convert;
}

function fill(run: Run, rules: Open[], at: number[]): unknown {
	const made: Record<string, unknown> = {};
	const lists = new Map<string, { prefix: Path; rules: Open[] }>();
	for (const { rule, rest } of rules) {
		const each = rest.findIndex((segment) => "each" in segment);
		if (each < 0) {
			const value = run.convert(foundBy(rule, run.record, at), rule, pathText(rule.target));
			if (rest.length === 0) return value;
			if (value !== undefined) put(made, rest, value);
			continue;
		}
		const prefix = rest.slice(0, each);
		const list = lists.get(pathText(prefix)) ?? { prefix, rules: [] };
		list.rules.push({ rule, rest: rest.slice(each + 1) });
		lists.set(pathText(prefix), list);
	}
	for (const { prefix, rules: inside } of lists.values()) {
		const list = listOf(run.record, inside, at);
		if (!Array.isArray(list)) {
			// Something else in its place is handed on as it is: whoever checks the result refuses it.
			if (!isEmpty(list)) put(made, prefix, list);
			continue;
		}
		const entries = list.map((_, n) => fill(run, inside, [...at, n]));
		const whole = entries.filter((entry) => entry !== undefined);
		if (prefix.length === 0) return whole;
		put(made, prefix, whole);
	}
	return made;
}

/** The list that these rules go through: they all go through one, see `checkLists`. */
function listOf(record: unknown, rules: Open[], at: number[]): unknown {
	const depth = at.length + 1;
	const path = rules.flatMap(({ rule }) => pathsOf(rule)).find((one) => depthOf(one) >= depth);
	return path ? valueAt(record, listPath(path, depth), at) : undefined;
}

/** The part of a path that leads to its n-th list. */
export function listPath(path: Path, depth: number): Path {
	let seen = 0;
	const end = path.findIndex((segment) => "each" in segment && ++seen === depth);
	return end < 0 ? path : path.slice(0, end);
}

function foundBy(rule: Rule, record: unknown, at: number[]): unknown {
	for (const parts of rule.choices) {
		const value = joined(parts, record, at);
		if (!isEmpty(value)) return value;
	}
	return undefined;
}

function joined(parts: Part[], record: unknown, at: number[]): unknown {
	const values = parts.map((part) => ("path" in part ? valueAt(record, part.path, at) : part.literal));
	if (parts.length === 1) return values[0];
	// What stands between two fields says nothing when both are empty.
	if (!values.some((value, n) => "path" in (parts[n] ?? {}) && !isEmpty(value))) return undefined;
	return values
		.map((value) => (isEmpty(value) || typeof value === "object" ? "" : String(value)))
		.join("")
		.trim();
}

export function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}

/** What stands at a path; `at` says which entries of the lists on the way are meant. */
export function valueAt(record: unknown, path: Path, at: readonly number[] = []): unknown {
	let value: unknown = record;
	let list = 0;
	for (const segment of path) {
		if (typeof value !== "object" || value === null) return undefined;
		if ("name" in segment !== !Array.isArray(value)) return undefined;
		if ("name" in segment) value = Object.hasOwn(value, segment.name) ? Reflect.get(value, segment.name) : undefined;
		else if (Array.isArray(value)) value = value["index" in segment ? segment.index : (at[list++] ?? -1)];
	}
	return value;
}

function put(holder: Record<string, unknown>, path: Path, value: unknown): void {
	let inner = holder;
	for (const [n, segment] of path.entries()) {
		// A position in a target is the name of a field like any other: lists are made with [] alone.
		const name = "name" in segment ? segment.name : "index" in segment ? String(segment.index) : "";
		if (n === path.length - 1) inner[name] = value;
		else {
			const next = inner[name];
			const deeper = typeof next === "object" && next !== null ? (next as Record<string, unknown>) : {};
			inner[name] = deeper;
			inner = deeper;
		}
	}
}
