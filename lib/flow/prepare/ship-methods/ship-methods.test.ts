import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { destinationOptions, sourceOptions } from "@/lib/canonical/connection-options";
import { order } from "@/lib/canonical/order";
import {
	type CarrierRule,
	type ShipMethodRule,
	shipMethodConditions,
	tidyConditions,
} from "@/lib/canonical/ship-method";
import { carrierTable, translate } from "../../confirm/carriers/translate";
import { noFilters } from "../../intake/filters";
import { shipMethod } from "../steps/ship-method";
import { findRule, type ShipFacts, tableOf } from "./resolve";
import { likeness, suggest } from "./suggest";

const rule = (code: string, more: Partial<ShipMethodRule> = {}): ShipMethodRule => ({
	...{ code, conditions: {}, action: "map", carrier: "UPS", service: code },
	...more,
});
const facts = (code: string, more: Partial<ShipFacts> = {}): ShipFacts => ({
	...{ code, country: "US", grams: 500, value: { amount: "20.00", currency: "USD" } },
	...more,
});

function prepare(code: string, given: { rules?: ShipMethodRule[]; refuse?: boolean; out?: CarrierRule[] } = {}) {
	const bought = order.parse({
		...{ sourceId: "1", number: "1001", sourceStatus: "paid", placedAt: new Date(0) },
		shipTo: { name: "Ann", line1: "1 Main St", city: "Reno", country: "US" },
		shipping: { code, name: "" },
		lines: [{ sourceLineId: "1", sku: "TEE", quantity: 1 }],
	});
	return shipMethod.apply({
		...{
			order: bought,
			orderId: "ord_1",
			lineIds: new Map(),
			deliverable: {},
			maxNumberLength: 30,
			numberTaken: false,
		},
		source: sourceOptions.parse({ unmappedShipMethods: given.refuse ? "refuse" : "pass" }),
		destination: destinationOptions.parse({}),
		codes: { mapped: new Map(), skuOf: new Map(), aliases: new Map(), kits: new Map(), known: null },
		shipMappings: { methods: tableOf(given.rules ?? []), carriers: carrierTable(given.out ?? []) },
		itemFilter: noFilters.items,
	});
}

describe("a ship method", () => {
	it("that is mapped becomes the warehouse's code", () => {
		const rules = [rule("ECO", { carrier: "UPS", service: "Ground" })];
		expect(prepare("ECO", { rules })).toMatchObject({
			ok: true,
			set: { shipMethod: { carrier: "UPS", service: "Ground" } },
			note: "ECO → UPS Ground",
		});
		expect(prepare(" eco ", { rules, refuse: true })).toMatchObject({ ok: true });
	});

	it("that is passed through on purpose keeps the cart's code, also where unmapped ones are refused", () => {
		expect(prepare("ECO", { rules: [rule("ECO", { action: "pass" })], refuse: true })).toMatchObject({
			ok: true,
			set: { shipMethod: { carrier: "", service: "ECO" } },
		});
	});

	it("that is unmapped keeps the cart's code, and stops the order where unmapped ones are refused", () => {
		const rules = [rule("ECO", { action: "unmapped" })];
		expect(prepare("ECO", { rules })).toMatchObject({ ok: true, set: { shipMethod: { carrier: "", service: "ECO" } } });
		expect(prepare("ECO", { rules, refuse: true })).toMatchObject({
			ok: false,
			code: "unmapped-ship-method",
			field: "shipping.code",
			problem: 'The ship method "ECO" is not mapped. Map it, and the order goes out.',
		});
	});

	it("goes two hops: the cart's code to ours, and ours to what this warehouse calls it", () => {
		const out: CarrierRule = {
			...{ direction: "out", twoWay: false },
			from: { carrier: "UPS", service: "Ground" },
			to: { carrier: "U11", service: "" },
		};
		const rules = [
			rule("ECO", { carrier: "UPS", service: "Ground" }),
			rule("SLOW", { carrier: "UPS", service: "Ground" }),
		];
		for (const code of ["ECO", "SLOW"])
			expect(prepare(code, { rules, out: [out] })).toMatchObject({
				set: { shipMethod: { carrier: "U11", service: "" } },
				note: `${code} → UPS Ground → U11`,
			});
	});
});

describe("the mapping that holds", () => {
	const serviceOf = (rules: ShipMethodRule[], asked: ShipFacts) => findRule(tableOf(rules), asked)?.service;
	const rules = [
		rule("*", { service: "fallback" }),
		rule("*", { service: "abroad", conditions: { countries: ["CA", "MX"] } }),
		rule("ECO*", { service: "wild" }),
		rule("ECO*", { service: "wild heavy", conditions: { gramsFrom: 1000 } }),
		rule("ECO", { service: "own" }),
		rule("ECO", { service: "own dear", conditions: { valueFrom: "100.00", currency: "USD" } }),
		rule("RUSH", { action: "unmapped", carrier: "", service: "" }),
	];

	it("is the code's own with conditions, then without, then a pattern, and the fallback last", () => {
		expect(serviceOf(rules, facts("ECO", { value: { amount: "100.00", currency: "USD" } }))).toBe("own dear");
		expect(serviceOf(rules, facts("ECO", { value: { amount: "99.99", currency: "USD" } }))).toBe("own");
		expect(serviceOf(rules, facts("ECO", { value: { amount: "500.00", currency: "EUR" } }))).toBe("own");
		expect(serviceOf(rules, facts("ECO-2", { grams: 1000 }))).toBe("wild heavy");
		expect(serviceOf(rules, facts("ECO-2", { grams: 999 }))).toBe("wild");
		expect(serviceOf(rules, facts("OTHER", { country: "CA" }))).toBe("abroad");
		expect(serviceOf(rules, facts("RUSH"))).toBe("fallback");
		expect(serviceOf(rules.slice(2), facts("RUSH"))).toBeUndefined();
	});

	it("asks nothing that the order does not state", () => {
		expect(serviceOf(rules, facts("ECO-2", { grams: null }))).toBe("wild");
		expect(serviceOf([rule("A", { conditions: { valueTo: "50" } })], facts("A", { value: null }))).toBeUndefined();
	});

	it("is the same in whatever order the rows are given, where no two ask the same", () => {
		const codes = fc.constantFrom("ECO", "eco-2", "RUSH", "X");
		const shuffled = fc.shuffledSubarray(rules, { minLength: rules.length });
		fc.assert(
			fc.property(
				shuffled,
				codes,
				fc.constantFrom("US", "CA"),
				fc.integer({ min: 0, max: 2000 }),
				(some, code, country, grams) => {
					const asked = facts(code, { country, grams });
					expect(serviceOf(some, asked)).toBe(serviceOf(rules, asked));
				},
			),
		);
	});

	it("goes to the warehouse and back to itself where every code has a carrier and service of its own", () => {
		const tricky = [
			"ECO",
			"eco-2",
			"ÉCO",
			"E CO",
			"Größe",
			"品番",
			"UPS Ground",
			"1.5",
			"__proto__",
			"a|b",
			"(x)",
			"👕",
		];
		const codes = fc.uniqueArray(fc.oneof(fc.constantFrom(...tricky), fc.stringMatching(/^[A-Za-z0-9]{1,6}$/)), {
			selector: (code) => code.toLowerCase(),
			minLength: 1,
			maxLength: 12,
		});
		fc.assert(
			fc.property(codes, fc.integer({ min: 1, max: 11 }), (written, turn) => {
				// The service of one code is written like another code: what is mapped is not mapped again.
				const serviceAt = (place: number) => written[(place + turn) % written.length] ?? "";
				const rules = written.map((code, place) => rule(code, { carrier: "C", service: serviceAt(place) }));
				const out = written.map(
					(_, place): CarrierRule => ({
						...{ direction: "out", twoWay: true, from: { carrier: "C", service: serviceAt(place) } },
						to: { carrier: "W", service: `w${place}` },
					}),
				);
				for (const [place, code] of written.entries()) {
					const result = prepare(` ${code.toLowerCase()} `, { rules, out, refuse: true });
					if (!result.ok) throw new Error(result.problem);
					expect(result.set.shipMethod).toEqual({ carrier: "W", service: `w${place}` });
					const ours = translate(carrierTable(out), "in", { carrier: "W", service: `w${place}` });
					expect(rules.filter(({ service }) => service === ours.service).map((row) => row.code)).toEqual([code]);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it("takes a star for any text and every other sign for itself", () => {
		const hit = (code: string, asked: string) => findRule(tableOf([rule(code)]), facts(asked)) !== undefined;
		const cases = [
			hit("a*c", "abc"),
			hit("a*c", "ac"),
			hit("*.5", "x.5"),
			hit("a*b*c", "a1b2c"),
			hit("UPS (*)", "ups (2)"),
		];
		expect(cases).toEqual([true, true, true, true, true]);
		expect([hit("a*c", "ab"), hit("*.5", "x15"), hit("ab*ba", "aba"), hit("a+", "aa")]).toEqual([
			false,
			false,
			false,
			false,
		]);
		// A pattern that makes others search for ever.
		expect(hit("*a".repeat(200), "a".repeat(499))).toBe(true);
		expect(hit(`${"*a".repeat(200)}b`, "a".repeat(499))).toBe(false);
	});
});

describe("conditions", () => {
	it("are written the same way each time, and without what asks nothing", () => {
		const written = tidyConditions({ gramsTo: 5, countries: ["US", "CA", "US"], currency: undefined });
		expect(JSON.stringify(written)).toBe('{"countries":["CA","US"],"gramsTo":5}');
		expect(tidyConditions({ countries: [] })).toEqual({});
		expect(shipMethodConditions.safeParse({ countries: ["usa"] }).success).toBe(false);
	});
});

describe("a suggestion", () => {
	const method = (carrier: string, service: string) => ({ name: `${carrier} ${service}`, carrier, service });
	const methods = [
		...[method("UPS", "Ground"), method("UPS", "Next Day Air"), method("USPS", "Priority Mail")],
		...[method("FedEx", "2Day"), method("DHL", "Economy")],
	];

	it.each([
		["ups-ground", "", "Ground"],
		["OVERNIGHT", "UPS Overnight", "Next Day Air"],
		["prio", "USPS Priority", "Priority Mail"],
		["fdx2", "FedEx second day", "2Day"],
		["Eco Saver", "", "Economy"],
	])("for %s %s is %s", (code, name, service) => {
		expect(suggest({ code, name }, methods)?.service).toBe(service);
	});

	it("is none where nothing is alike", () => {
		expect(suggest({ code: "ups-worldwide", name: "" }, [method("DHL", "Worldwide")])).toBeUndefined();
		expect(suggest({ code: "pickup", name: "Collect in store" }, methods)).toBeUndefined();
		expect(likeness("", "UPS")).toBe(0);
	});
});
