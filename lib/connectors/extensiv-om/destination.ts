import type { Destination } from "../kit/types";
import { orders, requestCancel } from "./destination-orders";
import { products } from "./destination-products";
import { shipments } from "./destination-shipments";
import { inventory, places } from "./destination-stock";
import type { OmSettings } from "./settings";

/** Order Manager as the place that takes orders and routes them to its own warehouses. */
export const destination: Destination<OmSettings> = {
	orders,
	cancel: { request: (context, externalId) => requestCancel(context, externalId) },
	shipments,
	inventory,
	products: { ...products, aliases: true, units: ["kg+cm", "lb+in"] },
	locations: { list: places },
};
