/** What a warehouse is told beside the goods, as form fields, and which of them its system takes. */
import type { DestinationOptions } from "@/lib/canonical/connection-options";
import type { Referenced } from "@/lib/canonical/reference-places";
import { customFieldsProblem } from "@/lib/canonical/reference-template";
import type { FormField } from "@/lib/connectors/kit/form";
import type { OwnFields } from "@/lib/connectors/kit/reference-fields";
import type { Connector } from "@/lib/connectors/kit/types";

const base = { level: "connection", required: false, secret: false, advanced: false } as const;

interface Reference {
	field: FormField & { name: keyof DestinationOptions };
	/** Absent: the system does not take it. */
	taken(connector: Connector): OwnFields | undefined;
}

const orders = ({ destination }: Connector) => destination?.orders?.takes;
const purchases = ({ destination }: Connector) => destination?.purchaseOrders?.takes;

type Naming = Pick<Reference["field"], "name" | "label" | "help">;

const text = (about: Referenced, { help, ...naming }: Naming, taken: Reference["taken"]): Reference => ({
	field: {
		...base,
		...naming,
		section: sectionOf(about),
		kind: "text",
		default: "",
		template: "text",
		about,
		help: `Text with places such as ${help}. Empty: what ${about === "purchase" ? "the purchase order" : "the cart"} has.`,
	},
	taken,
});

const fields = (about: Referenced, { help, ...naming }: Naming, taken: Reference["taken"]): Reference => ({
	field: {
		...base,
		...naming,
		section: sectionOf(about),
		kind: "text",
		multiline: true,
		default: "",
		template: "lines",
		about,
		help: `One per line: the warehouse's field, an equals sign, and a text such as ${help}.`,
	},
	taken,
});

function sectionOf(about: Referenced): FormField["section"] {
	return about === "order" || about === "line" ? "Orders" : "Purchase orders";
}

const references: Reference[] = [
	text(
		"order",
		{ name: "poNumberTemplate", label: "PO number", help: "{{number}}-{{country}}" },
		(system) => orders(system)?.sourceNumber,
	),
	text(
		"order",
		{ name: "orderSourceTemplate", label: "Order source", help: "{{orderSource}} {{extra.Channel}}" },
		(system) => orders(system)?.orderSource,
	),
	text(
		"order",
		{ name: "noteTemplate", label: "Notes", help: "{{note}} Ship by {{shipMethod}}" },
		(system) => orders(system)?.note,
	),
	fields(
		"order",
		{ name: "customFields", label: "Custom fields", help: "{{extra.Season}} or {{tags}}" },
		(system) => orders(system)?.customFields,
	),
	text(
		"line",
		{ name: "lineNoteTemplate", label: "Notes of lines", help: "{{line.name}}, engrave {{line.extra.Initials}}" },
		(system) => orders(system)?.line?.note,
	),
	fields(
		"line",
		{
			name: "lineFields",
			label: "Custom fields of lines",
			help: "{{line.extra.Colour}} or {{number}}-{{line.number}}",
		},
		(system) => orders(system)?.line?.customFields,
	),
	text(
		"purchase",
		{ name: "purchaseSourceTemplate", label: "Order source of purchase orders", help: "{{supplier}}" },
		(system) => purchases(system)?.orderSource,
	),
	text(
		"purchase",
		{ name: "purchaseNoteTemplate", label: "Notes of purchase orders", help: "{{note}} due {{expectedOn}}" },
		(system) => purchases(system)?.note,
	),
	fields(
		"purchase",
		{ name: "purchaseFields", label: "Custom fields of purchase orders", help: "{{extra.Container}} or {{kind}}" },
		(system) => purchases(system)?.customFields,
	),
	fields(
		"purchaseLine",
		{
			name: "purchaseLineFields",
			label: "Custom fields of purchase order lines",
			help: "{{line.extra.Memo}} or {{supplier}}",
		},
		(system) => purchases(system)?.line?.customFields,
	),
];

const lengths: FormField[] = [
	{
		...base,
		name: "referenceLength",
		label: "Most characters of a reference",
		help: "Of the PO number, order sources and custom fields. Empty: 500.",
		section: "Orders",
		kind: "number",
		default: null,
	},
	{
		...base,
		name: "longReferences",
		label: "Longer references",
		section: "Orders",
		kind: "select",
		options: [
			{ value: "cut", label: "Are cut, and the order says so" },
			{ value: "stop", label: "Stop the order" },
		],
		default: "cut",
	},
];

export const referenceFields: FormField[] = [...references.map(({ field }) => field), ...lengths];

/** Only what a system takes is offered; where it has certain fields alone, they are named. */
export function offeredReferences(fields: FormField[], connector: Connector): FormField[] {
	const takesAny = orders(connector) !== undefined || purchases(connector) !== undefined;
	return fields.flatMap((field): FormField[] => {
		if (lengths.includes(field)) return takesAny ? [field] : [];
		const reference = references.find((one) => one.field === field);
		if (!reference) return [field];
		const taken = reference.taken(connector);
		if (taken === undefined) return [];
		if (taken === true) return [field];
		return [{ ...field, names: [...taken], help: `${field.help} It has ${taken.join(", ")}.` }];
	});
}

/** Custom fields that the warehouse does not have, by the option that names them. */
export function refusedReferences(options: Record<string, unknown>, connector: Connector): Record<string, string> {
	return Object.fromEntries(
		references.flatMap(({ field: { name, label, template, about }, taken }) => {
			const names = taken(connector);
			if (template !== "lines" || names === undefined || names === true) return [];
			const problem = customFieldsProblem(String(options[name] ?? ""), { about, names });
			return problem ? [[name, `${label} ${problem}.`]] : [];
		}),
	);
}
