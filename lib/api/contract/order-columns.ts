/** The columns that a list of orders can show; the file has the same, under the same headings. */
import { z } from "zod";

export const orderColumnWords = {
	number: "Order",
	status: "State",
	merchant: "Merchant",
	source: "Cart",
	to: "Ship to",
	units: "Units",
	lines: "Lines",
	tags: "Tags",
	total: "Total",
	problem: "Problem",
	placed: "Placed",
	created: "Loaded",
	updated: "Changed",
} as const;
export type OrderColumn = keyof typeof orderColumnWords;

export const orderColumnNames = Object.keys(orderColumnWords) as [OrderColumn, ...OrderColumn[]];

/** What stands there until somebody chooses. */
export const usualOrderColumns: readonly OrderColumn[] = [
	...(["number", "status", "merchant", "source", "to"] as const),
	...(["units", "total", "created"] as const),
];

/** Columns in the order in which the list shows them; the order's number is always the first. */
export function orderColumnsOf(chosen: readonly string[]): OrderColumn[] {
	return orderColumnNames.filter((name) => name === "number" || chosen.includes(name));
}

/** As an address carries them: "number,status,total". */
export const orderColumnList = z
	.string()
	.max(300)
	.refine(
		(text) => text.split(",").every((name) => Object.hasOwn(orderColumnWords, name)),
		`holds a name that is no column. Columns are ${orderColumnNames.join(", ")}.`,
	)
	.transform((text) => orderColumnsOf(text.split(",")));
