import { z } from "zod";
import { field } from "../kit/define";
import { isZone } from "../kit/zone";

const web = { protocol: /^https?$/, error: "must be an address such as https://api.deposco.com/latest" };
const text = () => z.string().trim().default("");

const access = {
	// Which of the two a tenant has is not to be seen from outside: a business unit with a user points to the older.
	generation: field(z.enum(["legacy", "latest"]).default("legacy"), {
		label: "API generation",
		help: "Integration API: the warehouse gave you a user and a password. Version 2: it gave you a client ID and a secret.",
		section: "Access",
		optionLabels: { legacy: "Integration API", latest: "Version 2 (latest)" },
	}),
	businessUnit: field(z.string().trim().min(1, "must not be empty"), {
		label: "Business unit",
		help: "Your company's code at the warehouse. Only its orders, shipments and receipts are read.",
		section: "Access",
	}),
	integrationUrl: field(
		z
			.string()
			.trim()
			.regex(/^(https?:\/\/\S+)?$/, web.error)
			.default(""),
		{
			label: "Integration address",
			help: "Such as https://acme.deposco.com/integration/ACME. Stock is read there with either API: version 2 has none.",
			section: "Access",
		},
	),
	tenantCode: field(text(), {
		label: "Tenant code",
		help: "Needed only with the address https://api.deposco.com/integration/…; it is sent as X-Tenant-Code.",
		section: "Access",
		advanced: true,
	}),
	userName: field(text(), { label: "Integration user", section: "Access" }),
	password: field(z.string().default(""), { label: "Password", section: "Access", secret: true }),
	clientId: field(text(), { label: "Client ID", help: "Version 2 only.", section: "Access" }),
	clientSecret: field(text(), { label: "Client secret", help: "Version 2 only.", section: "Access", secret: true }),
	refreshToken: field(text(), {
		label: "Refresh token",
		help: "Version 2 only: given once when the app is installed. Empty: signs in with client ID and secret alone.",
		section: "Access",
		secret: true,
	}),
	environment: field(text(), {
		label: "Environment",
		help: "Version 2 without a refresh token: the environment that the warehouse names.",
		section: "Access",
		advanced: true,
	}),
	company: field(text(), {
		label: "Company",
		help: "Version 2 without a refresh token: the company that the warehouse names.",
		section: "Access",
		advanced: true,
	}),
	scope: field(
		z
			.string()
			.trim()
			.default(
				"salesOrders/read salesOrders/write purchaseOrders/read purchaseOrders/write shipments/read receipts/read facilities/read",
			),
		{
			// Only those of items and sales orders were seen written down.
			label: "Scopes",
			help: "Version 2 without a refresh token: what the access may do. Change it when the warehouse names others.",
			section: "Access",
			advanced: true,
		},
	),
	apiUrl: field(z.url(web).default("https://api.deposco.com/latest"), {
		label: "API address",
		help: "Of version 2.",
		section: "Access",
		advanced: true,
	}),
	signInUrl: field(z.url(web).default("https://auth.deposco.com/oauth2/token"), {
		label: "Sign-in address",
		help: "Of version 2.",
		section: "Access",
		advanced: true,
	}),
};

const orders = {
	newOrderStatus: field(z.enum(["New", "Hold"]).default("New"), {
		label: "Status of new orders",
		help: "Hold: the warehouse releases each order by hand.",
		section: "Orders",
	}),
	orderPriority: field(z.int("must be a whole number").min(0, "must be 0 to 5").max(5, "must be 0 to 5").default(3), {
		label: "Order priority",
		help: "0 to 5, as the warehouse uses it.",
		section: "Orders",
	}),
	facility: field(text(), {
		label: "Facility",
		help: "Orders leave it, purchase orders go to it, and only its stock is read. Empty: the warehouse decides, and all stock is read.",
		section: "Orders",
		choicesFrom: "locations",
	}),
	packType: field(z.string().trim().min(1, "must not be empty").default("Each"), {
		label: "Pack",
		help: "The pack of one unit in which items are ordered.",
		section: "Orders",
		advanced: true,
	}),
	// That version 2 takes notes as plain text is inferred.
	sendNotes: field(z.boolean().default(true), {
		label: "Send notes",
		help: "The shopper's note goes to the warehouse with the order.",
		section: "Orders",
		advanced: true,
	}),
	// That writing this status cancels an order of the integration API is inferred.
	canceledStatus: field(z.string().trim().min(1, "must not be empty").default("Canceled"), {
		label: "Status that cancels",
		help: "Integration API: the status that is written to cancel an order.",
		section: "Orders",
		advanced: true,
	}),
};

const shipments = {
	timeZone: field(z.string().trim().default("UTC").refine(isZone, "must be a time zone such as America/Denver"), {
		label: "Time zone of the warehouse's times",
		help: "The integration API writes times without a zone. Change it when shipments appear hours too early or too late.",
		section: "Shipments",
		advanced: true,
	}),
	askOrderState: field(z.boolean().default(true), {
		label: "Close orders that shipped short",
		help: "Asks with each shipment whether its order is complete, so that an order of which less left than ordered is closed too.",
		section: "Shipments",
		advanced: true,
	}),
	// That shipments take the general filter is documented; that they tell the time it goes by is inferred.
	readShipmentsBy: field(z.enum(["updatedAfter", "shippedAfter"]).default("updatedAfter"), {
		label: "Read shipments by",
		help: "Version 2: the time of their last change, or when they left. Choose the second if shipments stay away.",
		section: "Shipments",
		advanced: true,
		optionLabels: { updatedAfter: "Time of last change", shippedAfter: "Time of departure" },
	}),
	// How the integration API's lists of shipments and receipts are narrowed is inferred from its list of stock.
	sinceParameter: field(z.string().trim().default("startActivityTime"), {
		label: "Name of the time filter",
		help: "Integration API: what narrows lists of shipments and receipts to newer ones. Empty: they are read whole.",
		section: "Shipments",
		advanced: true,
	}),
};

const inventory = {
	stockField: field(z.enum(["availableToPromise", "unallocated"]).default("availableToPromise"), {
		label: "Units that may be sold",
		help: "Available to promise may count what is about to arrive. Unallocated: what lies there and is reserved for nobody.",
		section: "Inventory",
		optionLabels: { availableToPromise: "Available to promise", unallocated: "Unallocated" },
	}),
	// Whether what is received includes what is damaged is not documented.
	countDamaged: field(z.boolean().default(false), {
		label: "Count damaged units as received",
		help: "Received 10, of which 2 damaged, told apart as 8 and 2: a purchase order shows 8 without it and 10 with it.",
		section: "Inventory",
	}),
};

export const settings = z
	.object({ ...access, ...orders, ...shipments, ...inventory })
	.refine((given) => given.generation !== "legacy" || given.integrationUrl !== "", {
		path: ["integrationUrl"],
		message: "is missing. Enter the address that the warehouse gave you",
	})
	.refine((given) => given.generation !== "legacy" || (given.userName !== "" && given.password !== ""), {
		path: ["password"],
		message: "is missing. Enter the integration user and its password",
	})
	.refine((given) => given.generation !== "latest" || (given.clientId !== "" && given.clientSecret !== ""), {
		path: ["clientSecret"],
		message: "is missing. Enter the client ID and its secret",
	});
export type DeposcoSettings = typeof settings;
