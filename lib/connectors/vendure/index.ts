import { defineConnector } from "../kit/define";
import { locationList } from "./api";
import { call } from "./calls";
import { cancel } from "./cancel";
import { check } from "./check";
import { confirm } from "./confirm";
import { inventory } from "./inventory";
import { cancellations, orders, products } from "./readers";
import { settings } from "./settings";

export const vendure = defineConnector({
	key: "vendure",
	name: "Vendure",
	about: "Loads paid orders from a Vendure shop, and brings tracking and stock back to it.",
	docs: "https://docs.vendure.io",
	status: "stable",
	settings,
	baseUrl: ({ apiUrl }) => apiUrl,
	async authorize({ settings: { apiKey, channelToken } }) {
		return { "vendure-api-key": apiKey, ...(channelToken && { "vendure-token": channelToken }) };
	},
	// A self-hosted server has no limit of its own, but hashes the API key anew for each call: a quarter of a second
	// of one core on 3.7. More at once would only take the cores from its shoppers.
	limits: { requests: 2000, perSeconds: 1, concurrent: 8 },
	check,
	source: {
		orders,
		cancellations,
		products,
		confirm,
		cancel,
		inventory,
		locations: {
			async list(context) {
				const { data } = await call(context, { name: "locations", data: locationList, repeatable: true });
				return data.stockLocations.items.map(({ id, name }) => ({ externalId: id, name }));
			},
		},
	},
});
