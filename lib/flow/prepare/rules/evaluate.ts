/**
 * Asks a list of rules about one order. Pure: the same rules and facts give the same ruling, and what is kept of the
 * facts is enough to ask again. Every rule is asked of the order as its cart wrote it, and of the tags that rules
 * before it put on.
 */
import type { Condition, Group, Leaf, Rule, RuleTrace, Ruling } from "@/lib/canonical/rule";
import { readyRules, viewOf } from "./compile";
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
	const asked = withTags(facts, result);
	const view = viewOf(asked);
	const isJudgedMet = (rule: Rule): boolean => {
		const why = judgeGroup(rule.when, asked, true);
		judged?.(rule, why);
		return why.met;
	};
	let over = false;
	const outcomes = readyRules(rules).map(({ rule, asks, said }): RuleTrace["outcomes"][number] => {
		if (!rule.on) return said.off;
		if (over) return said.past;
		if (!(judged ? isJudgedMet(rule) : asks(view))) return said.not;
		over = act(rule, result);
		return said.fired;
	});
	return { facts: seen, outcomes, result };
}

function emptyRuling(): Ruling {
	return {
		...{ route: null, shipMethod: null, hold: null, skip: null, dealt: null },
		...{ add: [], skipLines: [], tags: [] },
	};
}

/** What was put on so far counts when it is asked. */
function withTags(facts: RuleFacts, { tags }: Ruling): RuleFacts {
	return { ...facts, tags: () => [...facts.tags(), ...tags.map(({ tag }) => tag)] };
}

/** A rule without conditions holds for every order. */
function judgeGroup(group: Group, facts: RuleFacts, isRoot = false): Judged {
	const judged: Judged = { condition: group, met: true, found: "", parts: [] };
	if (isRoot && group.conditions.length === 0) return judged;
	for (const condition of group.conditions) {
		const part = condition.kind === "group" ? judgeGroup(condition, facts) : judgeLeaf(condition, facts);
		judged.parts.push(part);
		const isEnough = group.mode === "all" ? !part.met : part.met;
		if (isEnough) return { ...judged, met: group.mode === "any" };
	}
	return { ...judged, met: group.mode !== "any" };
}

function judgeLeaf(condition: Leaf, facts: RuleFacts): Judged {
	switch (condition.kind) {
		case "text": {
			const found = facts.text(condition.fact, condition.field);
			return said(condition, passesText(condition.test, found), found);
		}
		case "number": {
			const found = facts.number(condition.fact);
			return said(condition, passesNumber(condition.test, found), found === null ? "" : String(found));
		}
		case "placedAt": {
			const found = facts.placedAt();
			return said(condition, passesDate(condition.test, found), found.slice(0, 10));
		}
		case "tags": {
			const found = facts.tags();
			return said(condition, passesList(condition.test, found), found.join(", "));
		}
		case "stock": {
			const found = facts.stock(condition.warehouseId);
			return said(condition, found === condition.state, found);
		}
		default:
			return judgeLines(condition, facts);
	}
}

function said(condition: Leaf, met: boolean, found: string): Judged {
	return { condition, met, found, parts: [] };
}

function judgeLines(condition: Extract<Leaf, { kind: "lines" }>, facts: RuleFacts): Judged {
	const lines = facts.lines();
	let fits = 0;
	for (const line of lines) if (lineFits(condition.line, line)) fits++;
	return said(condition, isMet(condition, fits, lines.length), `${fits} of ${lines.length} lines`);
}

function lineFits(asked: Extract<Leaf, { kind: "lines" }>["line"], line: ReturnType<RuleFacts["lines"]>[number]) {
	return asked.of === "quantity" ? passesNumber(asked.test, line.quantity) : passesText(asked.test, line[asked.of]);
}

function isMet({ quantifier, count }: Extract<Leaf, { kind: "lines" }>, fits: number, lines: number): boolean {
	if (quantifier === "any") return fits > 0;
	if (quantifier === "every") return fits === lines;
	return passesNumber(count ?? { operator: "more", value: 0 }, fits);
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
