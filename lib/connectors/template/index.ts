import { z } from "zod";
import { defineConnector, field } from "../kit/define";
import { ConnectorError } from "../kit/fault";
import { locationList, whoAnswer } from "./api";
import { confirm } from "./confirm";
import { inventory } from "./inventory";
import { orders } from "./orders";

const settings = z.object({
	shopUrl: field(z.url({ protocol: /^https?$/, error: "must be an address such as https://shop.example" }), {
		label: "Shop address",
		help: "Where the shop's API answers.",
		section: "Access",
	}),
	apiKey: field(z.string().trim().min(8, "must hold at least 8 characters"), {
		label: "API key",
		help: "Made in the shop under Settings, Integrations.",
		section: "Access",
		secret: true,
	}),
	statuses: field(
		z
			.array(z.enum(["paid", "authorized"]))
			.min(1, "choose at least one")
			.default(["paid"]),
		{ label: "Which orders to load", section: "Orders", optionLabels: { paid: "Paid", authorized: "Authorized" } },
	),
});
export type Settings = typeof settings;

export const template = defineConnector({
	key: "template",
	name: "Example Cart",
	about: "Loads orders from an example shop, and brings tracking and stock back to it.",
	status: "sandbox",
	settings,
	baseUrl: ({ shopUrl }) => shopUrl,
	authorize: async ({ settings: { apiKey } }) => ({ Authorization: `Bearer ${apiKey}` }),
	limits: { requests: 100, perSeconds: 1, concurrent: 8 },
	async check(context) {
		try {
			const { data } = await context.http.get("/me", { schema: whoAnswer });
			return { ok: true, as: data.shop };
		} catch (error) {
			if (!(error instanceof ConnectorError)) throw error;
			const field = error.fault.kind === "auth" ? "apiKey" : "shopUrl";
			return { ok: false, field, fix: error.message };
		}
	},
	source: {
		orders,
		confirm,
		inventory,
		locations: {
			async list(context) {
				const { data } = await context.http.get("/locations", { schema: locationList });
				return data.locations.map(({ id, name }) => ({ externalId: id, name }));
			},
		},
	},
});
