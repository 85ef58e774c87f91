import { describe, expect, it } from "vitest";
import { destinationOptions, sourceOptions } from "@/lib/canonical/connection-options";
import { order as orderSchema } from "@/lib/canonical/order";
import { lookInOrder } from "@/lib/canonical/reference-places";
import { customFieldsProblem, fillTemplate, templateProblem } from "@/lib/canonical/reference-template";
import { connectorByKey } from "@/lib/connectors";
import { noCarriers } from "../../confirm/carriers/translate";
import { noFilters } from "../../intake/filters";
import { prepareOrder } from "../prepare-order";
import { tableOf } from "../ship-methods/resolve";

const order = orderSchema.parse({
	...{ sourceId: "77", number: "1077", sourceStatus: "paid", placedAt: new Date("2026-11-21T09:00:00Z") },
	shipTo: { name: "Ann Example", line1: "1 Main St", city: "Reno", country: "US", postalCode: "89501" },
	shipping: { code: "GROUND" },
	lines: [{ sourceLineId: "a", sku: "TEE", quantity: 3 }],
	note: "Leave at the door",
	extraFields: [
		{ name: "Season", value: "Winter" },
		{ name: "Channel", value: "Amazon" },
	],
});

interface More {
	key?: string;
	of?: typeof order;
	kits?: Parameters<typeof prepareOrder>[0]["codes"]["kits"];
	lineNumbers?: ReadonlyMap<string, number>;
}
function prepare(options: object, { key = "extensiv-3pl", of = order, kits = new Map(), lineNumbers }: More = {}) {
	return prepareOrder({
		...{ order: of, lineNumbers },
		...{ orderId: "ord_1", lineIds: new Map(), maxNumberLength: undefined, numberTaken: false },
		source: sourceOptions.parse({ orderSource: "Shop" }),
		destination: destinationOptions.parse(options),
		codes: { mapped: new Map(), skuOf: new Map(), aliases: new Map(), kits, known: null },
		shipMappings: { methods: tableOf([]), carriers: noCarriers },
		itemFilter: noFilters.items,
		takes: connectorByKey(key)?.destination?.orders?.takes,
	});
}
const sentOf = (result: ReturnType<typeof prepare>) => {
	if (!result.ok) throw new Error(result.problem);
	return result.value;
};
const noteOf = (result: ReturnType<typeof prepare>) => result.trace.find(({ step }) => step === "References")?.note;

describe("reference templates", () => {
	it("build what the warehouse is told, and the trace says what", () => {
		const result = prepare({
			poNumberTemplate: "{{number}}/{{country}}",
			orderSourceTemplate: "{{extra.channel}} {{placedOn}}",
			noteTemplate: "{{ note }} ({{units}} units)",
			customFields: "Season = {{extra.Season}}\nTeam = {{region}}\nBatch = B-{{sourceId}}",
		});
		expect(sentOf(result)).toMatchObject({
			...{ number: "1077", sourceNumber: "1077/US", orderSource: "Amazon 2026-11-21" },
			note: "Leave at the door (3 units)",
			extraFields: [
				{ name: "Channel", value: "Amazon" },
				{ name: "Season", value: "Winter" },
				{ name: "Batch", value: "B-77" },
			],
		});
		expect(noteOf(result)).toMatch(/^PO number: 1077\/US; Order source: Amazon 2026-11-21; Notes: .*Batch: B-77$/);
	});

	it("that are empty change nothing", () => {
		const result = prepare({});
		expect(sentOf(result)).toMatchObject({ sourceNumber: "1077", orderSource: "Shop", note: "Leave at the door" });
		expect(noteOf(result)).toBe("as the cart has them");
	});

	it("are left alone where the system does not take them", () => {
		expect(sentOf(prepare({ customFields: "Batch = {{number}}" }, { key: "deposco" })).extraFields).toEqual(
			order.extraFields,
		);
	});

	it("longer than the warehouse takes are cut and say so, or stop the order", () => {
		const long = { poNumberTemplate: "{{number}}-{{sourceId}}-{{country}}", referenceLength: 6 };
		expect(sentOf(prepare(long)).sourceNumber).toBe("1077-7");
		expect(noteOf(prepare(long))).toBe("PO number: 1077-7 (cut to 6 characters)");
		expect(prepare({ ...long, longReferences: "stop" })).toMatchObject({
			...{ ok: false, code: "bad-input" },
			problem: expect.stringMatching(/PO number would have 10 characters where the warehouse takes 6/),
		});
	});

	it("tell no warehouse of the shopper that must not know", () => {
		const result = prepare({ suppressPersonalData: true, poNumberTemplate: "{{number}} {{name}} {{extra.Season}}" });
		expect(sentOf(result)).toMatchObject({ sourceNumber: "1077", note: "", extraFields: [] });
	});
});

describe("references of lines", () => {
	const engraved = {
		...order,
		lines: [
			{ sourceLineId: "a", sku: "TEE", name: "Tee", quantity: 3, extraFields: [{ name: "Colour", value: "Red" }] },
			{ sourceLineId: "b", sku: "SET", name: "Set of mugs", quantity: 1 },
		],
	};
	const linesOf = (result: ReturnType<typeof prepare>) => sentOf(result).lines;

	it("Notes of lines: each line says its own, and names the order's places, too", () => {
		const result = prepare({ lineNoteTemplate: "{{line.number}} of {{number}}: {{line.name}}" }, { of: engraved });
		expect(linesOf(result).map(({ note }) => note)).toEqual(["1 of 1077: Tee", "2 of 1077: Set of mugs"]);
		expect(noteOf(result)).toBe("Notes of line 1: 1 of 1077: Tee; Notes of line 2: 2 of 1077: Set of mugs");
	});

	it("Custom fields of lines: the cart's own go along, and one of the same name gives way", () => {
		const lineFields = "colour = {{line.extra.Colour}}!\nBatch = {{extra.Season}}-{{line.sku}}";
		expect(linesOf(prepare({ lineFields }, { of: engraved })).map(({ extraFields }) => extraFields)).toEqual([
			[
				{ name: "colour", value: "Red!" },
				{ name: "Batch", value: "Winter-TEE" },
			],
			[
				{ name: "colour", value: "!" },
				{ name: "Batch", value: "Winter-SET" },
			],
		]);
		expect(linesOf(prepare({}, { of: engraved }))[0]?.extraFields).toEqual([{ name: "Colour", value: "Red" }]);
	});

	it("stand on each part of a kit that is sent in parts", () => {
		const parts = [
			{ sku: "MUG-A", quantity: 2 },
			{ sku: "MUG-B", quantity: 1 },
		];
		const kits = new Map([["SET", { mode: "explode" as const, partial: "wait" as const, parts }]]);
		const sent = linesOf(prepare({ lineNoteTemplate: "of {{line.sku}}" }, { of: engraved, kits }));
		expect(sent.map(({ sku, note }) => [sku, note])).toEqual([
			["TEE", "of TEE"],
			["MUG-A", "of SET"],
			["MUG-B", "of SET"],
		]);
	});

	it("keep their numbers when only a part of the order is still to go", () => {
		const rest = { ...engraved, lines: engraved.lines.slice(1) };
		const lineNumbers = new Map([
			["a", 1],
			["b", 2],
		]);
		const result = prepare({ lineNoteTemplate: "line {{line.number}}" }, { of: rest, lineNumbers });
		expect(linesOf(result)[0]?.note).toBe("line 2");
	});

	it("are cut or stop the order like those of the whole", () => {
		const long = { lineFields: "Name = {{line.name}}", referenceLength: 5 };
		const result = prepare(long, { of: engraved });
		expect(linesOf(result)[1]?.extraFields).toEqual([{ name: "Name", value: "Set o" }]);
		expect(noteOf(result)).toBe("Name of line 1: Tee; Name of line 2: Set o (cut to 5 characters)");
		expect(prepare({ ...long, longReferences: "stop" }, { of: engraved })).toMatchObject({
			problem: expect.stringMatching(/^Name of line 2 would have 11 characters where the warehouse takes 5/),
		});
	});

	it("are left alone where the system does not take them", () => {
		expect(linesOf(prepare({ lineNoteTemplate: "x", lineFields: "A = x" }, { of: engraved, key: "deposco" }))).toEqual([
			{ lineId: "a", sku: "TEE", quantity: 3 },
			{ lineId: "b", sku: "SET", quantity: 1 },
		]);
	});

	it("tell no warehouse of the shopper that must not know", () => {
		const lineFields = "Who = {{name}} {{line.extra.Colour}}";
		const result = prepare({ suppressPersonalData: true, lineFields, lineNoteTemplate: "{{name}}" }, { of: engraved });
		expect(linesOf(result).map(({ note, extraFields }) => ({ note, extraFields }))).toEqual([{}, {}]);
		expect(JSON.stringify(result)).not.toMatch(/Ann|Red/);
	});
});

describe("a template", () => {
	it.each([
		["{{numbr}}", /names \{\{numbr\}\}, which is not known\. Did you mean \{\{number\}\}/],
		["{{postcode}}", /Did you mean \{\{postalCode\}\}/],
		["{{something-else}}", /Known are number, /],
		["{{number}", /only once/],
	])("%s is refused with what may be meant", (text, words) => {
		expect(templateProblem(text)).toMatch(words);
		expect(destinationOptions.safeParse({ poNumberTemplate: text }).success).toBe(false);
	});

	it("of a line knows the line's places, and one of the order does not", () => {
		expect(templateProblem("{{line.sku}} {{line.extra.Any}} {{number}}", "line")).toBeNull();
		expect(templateProblem("{{line.sku}}")).toMatch(/\{\{line\.sku\}\}, which is not known/);
		expect(templateProblem("{{line.skuu}}", "line")).toMatch(/Did you mean \{\{line\.sku\}\}/);
		expect(templateProblem("{{postalCode}}", "purchase")).toMatch(/not known/);
		expect(templateProblem("{{line.lot}} {{supplier}}", "purchaseLine")).toBeNull();
		expect(templateProblem("{{constructor}}")).toMatch(/not known/);
	});

	it("for custom fields may name only those that the warehouse has, where it has certain ones", () => {
		const names = ["Custom field 1", "Custom field 2"];
		expect(customFieldsProblem("custom FIELD 2 = {{number}}", { names })).toBeNull();
		expect(customFieldsProblem("Season = {{number}}", { names })).toMatch(
			/^names Season, .* has Custom field 1, Custom/,
		);
	});

	it("knows every extra field, and puts nothing where the order has none", () => {
		expect(templateProblem("{{extra.Anything at all}}")).toBeNull();
		expect(fillTemplate("A {{extra.None}} {{region}} B", lookInOrder(order, false))).toBe("A B");
	});

	it("is never read again as a template once it is filled", () => {
		const odd = { ...order, note: "{{number}} $&" };
		expect(fillTemplate("{{note}}", lookInOrder(odd, false))).toBe("{{number}} $&");
	});

	it.each([
		["Season", /Name = text in each line: line 1/],
		["A = {{number}}\na = x", /names a twice/],
		["A = {{nmber}}", /\{\{number\}\} \(line 1\)/],
	])("for custom fields: %j is refused", (text, words) => {
		expect(customFieldsProblem(text)).toMatch(words);
	});
});
