/**
 * Stock from the warehouse to the shop: a first round in which every figure is new, and a second in which one in
 * twenty changed and only those are told.
 */
import { createTestConnection, createTestTenant, runFlow } from "@/lib/testing/tenant";
import { rounded } from "./numbers";
import type { Stage } from "./stage";

const skus = 20_000;
const everyNth = 20;

export async function measureInventory(stage: Stage) {
	await stage.database("inventory");
	const [shop, warehouse] = await Promise.all([stage.partner("shop"), stage.partner("warehouse")]);
	const tenant = await createTestTenant();
	const cart = await createTestConnection(tenant, {
		connectorKey: "vendure",
		side: "source",
		settings: await shop.open(),
		secret: ["apiKey"],
	});
	const wms = await createTestConnection(tenant, {
		connectorKey: "extensiv-3pl",
		side: "destination",
		settings: await warehouse.open(),
		secret: ["clientSecret", "tplKey"],
	});
	await shop.tell({ ask: "stock", skus });
	await warehouse.tell({ ask: "stock", skus });
	const round = async (name: string, expected: number) => {
		const startedMs = performance.now();
		await runFlow(tenant, wms, "inventory/fetch");
		const fetchedMs = performance.now();
		const { counts } = await runFlow(tenant, cart, "inventory/upload");
		const endedMs = performance.now();
		if (counts.updated !== expected) throw new Error(`${counts.updated} of ${expected} figures were told`);
		stage.say(
			`  ${name}: fetched in ${Math.round(fetchedMs - startedMs)} ms, ${expected} told in ${Math.round(endedMs - fetchedMs)} ms`,
		);
		return (endedMs - startedMs) / 1000;
	};
	const first = await round("all new", skus);
	await warehouse.tell({ ask: "move", everyNth });
	const second = await round("5 % changed", skus / everyNth);
	return { figuresPerSecond: rounded((2 * skus) / (first + second)) };
}
