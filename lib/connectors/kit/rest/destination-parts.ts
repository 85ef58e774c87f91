/** What a REST destination can be asked and told. */
import type { Location } from "@/lib/canonical/catalogue";
import { ConnectorError } from "../fault";
import type { Context, Destination, Fields } from "../types";
import { restAddProduct } from "./add-products";
import { circleGuard, readPage } from "./pages";
import type { PlanOf } from "./plan";
import { levelKind, locationKind, productKind, readRecord, shipmentKind } from "./read-record";
import { changeReader, wholeReader } from "./readers";
import { restCancel, restOrders } from "./send-orders";

export function restDestinationParts<S extends Fields>(planOf: PlanOf<S>) {
	return {
		orders: restOrders(planOf),
		cancel: restCancel(planOf),
		shipments: changeReader({
			planOf,
			list: "shipments",
			kind: ({ shipments }) => shipmentKind(shipments.weights),
			finish: (shipment, { shipments }) => (shipments.alwaysFinal ? { ...shipment, final: true } : shipment),
		}),
		inventory: wholeReader({ planOf, list: "inventory", kind: (_plan, now) => levelKind(now) }),
		products: {
			...wholeReader({ planOf, list: "products", kind: () => productKind }),
			aliases: true,
			add: restAddProduct(planOf),
		},
		locations: { list: (context: Context<S>) => listLocations(context, planOf) },
	} satisfies Destination<S>;
}

/** Every page of the places; those that cannot be read are left out. */
export async function listLocations<S extends Fields>(context: Context<S>, planOf: PlanOf<S>): Promise<Location[]> {
	const plan = planOf(context.settings);
	const list = plan.lists.locations;
	if (!list) {
		const message = "No path for locations is set. Enter one in the settings, or type the location's code.";
		throw new ConnectorError({ kind: "permanent", code: "no-path" }, message);
	}
	const guard = circleGuard();
	const found: Location[] = [];
	for (let place: string | null = ""; place !== null; ) {
		const page = await readPage(context as unknown as Context<Fields>, plan, list, { place, query: {} });
		guard(page);
		for (const raw of page.records) {
			const read = readRecord(locationKind, list.rules, raw, plan.zone);
			if (read.ok) found.push(read.value);
		}
		place = page.next;
	}
	return found;
}
