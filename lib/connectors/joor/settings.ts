import { z } from "zod";
import { currency } from "@/lib/canonical/money";
import { field } from "../kit/define";
import { fieldNames } from "./fields";

const web = { protocol: /^https?$/, error: "must be an address such as https://api.jooraccess.com/v2" };

/** Kinds of orders as JOOR numbers them. */
export const orderKinds = {
	"1": "Notes",
	"2": "Approved and shipped orders",
	"3": "Pending orders",
	"4": "All but cancelled orders",
	"6": "Approved orders",
	"7": "Shipped orders",
	"8": "All orders",
} as const;
const kinds = ["6", "2", "3", "1", "4", "7", "8"] as const;

export const settings = z.object({
	token: field(z.string().trim().min(1, "must not be empty"), {
		label: "API token",
		help: "JOOR's support gives it to your brand. It does not end.",
		section: "Access",
		secret: true,
	}),
	testMode: field(z.boolean().default(false), {
		label: "Test mode",
		help: "Reads and writes JOOR's sandbox in place of your real account.",
		section: "Access",
	}),
	apiUrl: field(z.url(web).default("https://api.jooraccess.com/v2"), {
		label: "API address",
		section: "Access",
		advanced: true,
	}),
	sandboxUrl: field(z.url(web).default("https://apisandbox.jooraccess.com/v2"), {
		label: "Sandbox address",
		help: "Used in test mode.",
		section: "Access",
		advanced: true,
	}),
	orderKind: field(z.enum(kinds).default("6"), {
		label: "Status",
		help: "Only orders of this kind are loaded.",
		section: "Orders",
		optionLabels: orderKinds,
	}),
	skipEmptyCustomer: field(z.boolean().default(true), {
		label: "Skip empty customer code",
		help: "Orders whose customer has no code are not loaded.",
		section: "Orders",
	}),
	markExported: field(z.boolean().default(false), {
		label: "Mark orders as exported",
		help: "JOOR shows every order that was read as exported. We read by the time of change, so nothing depends on it.",
		section: "Orders",
	}),
	itemCode: field(z.enum(["upc", "style"]).default("upc"), {
		label: "Item code",
		help: "What your warehouse calls an item: its UPC, or style number, colour code and size joined, such as 4711-RED-M.",
		section: "Products",
		optionLabels: { upc: "UPC", style: "Style number, colour and size" },
	}),
	separator: field(z.string().min(1, "must not be empty").max(5).default("-"), {
		label: "Between style, colour and size",
		section: "Products",
		advanced: true,
	}),
	// The whole of an order's answer is not published.
	fieldNames: field(fieldNames, {
		label: "Names of order fields",
		help: "Where JOOR calls a field otherwise than we expect: number=po_number, line.id=item.id, with commas between.",
		section: "Orders",
		advanced: true,
	}),
	orderCurrency: field(currency.default("USD"), {
		label: "Currency",
		help: "Of orders that name none.",
		section: "Orders",
		advanced: true,
	}),
	firstPosition: field(z.enum(["0", "1"]).default("0"), {
		label: "Number of the first order in a list",
		help: "Change it only if the first order of long lists stays away.",
		section: "Orders",
		advanced: true,
	}),
	warehouseCode: field(z.string().trim().default(""), {
		label: "Warehouse code",
		help: "The warehouse in JOOR whose inventory is uploaded. Empty: no inventory upload.",
		section: "Inventory",
	}),
	decreasePending: field(z.boolean().default(false), {
		label: "Take off pending orders",
		help: "JOOR takes its pending orders off what is uploaded.",
		section: "Inventory",
	}),
	syncProducts: field(z.boolean().default(false), {
		label: "Sync product details",
		help: "Styles, colours and sizes come along from the lines of orders.",
		section: "Products",
	}),
});
export type JoorSettings = typeof settings;
