/** The settings that every warehouse shares, as form fields. */
import { weekdays } from "@/lib/canonical/connection-options";
import type { FormField } from "@/lib/connectors/kit/form";
import type { ReferenceFields } from "@/lib/connectors/kit/types";
import { unitFields } from "./unit-fields";

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

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const hours = { ...base, section: "Orders" as const };

/** When the warehouse works, in its own time zone. */
const workingFields: FormField[] = [
	{
		...hours,
		name: "workTimeZone",
		label: "Time zone of the warehouse",
		help: "Such as America/New_York. With it, orders say when they will be worked on. Empty: nothing is said.",
		kind: "text",
		default: "",
	},
	{
		...hours,
		name: "workingDays",
		label: "Working days",
		kind: "multiselect",
		options: weekdays.map((value, place) => ({ value, label: days[place] ?? value })),
		default: ["mon", "tue", "wed", "thu", "fri"],
	},
	{ ...hours, name: "opensAt", label: "Opens at", kind: "text", default: "08:00" },
	{
		...hours,
		name: "cutOffAt",
		label: "Cut-off time",
		help: "What is ready later is worked on the next working day.",
		kind: "text",
		default: "16:00",
	},
	{
		...hours,
		name: "holidays",
		label: "Holidays",
		help: "Days on which nobody works, with commas between: 2026-12-25, 2027-01-01.",
		kind: "text",
		default: "",
	},
	{
		...hours,
		name: "deliverInHours",
		label: "Deliver only in working hours",
		help: "Orders that are ready later wait for the next opening. Send now sends one at once.",
		kind: "switch",
		default: false,
	},
];

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
		name: "backorders",
		label: "Orders that stock does not cover",
		help: "Managed by the warehouse: every order is sent in full, and the warehouse deals with what it does not have. Managed here: an order is held against the stock that the warehouse last counted, less what was sent since, and waits here until there is enough.",
		section: "Backorders",
		kind: "select",
		options: [
			{ value: "warehouse", label: "Managed by the warehouse" },
			{ value: "here", label: "Managed here" },
		],
		default: "warehouse",
	},
	{
		...base,
		name: "allowPartial",
		label: "Allow partial",
		help: "Managed here only. What is there is sent at once, and the rest follows as an order of its own, such as 1001-2. Off: nothing of an order is sent until all of it is there.",
		section: "Backorders",
		kind: "switch",
		default: false,
	},
	{
		...base,
		name: "skipAhead",
		label: "Smaller orders may go first",
		help: "Managed here only. On: when 3 have come and the oldest order needs 4, a newer one that needs 2 goes. Off: strictly the oldest first, and the 3 are kept for it.",
		section: "Backorders",
		kind: "switch",
		default: true,
	},
	{
		...base,
		name: "partialShipments",
		label: "When less was shipped than was sent",
		help: "The carts are told of what left either way. First is final: the order closes as short shipped, and what is missing is not waited for or sent later.",
		section: "Shipments",
		kind: "select",
		options: [
			{ value: "wait", label: "Wait for the rest" },
			{ value: "first_is_final", label: "The first shipment is final" },
		],
		default: "wait",
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
	...workingFields,
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
		help: "Compared with the form that the country's codes have. Put right: spaces, dashes, capitals, and a zero in front that the state vouches for. A stopped order shows a proposal where there is one.",
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
		name: "regionPolicy",
		label: "States and regions",
		help: "In the United States, Canada and Australia: compared with their names, and with where the postal code lies. Put right: a name that is written out, California as CA.",
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
		help: "Suppress PII: it gets the order's number in place of the name, and no street, telephone, mail address, notes or extra fields; town, region, postal code and country remain.",
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
	...unitFields,
];
