import { defineConnector } from "../kit/define";
import { authorize, check, warehouses } from "./access";
import { acknowledge } from "./acknowledge";
import { cancel } from "./cancel";
import { confirm } from "./confirm";
import { destination } from "./destination";
import { inventory } from "./inventory";
import { cancellations, orders } from "./orders";
import { purchaseOrders } from "./purchase-orders";
import { receipts } from "./receipts";
import { settings } from "./settings";

export const extensivOm = defineConnector({
	key: "extensiv-om",
	name: "Extensiv Order Manager",
	about: "Loads orders from Order Manager (Skubana) or sends orders there, and brings tracking, cost and stock back.",
	docs: "https://help.extensiv.com/en_US/order-manager",
	status: "beta",
	settings,
	baseUrl: ({ apiUrl }) => apiUrl,
	authorize,
	// Five calls for orders per second are allowed. One less, so that two that meet on their way do no harm.
	limits: { requests: 4, perSeconds: 1, concurrent: 4 },
	check,
	source: {
		orders,
		cancellations,
		confirm,
		cancel,
		inventory,
		acknowledge,
		purchaseOrders,
		receipts,
		locations: {
			// The setting holds a name, as people know it from Integration Manager, so the name is the choice.
			list: async (context) => (await warehouses(context)).map(({ name }) => ({ externalId: name, name })),
		},
	},
	destination,
	// A new warehouse begins with the pickup of products only where their data is wanted.
	lacks: ({ downloadProducts }) => (downloadProducts ? [] : ["products"]),
});
