import { defineConnector } from "../kit/define";
import { ConnectorError } from "../kit/fault";
import { locationList, meAnswer } from "./api";
import { call } from "./calls";
import { confirm } from "./confirm";
import { inventory } from "./inventory";
import { cancellations, orders, products } from "./readers";
import { settings } from "./settings";

const neededRights = ["ReadOrder", "UpdateOrder", "ReadCatalog", "UpdateCatalog", "ReadStockLocation"];

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
	// A self-hosted server has no limit of its own; this keeps a small one comfortable.
	limits: { requests: 2000, perSeconds: 1, concurrent: 32 },
	async check(context) {
		try {
			const { data } = await call(context, { name: "me", data: meAnswer, repeatable: true });
			if (!data.me)
				return {
					ok: false,
					field: "apiKey",
					fix: "Vendure does not know this API key. Make one for a role and copy it whole.",
				};
			const rights = new Set(data.me.channels.flatMap((channel) => channel.permissions));
			const missing = neededRights.filter((right) => !rights.has(right));
			if (missing.length > 0 && !rights.has("SuperAdmin")) {
				return {
					ok: false,
					field: "apiKey",
					fix: `The API key's role lacks ${missing.join(", ")}. Add the rights to the role in Vendure.`,
				};
			}
			return { ok: true, as: data.me.identifier };
		} catch (error) {
			if (!(error instanceof ConnectorError)) throw error;
			if (error.fault.kind === "auth")
				return {
					ok: false,
					field: "apiKey",
					fix: "Vendure does not accept this API key. Make one for a role and copy it whole.",
				};
			return {
				ok: false,
				field: "apiUrl",
				fix: "No Vendure Admin API answers at this address. It usually ends in /admin-api.",
			};
		}
	},
	source: {
		orders,
		cancellations,
		products,
		confirm,
		inventory,
		locations: {
			async list(context) {
				const { data } = await call(context, { name: "locations", data: locationList, repeatable: true });
				return data.stockLocations.items.map(({ id, name }) => ({ externalId: id, name }));
			},
		},
	},
});
