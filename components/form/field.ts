import type { Referenced } from "@/lib/canonical/reference-places";

/** One field of a connector's settings as the API describes it; drawn by SchemaFields, never by hand. */
export interface FormField {
	name: string;
	label: string;
	help?: string | undefined;
	section: "Access" | "Orders" | "Backorders" | "Shipments" | "Inventory" | "Purchase orders" | "Products";
	level: "account" | "merchant" | "connection";
	kind: "text" | "url" | "number" | "select" | "multiselect" | "switch" | "date";
	required: boolean;
	secret: boolean;
	advanced: boolean;
	options?: FieldOption[] | undefined;
	/** Text of several lines. */
	multiline?: boolean | undefined;
	/** Holds places such as {{number}}: one text, or one in each line after a name. */
	template?: "text" | "lines" | undefined;
	/** What a template is filled from: which places it may name. */
	about?: Referenced | undefined;
	/** The fields that the other system has, where lines may name these alone. */
	names?: string[] | undefined;
	/** Shown only while another field holds one of these. */
	when?: { field: string; is: string[] } | undefined;
	/** Asked from the outside system once access works. */
	choicesFrom?: string | undefined;
	default?: unknown;
}
export interface FieldOption {
	value: string;
	label: string;
}

/** Asks the outside system for the choices of one field. */
export type LoadChoices = (field: FormField) => Promise<FieldOption[]>;

/** What a new form holds: the defaults, and nothing where a person must say. */
export function startValues(fields: FormField[], stored: Record<string, unknown> = {}): Record<string, unknown> {
	return Object.fromEntries(fields.map((field) => [field.name, stored[field.name] ?? field.default ?? emptyOf(field)]));
}

/** What is sent. A secret left empty is left out, so that the stored one stays; anything else left empty is emptied. */
export function givenValues(fields: FormField[], values: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		fields.flatMap((field): [string, unknown][] => {
			const value = values[field.name] ?? "";
			return value === "" && field.secret ? [] : [[field.name, value]];
		}),
	);
}

function emptyOf(field: FormField): unknown {
	if (field.kind === "switch") return false;
	if (field.kind === "multiselect") return [];
	return "";
}

/** Whether a field is to be seen with these values: one that depends on another only while it matters. */
export function isShown({ when }: FormField, values: Record<string, unknown>): boolean {
	return when === undefined || when.is.includes(String(values[when.field]));
}

/** The fields by section, in the order in which sections are met on the way. */
export function bySection(fields: FormField[]): { section: FormField["section"]; fields: FormField[] }[] {
	const order = ["Access", "Orders", "Backorders", "Shipments", "Inventory", "Purchase orders", "Products"] as const;
	return order
		.map((section) => ({ section, fields: fields.filter((field) => field.section === section) }))
		.filter((group) => group.fields.length > 0);
}
