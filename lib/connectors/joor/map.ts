import { z } from "zod";
import type { Product } from "@/lib/canonical/catalogue";
import type { Order } from "@/lib/canonical/order";
import type { Read } from "../kit/types";
import { type FieldName, type Fields, fieldsOf } from "./fields";
import { type JoorSettings, orderKinds } from "./settings";

type Settings = z.output<JoorSettings>;

const text = z
	.union([z.string(), z.number()])
	.nullish()
	.transform((value) => String(value ?? "").trim());
const filled = text.pipe(z.string().min(1, "is missing"));
const instant = z
	.string()
	.refine((value) => /^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(Date.parse(value)), "is no date")
	.transform((value) => new Date(value));
const quantity = z.coerce.number().int("is no whole number").positive("must be more than 0");
const price = z.coerce.number().nonnegative().max(1e12);

/** XML made JSON may wrap a list by its element, and write one element without a list. */
export function rowsIn(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	if (typeof value !== "object" || value === null) return [];
	const inner = Object.values(value);
	return inner.length === 1 && typeof inner[0] === "object"
		? Array.isArray(inner[0])
			? inner[0]
			: [inner[0]]
		: [value];
}

class Unreadable extends Error {
	constructor(
		readonly field: string,
		message: string,
	) {
		super(message);
	}
}

/** Reads one field as something, or fails with our name for it. */
function readerOf(fields: Fields) {
	return <T>(raw: unknown, name: FieldName, schema: z.ZodType<T>): T => {
		const parsed = schema.safeParse(fields(raw, name));
		if (parsed.success) return parsed.data;
		throw new Unreadable(name, `${name} ${parsed.error.issues[0]?.message ?? "is not usable"}`);
	};
}

/** A record of the list as ours. What does not fit is reported with its id and our name of the field. */
export function readOrder(raw: unknown, settings: Settings): Read<Order> {
	const fields = fieldsOf(settings.fieldNames);
	try {
		const take = readerOf(fields);
		const sourceId = take(raw, "id", filled);
		const changedAt = take(raw, "changedAt", instant);
		return { ok: true, sourceId, changedAt, value: toOrder(raw, settings, fields), raw };
	} catch (error) {
		if (!(error instanceof Unreadable)) throw error;
		const sourceId = text.safeParse(fields(raw, "id")).data || "?";
		return { ok: false, sourceId, field: error.field, problem: error.message, raw };
	}
}

function toOrder(raw: unknown, settings: Settings, fields: Fields): Order {
	const take = readerOf(fields);
	const say = (name: FieldName) => take(raw, name, text);
	const lines = rowsIn(fields(raw, "lines"));
	if (lines.length === 0) throw new Unreadable("lines", "lines is empty, or no list");
	const currency = say("currency").toUpperCase() || settings.orderCurrency;
	const customerCode = say("customerCode");
	const shipping = say("shipMethod");
	return {
		sourceId: take(raw, "id", filled),
		number: say("number") || take(raw, "id", filled),
		sourceStatus: statusOf(say("status")),
		placedAt: fields(raw, "placedAt") ? take(raw, "placedAt", instant) : take(raw, "changedAt", instant),
		shipTo: {
			...{ name: say("name"), company: say("company"), line1: say("line1"), line2: say("line2"), city: say("city") },
			...{ region: say("region"), postalCode: say("postalCode"), country: say("country").toUpperCase() },
			...{ phone: say("phone"), email: say("email") },
		},
		shipping: { code: shipping, name: shipping },
		lines: lines.map((line, n) => {
			const amount = fields(line, "line.price");
			return {
				sourceLineId: take(line, "line.id", text) || String(n + 1),
				sku: skuOf(line, settings, fields),
				name: nameOf(line, fields),
				quantity: take(line, "line.quantity", quantity),
				...(amount !== undefined &&
					amount !== null && {
						unitPrice: { amount: String(Math.round(take(line, "line.price", price) * 1e6) / 1e6), currency },
					}),
			};
		}),
		note: say("note"),
		giftMessage: "",
		tags: [],
		...(customerCode && { extraFields: [{ name: customerCodeField, value: customerCode }] }),
	};
}

export const customerCodeField = "Customer code";

/** The kind of an order may be told by its number or by its word. */
function statusOf(status: string): string {
	return status in orderKinds ? orderKinds[status as keyof typeof orderKinds] : status;
}

function skuOf(line: unknown, { itemCode, separator }: Settings, fields: Fields): string {
	const take = readerOf(fields);
	if (itemCode === "upc") return take(line, "line.upc", filled);
	const parts = (["line.style", "line.color", "line.size"] as const).map((name) => take(line, name, text));
	return [take(line, "line.style", filled), ...parts.slice(1)].filter(Boolean).join(separator);
}

function nameOf(line: unknown, fields: Fields): string {
	const take = readerOf(fields);
	const parts = (["line.name", "line.color", "line.size"] as const).map((name) => take(line, name, text));
	return parts.filter(Boolean).join(" ").slice(0, 500);
}

/** What the lines of an order tell of their items. */
export function productsOf(read: Read<Order>): Read<Product>[] {
	if (!read.ok) return [read];
	return read.value.lines.map(({ sku, name }) => ({ ...read, sourceId: sku, value: { sku, name, externalId: sku } }));
}
