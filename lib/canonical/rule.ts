import { z } from "zod";
import { code, quantity, text } from "./text";

/** Facts of an order that are words. `extra` is a field of the source's own, by its name. */
export const textFacts = [
	...["cart", "number", "currency", "shipMethod", "country", "region", "postalCode", "city"],
	...["note", "giftMessage", "emailDomain", "company", "extra"],
] as const;
export const numberFacts = ["total", "lineCount", "units"] as const;
export const lineTexts = ["sku", "name"] as const;

export const textOperators = [
	...(["is", "isNot", "oneOf", "noneOf", "startsWith", "endsWith"] as const),
	...(["contains", "containsNot", "empty", "notEmpty"] as const),
] as const;
export const numberOperators = ["is", "isNot", "more", "less", "between", "empty", "notEmpty"] as const;
export const dateOperators = ["before", "after", "between"] as const;
export const stockStates = ["available", "short"] as const;

/** Operators that ask for no value. */
export const bareOperators: readonly string[] = ["empty", "notEmpty"];
/** Operators that take several values, any of which counts. */
export const listOperators: readonly string[] = ["oneOf", "noneOf"];

const values = z.array(code).max(500, "must hold at most 500 values").default([]);
const textTest = z.object({ operator: z.enum(textOperators), values }).superRefine((test, context) => {
	const refuse = (message: string) => context.addIssue({ code: "custom", path: ["values"], message });
	if (bareOperators.includes(test.operator)) return;
	if (test.values.length === 0) refuse("needs a value to compare with");
	else if (!listOperators.includes(test.operator) && test.values.length > 1) refuse("takes one value");
});
const figure = z.number("must be a number").min(-1e12).max(1e12);
const numberTest = z
	.object({ operator: z.enum(numberOperators), value: figure.default(0), to: figure.optional() })
	.refine(({ operator, value, to }) => operator !== "between" || (to !== undefined && to >= value), {
		path: ["to"],
		message: "must not be less than where it begins",
	});
const day = z.iso.date("must be a date such as 2026-11-30");
const dateTest = z
	.object({ operator: z.enum(dateOperators), value: day, to: day.optional() })
	.refine(({ operator, value, to }) => operator !== "between" || (to !== undefined && to >= value), {
		path: ["to"],
		message: "must not be before the first day",
	});
export type TextTest = z.output<typeof textTest>;
export type NumberTest = z.output<typeof numberTest>;
export type DateTest = z.output<typeof dateTest>;

/** What is asked of one line. */
const lineTest = z.discriminatedUnion("of", [
	z.object({ of: z.enum(lineTexts), test: textTest }),
	z.object({ of: z.literal("quantity"), test: numberTest }),
]);

const leaf = z.discriminatedUnion("kind", [
	/** `field`: the name of the source's own field, for `extra`. */
	z.object({ kind: z.literal("text"), fact: z.enum(textFacts), field: text.optional(), test: textTest }),
	z.object({ kind: z.literal("number"), fact: z.enum(numberFacts), test: numberTest }),
	/** Days are days of UTC. */
	z.object({ kind: z.literal("placedAt"), test: dateTest }),
	/** With isNot, noneOf and containsNot: no tag does. Otherwise any tag counts. */
	z.object({ kind: z.literal("tags"), test: textTest }),
	/** `count` is asked of the number of lines that pass the test; for `count` only. */
	z.object({
		kind: z.literal("lines"),
		quantifier: z.enum(["any", "every", "count"]),
		line: lineTest,
		count: numberTest.optional(),
	}),
	/** available: the warehouse can send every line; short: it lacks some. Neither while its stock is not known. */
	z.object({ kind: z.literal("stock"), warehouseId: code, state: z.enum(stockStates) }),
]);
export type Leaf = z.output<typeof leaf>;

export const groupModes = ["all", "any", "none"] as const;
export type GroupMode = (typeof groupModes)[number];
export interface Group {
	kind: "group";
	mode: GroupMode;
	conditions: Condition[];
}
export type Condition = Leaf | Group;

/** Groups within groups, at most so deep. */
export const maxDepth = 4;

/** The same shape at each depth; what it may hold ends there. A refusal so names the condition and its field. */
function groupObject(depth: number) {
	const inner: typeof leaf =
		depth > 1 ? (z.discriminatedUnion("kind", [leaf, groupObject(depth - 1)]) as unknown as typeof leaf) : leaf;
	return z.object({
		kind: z.literal("group"),
		mode: z.enum(groupModes),
		conditions: z
			.array(inner)
			.max(50, "must hold at most 50 conditions")
			.refine((all) => depth === maxDepth || all.length > 0, "must hold a condition, or be taken out"),
	});
}
const group = groupObject(maxDepth) as unknown as z.ZodType<Group, Group>;

export const maxSplit = 10;
const warehouseIds = z
	.array(code)
	.min(2, "needs two warehouses at least")
	.max(maxSplit, `takes at most ${maxSplit} warehouses`)
	.refine((ids) => new Set(ids).size === ids.length, "must not name one warehouse twice");

export const ruleAction = z.discriminatedUnion("do", [
	z.object({ do: z.literal("route"), warehouseId: code }),
	/** Each warehouse sends what it has; the first of the list also what none has. */
	z.object({ do: z.literal("splitByStock"), warehouseIds }),
	/** In the words a cart would use, so that it is mapped as always. */
	z.object({ do: z.literal("shipMethod"), code }),
	z.object({ do: z.literal("hold"), reason: code }),
	z.object({ do: z.literal("addItem"), sku: code, quantity }),
	z.object({ do: z.literal("tag"), tag: code }),
	z.object({ do: z.literal("skipLine"), sku: code }),
	z.object({ do: z.literal("skipOrder"), reason: code }),
	z.object({ do: z.literal("dealtElsewhere"), reason: code }),
	z.object({ do: z.literal("stop") }),
]);
export type RuleAction = z.output<typeof ruleAction>;

export const rule = z.object({
	/** Stays the same from version to version. */
	id: z.string().regex(/^[a-z0-9-]{1,40}$/, "is made of small letters and digits"),
	name: text.min(1, "needs a name").max(80, "must be at most 80 characters"),
	/** Lower first; the same rank in the order they stand. */
	rank: z.int("must be a whole number").min(0).max(100_000),
	on: z.boolean().default(true),
	when: group,
	actions: z.array(ruleAction).min(1, "needs something to do").max(20, "does at most 20 things"),
});
export type Rule = z.output<typeof rule>;

export const maxRules = 300;
export const ruleList = z
	.array(rule)
	.max(maxRules, `must be at most ${maxRules} rules`)
	.refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, "must not hold one rule twice");

/** The rules as they are asked: those of a lower rank first. */
export function inOrder(rules: readonly Rule[]): Rule[] {
	return rules
		.map((one, place) => ({ one, place }))
		.sort((a, b) => a.one.rank - b.one.rank || a.place - b.place)
		.map(({ one }) => one);
}

/** What rules decided for one order. `by`: the name of the rule. */
export const ruling = z.object({
	route: z.object({ warehouseId: z.string(), by: z.string() }).nullable().default(null),
	/** Split over these by stock, the first choice first; never beside `route`. */
	split: z
		.object({ warehouseIds: z.array(z.string()), by: z.string() })
		.nullable()
		.default(null),
	shipMethod: z.object({ code: z.string(), by: z.string() }).nullable().default(null),
	hold: z.object({ reason: z.string(), by: z.string() }).nullable().default(null),
	skip: z.object({ reason: z.string(), by: z.string() }).nullable().default(null),
	dealt: z.object({ reason: z.string(), by: z.string() }).nullable().default(null),
	add: z.array(z.object({ sku: z.string(), quantity: z.int(), by: z.string() })).default([]),
	skipLines: z.array(z.object({ sku: z.string(), by: z.string() })).default([]),
	tags: z.array(z.object({ tag: z.string(), by: z.string() })).default([]),
});
export type Ruling = z.output<typeof ruling>;
export const noRuling: Ruling = ruling.parse({});

/** fired; not met; off; past: a rule before it was the last. */
export const ruleOutcomes = ["fired", "not", "off", "past"] as const;
export type RuleOutcome = (typeof ruleOutcomes)[number];

/** The facts that rules looked at, as they were then. */
export const seenFacts = z.object({
	texts: z.record(z.string(), z.string()).default({}),
	numbers: z.record(z.string(), z.number().nullable()).default({}),
	placedAt: z.string().optional(),
	tags: z.array(z.string()).optional(),
	lines: z.array(z.object({ sku: z.string(), name: z.string(), quantity: z.int() })).optional(),
	stock: z.record(z.string(), z.enum([...stockStates, "unknown"])).default({}),
});
export type SeenFacts = z.output<typeof seenFacts>;

/** Kept for every order that rules decided on: from the same rules and these facts the same follows again. */
export const ruleTrace = z.object({
	facts: seenFacts,
	/** By rule, in the order they were asked. Of those that are not here the conditions were not met. */
	outcomes: z.array(z.object({ id: z.string(), outcome: z.enum(ruleOutcomes) })),
	result: ruling,
});
export type RuleTrace = z.output<typeof ruleTrace>;

/** Of two hundred rules nearly all are not met: they are not written down with every order. */
export function outcomesToKeep(outcomes: RuleTrace["outcomes"]): RuleTrace["outcomes"] {
	return outcomes.filter(({ outcome }) => outcome !== "not");
}
