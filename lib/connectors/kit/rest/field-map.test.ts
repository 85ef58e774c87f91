import { describe, expect, it } from "vitest";
import { checkedMap } from "./check-map";
import { MapProblem, parseMap, parsePlainPath } from "./field-map";
import { runMap } from "./run-map";
import { instantOf, readingFor, writing } from "./values";
import { deliverableWords, orderWords } from "./words";

const run = (map: string, record: unknown) => runMap(parseMap(map), record);
function problemOf(work: () => unknown): string {
	try {
		work();
		return "";
	} catch (error) {
		return error instanceof MapProblem ? `${error.line}: ${error.message}` : String(error);
	}
}

describe("a field map", () => {
	it("takes fields, texts, positions and odd names, and skips remarks", () => {
		const map = `# remark
a.b: x.y
c: list[1].z
d: "fixed"
e: 'Order no.'
f: 7`;
		const record = { x: { y: 1 }, list: [{}, { z: "two" }], "Order no.": "N1" };
		expect(run(map, record)).toEqual({ a: { b: 1 }, c: "two", d: "fixed", e: "N1", f: 7 });
	});

	it("takes the first that is not empty, and joins texts only when there are any", () => {
		expect(run('a: x | y | "z"', { x: " ", y: 0 })).toEqual({ a: 0 });
		expect(run('a: first + " " + last', { first: "Ann", last: null })).toEqual({ a: "Ann" });
		expect(run('a: first + " " + last', { first: "", last: null })).toEqual({});
	});

	it("goes through lists, lists within lists, and lists of plain values", () => {
		const map = `boxes[].code: packages[].id
boxes[].things[].sku: packages[].items[].sku
boxes[].order: number
tags[]: labels[].name`;
		const record = {
			number: "N1",
			packages: [
				{ id: 1, items: [{ sku: "A" }, { sku: "B" }] },
				{ id: 2, items: [] },
			],
			labels: [{ name: "x" }, {}, { name: "y" }],
		};
		expect(run(map, record)).toEqual({
			boxes: [
				{ code: 1, order: "N1", things: [{ sku: "A" }, { sku: "B" }] },
				{ code: 2, order: "N1", things: [] },
			],
			tags: ["x", "y"],
		});
		expect(run("[].sku: figures[].sku", { figures: [{ sku: "A" }] })).toEqual([{ sku: "A" }]);
	});

	it("reads nothing but own fields of plain data", () => {
		expect(run("a: x.length\nb: x.toString\nc: list.length", { x: "text", list: [1] })).toEqual({});
		for (const name of ["__proto__", "constructor", "prototype"]) {
			expect(problemOf(() => parseMap(`a: ${name}.x`))).toMatch(/cannot be the name of a field/);
			expect(problemOf(() => parseMap(`a.${name}.x: b`))).toMatch(/cannot be the name of a field/);
		}
		expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
	});

	it.each([
		["a", /1: it must read "field: where it comes from"/],
		["a: ", /1: it ends too early/],
		["a: b |", /1: it ends too early/],
		["a: b c", /1: after a field comes \+ or \|/],
		["a: b as money", /one of text, number, date, epoch/],
		["a: b\n\na: c", /3: a is filled twice/],
		["a: (b)", /1: "\(b\)" cannot be read/],
		[`a: ${"b".repeat(400)}`, /longer than 300/],
		["a: b\n".repeat(201), /more than 200 lines/],
	])("is refused as %j", (map, problem) => {
		expect(problemOf(() => parseMap(map))).toMatch(problem);
	});

	it("takes time in proportion to what it is given", () => {
		const list = Array.from({ length: 20_000 }, (_, n) => ({ sku: `S${n}` }));
		const made = run("items[].sku: lines[].sku", { lines: list }) as { items: unknown[] };
		expect(made.items).toHaveLength(20_000);
	});
});

describe("a map that is typed", () => {
	const write = (map: string) => problemOf(() => checkedMap(map, deliverableWords, "write"));
	const read = (map: string) => problemOf(() => checkedMap(map, orderWords, "read"));

	it("names the line, the field, and the one that was meant", () => {
		expect(write("no: number\nzip: shipTo.postcode")).toBe(
			"2: shipTo.postcode is not a field of an order to send. Did you mean shipTo.postalCode?",
		);
		expect(read("sourceID: id")).toMatch(/Did you mean sourceId\?/);
	});

	it("must fill what an order cannot lack", () => {
		expect(read("sourceId: id\nnumber: no")).toMatch(/no line fills \S+\. Add one/);
		expect(write(" # nothing")).toMatch(/the map is empty/);
	});

	it("must go through one list, as deep as it fills", () => {
		expect(write("items.sku: lines[].sku")).toMatch(/lines\[\]\.sku is a list: write items\.sku\[\]/);
		expect(write("items[].sku: number")).toMatch(/items\[\] goes through no list/);
		expect(write("items[].sku: lines[].sku\nitems[].note: extraFields[].value")).toMatch(
			/items\[\] goes through lines\[\] in another line/,
		);
	});

	it("holds one path where one is asked for", () => {
		expect(parsePlainPath("")).toEqual([]);
		expect(parsePlainPath("data.orders")).toHaveLength(2);
		for (const text of ["a[]", "a b", '"a"', "a |"]) expect(problemOf(() => parsePlainPath(text))).not.toBe("");
	});
});

describe("values", () => {
	it("are read into our forms", () => {
		const rules = parseMap("lines[].quantity: q[].n\nshipTo.country: c\ntotal: t\nplacedAt: at\nnumber: no");
		const record = { q: [{ n: "2.0" }, { n: "two" }], c: " us ", t: 12.5, at: "2026-03-02 10:00:00", no: 7 };
		expect(runMap(rules, record, readingFor(orderWords, "America/Denver"))).toEqual({
			lines: [{ quantity: 2 }, { quantity: "two" }],
			shipTo: { country: "US" },
			total: "12.5",
			placedAt: new Date("2026-03-02T17:00:00Z"),
			number: "7",
		});
	});

	it("are written in the form that is asked for", () => {
		const at = new Date("2026-03-02T10:00:00.500Z");
		const rules = parseMap("a: at\nb: at as date\nc: at as epoch\nd: price as number\ne: count as text\nf: none");
		expect(runMap(rules, { at, price: "12.50", count: 2, none: "" }, writing("UTC"))).toEqual({
			...{ a: "2026-03-02T10:00:00.500Z", b: "2026-03-02", c: 1772445600, d: 12.5, e: "2" },
		});
	});

	it.each([
		[1772445600, "2026-03-02T10:00:00.000Z"],
		[1772445600500, "2026-03-02T10:00:00.500Z"],
		["1772445600", "2026-03-02T10:00:00.000Z"],
		["2026-03-02T10:00:00+02:00", "2026-03-02T08:00:00.000Z"],
		["2026-03-02 10:00:00 +0200", "2026-03-02T08:00:00.000Z"],
		["2026-03-02", "2026-03-02T00:00:00.000Z"],
		["03/02/2026", null],
		[-1, null],
		[{}, null],
	])("that are times are known as such: %j", (value, iso) => {
		expect(instantOf(value, "UTC")?.toISOString() ?? null).toBe(iso);
	});
});
