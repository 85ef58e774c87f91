import { defineConnector } from "../kit/define";
import { carrierList, facilityList, rels } from "./api";
import { hal } from "./calls";
import { requestCancel } from "./cancel";
import { cancellations } from "./cancellations";
import { check } from "./check";
import { hooks } from "./hooks";
import { addProduct, readProducts } from "./items";
import { orders } from "./orders";
import { receipts } from "./receipts";
import { purchaseOrders } from "./receivers";
import { settings } from "./settings";
import { shipments } from "./shipments";
import { inventory } from "./stock";
import { authorize } from "./token";

export const extensiv3pl = defineConnector({
	key: "extensiv-3pl",
	name: "Extensiv 3PL Warehouse Manager",
	about:
		"Sends orders and purchase orders to a 3PL's warehouse, and brings shipments, tracking, receipts and stock back.",
	docs: "https://help.extensiv.com",
	status: "stable",
	settings,
	baseUrl: ({ baseUrl }) => baseUrl,
	authorize,
	// No limit is published; a public client keeps itself to 400 a minute, a busy warehouse needs more.
	limits: { requests: 2000, perSeconds: 1, concurrent: 32 },
	check,
	hooks,
	destination: {
		orders,
		cancel: { request: requestCancel },
		cancellations,
		shipments,
		purchaseOrders,
		receipts,
		inventory,
		products: { ...readProducts, aliases: true, units: ["kg+cm", "lb+in"], add: addProduct },
		locations: {
			async list(context) {
				const { data } = await context.http.get("/properties/facilities", { schema: facilityList, headers: hal });
				return data._embedded[rels.facility]
					.filter((place) => !place.deactivated)
					.map((place) => ({ externalId: String(place.facilityId), name: place.name }));
			},
		},
		shipMethods: {
			async list(context) {
				const { data } = await context.http.get("/properties/carriers", { schema: carrierList, headers: hal });
				return data._embedded[rels.carrier].flatMap((carrier) =>
					(carrier.shipmentServices ?? []).map(({ description }) => ({
						code: `${carrier.name}|${description}`,
						name: `${carrier.name} ${description}`,
						carrier: carrier.name,
						service: description,
					})),
				);
			},
		},
	},
});
