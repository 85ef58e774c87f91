/** What one operator says of one value. Pure. Words are one whatever their case and the blanks around them. */
import type { DateTest, NumberTest, TextTest } from "@/lib/canonical/rule";

/** Words as tests compare them. */
export function wordsKey(words: string): string {
	return words.trim().toLowerCase();
}

/** Asked of words as `wordsKey` gives them. */
type WordsTest = (mine: string) => boolean;

/** Hundreds of tests are asked of thousands of orders: each puts its own words in order once. */
const textTests = new WeakMap<TextTest, WordsTest>();

export function textTest(test: TextTest): WordsTest {
	const known = textTests.get(test);
	if (known) return known;
	const made = makeTextTest(test);
	textTests.set(test, made);
	return made;
}

function makeTextTest({ operator, values }: TextTest): WordsTest {
	const wanted = new Set(values.map(wordsKey));
	const [first = ""] = wanted;
	switch (operator) {
		case "is":
			return (mine) => mine === first;
		case "isNot":
			return (mine) => mine !== first;
		case "oneOf":
			return (mine) => wanted.has(mine);
		case "noneOf":
			return (mine) => !wanted.has(mine);
		case "startsWith":
			return (mine) => mine.startsWith(first);
		case "endsWith":
			return (mine) => mine.endsWith(first);
		case "contains":
			return (mine) => mine.includes(first);
		case "containsNot":
			return (mine) => !mine.includes(first);
		case "empty":
			return (mine) => mine === "";
		case "notEmpty":
			return (mine) => mine !== "";
	}
}

export function passesText(test: TextTest, found: string): boolean {
	return textTest(test)(wordsKey(found));
}

const negative: readonly TextTest["operator"][] = ["isNot", "noneOf", "containsNot"];

/** Of several words, as `wordsKey` gives them: any counts; what is denied must be true of all of them. */
export function listTest(test: TextTest): (mine: readonly string[]) => boolean {
	if (test.operator === "empty") return (mine) => mine.length === 0;
	if (test.operator === "notEmpty") return (mine) => mine.length > 0;
	const passes = textTest(test);
	return negative.includes(test.operator) ? (mine) => mine.every(passes) : (mine) => mine.some(passes);
}

export function passesList(test: TextTest, found: readonly string[]): boolean {
	return listTest(test)(found.map(wordsKey));
}

/** A figure that the order does not state is empty, and is not anything else. */
export function passesNumber({ operator, value, to }: NumberTest, found: number | null): boolean {
	if (operator === "empty") return found === null;
	if (operator === "notEmpty") return found !== null;
	if (found === null) return operator === "isNot";
	switch (operator) {
		case "is":
			return found === value;
		case "isNot":
			return found !== value;
		case "more":
			return found > value;
		case "less":
			return found < value;
		case "between":
			return found >= value && found <= (to ?? value);
	}
}

/** Days of UTC: after a day is from the next on, between holds both days whole. */
export function passesDate({ operator, value, to }: DateTest, found: string): boolean {
	const day = found.slice(0, 10);
	if (operator === "before") return day < value;
	if (operator === "after") return day > value;
	return day >= value && day <= (to ?? value);
}
