import { expect, it } from "vitest";
import { durationWords } from "./duration";

it.each([
	[-5, "0 ms"],
	[412, "412 ms"],
	[960, "1.0 s"],
	[3_400, "3.4 s"],
	[45_000, "45 s"],
	[180_000, "3 min"],
	[7_500_000, "2 h 5 min"],
	[7_200_000, "2 h"],
	[345_600_000, "4 d"],
])("says %i ms as %s", (ms, words) => {
	expect(durationWords(ms)).toBe(words);
});
