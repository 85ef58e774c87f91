/** A merchant whose orders are split by stock over two warehouses, East before West, for tests. */
import type { ExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { readOrder } from "@/lib/services/orders/read-order";
import { resendOrder } from "@/lib/services/orders/resend-order";
import { publishRules } from "@/lib/services/rules/publish-rules";
import { saveDraft } from "@/lib/services/rules/save-draft";
import { type Connected, connectWarehouse } from "./connect";
import type { TestJourney } from "./journey";
import { ruleOf } from "./rules";
import { runFlow } from "./tenant";

export type Place = "east" | "west";
type Lines = { sku: string; quantity: number }[];
export type SplitWarehouses = Awaited<ReturnType<typeof splitWarehouses>>;

/** East is the journey's own warehouse, West the other sandbox. */
export async function splitWarehouses(journey: TestJourney, sandbox: ExtensivSandbox) {
	const { tenant, wms: east } = journey;
	for (const sku of ["TEE", "MUG"]) sandbox.store.setStock(sku, 2, 0);
	sandbox.faults.clear();
	await tenant.sql(`update "Connection" set "name" = 'East' where "id" = $1`, [east.id]);
	const west = await connectWarehouse(tenant, sandbox, "West");
	const rule = ruleOf([], [{ do: "splitByStock", warehouseIds: [east.id, west.id] }]);
	await saveDraft(tenant.scope, tenant.merchantId, { rules: [rule], revision: 0 });
	await publishRules(tenant.scope, tenant.merchantId, { revision: 1, note: "" });
	const stores = { east: journey.warehouse.store, west: sandbox.store };
	const connected: Record<Place, Connected> = { east, west };
	const run = (place: Place, job: Parameters<typeof runFlow>[2]) => runFlow(tenant, connected[place], job);
	return {
		east,
		west,
		run,
		/** The warehouse has counted: so many of each are free there now. */
		async count(place: Place, units: Record<string, number>) {
			for (const [sku, free] of Object.entries(units)) stores[place].setStock(sku, 2, free);
			await run(place, "inventory/fetch");
		},
		async place(lines: Lines) {
			const { code } = journey.place(lines);
			await journey.download();
			return code;
		},
		async deliver(places: Place[] = ["east", "west"]) {
			for (const place of places) await run(place, "orders/deliver");
		},
		/** "2 TEE, 1 MUG"; null where it is not there. */
		at(place: Place, number: string) {
			const items = stores[place].find(number)?.items;
			return items ? items.map((item) => `${item.qty} ${item.itemIdentifier.sku}`).join(", ") : null;
		},
		created: (place: Place, number: string) =>
			stores[place].ledger.filter((entry) => entry.kind === "created" && entry.referenceNum === number).length,
		async ship(place: Place, number: string) {
			const there = stores[place].find(number);
			if (!there) throw new Error(`${number} is not at ${place}`);
			stores[place].ship(there.readOnly.orderId);
			await run(place, "shipments/fetch");
			await runFlow(tenant, journey.cart, "shipments/upload");
		},
		read: async (number: string) => readOrder(tenant.scope, await journey.orderIdOf(number)),
		resend: async (number: string) => resendOrder(tenant.scope, await journey.orderIdOf(number)),
		shares: async (number: string) => (await readOrder(tenant.scope, await journey.orderIdOf(number))).shares,
		deliveries: (number: string) =>
			tenant.sql<{ part: number; key: string; state: string }>(
				`select d."part", d."key", d."state" from "Delivery" d join "Order" o on o."id" = d."orderId" where o."number" = $1 order by d."part"`,
				[number],
			),
		/** What waits for another try is tried at the next run. */
		async retryNow() {
			await tenant.sql(`update "OrderShare" set "dueAt" = now() - interval '1 second' where "dueAt" is not null`);
			await tenant.sql(
				`update "Order" set "dueAt" = now() - interval '1 second', "sharedDueAt" = now() - interval '1 second' where "dueAt" is not null`,
			);
		},
	};
}
