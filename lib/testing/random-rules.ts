/** Random orders and random rule sets about them, in words that meet often. */
import fc from "fast-check";
import { type Order, orderOf } from "@/lib/canonical/order";
import {
	type Condition,
	type Group,
	lineTexts,
	numberFacts,
	numberOperators,
	type Rule,
	type RuleAction,
	textFacts,
	textOperators,
} from "@/lib/canonical/rule";
import type { StockState } from "@/lib/flow/prepare/rules/facts";

const word = fc.constantFrom("US", "CA", "TEE", "MUG", "ground", "vip", "acme.test", "Reno", "895");
const textTest = fc.constantFrom(...textOperators).chain((operator) =>
	(operator === "oneOf" || operator === "noneOf"
		? fc.array(word, { minLength: 1, maxLength: 3 })
		: fc.array(word, {
				minLength: operator.toLowerCase().endsWith("empty") ? 0 : 1,
				maxLength: operator.toLowerCase().endsWith("empty") ? 0 : 1,
			})
	).map((values) => ({ operator, values })),
);
const numberTest = fc
	.record({ operator: fc.constantFrom(...numberOperators), value: fc.integer({ min: 0, max: 60 }) })
	.map((test) => ({ ...test, ...(test.operator === "between" && { to: test.value + 20 }) }));
const date = fc.constantFrom("2026-11-01", "2026-11-15", "2026-11-30");
const leaf: fc.Arbitrary<Condition> = fc.oneof(
	fc.record({
		kind: fc.constant("text" as const),
		fact: fc.constantFrom(...textFacts),
		field: fc.constant("Channel"),
		test: textTest,
	}),
	fc.record({ kind: fc.constant("number" as const), fact: fc.constantFrom(...numberFacts), test: numberTest }),
	fc.record({
		kind: fc.constant("placedAt" as const),
		test: fc.record({ operator: fc.constantFrom("before" as const, "after" as const), value: date }),
	}),
	fc.record({ kind: fc.constant("tags" as const), test: textTest }),
	fc.record({
		kind: fc.constant("lines" as const),
		quantifier: fc.constantFrom("any" as const, "every" as const, "count" as const),
		line: fc.oneof(
			fc.record({ of: fc.constantFrom(...lineTexts), test: textTest }),
			fc.record({ of: fc.constant("quantity" as const), test: numberTest }),
		),
		count: numberTest,
	}),
	fc.record({
		kind: fc.constant("stock" as const),
		warehouseId: fc.constantFrom("con_a", "con_b", "con_c"),
		state: fc.constantFrom("available" as const, "short" as const),
	}),
);
const mode = fc.constantFrom("all" as const, "any" as const, "none" as const);
const groupOf = (depth: number, minLength: number): fc.Arbitrary<Group> =>
	fc.record({
		kind: fc.constant("group" as const),
		mode,
		conditions: fc.array(
			depth > 1 ? fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 1, arbitrary: groupOf(depth - 1, 1) }) : leaf,
			{ minLength, maxLength: 3 },
		),
	});
const action: fc.Arbitrary<RuleAction> = fc.oneof(
	fc.record({ do: fc.constant("route" as const), warehouseId: fc.constantFrom("con_a", "con_b") }),
	fc.record({
		do: fc.constant("splitByStock" as const),
		warehouseIds: fc.shuffledSubarray(["con_a", "con_b", "con_c"], { minLength: 2 }),
	}),
	fc.record({ do: fc.constant("shipMethod" as const), code: word }),
	fc.record({ do: fc.constantFrom("hold" as const, "skipOrder" as const, "dealtElsewhere" as const), reason: word }),
	fc.record({ do: fc.constant("addItem" as const), sku: word, quantity: fc.integer({ min: 1, max: 5 }) }),
	fc.record({ do: fc.constant("tag" as const), tag: word }),
	fc.record({ do: fc.constant("skipLine" as const), sku: word }),
	fc.constant({ do: "stop" as const }),
);
export const randomRules: fc.Arbitrary<Rule[]> = fc
	.array(
		fc.record({
			rank: fc.integer({ min: 0, max: 5 }),
			on: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
			when: groupOf(4, 0),
			actions: fc.array(action, { minLength: 1, maxLength: 3 }),
		}),
		{ maxLength: 12 },
	)
	.map((all) => all.map((one, place) => ({ ...one, id: `r${place}`, name: `Rule ${place}` })));
export const randomOrder: fc.Arbitrary<Order> = fc
	.record({
		country: fc.constantFrom("US", "CA", "DE"),
		city: word,
		company: fc.constantFrom("", "Acme"),
		amount: fc.option(fc.integer({ min: 0, max: 100 })),
		tags: fc.array(word, { maxLength: 3 }),
		lines: fc.array(fc.record({ sku: word, quantity: fc.integer({ min: 1, max: 60 }) }), {
			minLength: 1,
			maxLength: 5,
		}),
		code: word,
		day: fc.integer({ min: 1, max: 30 }),
		extra: fc.option(word),
	})
	.map(({ country, city, company, amount, tags, lines, code, day, extra }) =>
		orderOf({
			...{ sourceId: "s", number: code, sourceStatus: "paid", tags, shipping: { code } },
			placedAt: new Date(Date.UTC(2026, 10, day)).toISOString(),
			shipTo: { name: "Ann", line1: "1 Main St", city, country, company, postalCode: "89501" },
			lines: lines.map((line, place) => ({ ...line, sourceLineId: String(place) })),
			...(amount !== null && { total: { amount: String(amount), currency: "USD" } }),
			...(extra && { extraFields: [{ name: "channel", value: extra }] }),
		}),
	);
export const randomStock = fc
	.dictionary(fc.constantFrom("con_a", "con_b"), fc.constantFrom<StockState>("available", "short", "unknown"))
	.map((states) => new Map(Object.entries(states)));
