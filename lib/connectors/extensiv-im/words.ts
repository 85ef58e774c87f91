/**
 * The payloads of the CartRover API, which Integration Manager speaks and our own /v1 answers: one set of names for
 * both. Loose in what is read: numbers come as text or as numbers, empty lists stand for empty objects (PHP).
 */
import { z } from "zod";

/** Any scalar as trimmed text; nothing becomes "". */
export const word = z
	.union([z.string(), z.number(), z.boolean(), z.null()])
	.optional()
	.transform((value) => (value === null || value === undefined ? "" : String(value).trim()));
const yesNo = word.transform((value) => /^(y|yes|true|1)$/i.test(value));
/** Names and values; PHP writes an empty one as a list. */
const pairs = z
	.union([z.record(z.string(), word), z.array(z.never()), z.null()])
	.optional()
	.transform((value): Record<string, string> => (value && !Array.isArray(value) ? value : {}));
/** A list, or one thing where there should be a list of one. */
const list = z
	.union([z.array(z.unknown()), z.record(z.string(), z.unknown()), z.null()])
	.optional()
	.transform((value): unknown[] => (Array.isArray(value) ? value : value ? [value] : []));

export const statuses = ["new", "at_wms", "partial", "shipped", "confirmed", "error", "canceled"] as const;
export type RoverStatus = (typeof statuses)[number];
/** What lists can be asked for beside one status. */
export const listStatuses = [...statuses, "new_or_at_wms", "shipped_or_confirmed", "any"] as const;
export type ListStatus = (typeof listStatuses)[number];

/** Success and failure alike come with HTTP 200. Older answers call the message `status_message`. */
export const failure = z.object({
	success_code: z.literal(false),
	error_code: word,
	message: word,
	status_message: word,
	error_response: z.unknown().optional(),
});

export const item = z.object({
	line_no: word,
	item: word,
	quantity: word,
	price: word,
	line_item_id: word,
	Description: word,
	line_comment: word,
	extra_fields: pairs,
	filtered_sku: yesNo,
});
export type RoverItem = z.output<typeof item>;

export const order = z.object({
	cust_ref: word,
	cust_po_no: word,
	po_number: word,
	order_source: word,
	customer_id: word,
	location: word,
	order_date: word,
	requested_ship_date: word,
	expected_delivery_date: word,
	latest_ship_date: word,
	created_date_time: word,
	updated_date_time: word,
	...addressFields("ship"),
	...addressFields("cust"),
	carrier: word,
	ship_code: word,
	ship_code_description: word,
	shipping_instructions: word,
	ship_account_no: word,
	ship_account_zip: word,
	currency_code: word,
	grand_total: word,
	custom_field_1: word,
	custom_field_2: word,
	custom_field_3: word,
	custom_field_4: word,
	custom_field_5: word,
	gift_message: word,
	promo_code: word,
	extra_fields: pairs,
	order_status: word,
	cancel_date: word,
	items: list,
	shipments: list,
});
export type RoverOrder = z.output<typeof order>;

/** Kept as extra fields of an order under these names, and told under them again. */
export const freeNames = [
	...["po_number", "customer_id", "location", "requested_ship_date", "expected_delivery_date", "latest_ship_date"],
	...["ship_account_no", "ship_account_zip", "promo_code"],
	...["custom_field_1", "custom_field_2", "custom_field_3", "custom_field_4", "custom_field_5"],
] as const satisfies readonly (keyof RoverOrder)[];

function addressFields<P extends "ship" | "cust">(prefix: P) {
	const names = [
		...(["company", "first_name", "last_name", "address_1", "address_2", "address_3"] as const),
		...(["city", "state", "zip", "country", "phone", "e_mail"] as const),
	];
	type Fields = Record<`${P}_${(typeof names)[number]}`, typeof word>;
	return Object.fromEntries(names.map((name) => [`${prefix}_${name}`, word])) as Fields;
}

export const shipmentItem = z.object({ item: word, quantity: word, line_no: word, line_item_id: word });
export const shipment = z.object({
	carrier: word,
	method: word,
	tracking_no: word,
	tracking_url: word,
	total_cost: word,
	package_weight_lbs: word,
	date: word,
	custom_1: word,
	items: z.union([z.array(shipmentItem), z.null()]).optional(),
});
export type RoverShipment = z.output<typeof shipment>;

const stock = { qty_available: word, qty_on_hand: word, wms_datetime: word };
export const inventoryRow = z.object({
	sku: z.union([z.string().trim().min(1), z.number().transform(String)]),
	...stock,
	warehouses: z
		.union([z.record(z.string(), z.object({ warehouse: word, ...stock })), z.array(z.never()), z.null()])
		.optional()
		.transform((value) => (value && !Array.isArray(value) ? value : {})),
});
export type InventoryRow = z.output<typeof inventoryRow>;

/** What came back of a list of things: those taken, and those refused with the place in the list. */
export const batchAnswer = z.object({
	success: z.array(z.looseObject({ cust_ref: word, sku: word })).default([]),
	failed: z
		.array(
			z.looseObject({
				cust_ref: word,
				sku: word,
				message: word,
				index_pos: z.coerce.number().optional(),
			}),
		)
		.default([]),
});

export const canceled = z.object({ success: yesNo, message: word });
export const shipMethodRow = z.object({ carrier: word, code: word, description: word });

/** An instant as this API writes it: ISO 8601 in UTC with `+00:00`. */
export function roverTime(at: Date): string {
	return at.toISOString().replace(/\.\d+Z$/, "+00:00");
}

/** An instant it wrote; null for none. A time without a zone is UTC. */
export function timeOf(text: string): Date | null {
	if (!/^\d{4}-\d\d-\d\d/.test(text) || /^0000/.test(text)) return null;
	const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : text.length > 10 ? `${text.replace(" ", "T")}Z` : text;
	const at = new Date(zoned);
	return Number.isNaN(at.getTime()) ? null : at;
}
