/**
 * The language of field maps: one line per field, `theirs: ours` or `ours: theirs`, without conditions, loops or
 * functions, so that a map can neither run for long nor reach anything but the record it is given.
 *
 *     shipTo.name: address.first + " " + address.last
 *     shipTo.country: address.country | "US"
 *     lines[].sku: items[].code
 *
 * A path names fields, `[0]` one entry of a list and `[]` each of them; `|` takes the first that is not empty, `+` joins
 * texts, `as` says in what form a value is written. Odd names stand in single quotes. A line that begins with # is a remark.
 */
export type Segment = { name: string } | { index: number } | { each: true };
export type Path = Segment[];
export type Part = { path: Path } | { literal: string | number | boolean };
export const forms = ["text", "number", "date", "epoch"] as const;
export type Form = (typeof forms)[number];

export interface Rule {
	/** Counted from 1, remarks and empty lines included. */
	line: number;
	target: Path;
	/** The first that gives something counts; parts of one are joined as text. */
	choices: Part[][];
	form: Form | null;
}

/** What is wrong with a line, as a sentence that says what to do. */
export class MapProblem extends Error {
	constructor(
		readonly line: number,
		message: string,
	) {
		super(message);
	}
}

const mostLines = 200;
const mostCharacters = 300;
/** Names that mean something to the machine itself. */
const forbidden = new Set(["__proto__", "constructor", "prototype"]);

/** The rules of a map. Throws the first `MapProblem`. */
export function parseMap(text: string): Rule[] {
	const lines = text.split("\n");
	if (lines.length > mostLines) throw new MapProblem(mostLines + 1, `the map has more than ${mostLines} lines.`);
	const rules = lines.flatMap((content, n) => {
		const line = content.trim();
		return line === "" || line.startsWith("#") ? [] : [parseLine(line, n + 1)];
	});
	const seen = new Set<string>();
	for (const { target, line } of rules) {
		const name = pathText(target);
		if (seen.has(name)) throw new MapProblem(line, `${name} is filled twice. Keep one of the lines.`);
		seen.add(name);
	}
	return rules;
}

function parseLine(text: string, line: number): Rule {
	if (text.length > mostCharacters)
		throw new MapProblem(line, `it is longer than ${mostCharacters} characters. Shorten it.`);
	const tokens = tokensOf(text, line);
	const [target, colon] = tokens;
	if (!target || !("path" in target) || colon === undefined || !("mark" in colon) || colon.mark !== ":")
		throw new MapProblem(line, 'it must read "field: where it comes from", such as lines[].sku: items[].code.');
	return { line, target: target.path, ...expressionOf(tokens.slice(2), line) };
}

function expressionOf(tokens: Token[], line: number): Pick<Rule, "choices" | "form"> {
	const choices: Part[][] = [[]];
	let form: Form | null = null;
	let wantsPart = true;
	for (const [n, token] of tokens.entries()) {
		if ("mark" in token) {
			if (token.mark === ":" || wantsPart)
				throw new MapProblem(line, `"${token.mark}" stands where a field or a "text" is expected.`);
			if (token.mark === "|") choices.push([]);
			wantsPart = true;
		} else if (!wantsPart) {
			const [after] = tokens.slice(n + 1);
			const word = after && "path" in after ? pathText(after.path) : "";
			form = "path" in token && pathText(token.path) === "as" ? (forms.find((known) => known === word) ?? null) : null;
			if (!form || n + 2 !== tokens.length)
				throw new MapProblem(line, `after a field comes + or | or "as" with one of ${forms.join(", ")}.`);
			return { choices, form };
		} else {
			choices.at(-1)?.push(token);
			wantsPart = false;
		}
	}
	if (wantsPart) throw new MapProblem(line, "it ends too early: name the field that the value comes from.");
	return { choices, form };
}

type Token = Part | { mark: "|" | "+" | ":" };
const name = "(?:[\\p{L}_$@][\\p{L}\\p{N}_$@-]*|'[^'\\n]{1,80}')";
const tokenPattern = new RegExp(
	`\\s*(?:(?<text>"(?:[^"\\\\]|\\\\.)*")|(?<number>-?\\d+(?:\\.\\d+)?)|(?<mark>[|+:])|(?<path>(?:\\[\\]\\.?)?${name}(?:\\.${name}|\\[\\d{0,4}\\])*|\\[\\]))`,
	"uy",
);

function tokensOf(text: string, line: number): Token[] {
	const tokens: Token[] = [];
	tokenPattern.lastIndex = 0;
	for (let at = 0; at < text.length; at = tokenPattern.lastIndex) {
		const found = tokenPattern.exec(text)?.groups;
		if (!found) throw new MapProblem(line, `"${text.slice(at, at + 20).trim()}" cannot be read.`);
		if (found.text !== undefined) tokens.push({ literal: unquoted(found.text, line) });
		else if (found.number !== undefined) tokens.push({ literal: Number(found.number) });
		else if (found.mark === "|" || found.mark === "+" || found.mark === ":") tokens.push({ mark: found.mark });
		else if (found.path === "true" || found.path === "false") tokens.push({ literal: found.path === "true" });
		else tokens.push({ path: parsePath(found.path ?? "", line) });
	}
	return tokens;
}

function unquoted(text: string, line: number): string {
	try {
		return String(JSON.parse(text));
	} catch {
		throw new MapProblem(line, `the text ${text.slice(0, 30)} cannot be read. Write \\" for a quote inside it.`);
	}
}

function parsePath(text: string, line: number): Path {
	return [...text.matchAll(/\[(\d*)\]|'([^']*)'|([^.[\]']+)/g)].map(([, index, quoted, plain]): Segment => {
		if (index !== undefined) return index === "" ? { each: true } : { index: Number(index) };
		const found = quoted ?? plain ?? "";
		if (forbidden.has(found)) throw new MapProblem(line, `"${found}" cannot be the name of a field. Choose another.`);
		return { name: found };
	});
}

/** A path that stands alone, as in a setting: `data.orders`. Empty: the answer itself. Throws `MapProblem`. */
export function parsePlainPath(text: string): Path {
	const [token, more] = tokensOf(text.trim(), 1);
	if (token === undefined) return [];
	if (more || !("path" in token)) throw new MapProblem(1, "must be a path such as data.orders");
	if (token.path.some((segment) => "each" in segment))
		throw new MapProblem(1, "must name the list itself, without [] behind it");
	return token.path;
}

/** As it is written: `lines[].sku`. */
export function pathText(path: Path): string {
	return path
		.map((segment, n) =>
			"each" in segment ? "[]" : "index" in segment ? `[${segment.index}]` : `${n === 0 ? "" : "."}${segment.name}`,
		)
		.join("");
}

/** The places of a rule that are read, in the order written. */
export function pathsOf(rule: Rule): Path[] {
	return rule.choices.flat().flatMap((part) => ("path" in part ? [part.path] : []));
}

/** How many lists a path goes through. */
export function depthOf(path: Path): number {
	return path.filter((segment) => "each" in segment).length;
}
