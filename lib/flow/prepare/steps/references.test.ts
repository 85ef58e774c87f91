import { describe, expect, it } from "vitest";
import { destinationOptions, sourceOptions } from "@/lib/canonical/connection-options";
import { order as orderSchema } from "@/lib/canonical/order";
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

function prepare(options: object, key = "extensiv-3pl") {
	return prepareOrder({
		...{ order, orderId: "ord_1", lineIds: new Map(), maxNumberLength: undefined, numberTaken: false },
		source: sourceOptions.parse({ orderSource: "Shop" }),
		destination: destinationOptions.parse(options),
		codes: { mapped: new Map(), skuOf: new Map(), aliases: new Map(), kits: new Map(), known: null },
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
		expect(sentOf(prepare({ customFields: "Batch = {{number}}" }, "deposco")).extraFields).toEqual(order.extraFields);
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

	it("knows every extra field, and puts nothing where the order has none", () => {
		expect(templateProblem("{{extra.Anything at all}}")).toBeNull();
		expect(fillTemplate("A {{extra.None}} {{region}} B", order, false)).toBe("A B");
	});

	it("is never read again as a template once it is filled", () => {
		const odd = { ...order, note: "{{number}} $&" };
		expect(fillTemplate("{{note}}", odd, false)).toBe("{{number}} $&");
	});

	it.each([
		["Season", /Name = text in each line: line 1/],
		["A = {{number}}\na = x", /names a twice/],
		["A = {{nmber}}", /\{\{number\}\} \(line 1\)/],
	])("for custom fields: %j is refused", (text, words) => {
		expect(customFieldsProblem(text)).toMatch(words);
	});
});
