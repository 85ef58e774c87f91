import { z } from "zod";
import { defineConnector } from "../kit/define";
import { call } from "./calls";
import { check } from "./check";
import { confirm } from "./confirm";
import { listReader } from "./lists";
import { orders as destinationOrders, requestCancel } from "./send";
import { settings } from "./settings";
import { readShipments } from "./shipped";
import { acknowledge, cancellations, orders } from "./source";
import { figures, inventory, listLocations, products } from "./stock";
import { shipMethodRow } from "./words";

export const extensivIm = defineConnector({
	key: "extensiv-im",
	name: "Extensiv Integration Manager",
	about: "Takes orders from Integration Manager, or hands orders to it, and exchanges tracking and stock.",
	docs: "https://developers.cartrover.com",
	status: "beta",
	settings,
	baseUrl: ({ baseUrl }) => baseUrl,
	async authorize({ settings: { apiUser, apiKey, merchantPk } }) {
		const pair = Buffer.from(`${apiUser}:${apiKey}`).toString("base64");
		return { Authorization: `Basic ${pair}`, ...(merchantPk && { "X-Merchant-Pk": merchantPk }) };
	},
	// A bucket of 100 calls that wins one back every 0.6 seconds.
	limits: { requests: 100, perSeconds: 60, concurrent: 4 },
	check,
	source: {
		orders,
		cancellations,
		products,
		acknowledge,
		confirm,
		inventory: figures,
		locations: { list: listLocations },
	},
	destination: {
		orders: destinationOrders,
		cancel: { request: requestCancel },
		shipments: listReader({
			// An order may be confirmed there between two reads, so both states are looked at.
			statuses: () => ["partial", "shipped", "confirmed"],
			records: (raw, { now }) => readShipments(raw, now()),
		}),
		inventory,
		products,
		locations: { list: listLocations },
		shipMethods: {
			async list(context) {
				const { data } = await call(context, "/wms/shipmethod/list", { schema: z.array(shipMethodRow).nullish() });
				return (data ?? [])
					.filter(({ code }) => code !== "")
					.map(({ carrier, code, description }) => ({
						code: `${carrier}|${code}`,
						name: description || `${carrier} ${code}`,
						carrier,
						service: code,
					}));
			},
		},
	},
});
