import { z } from "zod";
import { defineConnector, field } from "../kit/define";
import { headerName, restAddress } from "../kit/rest/access-settings";
import { authHeaders } from "../kit/rest/calls";
import { destinationPaths, restCheck } from "../kit/rest/check";
import { restDestinationParts } from "../kit/rest/destination-parts";
import { destinationFields, destinationPlan } from "../kit/rest/destination-settings";
import { type Auth, remembered } from "../kit/rest/plan";
import { sendPreview } from "../kit/rest/preview";
import { deliverableWords, type Words } from "../kit/rest/words";
import * as maps from "./maps";

const sendWords: Words = {
	what: deliverableWords.what,
	fields: { ...deliverableWords.fields, customerId: { kind: "text" }, userLoginId: { kind: "text" } },
};
const fields = destinationFields(
	{
		orderMap: maps.orderMap,
		knownMap: maps.knownMap,
		shipmentMap: maps.shipmentMap,
		levelMap: maps.levelMap,
		productMap: maps.productMap,
		newProductMap: maps.newProductMap,
		findProductPath: "/products?SKU={sku}",
		locationMap: maps.locationMap,
		foundAt: "Data",
		shipmentsAt: "Data",
		inventoryAt: "Data",
		productsAt: "Data",
		locationsAt: "Data",
		findPath: "/orders?TransactionNumber={number}",
		cancelReason: "Reason",
		nextAt: "Next",
		nameAt: "Name",
		// Shipped and Short Shipped end an order; Draft, Approved and Fulfilling are open.
		shippedWords: "shipped, short shipped",
		canceledWords: "cancelled, canceled",
	},
	sendWords,
);

const inferred = "Not published by the vendor, so this is our guess: ask its staff.";
const settings = z
	.object({
		baseUrl: field(restAddress(), {
			label: "Address",
			help: "Of your portal's API, such as https://example.techship.io/api/v3.",
			section: "Access",
		}),
		clientId: field(z.string().trim().min(1, "must not be empty"), { label: "Client ID", section: "Access" }),
		clientSecret: field(z.string().trim().min(4, "must hold at least 4 characters"), {
			label: "Client secret",
			section: "Access",
			secret: true,
		}),
		tplKey: field(z.string().trim().max(400).default(""), {
			label: "TPL (API key)",
			help: "The account's API key. Leave it empty when your credentials work without one.",
			section: "Access",
			secret: true,
		}),
		userLoginId: field(z.string().trim().max(100).default(""), { label: "User login ID", section: "Access" }),
		customerId: field(z.string().trim().max(100).default(""), {
			label: "Customer ID",
			help: "The merchant's number there; the map of a new order may name it.",
			section: "Access",
			level: "merchant",
		}),
		authScheme: field(z.enum(["headers", "basic", "oauth"]).default("headers"), {
			label: "How we prove who we are",
			help: `The vendor says that keys travel in headers. ${inferred}`,
			section: "Access",
			advanced: true,
			optionLabels: {
				headers: "Client ID and secret in headers",
				basic: "Client ID and secret as user and password",
				oauth: "OAuth 2 client credentials",
			},
		}),
		clientHeader: field(headerName("X-Client-Id"), {
			label: "Header of the client ID",
			help: inferred,
			section: "Access",
			advanced: true,
			when: { field: "authScheme", is: ["headers"] },
		}),
		credentialHeader: field(headerName("X-Client-Secret"), {
			label: "Header of the client secret",
			help: inferred,
			section: "Access",
			advanced: true,
			when: { field: "authScheme", is: ["headers"] },
		}),
		tplHeader: field(headerName("X-Api-Key"), {
			label: "Header of the TPL key",
			help: inferred,
			section: "Access",
			advanced: true,
		}),
		tokenUrl: field(restAddress().optional(), {
			label: "Address of tokens",
			section: "Access",
			advanced: true,
			when: { field: "authScheme", is: ["oauth"] },
		}),
		...fields,
	})
	.superRefine(({ authScheme, tokenUrl }, context) => {
		if (authScheme !== "oauth" || tokenUrl) return;
		context.addIssue({ code: "custom", path: ["tokenUrl"], message: "must be given for this way of access" });
	});
type Settings = typeof settings;

const planOf = remembered<Settings>((given) => {
	const { customerId, userLoginId, baseUrl } = given;
	const more = { customerId, userLoginId };
	return destinationPlan(given, { baseUrl, auth: authOf(given), more, sendWords });
});

function authOf(given: z.output<Settings>): Auth {
	const { authScheme, clientId, clientSecret, tplKey, tplHeader, clientHeader, credentialHeader, tokenUrl } = given;
	return {
		scheme: authScheme === "headers" ? "header" : authScheme,
		user: clientId,
		secret: clientSecret,
		keyName: credentialHeader,
		tokenUrl: tokenUrl ?? "",
		scope: "",
		headers: {
			...(tplKey && { [tplHeader]: tplKey }),
			...(authScheme === "headers" && { [clientHeader]: clientId }),
		},
	};
}

export const techoms = defineConnector({
	key: "techoms",
	name: "techOMS",
	about: "Sends orders to a techOMS account, and brings shipments, stock and products back.",
	docs: "https://support.techdinamics.com",
	// Its API is not published: what is inferred is a setting, and nothing was tried against the real system.
	status: "beta",
	settings,
	baseUrl: ({ baseUrl }) => baseUrl,
	authorize: (context) => authHeaders(context, planOf(context.settings)),
	limits: { requests: 5, perSeconds: 1, concurrent: 4 },
	check: restCheck(planOf, {
		access: (said, hadToken) => (hadToken || /api[-_ ]?key|tpl/i.test(said) ? "tplKey" : "clientSecret"),
		address: "baseUrl",
		paths: destinationPaths,
	}),
	destination: restDestinationParts(planOf),
	lacks: (given) => (["shipments", "inventory"] as const).filter((name) => !planOf(given).lists[name]),
	preview: { send: sendPreview(planOf) },
});
