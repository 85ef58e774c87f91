import { type ErrorCode, errorCodes } from "./codes";

/** Facts that fill the sentence of a code, and nothing secret or personal. */
export type Facts = Record<string, string | number | boolean | undefined>;

/** What verbs throw. The sentence, the meaning and the fix come from the registry of codes. */
export class AppError extends Error {
	readonly code: ErrorCode;
	readonly facts: Facts;
	/** Per-field messages of refused input, by path. */
	readonly fields: Record<string, string>;

	constructor(code: ErrorCode, facts: Facts = {}, options: { cause?: unknown; fields?: Record<string, string> } = {}) {
		super(fill(errorCodes[code].sentence, facts), { cause: options.cause });
		this.name = "AppError";
		this.code = code;
		this.facts = facts;
		this.fields = options.fields ?? {};
	}
}

/** Puts facts into a sentence: "{system} refused" with {system: "Acme"} gives "Acme refused". */
export function fill(sentence: string, facts: Facts): string {
	return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? "?"));
}
