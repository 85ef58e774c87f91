/**
 * What of a document is about a person, and what stands there afterwards. Pure. An address keeps its country; codes,
 * SKUs, quantities, amounts and times say nothing about a person and stay.
 */

/** Stands wherever personal data stood: what was empty stays empty, so that a reader sees what there was. */
export const erased = "erased";

/** Shorter words are too common to be looked for in sentences. */
const shortest = 4;

/** Keys whose text somebody typed, whatever it says. */
const freeText = /^(note|giftMessage|reason|message|instructions|value)$/;

/** Words by which a person may be found again in sentences and in what other systems said, in lower case. */
export function wordsOf(document: unknown): string[] {
	const found = new Set<string>();
	collect(document, "", found);
	return [...found].filter((word) => word.length >= shortest && word !== erased);
}

function collect(value: unknown, key: string, found: Set<string>): void {
	if (typeof value === "string") {
		if (freeText.test(key)) found.add(value.trim().toLowerCase());
	} else if (Array.isArray(value)) {
		for (const entry of value) collect(entry, key, found);
	} else if (typeof value === "object" && value !== null) {
		for (const [name, entry] of Object.entries(value)) {
			const telling = isAddress(value) || key === "customer" ? addressWords.test(name) : false;
			if (telling && typeof entry === "string") found.add(entry.trim().toLowerCase());
			else collect(entry, name, found);
		}
	}
}

/** Cities and postal codes are shared by many: they are replaced where they stand, and not looked for elsewhere. */
const addressWords = /^(name|company|line1|line2|phone|email)$/;

function isAddress(value: object): boolean {
	return "line1" in value;
}

/** The same document without the person. */
export function withoutPerson(value: unknown, words: readonly string[], key = ""): unknown {
	if (typeof value === "string") return freeText.test(key) ? blank(value) : withoutWords(value, words);
	if (Array.isArray(value)) return value.map((entry) => withoutPerson(entry, words, key));
	if (typeof value !== "object" || value === null || value instanceof Date) return value;
	const whole = isAddress(value) || key === "customer";
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [
			name,
			whole && typeof entry === "string" && name !== "country" ? blank(entry) : withoutPerson(entry, words, name),
		]),
	);
}

/** The marker in place of text; nothing in place of nothing. */
export function blank(text: string): string {
	return text === "" ? "" : erased;
}

/** A sentence with every word that leads to the person replaced, whatever its case. */
export function withoutWords(text: string, words: readonly string[]): string {
	const low = text.toLowerCase();
	const present = words.filter((word) => low.includes(word)).sort((a, b) => b.length - a.length);
	return present.reduce(replaceWord, text);
}

function replaceWord(text: string, word: string): string {
	const lower = text.toLowerCase();
	// A few letters change their length with their case: places found in one text would be wrong in the other.
	const source = lower.length === text.length ? text : lower;
	let kept = "";
	let from = 0;
	for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, from)) {
		kept += source.slice(from, at) + erased;
		from = at + word.length;
	}
	return kept + source.slice(from);
}

const keyLength = shortest;

/**
 * Says whether a text holds any of very many words, in one walk over the text: words are told apart by how they
 * begin. Also finds them as JSON and as an address on the web write them.
 */
export function finderOf(words: Iterable<string>): (text: string) => boolean {
	const byStart = new Map<string, string[]>();
	for (const word of words)
		for (const form of new Set([word, JSON.stringify(word).slice(1, -1), encodeURIComponent(word).toLowerCase()])) {
			const start = form.slice(0, keyLength);
			byStart.set(start, [...(byStart.get(start) ?? []), form]);
		}
	if (byStart.size === 0) return () => false;
	return (text) => {
		const low = text.toLowerCase();
		for (let at = 0; at + keyLength <= low.length; at++)
			if (byStart.get(low.slice(at, at + keyLength))?.some((form) => low.startsWith(form, at))) return true;
		return false;
	};
}
