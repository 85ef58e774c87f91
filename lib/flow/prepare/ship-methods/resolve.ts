/**
 * Which mapping holds for an order. Pure. The cart's own code comes before patterns, a pattern with more letters before
 * one with fewer, and a row with conditions before the same without: so "*" without any is the fallback, asked last.
 * A row that nobody decided on yet says nothing.
 */
import type { Order } from "@/lib/canonical/order";
import type { ShipMethodConditions, ShipMethodRule } from "@/lib/canonical/ship-method";
import { gramsOf } from "@/lib/canonical/weight";

/** What mappings ask of an order. */
export interface ShipFacts {
	code: string;
	country: string;
	/** Null where the cart states none: no bound of weight or value holds then. */
	grams: number | null;
	value: { amount: string; currency: string } | null;
}

export interface ShipMethodTable<Rule extends ShipMethodRule = ShipMethodRule> {
	exact: ReadonlyMap<string, readonly Rule[]>;
	patterns: readonly { parts: readonly string[]; rule: Rule }[];
}

/** Codes are one whatever their case and the blanks around them. */
export function codeKey(code: string): string {
	return code.trim().toLowerCase();
}

/** The cart's word for how goods are to travel: its code, or its name where it has no code. */
export function codeOf({ shipping }: Pick<Order, "shipping">): string {
	return (shipping.code || shipping.name).trim();
}

export function shipFacts(order: Pick<Order, "shipping" | "shipTo" | "total" | "weight">): ShipFacts {
	return {
		code: codeOf(order),
		country: order.shipTo.country,
		grams: order.weight ? gramsOf(order.weight) : null,
		value: order.total ?? null,
	};
}

/** Sorted and indexed once, asked for many orders. Rows of the same rank keep the order they are given in. */
export function tableOf<Rule extends ShipMethodRule>(rules: readonly Rule[]): ShipMethodTable<Rule> {
	const decided = rules.filter(({ action }) => action !== "unmapped");
	const exact = new Map<string, Rule[]>();
	for (const rule of decided.filter(({ code }) => !code.includes("*"))) {
		const key = codeKey(rule.code);
		exact.set(key, [...(exact.get(key) ?? []), rule]);
	}
	for (const same of exact.values()) same.sort(byConditions);
	const patterns = decided
		.filter(({ code }) => code.includes("*"))
		.sort((a, b) => lettersOf(b) - lettersOf(a) || byConditions(a, b))
		.map((rule) => ({ parts: patternOf(rule.code), rule }));
	return { exact, patterns };
}

/** The row that holds; undefined where the code is unmapped. */
export function findRule<Rule extends ShipMethodRule>(
	table: ShipMethodTable<Rule>,
	facts: ShipFacts,
): Rule | undefined {
	const key = codeKey(facts.code);
	const own = table.exact.get(key)?.find(({ conditions }) => isMet(conditions, facts));
	if (own) return own;
	return table.patterns.find(({ parts, rule }) => fits(parts, key) && isMet(rule.conditions, facts))?.rule;
}

export function isMet(conditions: ShipMethodConditions, { country, grams, value }: ShipFacts): boolean {
	const { countries, gramsFrom, gramsTo, valueFrom, valueTo, currency } = conditions;
	if (countries && !countries.includes(country)) return false;
	if (!isWithin(grams, gramsFrom, gramsTo)) return false;
	if (currency && value?.currency !== currency) return false;
	const bound = (decimal: string | undefined) => (decimal === undefined ? undefined : Number(decimal));
	return isWithin(value ? Number(value.amount) : null, bound(valueFrom), bound(valueTo));
}

function isWithin(figure: number | null, from: number | undefined, to: number | undefined): boolean {
	if (from === undefined && to === undefined) return true;
	return figure !== null && (from === undefined || figure >= from) && (to === undefined || figure < to);
}

function lettersOf({ code }: ShipMethodRule): number {
	return code.replaceAll("*", "").length;
}

function byConditions(a: ShipMethodRule, b: ShipMethodRule): number {
	return Object.keys(b.conditions).length - Object.keys(a.conditions).length;
}

/** Every * is any text. By searching from left to right: no pattern a person types can take long. */
function patternOf(code: string): string[] {
	return codeKey(code).split(/\*+/);
}

function fits(parts: readonly string[], text: string): boolean {
	const [first = "", ...rest] = parts;
	const last = rest.pop() ?? "";
	if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
	const end = text.length - last.length;
	let at = first.length;
	for (const part of rest) {
		const found = text.indexOf(part, at);
		if (found < 0 || found + part.length > end) return false;
		at = found + part.length;
	}
	return true;
}
