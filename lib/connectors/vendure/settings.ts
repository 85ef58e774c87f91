import { z } from "zod";
import { field } from "../kit/define";

export const settings = z.object({
	apiUrl: field(z.url({ protocol: /^https?$/, error: "must be an address such as https://shop.example/admin-api" }), {
		label: "Admin API address",
		help: "Your shop's address followed by /admin-api.",
		section: "Access",
	}),
	apiKey: field(z.string().trim().min(1, "must not be empty"), {
		label: "API key",
		help: "Made in Vendure for a role that may read and update orders and the catalogue.",
		section: "Access",
		secret: true,
	}),
	channelToken: field(z.string().trim().default(""), {
		label: "Channel token",
		help: "Only for shops with several channels.",
		section: "Access",
		advanced: true,
	}),
	orderStates: field(
		z
			.array(z.enum(["PaymentSettled", "PaymentAuthorized"]))
			.min(1, "choose at least one")
			.default(["PaymentSettled", "PaymentAuthorized"]),
		{
			label: "Which orders to load",
			section: "Orders",
		},
	),
	fulfillmentHandler: field(z.string().trim().min(1).default("manual-fulfillment"), {
		label: "Fulfilment handler",
		help: "The code of the handler that records shipments.",
		section: "Shipments",
		advanced: true,
	}),
	stockLocation: field(z.string().trim().default(""), {
		label: "Stock location",
		help: "Where stock figures are written. Empty: the variant's first location.",
		section: "Inventory",
		choicesFrom: "locations",
	}),
});
export type VendureSettings = typeof settings;
