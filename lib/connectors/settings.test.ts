/**
 * Whatever a person may set has a test that says what it does, under the name it has on screen: a title, or the first
 * entry of a row of titles, that begins with the label and a colon, in the connector's folder or, for the settings
 * that REST connections share, in `kit/rest`.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { allConnectors } from "./index";
import { formOf } from "./kit/form";

function testsIn(folder: string): string {
	return readdirSync(folder, { recursive: true, encoding: "utf8" })
		.filter((file) => file.endsWith(".test.ts"))
		.map((file) => readFileSync(path.join(folder, file), "utf8"))
		.join("\n");
}

/** `it("Label: …")`, `])("Label: …")` of a table, and `["Label", …]` as a row of one whose title begins with `%s:`. */
function isTested(label: string, tests: string): boolean {
	const quoted = label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll('"', '\\\\?"');
	const title = new RegExp(`\\b(it|describe)?\\(\\s*["'\`]${quoted}: \\S`);
	const row = new RegExp(`^\\s*\\[\\s*["'\`]${quoted}["'\`],`, "m");
	return title.test(tests) || (row.test(tests) && /\(\s*"%s: /.test(tests));
}

const shared = testsIn(path.join(import.meta.dirname, "kit/rest"));

it.each(allConnectors().map((connector) => [connector.name, connector] as const))(
	"every setting of %s has a test of its name",
	(_, connector) => {
		const folder = path.join(import.meta.dirname, connector.key);
		const usesShared = /from "\.\.\/kit\/rest\//.test(readFileSync(path.join(folder, "index.ts"), "utf8"));
		const tests = testsIn(folder) + (usesShared ? shared : "");
		const untested = formOf(connector).filter(({ label }) => !isTested(label, tests));
		expect(untested.map(({ label }) => label)).toEqual([]);
	},
);

it("a label that only stands in a sentence, or in front of another word, counts for nothing", () => {
	expect(isTested("Facility", 'it("Facility: orders leave it")')).toBe(true);
	expect(isTested("Facility", 'it.each([\n["Facility", 1],\n])("%s: is told", () => {})')).toBe(true);
	expect(isTested('Query "a"', "it('Query \"a\": is asked')")).toBe(true);
	for (const text of ['it("is of a Facility: x")', 'it("Facility name: x")', 'it("Facility")', "// Facility: x"])
		expect(isTested("Facility", text), text).toBe(false);
});
