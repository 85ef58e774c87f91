import type { TestJourney } from "./journey";
import { runFlow } from "./tenant";

/** Options of a warehouse whose backorders wait here, and of one that is also sent a part of an order. */
export const here = { backorders: "here" };
export const partial = { ...here, allowPartial: true };

/** What tests of orders that wait for stock do with a journey. */
export function backordersOf(journey: TestJourney) {
	return {
		/** Sets the warehouse's options. */
		async managed(options: object): Promise<void> {
			await journey.tenant.sql(`update "Connection" set "options" = $2 where "id" = $1`, [journey.wms.id, options]);
		},
		/** The warehouse has counted: so many are free there now. */
		async count(units: number, sku = "TEE"): Promise<void> {
			journey.warehouse.store.setStock(sku, 2, units);
			await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		},
		/** Places an order of so many TEE and loads it; its number. */
		async place(quantity: number): Promise<string> {
			const { code } = journey.place([{ sku: "TEE", quantity }]);
			await journey.download();
			return code;
		},
		/** The quantities of each line at the warehouse, null where the order is not there. */
		there: (number: string) => journey.warehouse.store.find(number)?.items.map(({ qty }) => qty) ?? null,
		async waitingOf(number: string) {
			const [row] = await journey.tenant.sql<{ waiting: number; since: Date | null; status: string }>(
				`select o."status", o."backorderedAt" as "since", (select sum(l."waitingQuantity")::int from "OrderLine" l where l."orderId" = o."id") as "waiting"
				 from "Order" o where o."number" = $1`,
				[number],
			);
			return row;
		},
	};
}
