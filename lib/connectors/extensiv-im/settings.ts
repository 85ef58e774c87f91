import { z } from "zod";
import { field } from "../kit/define";

const required = () => z.string().trim().min(1, "must not be empty");
const path = () =>
	z
		.string()
		.trim()
		.regex(/^\/[\w/{}.-]+$/, "must begin with / and hold letters, digits and {cust_ref}");

export const settings = z.object({
	apiUser: field(required(), {
		label: "API user",
		help: "Shown under Edit Setup of the cart, or under Merchant API Keys.",
		section: "Access",
		level: "merchant",
	}),
	apiKey: field(required(), { label: "API key", section: "Access", level: "merchant", secret: true }),
	keyLevel: field(z.enum(["cart", "merchant", "warehouse"]).default("merchant"), {
		label: "Level of the key",
		help: "A cart key sees one custom cart, a merchant key all carts of a merchant, a warehouse key all merchants.",
		section: "Access",
		level: "merchant",
		optionLabels: { cart: "Cart", merchant: "Merchant", warehouse: "Warehouse" },
	}),
	merchantPk: field(
		z
			.string()
			.trim()
			.regex(/^[\w-]*$/, "must be the merchant's number in Integration Manager")
			.default(""),
		{
			label: "Merchant number",
			help: "Only for a warehouse key: the merchant it acts for.",
			section: "Access",
			level: "merchant",
		},
	),
	baseUrl: field(z.url({ protocol: /^https?$/ }).default("https://api.cartrover.com/v1"), {
		label: "Address",
		help: "Any system that answers the CartRover API.",
		section: "Access",
		level: "account",
		advanced: true,
	}),
	pickup: field(z.enum(["new", "new_or_at_wms", "any"]).default("new"), {
		label: "Which orders to load",
		section: "Orders",
		optionLabels: { new: "New", new_or_at_wms: "New or at the WMS", any: "All" },
	}),
	markDelivered: field(z.boolean().default(true), {
		label: "Mark loaded orders as delivered",
		help: "They leave the status new there, so that no other warehouse is given them.",
		section: "Orders",
	}),
	currency: field(
		z
			.string()
			.regex(/^[A-Z]{3}$/, "must be a three-letter code such as USD")
			.default("USD"),
		{
			label: "Currency of amounts that name none",
			section: "Orders",
			advanced: true,
		},
	),
	/** The paths on which a warehouse writes are not public: those named here are a conclusion of ours. */
	updatePath: field(
		path()
			.refine((text) => text.includes("{cust_ref}"), "must hold {cust_ref}")
			.default("/wms/orders/update/{cust_ref}"),
		{
			label: "Path for delivered orders and tracking",
			help: "Not published. Ask Extensiv's support for the one of your key. {cust_ref} is the order.",
			section: "Shipments",
			advanced: true,
		},
	),
	inventoryPath: field(path().default("/wms/inventory"), {
		label: "Path for stock figures",
		help: "Not published. Ask Extensiv's support for the one of your key.",
		section: "Inventory",
		advanced: true,
	}),
});
export type ImSettings = typeof settings;
