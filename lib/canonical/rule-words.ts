/** A rule read out in plain words. Pure; ids of carts and warehouses become the names that are handed in. */
import type { Condition, DateTest, Group, Leaf, NumberTest, Rule, RuleAction, TextTest } from "./rule";

/** Names of connections, by id. */
export type NameOf = (id: string) => string;

export const factWords: Record<string, string> = {
	cart: "Cart",
	number: "Order number",
	currency: "Currency",
	shipMethod: "Ship method",
	country: "Country",
	region: "State or region",
	postalCode: "Postal code",
	city: "City",
	note: "Note",
	giftMessage: "Gift message",
	emailDomain: "E-mail domain",
	company: "Company",
	extra: "Extra field",
	total: "Total",
	lineCount: "Number of lines",
	units: "Units",
	placedAt: "Placed",
	tags: "Tags",
	lines: "Lines",
	stock: "Stock",
	sku: "SKU",
	name: "name",
	quantity: "quantity",
};

export const operatorWords: Record<TextTest["operator"] | NumberTest["operator"] | DateTest["operator"], string> = {
	is: "is",
	isNot: "is not",
	oneOf: "is one of",
	noneOf: "is none of",
	startsWith: "starts with",
	endsWith: "ends with",
	contains: "contains",
	containsNot: "does not contain",
	empty: "is empty",
	notEmpty: "is not empty",
	more: "is more than",
	less: "is less than",
	between: "is between",
	before: "is before",
	after: "is after",
};

export function ruleWords(rule: Pick<Rule, "when" | "actions">, nameOf: NameOf): string {
	const doing = listed(
		rule.actions.map((action) => actionWords(action, nameOf)),
		"and",
	);
	const sentence =
		rule.when.conditions.length === 0 ? `For every order: ${doing}` : `If ${whenWords(rule.when, nameOf)}: ${doing}`;
	return `${sentence}.`;
}

export function whenWords(group: Group, nameOf: NameOf): string {
	const parts = group.conditions.map((one) => conditionWords(one, nameOf));
	if (group.mode === "none") return `none of these: ${listed(parts, "or")}`;
	return listed(parts, group.mode === "all" ? "and" : "or");
}

export function conditionWords(condition: Condition, nameOf: NameOf): string {
	if (condition.kind !== "group") return leafWords(condition, nameOf);
	return `(${whenWords(condition, nameOf)})`;
}

function leafWords(leaf: Leaf, nameOf: NameOf): string {
	switch (leaf.kind) {
		case "text": {
			const fact = leaf.fact === "extra" ? `Extra field "${leaf.field ?? ""}"` : factWords[leaf.fact];
			return `${fact} ${testWords(leaf.test, leaf.fact === "cart" ? nameOf : undefined)}`;
		}
		case "number":
			return `${factWords[leaf.fact]} ${figureWords(leaf.test)}`;
		case "placedAt":
			return `Placed ${dateWords(leaf.test)}`;
		case "tags":
			return `a tag ${testWords(leaf.test)}`;
		case "stock":
			return leaf.state === "available"
				? `${nameOf(leaf.warehouseId)} has every line`
				: `${nameOf(leaf.warehouseId)} is short of a line`;
		default: {
			const { line, quantifier, count } = leaf;
			const test = line.of === "quantity" ? figureWords(line.test) : testWords(line.test);
			const what = `${factWords[line.of]} ${test}`;
			if (quantifier === "count")
				return `the number of lines whose ${what} ${count ? figureWords(count) : "is more than 0"}`;
			return quantifier === "any" ? `a line's ${what}` : `every line's ${what}`;
		}
	}
}

function testWords({ operator, values }: TextTest, nameOf: NameOf = (value) => value): string {
	return [operatorWords[operator], listed(values.map(nameOf), "or")].filter(Boolean).join(" ");
}

function figureWords({ operator, value, to }: NumberTest): string {
	if (operator === "empty" || operator === "notEmpty") return operatorWords[operator];
	return `${operatorWords[operator]} ${value}${operator === "between" ? ` and ${to}` : ""}`;
}

function dateWords({ operator, value, to }: DateTest): string {
	if (operator === "between") return `from ${value} to ${to}`;
	return `${operator} ${value}`;
}

export function actionWords(action: RuleAction, nameOf: NameOf): string {
	switch (action.do) {
		case "route":
			return `send it to ${nameOf(action.warehouseId)}`;
		case "splitByStock":
			return `split it by stock over ${rankedWords(action.warehouseIds, nameOf)}`;
		case "shipMethod":
			return `ship it by ${action.code}`;
		case "hold":
			return `hold it (${action.reason})`;
		case "addItem":
			return `add ${action.quantity} × ${action.sku}`;
		case "tag":
			return `tag it ${action.tag}`;
		case "skipLine":
			return `leave out ${action.sku}`;
		case "skipOrder":
			return `do not send it (${action.reason})`;
		case "dealtElsewhere":
			return `count it as dealt with elsewhere (${action.reason})`;
		default:
			return "ask no further rule";
	}
}

/** "East, then West, then South". */
export function rankedWords(warehouseIds: readonly string[], nameOf: NameOf): string {
	return warehouseIds.map(nameOf).join(", then ");
}

function listed(parts: string[], last: "and" | "or"): string {
	if (parts.length < 2) return parts[0] ?? "";
	return `${parts.slice(0, -1).join(", ")} ${last} ${parts.at(-1)}`;
}
