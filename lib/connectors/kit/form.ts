/**
 * The set-up form as data, made from a connector's settings schema alone: what to draw, what is kept where, and
 * what is wrong in words that name the field. Pure; the same on the server and in the browser.
 */
import { z } from "zod";
import type { Referenced } from "@/lib/canonical/reference-places";
import { fieldsOf, type SettingsField } from "./define";
import type { Connector, FieldMeta, Level } from "./types";

export interface FormField {
	name: string;
	label: string;
	help?: string;
	section: FieldMeta["section"];
	level: Level;
	kind: "text" | "url" | "number" | "select" | "multiselect" | "switch" | "date";
	required: boolean;
	secret: boolean;
	advanced: boolean;
	/** Present for `select` and `multiselect`. */
	options?: { value: string; label: string }[];
	/** Text of several lines. */
	multiline?: boolean;
	/** Holds places such as {{number}}: one text, or one in each line after a name. */
	template?: "text" | "lines";
	/** What a template is filled from: which places it may name. */
	about?: Referenced;
	/** The fields that the other system has, where lines may name these alone. */
	names?: string[];
	/** Shown only while another field holds one of these. */
	when?: NonNullable<FieldMeta["when"]>;
	/** Asked from the outside system once access works. */
	choicesFrom?: NonNullable<FieldMeta["choicesFrom"]>;
	/** JSON value; never that of a secret. */
	default?: unknown;
}

type AnyConnector = Pick<Connector, "settings">;

/** Every field in the order written. Throws when one has no label. */
export function formOf(connector: AnyConnector): FormField[] {
	return fieldsOf(connector.settings).map(toFormField);
}

function toFormField({ name, schema, meta }: SettingsField): FormField {
	const { kind, values } = shapeOf(schema);
	const empty = schema.safeParse(undefined);
	const hasDefault = empty.success && empty.data !== undefined && !meta.secret;
	return {
		name,
		label: meta.label,
		...(meta.help !== undefined && { help: meta.help }),
		section: meta.section,
		level: meta.level,
		kind,
		required: !empty.success,
		secret: meta.secret,
		advanced: meta.advanced,
		...(values && { options: values.map((value) => ({ value, label: meta.optionLabels?.[value] ?? value })) }),
		...(meta.multiline && { multiline: true }),
		...(meta.when && { when: meta.when }),
		...(meta.choicesFrom && { choicesFrom: meta.choicesFrom }),
		...(hasDefault && { default: empty.data instanceof Date ? empty.data.toISOString() : empty.data }),
	};
}

interface Shape {
	kind: FormField["kind"];
	values?: string[];
}

/** What one field holds, under its defaults, options and conversions. */
function shapeOf(schema: unknown): Shape {
	if (
		schema instanceof z.ZodDefault ||
		schema instanceof z.ZodPrefault ||
		schema instanceof z.ZodOptional ||
		schema instanceof z.ZodNullable ||
		schema instanceof z.ZodCatch
	)
		return shapeOf(schema._zod.def.innerType);
	// `in` is what a person gives; a conversion that takes anything says nothing, so its result does.
	if (schema instanceof z.ZodPipe)
		return shapeOf(schema._zod.def.in instanceof z.ZodTransform ? schema._zod.def.out : schema._zod.def.in);
	if (schema instanceof z.ZodEnum) return { kind: "select", values: schema.options.map(String) };
	if (schema instanceof z.ZodArray) {
		const element = shapeOf(schema._zod.def.element);
		return element.values ? { kind: "multiselect", values: element.values } : { kind: "text" };
	}
	if (schema instanceof z.ZodNumber) return { kind: "number" };
	if (schema instanceof z.ZodBoolean) return { kind: "switch" };
	if (schema instanceof z.ZodDate) return { kind: "date" };
	return { kind: schema instanceof z.ZodURL ? "url" : "text" };
}

export interface SplitSettings {
	plain: Record<string, unknown>;
	/** To be sealed. Values that are not text are kept as JSON by the caller. */
	secret: Record<string, unknown>;
}

/** Sorts given values by where they are kept. Names the connector does not know, and `undefined`, are left out. */
export function splitSettings(connector: AnyConnector, raw: Record<string, unknown>): Record<Level, SplitSettings> {
	const split: Record<Level, SplitSettings> = {
		account: { plain: {}, secret: {} },
		merchant: { plain: {}, secret: {} },
		connection: { plain: {}, secret: {} },
	};
	for (const { name, meta } of fieldsOf(connector.settings))
		if (raw[name] !== undefined) split[meta.level][meta.secret ? "secret" : "plain"][name] = raw[name];
	return split;
}

export type SettingsCheck =
	| { ok: true; settings: Record<string, unknown> }
	/** By field name: a sentence that names the field and says what it must be. */
	| { ok: false; problems: Record<string, string> };

/** Checks the fields of some levels, by default of all. `settings` holds the parsed values. */
export function checkSettings(
	connector: AnyConnector,
	raw: Record<string, unknown>,
	levels: readonly Level[] = ["account", "merchant", "connection"],
): SettingsCheck {
	const settings: Record<string, unknown> = {};
	const problems: Record<string, string> = {};
	const fields = fieldsOf(connector.settings);
	for (const { name, schema, meta } of fields) {
		if (!levels.includes(meta.level)) continue;
		const parsed = schema.safeParse(raw[name]);
		if (parsed.success) settings[name] = parsed.data;
		else problems[name] = problemOf(meta.label, parsed.error, raw[name]);
	}
	for (const name of Object.keys(raw))
		if (!fields.some((field) => field.name === name)) problems[name] = `"${name}" is not a setting. Leave it out.`;
	if (Object.keys(problems).length === 0 && levels.length === 3) {
		// Rules between fields live on the schema as a whole.
		const whole = connector.settings.safeParse(raw);
		for (const issue of whole.error?.issues ?? []) {
			const name = String(issue.path[0] ?? "");
			const label = fields.find((field) => field.name === name)?.meta.label ?? "The settings";
			problems[name] ??= sentence(label, issue.message);
		}
	}
	return Object.keys(problems).length === 0 ? { ok: true, settings } : { ok: false, problems };
}

function problemOf(label: string, error: z.ZodError, given: unknown): string {
	if (given === undefined || given === null || given === "") return `${label} is missing. Enter it.`;
	return sentence(label, error.issues[0]?.message ?? "cannot be used");
}

/** Our own messages continue the field's name ("must be …"); others are whole sentences and follow it. */
function sentence(label: string, message: string): string {
	const text = /^[a-z]/.test(message) ? `${label} ${message}` : `${label}: ${message}`;
	return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** JSON Schema of what a client sends, with labels and help; secrets are write-only. */
export function settingsJsonSchema(connector: AnyConnector): Record<string, unknown> {
	const properties: Record<string, unknown> = {};
	const required: string[] = [];
	for (const { name, schema, meta } of fieldsOf(connector.settings)) {
		const { $schema: _, ...own } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
		properties[name] = {
			...own,
			title: meta.label,
			...(meta.help !== undefined && { description: meta.help }),
			...(meta.secret && { writeOnly: true, format: "password" }),
		};
		if (!schema.safeParse(undefined).success) required.push(name);
	}
	return {
		$schema: "https://json-schema.org/draft/2020-12/schema",
		type: "object",
		properties,
		required,
		additionalProperties: false,
	};
}

/** What the connector can do, in the words its users know from Integration Manager. */
export function functionsOf({ source, destination }: Pick<Connector, "source" | "destination">): string[] {
	const has: [unknown, string][] = [
		[source?.orders, "Order Download"],
		[source?.cancellations, "Order Cancel Download"],
		[source?.purchaseOrders, "Purchase Order Download"],
		[source?.receipts, "Receipt Upload"],
		[source?.confirm, source?.confirm?.lines ? "Shipment Confirmation Detailed" : "Shipment Confirmation"],
		[source?.cancel, "Order Cancel Upload"],
		[source?.inventory, "Inventory Sync"],
		[source?.acknowledge, "Acknowledgement"],
		[destination?.orders, "Order Send"],
		[destination?.cancel, "Cancel Order in WMS"],
		[destination?.cancellations, "Order Cancel Pickup"],
		[destination?.shipments, "Shipment Confirmation Pickup Detailed"],
		[destination?.inventory, "Inventory Sync Pickup"],
		[destination?.locations, "Multi-Warehouse Support"],
		[destination?.products, "Product Detail Pickup"],
		[destination?.products?.aliases, "Product Alias Pickup"],
		[destination?.products?.add, "Product Upload"],
		[destination?.shipMethods, "Ship Method Pickup"],
		[destination?.purchaseOrders, "Purchase Order Send"],
		[destination?.receipts, "Receipt Pickup"],
	];
	return has.flatMap(([capability, name]) => (capability ? [name] : []));
}

/** What the picker shows of a connector: JSON, without any function or schema. */
export function cardOf(connector: Connector) {
	const { key, name, about, status, docs } = connector;
	return {
		key,
		name,
		about,
		status,
		...(docs !== undefined && { docs }),
		roles: [connector.source && ("source" as const), connector.destination && ("destination" as const)].filter(
			(role) => role !== undefined,
		),
		functions: functionsOf(connector),
		previews: [
			connector.preview?.read && ("source" as const),
			connector.preview?.send && ("destination" as const),
		].filter((side) => side !== undefined),
		fields: formOf(connector),
	};
}
