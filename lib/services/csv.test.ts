import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvCell, csvRow } from "./csv";

describe("a cell of a CSV file", () => {
	test.each([
		["=1+1", `"'=1+1"`],
		["+49 30 1234", `"'+49 30 1234"`],
		["-2", `"'-2"`],
		["@SUM(A1)", `"'@SUM(A1)"`],
		["\tcmd", `"'\tcmd"`],
		["\rcmd", `"'\rcmd"`],
		["＝1+1", `"'＝1+1"`],
		["plain", "plain"],
		["a,b", `"a,b"`],
		[`say "hi"`, `"say ""hi"""`],
		["two\nlines", `"two\nlines"`],
		[null, ""],
		[0, "0"],
		[-2, "-2"],
		[new Date("2026-03-01T10:00:00Z"), "2026-03-01T10:00:00.000Z"],
	])("%j becomes %s", (value, cell) => {
		expect(csvCell(value)).toBe(cell);
	});

	test("never begins as a formula, whatever is in it", () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				const shown = csvCell(text).replace(/^"|"$/g, "");
				expect(shown).not.toMatch(/^[=+\-@\t\r]/);
			}),
		);
	});

	test("a row ends as the standard says", () => {
		expect(csvRow(["a", "=b"])).toBe(`a,"'=b"\r\n`);
	});
});
