import { z } from "zod";
import { currency } from "@/lib/canonical/money";
import { field } from "../kit/define";
import { cancelReasons, orderStatuses, purchaseOrderStatuses } from "./api";
import { destinationFields } from "./destination-settings";

const web = { protocol: /^https?$/, error: "must be an address such as https://api.skubana.com" };
const status = z.enum(orderStatuses);
/** AWAITING_3PL_EXPORT as Order Manager's screens write it. */
const statusWords = Object.fromEntries(orderStatuses.map((one) => [one, wordsOf(one)]));

export function wordsOf(one: string): string {
	const words = one.toLowerCase().replaceAll("_", " ");
	return words.replace(/\b(3pl|mc|sku|fba|of)\b|\b\w/g, (part) => (part === "of" ? part : part.toUpperCase()));
}

const access = {
	apiToken: field(z.string().trim().default(""), {
		label: "API token",
		help: "Made when Order Manager's support approves an app. With a token, user name and password can stay empty.",
		section: "Access",
		secret: true,
	}),
	userName: field(z.string().trim().default(""), {
		label: "User name",
		help: "Of an Order Manager account that may read orders and write shipments and inventory. Only without a token.",
		section: "Access",
	}),
	password: field(z.string().default(""), { label: "Password", section: "Access", secret: true }),
	warehouseName: field(z.string().trim().default(""), {
		label: "Warehouse name",
		help: "As Order Manager writes it. Only this warehouse's orders are loaded. Empty: orders of all warehouses, and no inventory upload, because we could not say which stock to change.",
		section: "Access",
		choicesFrom: "locations",
	}),
	// That a password can be exchanged for a token, and how, is inferred: only a browser's sign-in is documented.
	signIn: field(z.enum(["exchange", "basic"]).default("exchange"), {
		label: "How the password is used",
		help: "Change it only if signing in fails with a password that is right.",
		section: "Access",
		advanced: true,
		optionLabels: { exchange: "Exchanged for a token", basic: "Sent with each call" },
	}),
	apiUrl: field(z.url(web).default("https://api.skubana.com"), {
		label: "API address",
		help: "Another one only for a demo account.",
		section: "Access",
		advanced: true,
	}),
	signInUrl: field(z.url(web).default("https://app.skubana.com"), {
		label: "Sign-in address",
		help: "Where a password is exchanged for a token.",
		section: "Access",
		advanced: true,
	}),
};

const orders = {
	pickupStatus: field(status.default("AWAITING_3PL_EXPORT"), {
		label: "Pickup order status",
		help: "Only orders in this status are loaded.",
		section: "Orders",
		optionLabels: statusWords,
	}),
	orderNumberField: field(
		z.enum(["orderNumber", "orderId", "customField1", "customField2", "customField3"]).default("orderNumber"),
		{
			label: "Order number",
			help: "Which field becomes the number people see. An order without it gets Order Manager's own number.",
			section: "Orders",
			optionLabels: {
				orderNumber: "Order Manager's order number",
				orderId: "Order Manager's id",
				customField1: "Custom field 1",
				customField2: "Custom field 2",
				customField3: "Custom field 3",
			},
		},
	),
	loadSalesChannel: field(z.boolean().default(false), {
		label: "Load sales channel name",
		help: "The warehouse sees Order Manager-Wayfair as the order source of an order from Wayfair.",
		section: "Orders",
	}),
	loadCustomFields: field(z.boolean().default(false), {
		label: "Load custom fields",
		help: "Brings custom fields 1 to 3 along as extra fields of the order.",
		section: "Orders",
	}),
	splitNames: field(z.boolean().default(true), {
		label: "Split customer names",
		help: "Ana de la Cruz becomes first name Ana, last name de la Cruz.",
		section: "Orders",
	}),
	concatShipCode: field(z.boolean().default(false), {
		label: "Join ship code and carrier",
		help: "The ship code becomes the service id and the carrier, such as 14-DHL, where Order Manager gives a service id.",
		section: "Orders",
	}),
	// What stands between the two is inferred.
	shipCodeSeparator: field(z.string().max(5).default("-"), {
		label: "Between ship code and carrier",
		section: "Orders",
		advanced: true,
	}),
	labelDownloaded: field(z.boolean().default(false), {
		label: "Label downloaded orders",
		help: "Puts a label on each order in Order Manager once it is loaded here.",
		section: "Orders",
	}),
	labelName: field(z.string().trim().min(1, "must not be empty").max(50).default("Loaded by warehouse"), {
		label: "Label",
		section: "Orders",
		advanced: true,
	}),
	// That the update call takes a status is inferred: the move itself is documented, its field is not.
	markExported: field(z.boolean().default(false), {
		label: "Move downloaded orders to Pending Fulfillment",
		help: "So that no other system exports them too.",
		section: "Orders",
		advanced: true,
	}),
};

const shipments = {
	shipCurrency: field(currency.default("USD"), {
		label: "Warehouse ship currency",
		help: "The currency of the shipping cost that is written into Carrier Fee.",
		section: "Shipments",
	}),
	updateChannel: field(z.boolean().default(true), {
		label: "Tell the sales channel",
		help: "Order Manager passes tracking, and what the warehouse canceled, on to where the order was sold.",
		section: "Shipments",
	}),
	warehouseCancelReason: field(z.enum(cancelReasons).default("OTHER"), {
		label: "Reason of what the warehouse canceled",
		help: "What Order Manager is told as the reason when the warehouse canceled an order.",
		section: "Orders",
		advanced: true,
		optionLabels: Object.fromEntries(cancelReasons.map((reason) => [reason, wordsOf(reason)])),
	}),
	notifyCustomer: field(z.boolean().default(false), {
		label: "Mail the customer",
		help: "Order Manager mails the shopper about the shipment.",
		section: "Shipments",
	}),
};

const inventory = {
	inventoryMode: field(z.enum(["unlocked", "on-hand", "unlocked-at-warehouse"]).default("unlocked"), {
		label: "Inventory mode",
		help: "Example: the warehouse has 18 on hand and 10 free, 6 being reserved for Order Manager and 2 for another shop. Order Manager has locked 10: those 6, and 4 on hold that the warehouse does not know. A shows 20 on hand, 10 to sell: locked 10, pushed 10 shows 20. B shows 18 on hand, 8 to sell. C shows 16 on hand, 6 to sell, and 6 is what is truly free.",
		section: "Inventory",
		optionLabels: {
			unlocked: "A: as unlocked (free at the warehouse, plus locked)",
			"on-hand": "B: as on hand (all that is in the building)",
			"unlocked-at-warehouse": "C: A, minus locked orders not yet at the warehouse",
		},
	}),
	// The help pages say that a pushed number is added to what is locked; a public client treats it as the whole.
	pushedAs: field(z.enum(["unlocked", "on-hand"]).default("unlocked"), {
		label: "What Order Manager makes of a pushed number",
		help: "Locked 10, pushed 10: if Order Manager then shows 20, it adds what is locked. If it shows 10, choose the other.",
		section: "Inventory",
		advanced: true,
		optionLabels: { unlocked: "Adds what is locked", "on-hand": "Takes it as the whole stock" },
	}),
	// Which other statuses lock stock is not documented.
	heldStatuses: field(z.array(status).min(1, "choose at least one").default(["ON_HOLD"]), {
		label: "Orders that lock stock before the warehouse knows them",
		help: "Counted in mode C, and for the warning about orders on hold.",
		section: "Inventory",
		advanced: true,
		optionLabels: statusWords,
	}),
	stockLocation: field(z.string().trim().min(1, "must not be empty").default("GLOBAL"), {
		label: "Stock location",
		help: "A 3PL warehouse has one, named GLOBAL.",
		section: "Inventory",
		advanced: true,
	}),
};

const purchaseOrders = {
	purchaseOrderStatuses: field(
		z
			.array(z.enum(purchaseOrderStatuses))
			.min(1, "choose at least one")
			.default(["PENDING_DELIVERY", "PARTIALLY_DELIVERED"]),
		{
			label: "Pickup purchase order status",
			help: "Only purchase orders in these statuses are sent to the warehouse.",
			section: "Purchase orders",
			optionLabels: Object.fromEntries(purchaseOrderStatuses.map((one) => [one, wordsOf(one)])),
		},
	),
	purchaseOrderNumber: field(z.enum(["number", "customPurchaseOrderNumber"]).default("number"), {
		label: "Purchase order number",
		help: "Which field the warehouse knows it by. Without a custom number it gets Order Manager's own.",
		section: "Purchase orders",
		optionLabels: { number: "Order Manager's number", customPurchaseOrderNumber: "Custom purchase order number" },
	}),
	stockTransfers: field(z.boolean().default(false), {
		label: "Stock transfers",
		help: "Transfers from your other warehouses are announced as purchase orders are. They are received in Order Manager by hand: it publishes no call for that.",
		section: "Purchase orders",
	}),
	// The product books receipts line by line, but how its API does is not public.
	receiptPath: field(
		z
			.string()
			.trim()
			.regex(/^\/[\w./-]+$/, "must be a path such as /v1/purchaseorders/receive")
			.default("/v1/purchaseorders/receive"),
		{
			label: "Call that books a receipt",
			help: "Order Manager does not publish it. Its support names the path that your account may use.",
			section: "Purchase orders",
			advanced: true,
		},
	),
	// In which of the two the received quantity is counted is not public either.
	receivedIn: field(z.enum(["ordered", "units"]).default("ordered"), {
		label: "Received quantities are told in",
		help: "Of 10 cases of 12, five cases are told as 5, or as 60.",
		section: "Purchase orders",
		advanced: true,
		optionLabels: { ordered: "What was ordered, such as cases", units: "Single units" },
	}),
};

export const settings = z
	.object({ ...access, ...orders, ...shipments, ...inventory, ...purchaseOrders, ...destinationFields })
	.refine((given) => given.apiToken !== "" || given.password !== "", {
		path: ["apiToken"],
		message: "is missing. Enter it, or a user name and a password",
	});
export type OmSettings = typeof settings;
