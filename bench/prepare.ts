/**
 * From a stored order to one that is ready to be sent: rules asked, codes and ship methods looked up, every step done,
 * and the intention written. With 200 rules and 20,000 aliases, beside the same with none, in turns; nothing is sent.
 */
import { claimOrders } from "@/lib/flow/deliver/claim-orders";
import { commit } from "@/lib/flow/work";
import { median, rounded } from "./numbers";
import { openWork } from "./open-work";
import { fillPlace, type Place } from "./prepare-place";
import type { Stage } from "./stage";

const rounds = 5;
const pageSize = 250;
const shapes = ["none", "full"] as const;

export async function measurePrepare(stage: Stage) {
	const orders = stage.orders ?? 2000;
	const { DATABASE_URL: databaseUrl = "" } = await stage.database("prepare");
	const [shop, warehouse] = await Promise.all([stage.partner("shop"), stage.partner("warehouse")]);
	const settings = { shop: await shop.open(), warehouse: await warehouse.open() };
	const perSecond = { none: [] as number[], full: [] as number[] };
	for (let round = 0; round <= rounds; round++) {
		for (const shape of shapes) {
			const place = await fillPlace(databaseUrl, settings, { orders, full: shape === "full" });
			const seconds = await claimAll(place, orders);
			// The first round fills caches and lets the compiler see the code.
			if (round > 0) perSecond[shape].push(orders / seconds);
		}
	}
	const [none, full] = [median(perSecond.none), median(perSecond.full)];
	const ratios = perSecond.full.map((speed, round) => speed / (perSecond.none[round] ?? Number.NaN));
	stage.say(`  rounds: ${ratios.map((ratio) => rounded(ratio, 2)).join(", ")}`);
	return { plainOrdersPerSecond: rounded(none), ordersPerSecond: rounded(full), ratio: rounded(median(ratios), 3) };
}

/** Claims page after page, as Order Delivery does, each in a transaction of its own. Gives seconds. */
async function claimAll({ tenant, wms }: Place, orders: number): Promise<number> {
	const { work, close } = await openWork(tenant, wms, "orders/deliver");
	let planned = 0;
	const startedMs = performance.now();
	for (let taken = 1; taken > 0; ) {
		const claimed = await commit(work, (tx) => claimOrders(tx, work, pageSize));
		taken = claimed.taken;
		planned += claimed.planned.length;
	}
	const seconds = (performance.now() - startedMs) / 1000;
	await close();
	if (planned !== orders) throw new Error(`${planned} of ${orders} orders were prepared`);
	return seconds;
}
