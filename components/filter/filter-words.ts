import type { z } from "zod";
import type { filtersContract } from "@/lib/api/contract/filters";
import { threeLetters } from "@/lib/canonical/country-codes";
import {
	type CartFilters,
	cartFilters,
	type FilterField,
	filterField,
	type OrderFilter,
	type Refuser,
} from "@/lib/canonical/filters";

export type ShownFilters = z.output<NonNullable<(typeof filtersContract.get)["~orpc"]["outputSchema"]>>;

export const fieldWords: Record<FilterField, string> = {
	country: "Country",
	postalCode: "Postal code",
	region: "State or region",
	city: "City",
	shipMethod: "Ship method code",
	tag: "Tag",
	currency: "Currency",
	emailDomain: "E-mail domain",
	extraField: "Extra field",
};
export const fieldOptions = filterField.options.map((value) => ({ value, label: fieldWords[value] }));
export const typeOptions = [
	{ value: "required", label: "Required" },
	{ value: "restricted", label: "Restricted" },
];
export const matchOptions = [
	{ value: "full", label: "is" },
	{ value: "starts-with", label: "starts with" },
	{ value: "ends-with", label: "ends with" },
];
export const examples: Partial<Record<FilterField, string>> = {
	country: "USA, CAN",
	postalCode: "331, 96",
	region: "HI, AK",
	emailDomain: "shop.example",
	currency: "USD",
};

export const refuserWords: Record<Refuser, string> = {
	"earliest-date": "Earliest Order Date",
	"order-filters": "Order Filters",
	"tag-rules": "Tag rules",
	"item-filters": "Item Filters",
	"source-settings": "Cart settings",
	unusable: "Cannot be used",
};

/** Where the setting is changed, as a tab of the connection; null where it is the order itself. */
export function tabOf(by: Refuser): "filters" | "settings" | null {
	if (by === "unusable") return null;
	return by === "earliest-date" || by === "source-settings" ? "settings" : "filters";
}

/** One filter as it is typed: values as text, so that a comma can be typed. */
export interface FilterDraft {
	key: string;
	field: FilterField;
	name: string;
	type: OrderFilter["type"];
	match: OrderFilter["match"];
	values: string;
}
export interface FiltersDraft {
	orders: FilterDraft[];
	anyOf: string;
	noneOf: string;
	items: { type: CartFilters["items"]["type"]; level: CartFilters["items"]["level"]; codes: string; blank: boolean };
}

export function draftOf(filters: CartFilters): FiltersDraft {
	const { items } = filters;
	return {
		orders: filters.orders.map((filter, n) => ({
			...filter,
			key: `f${n}`,
			values: filter.values.map((one) => (filter.field === "country" ? threeLetters(one) : one)).join(", "),
		})),
		anyOf: filters.tags.anyOf.join(", "),
		noneOf: filters.tags.noneOf.join(", "),
		items: { ...items, codes: items.codes.filter(Boolean).join("\n"), blank: items.codes.includes("") },
	};
}

/** The filters that were typed, or what is wrong with them. */
export function filtersOf(draft: FiltersDraft): { filters: CartFilters } | { problem: string } {
	const parsed = cartFilters.safeParse({
		orders: draft.orders.map(({ key: _, values, name, ...filter }) => ({
			...filter,
			name: filter.field === "extraField" ? name : "",
			values: listOf(values),
		})),
		tags: { anyOf: listOf(draft.anyOf), noneOf: listOf(draft.noneOf) },
		items: {
			type: draft.items.type,
			level: draft.items.level,
			codes: [...draft.items.codes.split("\n").filter((one) => one.trim() !== ""), ...(draft.items.blank ? [""] : [])],
		},
	});
	if (parsed.success) return { filters: parsed.data };
	const issue = parsed.error.issues[0];
	return { problem: `${placeOf(draft, issue?.path ?? [])} ${issue?.message ?? "cannot be used"}.` };
}

function placeOf(draft: FiltersDraft, path: PropertyKey[]): string {
	const [part, at] = path;
	if (part === "items") return "The item filter";
	if (part === "tags") return "The tag rules";
	const filter = typeof at === "number" ? draft.orders[at] : undefined;
	return filter ? `The filter on ${fieldWords[filter.field].toLowerCase()}` : "Order filters";
}

/** Commas, semicolons and lines between values. */
function listOf(text: string): string[] {
	return text
		.split(/[,;\n]/)
		.map((one) => one.trim())
		.filter(Boolean);
}

export function sameFilters(a: CartFilters, b: CartFilters): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}
