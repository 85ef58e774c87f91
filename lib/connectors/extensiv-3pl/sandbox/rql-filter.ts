/**
 * The part of RQL that the real system documents: `;` and, `,` or (and binds tighter), brackets, comparisons,
 * sets, `=hv=`, and `*` at the ends of a value. Throws on what cannot be parsed, as the real one refuses it.
 */
export type Test = (record: unknown) => boolean;

/** One comparison of a query that is nothing but comparisons joined by "and". */
export interface Term {
	/** Lower case, with dots. */
	path: string;
	operator: string;
	values: string[];
	test: Test;
}
export interface Query {
	test: Test;
	/** Empty where the query has brackets or an "or": then only `test` tells. */
	terms: Term[];
}

export function parseRql(source: string): Query {
	const parser: Parser = { source, at: 0, terms: [] };
	const test = parseOr(parser);
	if (parser.at < source.length) throw new Error(`unexpected "${source[parser.at]}"`);
	return { test, terms: parser.terms ?? [] };
}

interface Parser {
	source: string;
	at: number;
	/** Null once the query is more than a list of terms. */
	terms: Term[] | null;
}

function parseOr(parser: Parser): Test {
	const tests = [parseAnd(parser)];
	while (parser.source[parser.at] === ",") {
		parser.terms = null;
		parser.at++;
		tests.push(parseAnd(parser));
	}
	return tests.length === 1 && tests[0] ? tests[0] : (record) => tests.some((test) => test(record));
}

function parseAnd(parser: Parser): Test {
	const tests = [parseOne(parser)];
	while (parser.source[parser.at] === ";") {
		parser.at++;
		tests.push(parseOne(parser));
	}
	return (record) => tests.every((test) => test(record));
}

function parseOne(parser: Parser): Test {
	if (parser.source[parser.at] === "(") {
		parser.terms = null;
		parser.at++;
		const test = parseOr(parser);
		if (parser.source[parser.at] !== ")") throw new Error("a bracket is not closed");
		parser.at++;
		return test;
	}
	const match = /^([\w.]+)(==|!=|=gt=|=ge=|=lt=|=le=|=in=|=out=|=hv=)/.exec(parser.source.slice(parser.at));
	if (!match?.[1] || !match[2]) throw new Error("a comparison was expected");
	parser.at += match[0].length;
	const path = match[1].toLowerCase();
	const values = parseValues(parser, match[2]);
	const test = comparison(path.split("."), match[2], values);
	parser.terms?.push({ path, operator: match[2], values, test });
	return test;
}

function parseValues(parser: Parser, operator: string): string[] {
	const isSet = operator === "=in=" || operator === "=out=";
	const pattern = isSet ? /^\(([^()]*)\)/ : /^[^;,()]*/;
	const match = pattern.exec(parser.source.slice(parser.at));
	if (!match) throw new Error("a value was expected");
	parser.at += match[0].length;
	return (isSet ? (match[1] ?? "").split(",") : [match[0]]).map((value) => decodeURIComponent(value));
}

function comparison(path: string[], operator: string, values: string[]): Test {
	const [value = ""] = values;
	const get = (record: unknown) => read(record, path);
	switch (operator) {
		case "==":
			return (record) => equal(get(record), value);
		case "!=":
			return (record) => !equal(get(record), value);
		case "=in=":
			return (record) => values.some((one) => equal(get(record), one));
		case "=out=":
			return (record) => !values.some((one) => equal(get(record), one));
		case "=hv=":
			return (record) => (get(record) !== null && get(record) !== undefined) === (value === "true");
		case "=gt=":
			return (record) => order(get(record), value) > 0;
		case "=ge=":
			return (record) => order(get(record), value) >= 0;
		case "=lt=":
			return (record) => order(get(record), value) < 0;
		default:
			return (record) => order(get(record), value) <= 0;
	}
}

/** Properties are found whatever their case. */
function read(record: unknown, path: string[]): unknown {
	let value = record;
	for (const name of path) {
		if (typeof value !== "object" || value === null) return undefined;
		const key = Object.keys(value).find((candidate) => candidate.toLowerCase() === name);
		value = key === undefined ? undefined : (value as Record<string, unknown>)[key];
	}
	return value;
}

function equal(actual: unknown, wanted: string): boolean {
	if (actual === null || actual === undefined) return false;
	const text = String(actual).toLowerCase();
	const pattern = wanted.toLowerCase();
	if (pattern.length > 1 && pattern.startsWith("*") && pattern.endsWith("*"))
		return text.includes(pattern.slice(1, -1));
	if (pattern.startsWith("*")) return text.endsWith(pattern.slice(1));
	if (pattern.endsWith("*")) return text.startsWith(pattern.slice(0, -1));
	return text === pattern;
}

function order(actual: unknown, wanted: string): number {
	if (actual === null || actual === undefined) return Number.NaN;
	if (typeof actual === "number") return actual - Number(wanted);
	return String(actual).localeCompare(wanted.replace(/Z$/, ""));
}
