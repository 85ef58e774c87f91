import { z } from "zod";

/**
 * Where in an order of JOOR each thing stands, as names joined by dots. Customer code, company and the code of the
 * ship method are documented; the fields of a line are those of the inventory API; the rest is inferred.
 */
const usual = {
	id: "order_id",
	number: "order_number",
	status: "order_type",
	placedAt: "order_date",
	changedAt: "date_modified",
	customerCode: "customer_code",
	company: "company_name",
	shipMethod: "shipping_method_code",
	name: "shipping_name",
	line1: "shipping_address_1",
	line2: "shipping_address_2",
	city: "shipping_city",
	region: "shipping_state",
	postalCode: "shipping_zip",
	country: "shipping_country",
	phone: "shipping_phone",
	email: "shipping_email",
	note: "order_notes",
	currency: "currency",
	lines: "line_items",
	"line.id": "line_item_id",
	"line.upc": "upc",
	"line.style": "style_number",
	"line.color": "color_code",
	"line.size": "size",
	"line.name": "style_name",
	"line.quantity": "quantity",
	"line.price": "price",
};
export type FieldName = keyof typeof usual;

/** Pairs such as `number=po_number`. A name that is none of ours is refused. */
export const fieldNames = z
	.string()
	.trim()
	.default("")
	.superRefine((text, context) => {
		for (const [name, path] of pairsOf(text))
			if (!(name in usual) || !path)
				context.addIssue({
					code: "custom",
					message: `has "${name}", which is none of ${Object.keys(usual).join(", ")}`,
				});
	});

function pairsOf(text: string): [string, string][] {
	return text
		.split(",")
		.filter((pair) => pair.trim() !== "")
		.map((pair) => {
			const [name = "", path = ""] = pair.split("=").map((part) => part.trim());
			return [name, path];
		});
}

export type Fields = (raw: unknown, name: FieldName) => unknown;

/** Looks up a field of an order or a line by our name for it. */
export function fieldsOf(overrides: string): Fields {
	const paths: Record<string, string> = { ...usual, ...Object.fromEntries(pairsOf(overrides)) };
	return (raw, name) =>
		(paths[name] ?? "")
			.split(".")
			.reduce<unknown>(
				(value, part) =>
					typeof value === "object" && value !== null ? (value as Record<string, unknown>)[part] : undefined,
				raw,
			);
}
