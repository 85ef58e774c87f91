/** Rules as tests write them. */
import type { Condition, GroupMode, Rule, RuleAction } from "@/lib/canonical/rule";

export const text = (fact: string, operator: string, ...values: string[]) =>
	({ kind: "text", fact, test: { operator, values } }) as Condition;
export const sku = (value: string) =>
	({ kind: "lines", quantifier: "any", line: { of: "sku", test: { operator: "is", values: [value] } } }) as Condition;
let made = 0;
export const ruleOf = (conditions: Condition[], actions: RuleAction[], mode: GroupMode = "all"): Rule => {
	made++;
	return {
		id: `r${made}`,
		name: `Rule ${made}`,
		rank: made,
		on: true,
		when: { kind: "group", mode, conditions },
		actions,
	};
};
