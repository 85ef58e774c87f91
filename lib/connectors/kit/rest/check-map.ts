/** Checks a field map while it is typed: against the fields of our own words, and that its lists fit together. */
import { z } from "zod";
import { depthOf, MapProblem, type Path, parseMap, parsePlainPath, pathsOf, pathText, type Rule } from "./field-map";
import { listPath } from "./run-map";
import type { Words } from "./words";

/** "read": our fields are filled from theirs. "write": theirs are filled from ours. */
export type Direction = "read" | "write";

/** The rules of a map that fits. Throws the first `MapProblem`. */
export function checkedMap(text: string, words: Words, direction: Direction): Rule[] {
	const rules = parseMap(text);
	if (rules.length === 0) throw new MapProblem(1, "the map is empty. Put back at least what it must fill.");
	for (const rule of rules) {
		for (const path of direction === "read" ? [rule.target] : pathsOf(rule)) mustBeKnown(path, words, rule.line);
		if (direction === "write" && rule.target.some((segment) => "index" in segment))
			throw new MapProblem(rule.line, "a list is made with [], not with one position. Write [] instead.");
	}
	if (direction === "read") {
		const filled = new Set(rules.map(({ target }) => pathText(target)));
		for (const [name, word] of Object.entries(words.fields))
			if (word.needed && !filled.has(name))
				throw new MapProblem(rules.at(-1)?.line ?? 1, `no line fills ${name}. Add one: ${name}: their field.`);
	}
	checkLists(rules);
	return rules;
}

function mustBeKnown(path: Path, words: Words, line: number): void {
	const name = pathText(path);
	if (words.fields[name]) return;
	const [nearest] = Object.keys(words.fields).sort((a, b) => distance(a, name) - distance(b, name));
	throw new MapProblem(line, `${name} is not a field of ${words.what}. Did you mean ${nearest}?`);
}

/** Every list that is filled comes from one list, and nothing goes through more lists than it fills. */
function checkLists(rules: Rule[]): void {
	const sources = new Map<string, string>();
	for (const rule of rules) {
		const depth = depthOf(rule.target);
		const tooDeep = pathsOf(rule).find((path) => depthOf(path) > depth);
		if (tooDeep) {
			const advice = `write ${pathText(rule.target)}[] or one position such as ${pathText(tooDeep).replace("[]", "[0]")}`;
			throw new MapProblem(rule.line, `${pathText(tooDeep)} is a list: ${advice}.`);
		}
		for (let level = 1; level <= depth; level++) {
			const list = `${pathText(listPath(rule.target, level))}[]`;
			for (const path of pathsOf(rule).filter((one) => depthOf(one) >= level)) {
				const source = `${pathText(listPath(path, level))}[]`;
				const known = sources.get(list);
				if (known && known !== source)
					throw new MapProblem(rule.line, `${list} goes through ${known} in another line. Use one list for all of it.`);
				sources.set(list, source);
			}
		}
	}
	for (const rule of rules)
		for (let level = 1; level <= depthOf(rule.target); level++) {
			const list = `${pathText(listPath(rule.target, level))}[]`;
			if (!sources.has(list))
				throw new MapProblem(rule.line, `${list} goes through no list. Write the other side's list with [] too.`);
		}
}

/** How many letters must change to make one word of another. */
function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, n) => n);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const swap = (row[j - 1] ?? 0) + (a[i - 1]?.toLowerCase() === b[j - 1]?.toLowerCase() ? 0 : 1);
			next[j] = Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
		}
		row = next;
	}
	return row.at(-1) ?? 0;
}

/** The schema of a setting that holds a map; what is wrong with it names the line and the fix. */
export function mapText(words: Words, direction: Direction, standard: string) {
	return z
		.string()
		.max(20_000, "must be at most 20,000 characters")
		.superRefine((text, context) => {
			const problem = problemOf(() => checkedMap(text, words, direction));
			if (problem) context.addIssue({ code: "custom", message: `Line ${problem.line}: ${problem.message}` });
		})
		.default(standard);
}

/**
 * A dash stands for nothing at all: an empty field is one that was not given, and has its default.
 */
export const none = "-";
export const withoutDash = (text: string) => (text === none ? "" : text);

/** The schema of a setting that holds one path in an answer; a dash is the answer itself. */
export function pathSetting(standard = "") {
	return z
		.string()
		.trim()
		.max(200, "must be at most 200 characters")
		.superRefine((text, context) => {
			const problem = problemOf(() => parsePlainPath(withoutDash(text)));
			if (problem) context.addIssue({ code: "custom", message: "must be a path in the answer, such as data.orders" });
		})
		.transform(withoutDash)
		.default(standard);
}

function problemOf(work: () => unknown): MapProblem | null {
	try {
		work();
		return null;
	} catch (error) {
		if (error instanceof MapProblem) return error;
		throw error;
	}
}
