/** One order of a store in our words. Pure. Field names are those of the custom store's reference. */
import type { z } from "zod";
import { order as canonicalOrder, type Order } from "@/lib/canonical/order";
import { twoLetters } from "../kit/countries";
import type { Read } from "../kit/types";
import { fromLocal } from "../kit/zone";
import type { StoreSettings } from "./settings";

type Settings = z.output<StoreSettings>;
type Group = Record<string, unknown>;

/** What a stretch is read for: which order, in what state, changed when. Null time: it cannot be read. */
export interface Head {
	number: string;
	status: string;
	changedAt: Date | null;
}

/** A store that leaves LastModified away is taken to list what changed just now. */
export function headOf(raw: unknown, { timeZone }: Settings, now: Date): Head {
	const order = groupOf(raw);
	const changed = textOf(order.LastModified);
	return {
		number: textOf(order.OrderNumber),
		status: textOf(order.OrderStatus),
		changedAt: changed === "" && !isGiven(order.LastModified) ? now : timeOf(changed, timeZone),
	};
}

export function readOrder(raw: unknown, settings: Settings, now: Date): Read<Order> {
	const { number, changedAt } = headOf(raw, settings, now);
	const sourceId = number || "?";
	const bad = (field: string, problem: string): Read<Order> => ({
		...{ ok: false, sourceId, field, raw },
		problem: `${field} ${problem}`.trim(),
	});
	if (changedAt === null) return bad("LastModified", "must be a time such as 03/23/2026 21:09");
	const parsed = canonicalOrder.safeParse(toOrder(groupOf(raw), settings));
	if (parsed.success) return { ok: true, sourceId, changedAt, value: parsed.data, raw };
	const [issue] = parsed.error.issues;
	return bad(issue?.path.join(".") ?? "", issue?.message ?? "is not usable");
}

function toOrder(order: Group, settings: Settings): unknown {
	const customer = groupOf(order.Customer);
	const [billTo, shipTo] = [groupOf(customer.BillTo), groupOf(customer.ShipTo)];
	const currency = textOf(order.CurrencyCode).toUpperCase() || settings.orderCurrency;
	const email = textOf(billTo.Email);
	const method = textOf(order.ShippingMethod);
	const notes = [textOf(order.CustomerNotes), settings.addInternalNotes ? textOf(order.InternalNotes) : ""];
	const extraFields = extras.flatMap(([from, name]) => {
		const value = textOf(order[from]);
		return value === "" ? [] : [{ name, value }];
	});
	return {
		sourceId: textOf(order.OrderNumber),
		number: textOf(order.OrderNumber),
		sourceStatus: textOf(order.OrderStatus),
		placedAt: timeOf(textOf(order.OrderDate), settings.timeZone) ?? undefined,
		shipTo: {
			name: textOf(shipTo.Name),
			company: textOf(shipTo.Company),
			line1: textOf(shipTo.Address1),
			line2: textOf(shipTo.Address2),
			city: textOf(shipTo.City),
			region: textOf(shipTo.State),
			postalCode: textOf(shipTo.PostalCode),
			country: twoLetters(textOf(shipTo.Country)),
			phone: textOf(shipTo.Phone) || textOf(billTo.Phone),
			email,
		},
		customer: { name: textOf(billTo.Name), email },
		shipping: { code: method, name: method },
		lines: linesOf(order.Items, currency),
		...moneyOf("total", order.OrderTotal, currency),
		note: notes.filter((note) => note !== "").join("\n"),
		giftMessage: textOf(order.GiftMessage),
		...(extraFields.length > 0 && { extraFields }),
	};
}

const extras: [string, string][] = [
	["OrderID", "Order ID"],
	["PaymentMethod", "Payment method"],
	["CustomField1", "Custom field 1"],
	["CustomField2", "Custom field 2"],
	["CustomField3", "Custom field 3"],
];

/** A line that only adjusts the price holds no goods. One without an id is known by its place, which no store has. */
function linesOf(items: unknown, currency: string): unknown {
	const listed = groupOf(items).Item;
	const all = Array.isArray(listed) ? listed : listed === undefined ? [] : [listed];
	return all
		.map(groupOf)
		.filter((item) => !/^(true|1|yes)$/i.test(textOf(item.Adjustment)))
		.map((item, n) => ({
			sourceLineId: textOf(item.LineItemID) || `#${n + 1}`,
			sku: textOf(item.SKU),
			name: nameOf(item),
			quantity: /^-?\d{1,9}(\.0+)?$/.test(textOf(item.Quantity))
				? Number(textOf(item.Quantity))
				: textOf(item.Quantity),
			...moneyOf("unitPrice", item.UnitPrice, currency),
		}));
}
export const isPlace = (lineId: string) => lineId.startsWith("#");

/** What the customer chose stands behind the name: Tee (Size: L). */
function nameOf(item: Group): string {
	const listed = groupOf(item.Options).Option;
	const chosen = (Array.isArray(listed) ? listed : [listed])
		.map(groupOf)
		.map(({ Name, Value }) => [textOf(Name), textOf(Value)].filter((text) => text !== "").join(": "))
		.filter((text) => text !== "");
	return `${textOf(item.Name)}${chosen.length > 0 ? ` (${chosen.join(", ")})` : ""}`;
}

/** Thousands may be parted by commas. */
function moneyOf(name: string, value: unknown, currency: string): Group {
	const text = textOf(value).replace(/,(?=\d{3}(\D|$))/g, "");
	if (text === "") return {};
	return { [name]: { amount: text.replace(/(\.\d{6})\d+$/, "$1"), currency } };
}

/** 03/23/2026 21:09, the same with AM or PM or seconds, and, of stores that do not keep to it, ISO 8601. */
export function timeOf(text: string, zone: string): Date | null {
	const parts = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s+(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*([AP]M)?)?$/i.exec(text);
	if (!parts) return fromLocal(text.replace(/^(\d{4}-\d\d-\d\d)\s+(?=\d)/, "$1T"), zone);
	const [, month = "", day = "", year = "", hour = "0", minute = "00", second = "00", half] = parts;
	const hours = half ? (Number(hour) % 12) + (half.toUpperCase() === "PM" ? 12 : 0) : Number(hour);
	const two = (part: string | number) => String(part).padStart(2, "0");
	return fromLocal(`${year}-${two(month)}-${two(day)}T${two(hours)}:${minute}:${second}`, zone);
}

function isGiven(value: unknown): boolean {
	return value !== undefined && value !== "";
}
function groupOf(value: unknown): Group {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Group) : {};
}
function textOf(value: unknown): string {
	return typeof value === "string" ? value.trim() : "";
}
