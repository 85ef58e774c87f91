import { describe, expect, it, test } from "vitest";
import { type Order, orderOf } from "@/lib/canonical/order";
import { type Condition, type Group, type Rule, type RuleAction, rule, ruleList } from "@/lib/canonical/rule";
import { ruleWords } from "@/lib/canonical/rule-words";
import { applyRuling, rulesStep, rulingWords } from "./apply-ruling";
import { evaluateRules } from "./evaluate";
import { explainTrace } from "./explain";
import { factsOf } from "./facts";

const order: Order = orderOf({
	...{ sourceId: "s1", number: "B-1001", sourceStatus: "paid", placedAt: "2026-11-20T23:30:00.000Z" },
	shipTo: {
		...{ name: "Ann Example", company: "Acme Ltd", line1: "1 Main St", city: "Reno", region: "NV" },
		...{ postalCode: "89501", country: "US", email: "ann@home.test" },
	},
	customer: { name: "Ann", email: "Ann@Shop.Acme.test" },
	shipping: { code: "ground", name: "Ground" },
	lines: [
		{ sourceLineId: "1", sku: "TEE", name: "Tee shirt", quantity: 2 },
		{ sourceLineId: "2", sku: "MUG-RED", name: "Red mug", quantity: 1 },
	],
	total: { amount: "84.00", currency: "USD" },
	...{ note: "Leave at the door", giftMessage: "", tags: ["vip", "wholesale"] },
	extraFields: [{ name: "Channel", value: "web" }],
});
const stock = new Map([
	["con_a", "available" as const],
	["con_b", "short" as const],
]);
const facts = factsOf(order, "con_cart", stock);
const all = (...conditions: Condition[]): Group => ({ kind: "group", mode: "all", conditions });
const any = (...conditions: Condition[]): Group => ({ kind: "group", mode: "any", conditions });
const none = (...conditions: Condition[]): Group => ({ kind: "group", mode: "none", conditions });
const ruleOf = (when: Group, actions: RuleAction[], more: Partial<Rule> = {}): Rule =>
	rule.parse({ id: "r1", name: "Rule", rank: 10, when, actions, ...more });
const text = (fact: string, operator: string, ...values: string[]) =>
	({ kind: "text", fact, test: { operator, values } }) as Condition;
const number = (fact: string, operator: string, value = 0, to?: number) =>
	({ kind: "number", fact, test: { operator, value, ...(to !== undefined && { to }) } }) as Condition;
const line = (quantifier: string, of: string, test: object, count?: object) =>
	({ kind: "lines", quantifier, line: { of, test }, ...(count && { count }) }) as Condition;
const fires = (condition: Condition) =>
	evaluateRules([ruleOf(all(condition), [{ do: "stop" }])], facts).outcomes[0]?.outcome === "fired";

describe("every fact and operator of words", () => {
	test.each<[string, Condition, boolean]>([
		["the cart", text("cart", "is", "con_cart"), true],
		["the number", text("number", "startsWith", "b-"), true],
		["the currency", text("currency", "is", "EUR"), false],
		["the ship method", text("shipMethod", "is", "GROUND"), true],
		["the country", text("country", "oneOf", "CA", "US"), true],
		["not one of", text("country", "noneOf", "CA", "US"), false],
		["the region", text("region", "isNot", "CA"), true],
		["the postal code", text("postalCode", "startsWith", "895"), true],
		["the end of it", text("postalCode", "endsWith", "02"), false],
		["the city", text("city", "is", "reno"), true],
		["the note", text("note", "contains", "DOOR"), true],
		["what the note lacks", text("note", "containsNot", "dog"), true],
		["a gift message", text("giftMessage", "notEmpty"), false],
		["no gift message", text("giftMessage", "empty"), true],
		["the domain of the mail", text("emailDomain", "is", "shop.acme.test"), true],
		["the company", text("company", "startsWith", "acme"), true],
		[
			"a field of the source",
			{ kind: "text", fact: "extra", field: "channel", test: { operator: "is", values: ["WEB"] } },
			true,
		],
		[
			"a field it lacks",
			{ kind: "text", fact: "extra", field: "Other", test: { operator: "empty", values: [] } },
			true,
		],
		["a tag", { kind: "tags", test: { operator: "is", values: ["VIP"] } }, true],
		["another tag", { kind: "tags", test: { operator: "isNot", values: ["vip"] } }, false],
		["tags at all", { kind: "tags", test: { operator: "empty", values: [] } }, false],
	])("%s", (_, condition, expected) => expect(fires(condition)).toBe(expected));
});

describe("figures, days, lines and stock", () => {
	test.each<[string, Condition, boolean]>([
		["more", number("total", "more", 83.99), true],
		["not more than itself", number("total", "more", 84), false],
		["less", number("total", "less", 84.01), true],
		["is", number("total", "is", 84), true],
		["is not", number("units", "isNot", 3), false],
		["between holds both ends", number("units", "between", 3, 5), true],
		["stated", number("total", "empty"), false],
		["lines", number("lineCount", "is", 2), true],
		["before a day", { kind: "placedAt", test: { operator: "before", value: "2026-11-20" } }, false],
		["after a day", { kind: "placedAt", test: { operator: "after", value: "2026-11-19" } }, true],
		["between days", { kind: "placedAt", test: { operator: "between", value: "2026-11-20", to: "2026-11-20" } }, true],
		["a line", line("any", "sku", { operator: "startsWith", values: ["mug"] }), true],
		["every line", line("every", "sku", { operator: "startsWith", values: ["mug"] }), false],
		["every line's quantity", line("every", "quantity", { operator: "less", value: 3 }), true],
		["a name", line("any", "name", { operator: "contains", values: ["shirt"] }), true],
		["so many lines", line("count", "quantity", { operator: "more", value: 0 }, { operator: "is", value: 2 }), true],
		["too few", line("count", "sku", { operator: "is", values: ["TEE"] }, { operator: "more", value: 1 }), false],
		["stock is there", { kind: "stock", warehouseId: "con_a", state: "available" }, true],
		["stock is short", { kind: "stock", warehouseId: "con_b", state: "short" }, true],
		["what is not known is neither", { kind: "stock", warehouseId: "con_c", state: "short" }, false],
		["what is not known is not there", { kind: "stock", warehouseId: "con_c", state: "available" }, false],
	])("%s", (_, condition, expected) => expect(fires(condition)).toBe(expected));
});

describe("groups", () => {
	const [yes, no] = [text("country", "is", "US"), text("country", "is", "FR")];
	test.each<[string, Group, boolean]>([
		["blank: every order", all(), true],
		["blank, whatever its mode", none(), true],
		["all", all(yes, no), false],
		["any", any(no, yes), true],
		["any of no true one", any(no, no), false],
		["none", none(no, no), true],
		["none of a true one", none(no, yes), false],
		["groups within groups", all(yes, any(no, none(no)), all(yes)), true],
	])("%s", (_, group, expected) => {
		const [only] = evaluateRules([ruleOf(group, [{ do: "stop" }])], facts).outcomes;
		expect(only?.outcome === "fired").toBe(expected);
	});

	it("a rule with no condition holds for every order, in each mode", () => {
		for (const group of [all(), any(), none()])
			expect(evaluateRules([ruleOf(group, [{ do: "stop" }])], facts).outcomes[0]?.outcome).toBe("fired");
	});

	it("go four deep and no deeper, and hold something", () => {
		const deep = (levels: number): Group => all(levels > 1 ? deep(levels - 1) : yes);
		const parses = (when: Group) => rule.safeParse({ ...ruleOf(all(), [{ do: "stop" }]), when }).success;
		expect([deep(4), deep(5), all(all())].map(parses)).toEqual([true, false, false]);
	});
});

describe("every action", () => {
	const ruledBy = (...actions: RuleAction[]) => evaluateRules([ruleOf(all(), actions)], facts).result;
	it.each<[RuleAction, object]>([
		[{ do: "route", warehouseId: "con_a" }, { route: { warehouseId: "con_a", by: "Rule" } }],
		[{ do: "shipMethod", code: "express" }, { shipMethod: { code: "express", by: "Rule" } }],
		[{ do: "hold", reason: "look" }, { hold: { reason: "look", by: "Rule" } }],
		[{ do: "addItem", sku: "CARD", quantity: 1 }, { add: [{ sku: "CARD", quantity: 1, by: "Rule" }] }],
		[{ do: "tag", tag: "gift" }, { tags: [{ tag: "gift", by: "Rule" }] }],
		[{ do: "skipLine", sku: "TEE" }, { skipLines: [{ sku: "TEE", by: "Rule" }] }],
		[{ do: "skipOrder", reason: "digital" }, { skip: { reason: "digital", by: "Rule" } }],
		[{ do: "dealtElsewhere", reason: "shop" }, { dealt: { reason: "shop", by: "Rule" } }],
	])("%o", (action, expected) => {
		expect(ruledBy(action)).toMatchObject(expected);
		expect(rulingWords(ruledBy(action))).toHaveLength(1);
	});

	it("stops further rules, and so do skipping and dealing with it elsewhere", () => {
		for (const action of [
			{ do: "stop" },
			{ do: "skipOrder", reason: "x" },
			{ do: "dealtElsewhere", reason: "x" },
		] as const) {
			const rules = [ruleOf(all(), [action]), ruleOf(all(), [{ do: "tag", tag: "late" }], { id: "r2", rank: 20 })];
			const { outcomes, result } = evaluateRules(rules, facts);
			expect([outcomes.map(({ outcome }) => outcome), result.tags]).toEqual([["fired", "past"], []]);
		}
	});

	it("runs lower ranks first, lets a later rule override, skips what is off, and shows tags to later rules", () => {
		const rules = [
			ruleOf(
				all({ kind: "tags", test: { operator: "is", values: ["big"] } }),
				[{ do: "route", warehouseId: "con_b" }],
				{ id: "r3", rank: 30 },
			),
			ruleOf(
				all(),
				[
					{ do: "route", warehouseId: "con_a" },
					{ do: "tag", tag: "big" },
				],
				{ id: "r1", rank: 5 },
			),
			ruleOf(all(), [{ do: "hold", reason: "x" }], { id: "r2", rank: 6, on: false }),
		];
		const { outcomes, result } = evaluateRules(rules, facts);
		expect(outcomes.map(({ id, outcome }) => [id, outcome])).toEqual([
			["r1", "fired"],
			["r2", "off"],
			["r3", "fired"],
		]);
		expect([result.route?.warehouseId, result.hold]).toEqual(["con_b", null]);
	});

	it("changes what is sent, and says when nothing would be left", () => {
		const ruled = applyRuling(
			order,
			ruledBy(
				{ do: "skipLine", sku: "tee" },
				{ do: "addItem", sku: "CARD", quantity: 2 },
				{ do: "shipMethod", code: "express" },
			),
		);
		expect(ruled.lines.map(({ sku, quantity }) => `${quantity} ${sku}`)).toEqual(["1 MUG-RED", "2 CARD"]);
		expect(ruled.shipping).toEqual({ code: "express", name: "" });
		const nothing = ruledBy({ do: "skipLine", sku: "TEE" }, { do: "skipLine", sku: "MUG-RED" });
		expect(rulesStep(applyRuling(order, nothing), nothing)).toMatchObject({ ok: false });
	});
});

describe("in words", () => {
	const nameOf = (id: string) => (id === "con_a" ? "Reno" : id);
	const either = ruleOf(
		any(text("country", "oneOf", "US", "CA"), all(number("total", "more", 100), text("note", "empty"))),
		[{ do: "route", warehouseId: "con_a" }, { do: "stop" }],
	);

	it("a rule reads as a sentence", () => {
		expect(ruleWords(either, nameOf)).toBe(
			"If Country is one of US or CA or (Total is more than 100 and Note is empty): send it to Reno and ask no further rule.",
		);
		expect(ruleWords(ruleOf(all(), [{ do: "tag", tag: "x" }]), nameOf)).toBe("For every order: tag it x.");
	});

	it("a trace says which fact decided", () => {
		const rules = [
			ruleOf(all(text("country", "is", "US"), number("total", "more", 100)), [{ do: "stop" }]),
			{ ...either, id: "r2", rank: 20 },
		];
		const told = explainTrace(rules, evaluateRules(rules, facts), nameOf);
		expect(told[0]).toMatchObject({
			outcome: "not",
			because: [
				{ words: "Country is US", found: "US", met: true },
				{ words: "Total is more than 100", found: "84", met: false },
			],
		});
		expect(told[1]).toMatchObject({ outcome: "fired", did: ["send it to Reno", "ask no further rule"] });
	});
});

describe("what cannot be saved", () => {
	const good = ruleOf(all(), [{ do: "stop" }]);
	it.each<[string, unknown]>([
		["no name", { ...good, name: " " }],
		["nothing to do", { ...good, actions: [] }],
		["an operator without its value", { ...good, when: all(text("country", "is")) }],
		["two values for one", { ...good, when: all(text("country", "is", "US", "CA")) }],
		["an end before its beginning", { ...good, when: all(number("total", "between", 5, 4)) }],
		["no such day", { ...good, when: all({ kind: "placedAt", test: { operator: "after", value: "2026-02-30" } }) }],
	])("%s", (_, broken) => expect(rule.safeParse(broken).success).toBe(false));

	it("one rule twice", () => expect(ruleList.safeParse([good, good]).success).toBe(false));
});
