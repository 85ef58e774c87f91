/** What one operator says of one value. Pure. Words are one whatever their case and the blanks around them. */
import type { DateTest, NumberTest, TextTest } from "@/lib/canonical/rule";

function key(words: string): string {
	return words.trim().toLowerCase();
}

/** Hundreds of tests are asked of thousands of orders: each puts its own words in order once. */
const wantedOf = new WeakMap<TextTest, string[]>();

export function passesText(test: TextTest, found: string): boolean {
	const mine = key(found);
	const wanted = wantedOf.get(test) ?? test.values.map(key);
	wantedOf.set(test, wanted);
	const [first = ""] = wanted;
	switch (test.operator) {
		case "is":
			return mine === first;
		case "isNot":
			return mine !== first;
		case "oneOf":
			return wanted.includes(mine);
		case "noneOf":
			return !wanted.includes(mine);
		case "startsWith":
			return mine.startsWith(first);
		case "endsWith":
			return mine.endsWith(first);
		case "contains":
			return mine.includes(first);
		case "containsNot":
			return !mine.includes(first);
		case "empty":
			return mine === "";
		case "notEmpty":
			return mine !== "";
	}
}

const negative: readonly TextTest["operator"][] = ["isNot", "noneOf", "containsNot"];

/** Of several words: any counts; what is denied must be true of all of them. */
export function passesList(test: TextTest, found: readonly string[]): boolean {
	if (test.operator === "empty") return found.length === 0;
	if (test.operator === "notEmpty") return found.length > 0;
	return negative.includes(test.operator)
		? found.every((one) => passesText(test, one))
		: found.some((one) => passesText(test, one));
}

/** A figure that the order does not state is empty, and is not anything else. */
export function passesNumber({ operator, value, to }: NumberTest, found: number | null): boolean {
	if (operator === "empty") return found === null;
	if (operator === "notEmpty") return found !== null;
	if (found === null) return operator === "isNot";
	const verdicts: Record<Exclude<NumberTest["operator"], "empty" | "notEmpty">, boolean> = {
		is: found === value,
		isNot: found !== value,
		more: found > value,
		less: found < value,
		between: found >= value && found <= (to ?? value),
	};
	return verdicts[operator];
}

/** Days of UTC: after a day is from the next on, between holds both days whole. */
export function passesDate({ operator, value, to }: DateTest, found: string): boolean {
	const day = found.slice(0, 10);
	if (operator === "before") return day < value;
	if (operator === "after") return day > value;
	return day >= value && day <= (to ?? value);
}
