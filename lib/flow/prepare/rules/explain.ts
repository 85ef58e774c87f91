/** Why each rule fired or did not, in words, from the rules and the facts that were kept. Pure. */

import { inOrder, type Rule, type RuleOutcome, type RuleTrace } from "@/lib/canonical/rule";
import { actionWords, conditionWords, type NameOf } from "@/lib/canonical/rule-words";
import { evaluateRules, type Judged } from "./evaluate";
import { factsAgain } from "./facts";

export interface ExplainedRule {
	name: string;
	outcome: RuleOutcome;
	/** What it asked, in the order it asked it: "Country is US" yes, and what was found. */
	because: { words: string; found: string; met: boolean; depth: number }[];
	/** What it did. */
	did: string[];
}

export function explainTrace(rules: readonly Rule[], trace: RuleTrace, nameOf: NameOf): ExplainedRule[] {
	const why = new Map<string, Judged>();
	evaluateRules(rules, factsAgain(trace.facts), (rule, judged) => why.set(rule.id, judged));
	const outcomes = new Map(trace.outcomes.map(({ id, outcome }) => [id, outcome]));
	return inOrder(rules).map((rule) => {
		const outcome = outcomes.get(rule.id) ?? "not";
		const judged = why.get(rule.id);
		return {
			name: rule.name,
			outcome,
			because: judged && (outcome === "fired" || outcome === "not") ? said(judged, nameOf) : [],
			did: outcome === "fired" ? rule.actions.map((action) => actionWords(action, nameOf)) : [],
		};
	});
}

const modeWords = { all: "All of these", any: "Any of these", none: "None of these" } as const;

function said(root: Judged, nameOf: NameOf): ExplainedRule["because"] {
	const { condition } = root;
	if (condition.kind === "group" && condition.conditions.length === 0)
		return [{ words: "Every order", found: "", met: true, depth: 0 }];
	const inner = (one: Judged, depth: number): ExplainedRule["because"] => {
		const { met } = one;
		if (one.condition.kind !== "group")
			return [{ words: conditionWords(one.condition, nameOf), found: foundWords(one, nameOf), met, depth }];
		const mine = { words: modeWords[one.condition.mode], found: "", met, depth };
		return [mine, ...one.parts.flatMap((part) => inner(part, depth + 1))];
	};
	const isPlain = condition.kind === "group" && (condition.mode === "all" || condition.conditions.length === 1);
	return isPlain && condition.mode !== "none" ? root.parts.flatMap((part) => inner(part, 0)) : inner(root, 0);
}

function foundWords({ condition, found }: Judged, nameOf: NameOf): string {
	if (condition.kind === "stock")
		return (
			{ available: "every line is there", short: "something is short", unknown: "its stock is not known" }[found] ??
			found
		);
	if (found === "") return "empty";
	return condition.kind === "text" && condition.fact === "cart" ? nameOf(found) : found;
}
