/**
 * Asks a list of rules about one order. Pure: the same rules and facts give the same ruling, and what is kept of the
 * facts is enough to ask again. Every rule is asked of the order as its cart wrote it, and of the tags that rules
 * before it put on.
 */
import {
	type Condition,
	type Group,
	inOrder,
	type Leaf,
	type Rule,
	type RuleTrace,
	type Ruling,
} from "@/lib/canonical/rule";
import { type RuleFacts, remembering } from "./facts";
import { passesDate, passesList, passesNumber, passesText } from "./tests";

/** What a condition said, and of which value; what was not needed any more is not there. */
export interface Judged {
	condition: Condition;
	met: boolean;
	found: string;
	/** Of a group. */
	parts: Judged[];
}

/** `judged` is called for each rule that was asked, when somebody wants to know why. */
export function evaluateRules(
	rules: readonly Rule[],
	given: RuleFacts,
	judged?: (rule: Rule, why: Judged) => void,
): RuleTrace {
	const { facts, seen } = remembering(given);
	const result = emptyRuling();
	let over = false;
	const outcomes = inOrder(rules).map((rule): RuleTrace["outcomes"][number] => {
		if (!rule.on) return { id: rule.id, outcome: "off" };
		if (over) return { id: rule.id, outcome: "past" };
		const why = judgeGroup(rule.when, withTags(facts, result), true);
		judged?.(rule, why);
		if (!why.met) return { id: rule.id, outcome: "not" };
		over = act(rule, result);
		return { id: rule.id, outcome: "fired" };
	});
	return { facts: seen, outcomes, result };
}

function emptyRuling(): Ruling {
	return {
		...{ route: null, shipMethod: null, hold: null, skip: null, dealt: null },
		...{ add: [], skipLines: [], tags: [] },
	};
}

function withTags(facts: RuleFacts, { tags }: Ruling): RuleFacts {
	if (tags.length === 0) return facts;
	return { ...facts, tags: () => [...facts.tags(), ...tags.map(({ tag }) => tag)] };
}

/** A rule without conditions holds for every order. */
function judgeGroup(group: Group, facts: RuleFacts, isRoot = false): Judged {
	const parts: Judged[] = [];
	const answer = (met: boolean): Judged => ({ condition: group, met, found: "", parts });
	if (isRoot && group.conditions.length === 0) return answer(true);
	for (const condition of group.conditions) {
		const part = condition.kind === "group" ? judgeGroup(condition, facts) : judgeLeaf(condition, facts);
		parts.push(part);
		if (group.mode === "all" && !part.met) return answer(false);
		if (group.mode !== "all" && part.met) return answer(group.mode === "any");
	}
	return answer(group.mode !== "any");
}

function judgeLeaf(condition: Leaf, facts: RuleFacts): Judged {
	const said = (met: boolean, found: string): Judged => ({ condition, met, found, parts: [] });
	switch (condition.kind) {
		case "text": {
			const found = facts.text(condition.fact, condition.field);
			return said(passesText(condition.test, found), found);
		}
		case "number": {
			const found = facts.number(condition.fact);
			return said(passesNumber(condition.test, found), found === null ? "" : String(found));
		}
		case "placedAt": {
			const found = facts.placedAt();
			return said(passesDate(condition.test, found), found.slice(0, 10));
		}
		case "tags": {
			const found = facts.tags();
			return said(passesList(condition.test, found), found.join(", "));
		}
		case "stock": {
			const found = facts.stock(condition.warehouseId);
			return said(found === condition.state, found);
		}
		default:
			return judgeLines(condition, facts);
	}
}

function judgeLines(condition: Extract<Leaf, { kind: "lines" }>, facts: RuleFacts): Judged {
	const lines = facts.lines();
	const { line, quantifier, count } = condition;
	const fits = lines.filter((one) =>
		line.of === "quantity" ? passesNumber(line.test, one.quantity) : passesText(line.test, one[line.of]),
	);
	const verdicts = {
		any: () => fits.length > 0,
		every: () => fits.length === lines.length,
		count: () => passesNumber(count ?? { operator: "more", value: 0 }, fits.length),
	};
	const found = `${fits.length} of ${lines.length} lines`;
	return { condition, met: verdicts[quantifier](), found, parts: [] };
}

/** Does what a rule that fired says; a later rule overrides an earlier one. True when no further rule is asked. */
function act({ name: by, actions }: Rule, result: Ruling): boolean {
	let over = false;
	for (const action of actions)
		switch (action.do) {
			case "route":
				result.route = { warehouseId: action.warehouseId, by };
				break;
			case "shipMethod":
				result.shipMethod = { code: action.code, by };
				break;
			case "hold":
				result.hold = { reason: action.reason, by };
				break;
			case "addItem":
				result.add.push({ sku: action.sku, quantity: action.quantity, by });
				break;
			case "tag":
				if (!result.tags.some(({ tag }) => tag === action.tag)) result.tags.push({ tag: action.tag, by });
				break;
			case "skipLine":
				result.skipLines.push({ sku: action.sku, by });
				break;
			case "skipOrder":
				result.skip = { reason: action.reason, by };
				over = true;
				break;
			case "dealtElsewhere":
				result.dealt = { reason: action.reason, by };
				over = true;
				break;
			default:
				over = true;
		}
	return over;
}
