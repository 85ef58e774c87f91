/**
 * A cart's filters as they are asked: may this order load, is this item sent on. Pure, and every refusal names the
 * setting. Item codes are compared as the cart writes them, everything else whatever its case.
 */
import { threeLetters } from "@/lib/canonical/country-codes";
import { type CartFilters, cartFilters, type OrderFilter, type Refuser } from "@/lib/canonical/filters";
import type { Order } from "@/lib/canonical/order";

export interface ItemRule {
	type: CartFilters["items"]["type"];
	level: CartFilters["items"]["level"];
	codes: ReadonlySet<string>;
}
export interface Filters {
	orders: readonly OrderFilter[];
	tags: CartFilters["tags"];
	items: ItemRule;
}
export interface Refusal {
	by: Refuser;
	/** Continues "it was …". */
	reason: string;
}

/** From how they are stored; a cart that never had any has none. */
export function filtersOf(stored: unknown): Filters {
	const { orders, tags, items } = cartFilters.parse(stored ?? {});
	return { orders, tags, items: { ...items, codes: new Set(items.codes) } };
}

export const noFilters: Filters = filtersOf({});

/** The first filter that refuses the order; null when it may load. */
export function refusalOf(order: Order, filters: Filters): Refusal | null {
	for (const filter of filters.orders) {
		const reason = refusedBy(filter, order);
		if (reason) return { by: "order-filters", reason: `refused by Order Filters: ${reason}` };
	}
	const tags = refusedByTags(filters.tags, order);
	if (tags) return { by: "tag-rules", reason: `refused by the tag rules: ${tags}` };
	const items = refusedByItems(filters.items, order);
	return items ? { by: "item-filters", reason: `refused by Item Filters: ${items}` } : null;
}

/** True for an item code that the cart's item filter keeps from being sent, and from being told stock. */
export function isFiltered({ type, codes }: ItemRule, sku: string): boolean {
	if (type === "disabled") return false;
	return codes.has(sku.trim()) === (type === "blacklist");
}

/** True for a line that stays on the order and is not sent. */
export function isLineFiltered(rule: ItemRule, sku: string): boolean {
	return rule.level === "item" && isFiltered(rule, sku);
}

function refusedBy(filter: OrderFilter, order: Order): string | null {
	const here = valuesOf(filter, order).filter((value) => value !== "");
	const hit = here.find((value) => filter.values.some((wanted) => fits(value, wanted, filter.match)));
	const words = fieldWords(filter);
	const shown = (value: string) => (filter.field === "country" ? threeLetters(value) : value);
	if (filter.type === "restricted") return hit === undefined ? null : `the ${words} ${shown(hit)} is restricted`;
	if (hit !== undefined) return null;
	const wanted = someOf(filter.values.map(shown));
	const found = here.length === 0 ? `there is no ${words}` : `the ${words} is ${someOf(here.map(shown))}`;
	return `${found}, and it must ${matchWords[filter.match]} ${wanted}`;
}

const matchWords = { full: "be", "starts-with": "start with", "ends-with": "end with" };

export function fits(value: string, wanted: string, match: OrderFilter["match"]): boolean {
	const [a, b] = [value.trim().toLowerCase(), wanted.trim().toLowerCase()];
	if (match === "starts-with") return a.startsWith(b);
	return match === "ends-with" ? a.endsWith(b) : a === b;
}

function valuesOf({ field, name }: OrderFilter, order: Order): string[] {
	const { shipTo } = order;
	switch (field) {
		case "country":
			return [shipTo.country];
		case "postalCode":
		case "region":
		case "city":
			return [shipTo[field]];
		case "shipMethod":
			return [order.shipping.code || order.shipping.name];
		case "tag":
			return order.tags;
		case "currency":
			return [order.total?.currency ?? ""];
		case "emailDomain":
			return [(order.customer?.email || shipTo.email).split("@")[1] ?? ""];
		case "extraField":
			return (order.extraFields ?? []).filter((one) => isSame(one.name, name)).map((one) => one.value);
	}
}

function fieldWords({ field, name }: OrderFilter): string {
	if (field === "extraField") return `extra field "${name}"`;
	const words = {
		country: "country",
		postalCode: "postal code",
		region: "state or region",
		city: "city",
		shipMethod: "ship method",
		tag: "tag",
		currency: "currency",
		emailDomain: "e-mail domain",
	};
	return words[field];
}

function refusedByTags({ anyOf, noneOf }: Filters["tags"], { tags }: Order): string | null {
	const among = (wanted: string[]) => tags.find((tag) => wanted.some((one) => isSame(one, tag)));
	const bad = among(noneOf);
	if (bad !== undefined) return `it carries the tag ${bad}`;
	if (anyOf.length === 0 || among(anyOf) !== undefined) return null;
	return `it carries none of the tags ${someOf(anyOf)}`;
}

function refusedByItems(rule: ItemRule, { lines }: Order): string | null {
	const out = lines.filter(({ sku }) => isFiltered(rule, sku));
	const [first] = out;
	if (!first) return null;
	if (rule.level === "order")
		return `${first.sku ? `the item ${first.sku}` : "a line without an item code"} is ${onList(rule)}`;
	return out.length === lines.length
		? `every line is filtered (${someOf(out.map(({ sku }) => sku || "no code"))})`
		: null;
}

/** Why an item is kept back, in the words of the setting. */
export function onList({ type }: ItemRule): string {
	return type === "blacklist" ? "on the blacklist" : "not on the whitelist";
}

function isSame(a: string, b: string): boolean {
	return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** "A, B and 3 more" */
export function someOf(values: readonly string[]): string {
	const shown = values.slice(0, 5).join(", ");
	return values.length > 5 ? `${shown} and ${values.length - 5} more` : shown;
}
