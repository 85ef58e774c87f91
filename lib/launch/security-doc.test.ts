import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const text = readFileSync(path.join(root, "docs/security.md"), "utf8");
const rows = text.split("\n").filter((line) => /^\| \d+\.\d+\.[\dx]/.test(line));

/** "6.5.1–6.5.4, 6.6.2 codes" names five requirements. */
function requirementsOf(row: string): string[] {
	const [first = ""] = row.slice(2).split(" |");
	return [...first.matchAll(/(\d+\.\d+)\.(\d+|x)(?:–\d+\.\d+\.(\d+))?/g)].flatMap(([, chapter, from = "", to]) =>
		to
			? Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => `${chapter}.${Number(from) + at}`)
			: [`${chapter}.${from}`],
	);
}

describe("the list of security requirements", () => {
	it("names each requirement once", () => {
		const named = rows.flatMap(requirementsOf);
		expect(named.length).toBeGreaterThan(120);
		expect(named.filter((one, at) => named.indexOf(one) !== at)).toEqual([]);
	});

	it("points to files that are there", () => {
		const files = [...text.matchAll(/`((?:lib|workers|e2e|components|app)\/[^`]+\.\w+)`/g)].map(
			([, file = ""]) => file,
		);
		expect(files.length).toBeGreaterThan(60);
		expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
		expect(text.match(/`[\w-]+\.(db\.)?test\.ts`/g) ?? [], "tests without their folder").toEqual([]);
	});

	it("says of each how it is met, and by which test or that none shows it", () => {
		for (const row of rows) expect(row.split(" | ").length, row).toBe(3);
		for (const row of rows) expect(row, row).toMatch(/(`[^|]*|–) *\|$/);
	});
});
