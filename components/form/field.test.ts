import { describe, expect, test } from "vitest";
import { bySection, type FormField, givenValues, startValues } from "./field";

const text = (name: string, rest: Partial<FormField> = {}): FormField => ({
	name,
	label: name,
	section: "Access",
	level: "connection",
	kind: "text",
	required: true,
	secret: false,
	advanced: false,
	...rest,
});

describe("the values of a generated form", () => {
	test("a stored value wins over a default, and a default over nothing", () => {
		const fields = [text("a", { default: "x" }), text("b", { default: "y" }), text("c")];
		expect(startValues(fields, { a: "stored" })).toEqual({ a: "stored", b: "y", c: "" });
	});

	test("a secret left empty is not sent, so the stored one stays", () => {
		expect(givenValues([text("key", { secret: true }), text("id")], { key: "", id: "7" })).toEqual({ id: "7" });
	});

	test("what a person emptied is sent as empty, so that the stored value goes", () => {
		const fields = [text("note", { required: false }), text("from", { kind: "date", required: false }), text("id")];
		expect(givenValues(fields, { note: "", from: null, id: "" })).toEqual({ note: "", from: "", id: "" });
	});

	test("sections come in the order of the journey, and empty ones not at all", () => {
		const groups = bySection([text("stock", { section: "Inventory" }), text("key")]);
		expect(groups.map(({ section }) => section)).toEqual(["Access", "Inventory"]);
	});
});
