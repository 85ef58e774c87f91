/** What a cart's orders must be like to be loaded, and which of their lines are sent on. */
import { z } from "zod";
import { countryOf } from "./country-codes";
import { text } from "./text";

export const filterField = z.enum([
	"country",
	"postalCode",
	"region",
	"city",
	"shipMethod",
	"tag",
	"currency",
	"emailDomain",
	"extraField",
]);
export type FilterField = z.output<typeof filterField>;

/** required: an order loads only if a value fits. restricted: it is refused if one fits. */
export const filterType = z.enum(["required", "restricted"]);
export const filterMatch = z.enum(["full", "starts-with", "ends-with"]);

const value = text.min(1, "must not be empty");
const unique = (values: string[]) => [...new Set(values)];

/** One field and the values it is held against, any of which counts. Countries are kept by their two letters. */
export const orderFilter = z
	.object({
		field: filterField,
		/** Of an extra field only. */
		name: text.default(""),
		type: filterType,
		match: filterMatch.default("full"),
		values: z.array(value).min(1, "must name at least one value").max(2000, "must name at most 2,000 values"),
	})
	.superRefine((filter, check) => {
		if (filter.field === "extraField" && filter.name === "")
			check.addIssue({ code: "custom", path: ["name"], message: "must say which extra field" });
		const strange = filter.field === "country" && filter.values.find((one) => countryOf(one) === null);
		if (strange)
			check.addIssue({
				code: "custom",
				path: ["values"],
				message: `must be countries by their ISO code, such as USA: "${strange}" is none`,
			});
	})
	.transform((filter) => {
		if (filter.field !== "country") return { ...filter, values: unique(filter.values) };
		return { ...filter, match: "full" as const, values: unique(filter.values.map((one) => countryOf(one) ?? one)) };
	});
export type OrderFilter = z.output<typeof orderFilter>;

export const itemFilterType = z.enum(["disabled", "whitelist", "blacklist"]);
/** item: the line stays on the order and is not sent. order: the whole order is refused. */
export const itemFilterLevel = z.enum(["item", "order"]);

export const mostItemCodes = 20_000;
export const itemFilter = z.object({
	type: itemFilterType.default("disabled"),
	level: itemFilterLevel.default("item"),
	/** As the cart writes them. An empty one stands for lines without an item code. */
	codes: z
		.array(text)
		.max(mostItemCodes, `must name at most ${mostItemCodes.toLocaleString("en")} codes`)
		.default([])
		.transform(unique),
});
export type ItemFilter = z.output<typeof itemFilter>;

const tagList = z.array(value).max(500, "must name at most 500 tags").default([]).transform(unique);

export const cartFilters = z.object({
	orders: z
		.array(orderFilter)
		.max(50, "must be at most 50 filters")
		.default([])
		.refine(
			(filters) => new Set(filters.map(keyOfFilter)).size === filters.length,
			"must name each field once: put all its values into one filter",
		),
	tags: z.object({ anyOf: tagList, noneOf: tagList }).default({ anyOf: [], noneOf: [] }),
	items: itemFilter
		.default({ type: "disabled", level: "item", codes: [] })
		.refine(({ type, codes }) => type === "disabled" || codes.length > 0, "must name at least one item code"),
});
export type CartFilters = z.output<typeof cartFilters>;

/** A field may appear once; an extra field once by its name. */
export function keyOfFilter({ field, name }: { field: FilterField; name: string }): string {
	return field === "extraField" ? `${field}:${name.toLowerCase()}` : field;
}

/** Which setting refused a record of a source. */
export const refusers = [
	"earliest-date",
	"order-filters",
	"tag-rules",
	"item-filters",
	"source-settings",
	"unusable",
] as const;
export type Refuser = (typeof refusers)[number];
/** Those that saving a cart's filters may change the answer of. */
export const filterRefusers: readonly Refuser[] = ["order-filters", "tag-rules", "item-filters"];
