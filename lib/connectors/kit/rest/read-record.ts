/** One record of another system in our words, by a field map. Pure. */
import { z } from "zod";
import { location, product } from "@/lib/canonical/catalogue";
import { inventoryLevel } from "@/lib/canonical/inventory";
import { cancelRequest, order } from "@/lib/canonical/order";
import { shipment } from "@/lib/canonical/shipment";
import { lengthUnits, massUnits } from "@/lib/canonical/units";
import type { Read } from "../types";
import type { Rule } from "./field-map";
import { isEmpty, runMap } from "./run-map";
import { fieldName, readingFor } from "./values";
import * as words from "./words";

export interface Problem {
	/** In the words of the map: `lines[].sku`. */
	field: string;
	problem: string;
}
export type Recorded<T> =
	| { ok: true; id: string; changedAt: Date | null; value: T }
	| { ok: false; id: string; problems: Problem[] };

/** What a kind of record is: its fields, how it is shaped into our words, and which field names it. */
export interface RecordKind<T> {
	words: words.Words;
	id: (filled: Filled) => string;
	shape: (filled: Filled) => unknown;
	schema: z.ZodType<T>;
}
type Filled = Record<string, unknown>;

export function readRecord<T>(kind: RecordKind<T>, rules: Rule[], raw: unknown, zone: string): Recorded<T> {
	const filled = runMap(rules, raw, readingFor(kind.words, zone)) as Filled;
	const id = kind.id(filled);
	const parsed = kind.schema.safeParse(kind.shape(filled));
	const changed = filled.changedAt;
	const problems: Problem[] = parsed.success ? [] : parsed.error.issues.map((issue) => toProblem(issue, rules));
	if (!isEmpty(changed) && !(changed instanceof Date))
		problems.push({ field: "changedAt", problem: "must be a time such as 2026-03-02T10:00:00Z" });
	if (!parsed.success || problems.length > 0) return { ok: false, id: id || "?", problems };
	return { ok: true, id, changedAt: changed instanceof Date ? changed : null, value: parsed.data };
}

function toProblem(issue: z.core.$ZodIssue, rules: Rule[]): Problem {
	const field = fieldName(issue.path);
	const missing = issue.code === "invalid_type" && issue.message.includes("received undefined");
	const line = rules.find(({ target }) => fieldName(target.map((part) => ("name" in part ? part.name : 0))) === field);
	const where = line ? `line ${line.line} of the map finds nothing in this record` : "no line of the map fills it";
	// Our own words say it already; those of the library are put into words for people.
	const isOurs = issue.code !== "invalid_type" || !issue.message.startsWith("Invalid input");
	const expected = isOurs ? issue.message : `must be ${plain[issue.expected] ?? issue.expected}`;
	return { field, problem: missing ? `is empty: ${where}` : expected };
}

/** Kinds of values in words for people. */
const plain: Record<string, string> = {
	...{ string: "text", date: "a time", array: "a list", object: "a group of fields" },
	...{ number: "a number", boolean: "yes or no" },
};

/** As the readers hand it on: with the first problem where there is one. `fallback` stands in for a time of change. */
export function toRead<T>(recorded: Recorded<T>, raw: unknown, fallback: Date): Read<T> {
	if (recorded.ok) {
		const { id, value, changedAt } = recorded;
		return { ok: true, sourceId: id, changedAt: changedAt ?? fallback, value, raw };
	}
	const [first] = recorded.problems;
	const { field = "", problem = "is not usable" } = first ?? {};
	return { ok: false, sourceId: recorded.id, field, problem: `${field} ${problem}`.trim(), raw };
}

const textOf = (value: unknown) => (typeof value === "string" ? value : "");
/** Each entry of a list in another shape; what is no list stays, and is refused by the words. */
const eachOf = (value: unknown, shape: (entry: Filled, n: number) => unknown): unknown =>
	Array.isArray(value) ? value.map(shape) : (value ?? []);
const money = (amount: unknown, currency: unknown) =>
	amount === undefined
		? undefined
		: { amount, currency: typeof currency === "string" ? currency.toUpperCase() : currency };

export const orderKind: RecordKind<z.output<typeof order>> = {
	words: words.orderWords,
	id: ({ sourceId }) => textOf(sourceId),
	shape: ({ changedAt: _, currency, total, lines, ...rest }) => ({
		...rest,
		sourceStatus: rest.sourceStatus ?? "",
		shipTo: rest.shipTo ?? {},
		shipping: rest.shipping ?? {},
		...(total !== undefined && { total: money(total, currency) }),
		lines: eachOf(lines, ({ unitPrice, ...line }, n) => ({
			// A line without an id of its own is known by its place.
			sourceLineId: String(n + 1),
			...line,
			...(unitPrice !== undefined && { unitPrice: money(unitPrice, currency) }),
		})),
	}),
	schema: order,
};

export const cancelKind: RecordKind<z.output<typeof cancelRequest>> = {
	words: words.cancelWords,
	id: ({ sourceId }) => textOf(sourceId),
	shape: ({ changedAt: _, ...rest }) => rest,
	schema: cancelRequest,
};

export type WeightUnit = "g" | "kg" | "oz" | "lb";
export const shipmentKind = (unit: WeightUnit): RecordKind<z.output<typeof shipment>> => ({
	words: words.shipmentWords,
	id: ({ externalId }) => textOf(externalId),
	shape({ changedAt: _, trackingNumber, trackingUrl, packages, lines, ...rest }) {
		const boxes = eachOf(packages, ({ weight, ...box }) => ({
			...box,
			lines: contents(box.lines),
			...(weight !== undefined && { weight: { value: Number(weight), unit } }),
		}));
		const one = { trackingNumber, ...(trackingUrl !== undefined && { trackingUrl }) };
		return {
			...rest,
			lines: contents(lines),
			packages: !trackingNumber || !Array.isArray(boxes) || boxes.length > 0 ? boxes : [one],
		};
	},
	schema: shipment.refine(({ orderExternalId, orderNumber }) => orderExternalId !== "" || orderNumber !== "", {
		path: ["orderNumber"],
		message: "is empty, and so is orderExternalId: one of them must say whose shipment it is",
	}),
});

const contents = (lines: unknown) => eachOf(lines, ({ lineId = "", sku = "", ...line }) => ({ lineId, sku, ...line }));

/** `now` stands in for the time of the count, where none is told. */
export const levelKind = (now: Date): RecordKind<z.output<typeof inventoryLevel>> => ({
	words: words.levelWords,
	id: ({ location, sku }) => `${textOf(location)}/${textOf(sku)}`,
	shape: ({ available, onHand, locked, incoming, ...rest }) => ({
		takenAt: now,
		...rest,
		...stockOf(available, onHand, locked),
		locked: atLeastNothing(locked),
		incoming: atLeastNothing(incoming),
	}),
	schema: inventoryLevel,
});

/** A level states what is available, or what is there and what of it is locked; never less than nothing. */
function stockOf(available: unknown, onHand: unknown, locked: unknown) {
	const stated = available !== undefined;
	const rest = typeof onHand === "number" && !stated ? onHand - Number(locked ?? 0) : available;
	return {
		available: stated ? atLeastNothing(available) : atLeastNothing(rest),
		availableStated: stated,
		onHand: onHand === undefined ? atLeastNothing(available) : atLeastNothing(onHand),
	};
}

/** Stock may be below nothing for a moment, or a fraction; what can be sold is whole units. */
function atLeastNothing(value: unknown): unknown {
	return typeof value === "number" && Number.isFinite(value) ? Math.max(0, Math.floor(value)) : value;
}

export const productKind: RecordKind<z.output<typeof product>> = {
	words: words.productWords,
	id: ({ externalId, sku }) => textOf(externalId) || textOf(sku),
	shape({ barcode, weight, length, width, height, massUnit, lengthUnit, ...rest }) {
		const figures = {
			weight: figureOf(weight),
			length: figureOf(length),
			width: figureOf(width),
			height: figureOf(height),
		};
		const units = { massUnit: unitIn(massUnit, massUnits), lengthUnit: unitIn(lengthUnit, lengthUnits) };
		const isMeasured = Object.values(figures).some((figure) => figure !== undefined);
		return {
			...rest,
			...(isMeasured && { measures: [defined({ ...figures, ...units })] }),
			...(textOf(barcode) && { aliases: [{ name: "Barcode", code: barcode }] }),
		};
	},
	schema: product,
};

/** Nothing and 0 are both how systems write that nobody measured it. */
function figureOf(value: unknown): unknown {
	const figure = typeof value === "string" ? Number(value) : value;
	return figure === 0 ? undefined : figure;
}

/** "LBS" and "inches" are how people write lb and in; a word that is no unit states none. */
function unitIn<U extends string>(value: unknown, units: readonly U[]): U | undefined {
	const word = textOf(value).toLowerCase().trim();
	const plain = spelled[word] ?? word.replace(/s$/, "");
	return units.find((unit) => unit === plain);
}
const spelled: Record<string, string> = {
	...{ gram: "g", grams: "g", kilogram: "kg", kilograms: "kg", ounce: "oz", ounces: "oz", pound: "lb", pounds: "lb" },
	...{ millimeters: "mm", millimetres: "mm", centimeters: "cm", centimetres: "cm", meters: "m", metres: "m" },
	...{ inch: "in", inches: "in", foot: "ft", feet: "ft" },
};

const defined = (values: Record<string, unknown>) =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

export const locationKind: RecordKind<z.output<typeof location>> = {
	words: words.locationWords,
	id: ({ externalId }) => textOf(externalId),
	shape: ({ name, externalId }) => ({ externalId, name: name ?? externalId }),
	schema: location,
};

const known = z.object({ id: z.string().min(1), number: z.string().min(1), state: z.string().default("") });
export const knownOrderKind: RecordKind<z.output<typeof known>> = {
	words: words.knownOrderWords,
	id: ({ id }) => textOf(id),
	shape: (filled) => filled,
	schema: known,
};
const kept = z.object({ id: z.string().min(1), key: z.string().min(1) });
export const keptKind: RecordKind<z.output<typeof kept>> = {
	words: words.keptWords,
	id: ({ id }) => textOf(id),
	shape: (filled) => filled,
	schema: kept,
};
const outcome = z.object({ sku: z.string().min(1), ok: z.boolean(), reason: z.string().default("") });
export const outcomeKind: RecordKind<z.output<typeof outcome>> = {
	words: words.outcomeWords,
	id: ({ sku }) => textOf(sku),
	shape: (filled) => filled,
	schema: outcome,
};
