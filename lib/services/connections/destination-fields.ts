/** The settings that every warehouse shares, as form fields. */
import type { FormField } from "@/lib/connectors/kit/form";
import type { ReferenceFields } from "@/lib/connectors/kit/types";

const base = { level: "connection" as const, required: false, secret: false, advanced: false };

const policies = [
	{ value: "off", label: "Are not checked" },
	{ value: "warn", label: "Warn on the order" },
	{ value: "block", label: "Stop the order" },
	{ value: "fix", label: "Put right what is certain, else stop the order" },
];

/** What a system must take for an option to be offered. */
export const referenceOptions: Record<string, keyof ReferenceFields> = {
	poNumberTemplate: "sourceNumber",
	orderSourceTemplate: "orderSource",
	noteTemplate: "note",
	customFields: "customFields",
};

const templates: FormField[] = [
	{ name: "poNumberTemplate", label: "PO number", example: "{{number}}-{{country}}" },
	{ name: "orderSourceTemplate", label: "Order source", example: "{{orderSource}} {{extra.Channel}}" },
	{ name: "noteTemplate", label: "Notes", example: "{{note}} Ship by {{shipMethod}}" },
].map(({ name, label, example }) => ({
	...base,
	...{ name, label, section: "Orders", kind: "text" as const, default: "", template: "text" as const },
	help: `Text with places such as ${example}. Empty: what the cart has.`,
}));

export const destinationFields: FormField[] = [
	{
		...base,
		name: "defaultCarrier",
		label: "Default carrier",
		help: "For orders whose own shipping names none.",
		section: "Shipments",
		kind: "text",
		default: "",
	},
	{
		...base,
		name: "defaultService",
		label: "Default service",
		section: "Shipments",
		kind: "text",
		default: "",
	},
	{
		...base,
		name: "parseCarrierFallback",
		label: "Find the carrier of OTHER_CARRIER by its tracking number",
		help: "A shipment without any carrier is always looked at so.",
		section: "Shipments",
		kind: "switch",
		default: false,
	},
	{
		...base,
		name: "requiredFields",
		label: "The warehouse insists on",
		help: "An order without them stops before it is sent, and says which is missing.",
		section: "Orders",
		kind: "multiselect",
		options: [
			{ value: "company", label: "Company" },
			{ value: "region", label: "State or region" },
			{ value: "postalCode", label: "Postal code" },
			{ value: "phone", label: "Telephone" },
			{ value: "email", label: "Mail address" },
		],
		default: [],
	},
	{
		...base,
		name: "postalCodePolicy",
		label: "Postal codes",
		help: "Compared with the form that the country's codes have. Put right: spaces, dashes and capitals.",
		section: "Orders",
		kind: "select",
		options: policies,
		default: "off",
	},
	{
		...base,
		name: "phonePolicy",
		label: "Telephone numbers",
		help: "Compared with the numbers that exist in the country. Put right: written with the country's code, as +12125550123.",
		section: "Orders",
		kind: "select",
		options: policies,
		default: "off",
	},
	{
		...base,
		name: "characters",
		label: "Characters on labels",
		help: "Accents are taken off where only plain letters are possible; what is left over stops the order.",
		section: "Orders",
		kind: "select",
		options: [
			{ value: "any", label: "All" },
			{ value: "latin", label: "Latin letters with accents" },
			{ value: "ascii", label: "Plain letters only" },
		],
		advanced: true,
		default: "any",
	},
	{
		...base,
		name: "maxNameLength",
		label: "Longest name",
		help: "In characters. A longer name stops the order. Empty: no limit.",
		section: "Orders",
		kind: "number",
		advanced: true,
	},
	{
		...base,
		name: "maxLineLength",
		label: "Longest address line",
		help: "In characters. A longer line goes on in the second line where that is free; else the order stops.",
		section: "Orders",
		kind: "number",
		advanced: true,
	},
	{
		...base,
		name: "suppressPersonalData",
		label: "Do not tell the warehouse who the shopper is",
		help: "It gets the order's number in place of the name, and no street, telephone, mail address, notes or extra fields; town, region, postal code and country remain.",
		section: "Orders",
		kind: "switch",
		advanced: true,
		default: false,
	},
	...templates,
	{
		...base,
		name: "customFields",
		label: "Custom fields",
		help: "One per line: the warehouse's field, an equals sign, and a text such as {{extra.Season}} or {{tags}}.",
		section: "Orders",
		kind: "text",
		multiline: true,
		template: "lines",
		default: "",
	},
	{
		...base,
		name: "referenceLength",
		label: "Most characters of a reference",
		help: "Of the PO number, the order source and custom fields. Empty: 500.",
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
