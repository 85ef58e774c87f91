import type { Receipt } from "@/lib/canonical/purchase-order";
import type { Shipment } from "@/lib/canonical/shipment";
import { defineConnector, reader } from "../kit/define";
import { authorize, check } from "./access";
import { type ChangeCursor, changeCursor } from "./calls";
import * as latestInbound from "./latest/inbound";
import * as latestOrders from "./latest/orders";
import { readShipments as latestShipments } from "./latest/shipments";
import * as legacyOrders from "./legacy/orders";
import * as legacyReading from "./legacy/reading";
import { ownFields } from "./own-fields";
import { type DeposcoSettings, settings } from "./settings";
import { facilities, inventory } from "./stock";

/** Two generations of one API behind one connector: which of them a tenant has, its settings say. */
export const deposco = defineConnector({
	key: "deposco",
	name: "Deposco",
	about:
		"Sends orders and purchase orders to a Deposco warehouse such as Ruby Has, and brings shipments and stock back.",
	docs: "https://developer.deposco.com",
	status: "beta",
	settings,
	baseUrl: ({ generation, apiUrl, integrationUrl }) => (generation === "latest" ? apiUrl : integrationUrl),
	authorize,
	// About four calls a second were seen to be allowed per account.
	limits: { requests: 3, perSeconds: 1, concurrent: 3 },
	check,
	destination: {
		orders: {
			// No limit is published; fifty characters were seen.
			maxNumberLength: 50,
			takes: { sourceNumber: true, orderSource: true, note: true, customFields: ownFields },
			find: (context, key) =>
				context.settings.generation === "latest"
					? latestOrders.findByNumber(context, "salesOrders", key)
					: legacyOrders.findOrder(context, "Sales Order", key),
			create: (context, { key, value }) =>
				context.settings.generation === "latest"
					? latestOrders.createOrder(context, key, value)
					: legacyOrders.createOrder(context, key, value),
		},
		cancel: {
			request: (context, externalId) =>
				context.settings.generation === "latest"
					? latestOrders.cancelOrder(context, externalId)
					: legacyOrders.cancelOrder(context, externalId),
		},
		purchaseOrders: {
			takes: { orderSource: true },
			find: (context, key, value) =>
				context.settings.generation === "latest"
					? latestInbound.findPurchaseOrder(context, key, value)
					: legacyOrders.findOrder(context, "Purchase Order", key),
			create: (context, { key, value }) =>
				context.settings.generation === "latest"
					? latestInbound.createPurchaseOrder(context, key, value)
					: legacyOrders.createPurchaseOrder(context, key, value),
		},
		shipments: reader<DeposcoSettings, Shipment, ChangeCursor>({
			cursor: changeCursor,
			read: (context, from) =>
				context.settings.generation === "latest"
					? latestShipments(context, from)
					: legacyReading.readShipments(context, from),
		}),
		receipts: reader<DeposcoSettings, Receipt, ChangeCursor>({
			cursor: changeCursor,
			read: (context, from) =>
				context.settings.generation === "latest"
					? latestInbound.readReceipts(context, from)
					: legacyReading.readReceipts(context, from),
		}),
		inventory,
		locations: { list: facilities },
	},
});
