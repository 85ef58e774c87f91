import { expect, it } from "vitest";
import { changedWords } from "./changed-words";

const marked = (value: string, other: string) =>
	changedWords(value, other)
		.map(({ text, changed }) => (changed ? `[${text}]` : text))
		.join("");

it.each([
	["2134", "02134", "[2134]"],
	["Newtown", "Newtown", "Newtown"],
	["1  Main St", "1 Main St", "[1  Main St]"],
	["New Yrok City", "New York City", "New [Yrok] City"],
	["", "IL", ""],
])("%s beside %s", (value, other, expected) => {
	expect(marked(value, other)).toBe(expected);
});
