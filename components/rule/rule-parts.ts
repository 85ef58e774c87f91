/** What the editor offers: facts, comparisons and actions, and how each begins. Pure. */
import {
	type Condition,
	dateOperators,
	type Group,
	type Leaf,
	listOperators,
	numberFacts,
	numberOperators,
	type Rule,
	type RuleAction,
	textFacts,
	textOperators,
} from "@/lib/canonical/rule";
import { factWords, operatorWords } from "@/lib/canonical/rule-words";
import type { Option } from "../ui/options";

/** What a condition is about, as one choice. */
export function aboutOf(leaf: Leaf): string {
	return leaf.kind === "text" || leaf.kind === "number" ? leaf.fact : leaf.kind;
}

const others = ["placedAt", "tags", "lines", "stock"] as const;

export const abouts: Option[] = [...textFacts, ...numberFacts, ...others].map((value) => ({
	value,
	label: factWords[value] ?? value,
}));

/** A new condition about something, not filled in yet. */
export function leafAbout(about: string): Leaf {
	const text = textFacts.find((fact) => fact === about);
	const number = numberFacts.find((fact) => fact === about);
	if (number) return { kind: "number", fact: number, test: { operator: "more", value: 0 } };
	if (about === "placedAt") return { kind: "placedAt", test: { operator: "after", value: today() } };
	if (about === "tags") return { kind: "tags", test: { operator: "is", values: [] } };
	if (about === "stock") return { kind: "stock", warehouseId: "", state: "available" };
	if (about === "lines")
		return { kind: "lines", quantifier: "any", line: { of: "sku", test: { operator: "is", values: [] } } };
	const operator = about === "country" ? "oneOf" : "is";
	return { kind: "text", fact: text ?? "country", test: { operator, values: [] } };
}

function today(): string {
	return new Date().toISOString().slice(0, 10);
}

export function newGroup(): Group {
	return { kind: "group", mode: "any", conditions: [leafAbout("country")] };
}

export function newRule(rules: readonly Rule[]): Rule {
	return {
		id: `r-${Date.now().toString(36)}-${Math.floor(Math.random() * 1e6).toString(36)}`,
		name: "",
		rank: (rules.length + 1) * 10,
		on: true,
		when: { kind: "group", mode: "all", conditions: [] },
		actions: [{ do: "hold", reason: "" }],
	};
}

const optionsOf = (operators: readonly (keyof typeof operatorWords)[]): Option[] =>
	operators.map((value) => ({ value, label: operatorWords[value] }));
export const textOptions = optionsOf(textOperators);
export const numberOptions = optionsOf(numberOperators);
export const dateOptions = optionsOf(dateOperators);
export const cartOptions = optionsOf(["is", "isNot"]);

/** The comparison changed: what was typed stays as far as it fits. */
export function valuesFor(operator: string, values: readonly string[]): string[] {
	if (operator === "empty" || operator === "notEmpty") return [];
	return listOperators.includes(operator) ? [...values] : values.slice(0, 1);
}

export const groupModeOptions: Option[] = [
	{ value: "all", label: "All of these" },
	{ value: "any", label: "Any of these" },
	{ value: "none", label: "None of these" },
];

export const actionOptions: { value: RuleAction["do"]; label: string }[] = [
	{ value: "route", label: "Send it to a warehouse" },
	{ value: "shipMethod", label: "Set the ship method" },
	{ value: "hold", label: "Hold it" },
	{ value: "addItem", label: "Add an item" },
	{ value: "tag", label: "Tag it" },
	{ value: "skipLine", label: "Leave out an item" },
	{ value: "skipOrder", label: "Do not send it" },
	{ value: "dealtElsewhere", label: "Count it as dealt with elsewhere" },
	{ value: "stop", label: "Ask no further rule" },
];

export function newAction(kind: RuleAction["do"], warehouseId: string): RuleAction {
	const made: Record<RuleAction["do"], RuleAction> = {
		route: { do: "route", warehouseId },
		shipMethod: { do: "shipMethod", code: "" },
		hold: { do: "hold", reason: "" },
		addItem: { do: "addItem", sku: "", quantity: 1 },
		tag: { do: "tag", tag: "" },
		skipLine: { do: "skipLine", sku: "" },
		skipOrder: { do: "skipOrder", reason: "" },
		dealtElsewhere: { do: "dealtElsewhere", reason: "" },
		stop: { do: "stop" },
	};
	return made[kind];
}

/** A list with one place changed, or taken out. */
export function withPlace<T extends Condition | RuleAction>(list: readonly T[], place: number, now: T | null): T[] {
	return list.flatMap((one, at) => (at === place ? (now ? [now] : []) : [one]));
}
