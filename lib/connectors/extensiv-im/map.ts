/** An order of the CartRover API in our words, and ours in its. Pure; our own /v1 reads and tells orders by the same rules. */
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import { order as canonicalOrder, type Order } from "@/lib/canonical/order";
import { maxText } from "@/lib/canonical/text";
import { twoLetters } from "../kit/countries";
import type { Read } from "../kit/types";
import { freeNames, item as itemSchema, order as orderSchema, type RoverItem, type RoverOrder, timeOf } from "./words";

export interface Reading {
	now: Date;
	/** Of amounts whose order names none. */
	currency: string;
}

/** A record of a list, or the body of a new order. What does not fit is reported under the API's own field name. */
export function readOrder(raw: unknown, { now, currency }: Reading): Read<Order> {
	const parsed = orderSchema.safeParse(raw);
	if (!parsed.success) return bad(raw, parsed.error.issues[0]?.path.join(".") ?? "", "cannot be read");
	const remote = parsed.data;
	if (remote.cust_ref === "") return bad(raw, "cust_ref", "must not be empty");
	const items = remote.items.map((one) => itemSchema.safeParse(one));
	const broken = items.findIndex((one) => !one.success);
	if (broken >= 0) return bad(raw, `items[${broken}]`, "cannot be read");
	const wanted = items.flatMap((one) => (one.success && !one.data.filtered_sku ? [one.data] : []));
	const value = canonicalOrder.safeParse(toOrder(remote, wanted, { now, currency }));
	if (!value.success) {
		const issue = value.error.issues[0];
		return bad(raw, fieldOf(issue?.path ?? []), issue?.message ?? "cannot be used");
	}
	const changedAt = timeOf(remote.updated_date_time) ?? timeOf(remote.created_date_time) ?? now;
	return { ok: true, sourceId: value.data.sourceId, changedAt, value: value.data, raw };
}

function bad(raw: unknown, field: string, what: string): Extract<Read<never>, { ok: false }> {
	return { ok: false, sourceId: refOf(raw), field, problem: `${field || "the order"} ${what}`, raw };
}

/** The order's id, however broken the rest of it. */
export function refOf(raw: unknown): string {
	const ref = typeof raw === "object" && raw !== null && "cust_ref" in raw ? raw.cust_ref : "";
	return (typeof ref === "string" || typeof ref === "number") && String(ref) !== "" ? String(ref) : "?";
}

function toOrder(remote: RoverOrder, items: RoverItem[], { now, currency }: Reading) {
	const money = (amount: string) => ({ amount, currency: remote.currency_code.toUpperCase() || currency });
	const ids = lineIds(items);
	const customer = [remote.cust_first_name, remote.cust_last_name].filter(Boolean).join(" ") || remote.cust_company;
	const extraFields = extrasOf(remote);
	return {
		sourceId: remote.cust_ref,
		number: remote.cust_po_no || remote.cust_ref,
		sourceStatus: remote.order_status || "new",
		...(remote.order_source && { orderSource: remote.order_source }),
		placedAt: timeOf(remote.order_date) ?? timeOf(remote.created_date_time) ?? now,
		shipTo: addressOf(remote, "ship"),
		// Often only a name and a mail: then it is no address.
		...(remote.cust_address_1 && remote.cust_country && { billTo: addressOf(remote, "cust") }),
		customer: { name: customer, email: remote.cust_e_mail || remote.ship_e_mail },
		shipping: { code: remote.ship_code, name: remote.ship_code_description || remote.carrier },
		lines: items.map((line, n) => ({
			sourceLineId: ids[n] ?? String(n + 1),
			sku: line.item,
			name: line.Description,
			quantity: line.quantity === "" ? Number.NaN : Number(line.quantity),
			...(line.price && { unitPrice: money(plain(line.price)) }),
			...lineExtras(line),
		})),
		...(remote.grand_total && { total: money(plain(remote.grand_total)) }),
		note: remote.shipping_instructions,
		giftMessage: remote.gift_message,
		tags: [],
		...(extraFields.length > 0 && { extraFields }),
	};
}

/** `.5` and `5.` are numbers to this API. Anything else that is none is refused by name. */
function plain(amount: string): string {
	return /^-?(\d+\.?\d*|\.\d+)$/.test(amount) ? amount.replace(/^(-?)\./, "$10.").replace(/\.$/, "") : amount;
}

/** The source's own ids where each line has another one, else their numbers, else their places. */
function lineIds(items: RoverItem[]): string[] {
	const distinct = (ids: string[]) => ids.every(Boolean) && new Set(ids).size === ids.length;
	const own = items.map((line) => line.line_item_id);
	const numbers = items.map((line) => line.line_no);
	if (distinct(own)) return own;
	return distinct(numbers) ? numbers : items.map((_, n) => String(n + 1));
}

function addressOf(remote: RoverOrder, prefix: "ship" | "cust") {
	const of = (name: AddressName) => remote[`${prefix}_${name}`];
	const [firstName, lastName] = [of("first_name"), of("last_name")];
	return {
		name: [firstName, lastName].filter(Boolean).join(" "),
		...(firstName && { firstName }),
		...(lastName && { lastName }),
		company: of("company"),
		line1: of("address_1"),
		line2: [of("address_2"), of("address_3")].filter(Boolean).join(", "),
		city: of("city"),
		region: of("state"),
		postalCode: of("zip"),
		country: twoLetters(of("country")),
		phone: of("phone"),
		email: of("e_mail"),
	};
}
type AddressName =
	| ("company" | "first_name" | "last_name" | "address_1" | "address_2" | "address_3")
	| ("city" | "state" | "zip" | "country" | "phone" | "e_mail");

function extrasOf(remote: RoverOrder): { name: string; value: string }[] {
	const named = freeNames.map((name) => ({ name, value: remote[name] }));
	const free = Object.entries(remote.extra_fields).map(([name, value]) => ({ name: name.trim(), value }));
	return [...named, ...free].filter(({ name, value }) => name !== "" && value !== "");
}

/** What is said of one line is kept as a field of it, under the API's own name; a long comment as far as it fits. */
function lineExtras({ line_comment, extra_fields }: RoverItem) {
	const found = Object.entries({ line_comment: line_comment.slice(0, maxText), ...extra_fields })
		.map(([name, value]) => ({ name: name.trim(), value }))
		.filter(({ name, value }) => name !== "" && value !== "");
	return found.length > 0 ? { extraFields: found } : {};
}

const fieldNames: Record<string, string> = {
	sourceId: "cust_ref",
	number: "cust_po_no",
	orderSource: "order_source",
	placedAt: "order_date",
	shipping: "ship_code",
	total: "grand_total",
	note: "shipping_instructions",
	giftMessage: "gift_message",
	extraFields: "extra_fields",
};
const addressNames: Record<string, string> = {
	name: "first_name",
	firstName: "first_name",
	lastName: "last_name",
	line1: "address_1",
	line2: "address_2",
	region: "state",
	postalCode: "zip",
	email: "e_mail",
};
const lineNames: Record<string, string> = {
	sku: "item",
	unitPrice: "price",
	name: "Description",
	sourceLineId: "line_no",
};

/** Where the API has what stands at this path of ours. */
export function fieldOf(path: readonly PropertyKey[]): string {
	const [first = "", second = "", third = ""] = path.map(String);
	if (path.at(-1) === "currency") return "currency_code";
	if (first === "shipTo") return `ship_${addressNames[second] ?? second}`;
	if (first === "billTo" || first === "customer") return `cust_${addressNames[second] ?? second}`;
	if (first === "lines")
		return second === "" ? "items" : `items[${second}].${lineNames[third] ?? third}`.replace(/\.$/, "");
	return fieldNames[first] ?? first;
}

/** A deliverable order as the body of POST /cart/orders/cartrover. */
export function toRoverOrder(order: DeliverableOrder, now: Date) {
	const { shipTo } = order;
	const cut = shipTo.name.lastIndexOf(" ");
	const extras = order.extraFields ?? [];
	const isNamed = (name: string) => (freeNames as readonly string[]).includes(name);
	return {
		cust_ref: order.number,
		cust_po_no: order.sourceNumber,
		order_source: order.orderSource,
		order_date: now.toISOString().slice(0, 10),
		ship_company: shipTo.company,
		ship_first_name: shipTo.firstName ?? (cut > 0 ? shipTo.name.slice(0, cut) : shipTo.name),
		ship_last_name: shipTo.lastName ?? (cut > 0 ? shipTo.name.slice(cut + 1) : ""),
		ship_address_1: shipTo.line1,
		ship_address_2: shipTo.line2,
		ship_city: shipTo.city,
		ship_state: shipTo.region,
		ship_zip: shipTo.postalCode,
		ship_country: shipTo.country,
		ship_phone: shipTo.phone,
		ship_e_mail: shipTo.email,
		carrier: order.shipMethod.carrier,
		ship_code: order.shipMethod.service,
		shipping_instructions: order.note,
		gift_message: order.giftMessage,
		...pairsOf(extras.filter(({ name }) => isNamed(name))),
		extra_fields: pairsOf(extras.filter(({ name }) => !isNamed(name))),
		items: order.lines.map((line, n) => ({
			line_no: n + 1,
			item: line.sku,
			quantity: line.quantity,
			...(line.unitPrice && { price: line.unitPrice }),
			line_item_id: line.lineId,
			...(line.note && { line_comment: line.note }),
			...(line.extraFields && { extra_fields: pairsOf(line.extraFields) }),
		})),
	};
}

function pairsOf(fields: readonly { name: string; value: string }[]): Record<string, string> {
	return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}
