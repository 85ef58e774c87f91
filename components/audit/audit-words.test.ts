import { describe, expect, test } from "vitest";
import { actionWords, changesOf, thingWords } from "./audit-words";

describe("an entry of the audit log in words", () => {
	test.each([
		["merchant.renamed", "Merchant renamed"],
		["person.role-changed", "Person role changed"],
		["account.handed-over", "Account handed over"],
	])("%s reads %s", (action, words) => {
		expect(actionWords(action)).toBe(words);
	});

	test("names what changed, and nothing that stayed", () => {
		const entry = {
			before: { role: "admin", merchantId: null },
			after: { role: "viewer", merchantId: null, note: "" },
		};
		expect(changesOf(entry)).toEqual([{ field: "role", before: "admin", after: "viewer" }]);
	});

	test("shows what is inside a value", () => {
		expect(changesOf({ before: null, after: { schedule: { mode: "every" } } })).toEqual([
			{ field: "schedule", before: null, after: `{"mode":"every"}` },
		]);
	});

	test("calls the thing by the name it has now", () => {
		expect(thingWords({ before: { name: "Old" }, after: { name: "New" } })).toBe("New");
		expect(thingWords({ before: null, after: { role: "viewer" } })).toBeNull();
	});
});
