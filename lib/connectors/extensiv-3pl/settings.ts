import { z } from "zod";
import { field } from "../kit/define";
import { isZone } from "../kit/zone";

const id = (what: string) => z.coerce.number(`${what} is a number`).int().positive(`${what} is a number above 0`);

export const settings = z.object({
	baseUrl: field(z.url({ protocol: /^https?$/ }).default("https://secure-wms.com"), {
		label: "Address",
		help: "https://secure-wms.com. For the sandbox: https://box.secure-wms.com or https://app-sandbox.extensiv.com.",
		section: "Access",
		level: "account",
		advanced: true,
	}),
	clientId: field(z.string().trim().min(1, "must not be empty"), {
		label: "Client ID",
		help: "From the warehouse's API credentials.",
		section: "Access",
		level: "account",
	}),
	clientSecret: field(z.string().trim().min(1, "must not be empty"), {
		label: "Client secret",
		section: "Access",
		level: "account",
		secret: true,
	}),
	tplKey: field(
		z
			.string()
			.trim()
			.regex(/^(\{[0-9a-fA-F-]{36}\})?$/, "must be a GUID in braces, such as {12345678-…}")
			.default(""),
		{
			label: "TPL key",
			help: "A GUID in braces. Leave it empty when your credentials work without one.",
			section: "Access",
			level: "account",
			secret: true,
		},
	),
	userLoginId: field(z.string().trim().min(1, "must not be empty"), {
		label: "User login ID",
		section: "Access",
		level: "account",
	}),
	customerId: field(id("The customer ID"), {
		label: "Customer ID",
		help: "The merchant's number in the warehouse.",
		section: "Access",
		level: "merchant",
	}),
	facilityId: field(id("The facility"), {
		label: "Facility",
		help: "The building that packs this merchant's orders.",
		section: "Orders",
		level: "merchant",
		choicesFrom: "locations",
	}),
	orderType: field(z.enum(["unset", "D2C", "B2B", "AmazonFBA"]).default("unset"), {
		label: "Order type",
		help: "What the warehouse files the orders under.",
		section: "Orders",
		advanced: true,
		optionLabels: {
			unset: "As the warehouse has it",
			D2C: "To consumers",
			B2B: "To businesses",
			AmazonFBA: "Amazon FBA",
		},
	}),
	ignoreInactive: field(z.boolean().default(true), {
		label: "Ignore inactive products",
		help: "Items that the warehouse deactivated are not downloaded.",
		section: "Products",
	}),
	inventoryUnit: field(z.string().trim().min(1, "must not be empty").max(50).default("Each"), {
		label: "Unit of new products",
		help: "What the warehouse counts a product in that we add there.",
		section: "Products",
		advanced: true,
	}),
	timeZone: field(z.string().trim().default("UTC").refine(isZone, "must be a time zone such as America/Denver"), {
		label: "Time zone of the warehouse's times",
		help: "The system writes times without a zone. Change it when shipments appear hours too early or too late.",
		section: "Shipments",
		advanced: true,
	}),
});
export type ExtensivSettings = typeof settings;
