/**
 * Rules that an order must keep before it is sent, one per line: `shipTo.phone: required`, `shipTo.line1: max 35`,
 * `shipTo.postalCode: only A-Z 0-9 -`.
 */
import { z } from "zod";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import { ConnectorError } from "../fault";
import { MapProblem, type Path, parsePlainPath, pathText } from "./field-map";
import type { SendCheck } from "./plan";
import { isEmpty, valueAt } from "./run-map";
import { deliverableWords } from "./words";

const mostLines = 50;

/** Throws the first `MapProblem`. */
export function parseChecks(text: string): SendCheck[] {
	const lines = text.split("\n");
	if (lines.length > mostLines) throw new MapProblem(mostLines + 1, `there are more than ${mostLines} lines.`);
	return lines.flatMap((content, n) => {
		const line = content.trim();
		return line === "" || line.startsWith("#") ? [] : [parseCheck(line, n + 1)];
	});
}

function parseCheck(text: string, line: number): SendCheck {
	const [, field = "", rule = ""] = /^([^:]+):(.*)$/.exec(text) ?? [];
	const path = fieldPath(field.trim(), line);
	const [word, ...rest] = rule.trim().split(/\s+/);
	if (word === "required" && rest.length === 0) return { line, path, is: { kind: "required" } };
	if (word === "max" && /^[1-9]\d{0,3}$/.test(rest.join()))
		return { line, path, is: { kind: "max", length: Number(rest[0]) } };
	if (word === "only" && rest.length > 0) return { line, path, is: { kind: "only", characters: charactersOf(rest) } };
	throw new MapProblem(line, 'after the field comes "required", "max 35" or "only A-Z 0-9 -".');
}

function fieldPath(name: string, line: number): Path {
	const field = Object.keys(deliverableWords.fields).find((known) => known === name && !known.includes("[]"));
	if (!field)
		throw new MapProblem(line, `${name || "the field"} is not a field of an order to send, such as shipTo.phone.`);
	return parsePlainPath(field);
}

/** Ranges such as A-Z written out; blanks between words of an address are always allowed. */
function charactersOf(parts: string[]): string {
	const all = parts.map((part) => {
		const [from, dash, to] = [...part];
		if (dash !== "-" || from === undefined || to === undefined || part.length !== 3) return part;
		const codes = [from.charCodeAt(0), to.charCodeAt(0)] as const;
		const span = Math.min(Math.max(0, codes[1] - codes[0] + 1), 256);
		return String.fromCharCode(...Array.from({ length: span }, (_, n) => codes[0] + n));
	});
	return [...all, " "].join("");
}

/** The schema of the setting. */
export function checksSetting(standard = "") {
	return z
		.string()
		.max(5000, "must be at most 5,000 characters")
		.superRefine((text, context) => {
			try {
				parseChecks(text);
			} catch (error) {
				if (!(error instanceof MapProblem)) throw error;
				context.addIssue({ code: "custom", message: `Line ${error.line}: ${error.message}` });
			}
		})
		.default(standard);
}

export interface BrokenRule {
	field: string;
	problem: string;
}

/** The rules this order does not keep, by the fields they are about. */
export function brokenRules(order: DeliverableOrder, checks: SendCheck[]): BrokenRule[] {
	return checks.flatMap(({ path, is, line }) => {
		const value = valueAt(order, path);
		const text = isEmpty(value) ? "" : String(value);
		const problem = problemWith(text, is);
		return problem ? [{ field: pathText(path), problem: `${problem} (rule ${line})` }] : [];
	});
}

function problemWith(text: string, is: SendCheck["is"]): string | null {
	if (is.kind === "required") return text === "" ? "is empty" : null;
	if (is.kind === "max") return [...text].length > is.length ? `is longer than ${is.length} characters` : null;
	return [...text].every((letter) => is.characters.includes(letter)) ? null : "holds a character that is not allowed";
}

/** Throws a permanent fault that names the first rule that is not kept. Nothing was sent then. */
export function mustKeepRules(order: DeliverableOrder, checks: SendCheck[]): void {
	const [first] = brokenRules(order, checks);
	if (!first) return;
	const message = `The order was not sent: ${first.field} ${first.problem}. Correct the order, or the rule.`;
	throw new ConnectorError({ kind: "permanent", code: "rule-broken", field: first.field }, message);
}
