/**
 * A list of rules made ready to be asked about many orders: sorted once, their words made comparable once, and nothing
 * written down on the way. Pure. Promise: it looks at the same facts in the same order as the judging in words does,
 * and says the same; see `evaluate.ts`.
 */
import { type Group, inOrder, type Leaf, type Rule, type RuleTrace } from "@/lib/canonical/rule";
import { type RuleFacts, textKey } from "./facts";
import { listTest, passesDate, passesNumber, textTest, wordsKey } from "./tests";

/** An order as rules see it, each of its words made comparable when it is first asked for. */
export interface View {
	facts: RuleFacts;
	words: Map<string, string>;
	lines: ReturnType<RuleFacts["lines"]> | undefined;
}
type Asks = (view: View) => boolean;
type Outcome = RuleTrace["outcomes"][number];

export interface ReadyRule {
	rule: Rule;
	asks: Asks;
	/** The same words for every order. */
	said: Record<Outcome["outcome"], Outcome>;
}

const ready = new WeakMap<readonly Rule[], ReadyRule[]>();

/** In the order they are asked. A list of rules must not change once it was given here. */
export function readyRules(rules: readonly Rule[]): ReadyRule[] {
	const known = ready.get(rules);
	if (known) return known;
	const made = inOrder(rules).map((rule): ReadyRule => {
		const { id, when } = rule;
		const said = {
			fired: { id, outcome: "fired" },
			not: { id, outcome: "not" },
			off: { id, outcome: "off" },
			past: { id, outcome: "past" },
		} as const;
		return { rule, said, asks: when.conditions.length === 0 ? () => true : asksGroup(when) };
	});
	ready.set(rules, made);
	return made;
}

export function viewOf(facts: RuleFacts): View {
	return { facts, words: new Map(), lines: undefined };
}

function asksGroup({ mode, conditions }: Group): Asks {
	const all = conditions.map((condition) => (condition.kind === "group" ? asksGroup(condition) : asksLeaf(condition)));
	if (mode === "all") return (view) => all.every((asks) => asks(view));
	return mode === "any" ? (view) => all.some((asks) => asks(view)) : (view) => !all.some((asks) => asks(view));
}

function asksLeaf(leaf: Leaf): Asks {
	switch (leaf.kind) {
		case "text": {
			const passes = textTest(leaf.test);
			const { fact, field } = leaf;
			const key = textKey(fact, field);
			return (view) => passes(view.words.get(key) ?? wordsOf(view, key, view.facts.text(fact, field)));
		}
		case "number":
			return ({ facts }) => passesNumber(leaf.test, facts.number(leaf.fact));
		case "placedAt":
			return ({ facts }) => passesDate(leaf.test, facts.placedAt());
		case "tags": {
			const passes = listTest(leaf.test);
			return ({ facts }) => passes(facts.tags().map(wordsKey));
		}
		case "stock":
			return ({ facts }) => facts.stock(leaf.warehouseId) === leaf.state;
		default:
			return asksLines(leaf);
	}
}

function wordsOf(view: View, key: string, found: string): string {
	const words = wordsKey(found);
	view.words.set(key, words);
	return words;
}

type Lines = Extract<Leaf, { kind: "lines" }>;

function asksLines({ line, quantifier, count }: Lines): Asks {
	const fits = asksLine(line);
	if (quantifier === "any") return (view) => linesOf(view).some(fits);
	if (quantifier === "every") return (view) => linesOf(view).every(fits);
	const test = count ?? { operator: "more", value: 0 };
	return (view) => passesNumber(test, linesOf(view).filter(fits).length);
}

function asksLine(line: Lines["line"]): (one: NonNullable<View["lines"]>[number]) => boolean {
	if (line.of === "quantity") return ({ quantity }) => passesNumber(line.test, quantity);
	const passes = textTest(line.test);
	return line.of === "sku" ? ({ sku }) => passes(sku) : ({ name }) => passes(name);
}

function linesOf(view: View): NonNullable<View["lines"]> {
	view.lines ??= view.facts
		.lines()
		.map(({ sku, name, quantity }) => ({ sku: wordsKey(sku), name: wordsKey(name), quantity }));
	return view.lines;
}
