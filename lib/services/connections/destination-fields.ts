/** The settings that every warehouse shares, as form fields. */
import { weekdays } from "@/lib/canonical/connection-options";
import type { FormField } from "@/lib/connectors/kit/form";

const base = { level: "connection" as const, required: false, secret: false, advanced: false };

const policies = [
	{ value: "off", label: "Are not checked" },
	{ value: "warn", label: "Warn on the order" },
	{ value: "block", label: "Stop the order" },
	{ value: "fix", label: "Put right what is certain, else stop the order" },
];

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
];
