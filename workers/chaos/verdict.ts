/** What became of everything: the partners' own ledgers against our tables, and the open alerts against their causes. */
import { unknownSkus, type World } from "./world";

export interface Verdict {
	lost: number;
	twice: number;
	unconfirmed: number;
	openRuns: number;
	alertsWithoutCause: number;
	causesWithoutAlert: number;
}

export interface Judged {
	verdict: Verdict;
	/** A sentence for each thing that is wrong, for whoever looks into it. */
	findings: string[];
}

interface OurOrder {
	number: string;
	status: string;
	problem: string | null;
}

export async function judgeWorld(world: World): Promise<Judged> {
	const findings: string[] = [];
	const ours = await world.tenant.sql<OurOrder>(`select "number", "status", "problem" from "Order"`);
	const orders = judgeOrders(world, new Map(ours.map((order) => [order.number, order])), findings);
	const openRuns = (await Promise.all([countOpenRuns(world.tenant), countOpenRuns(world.refused.tenant)])).reduce(
		(a, b) => a + b,
	);
	const alerts = await judgeAlerts(world, findings);
	return { verdict: { ...orders, openRuns, ...alerts }, findings };
}

function judgeOrders(world: World, ours: Map<string, OurOrder>, findings: string[]) {
	const { shop, warehouses } = world;
	const created = count(
		warehouses.flatMap(({ sandbox }, place) =>
			sandbox.store.ledger.flatMap(({ kind, referenceNum }) =>
				kind === "created" ? [`${place} ${referenceNum}`] : [],
			),
		),
	);
	const there = unitsThere(world);
	const told = count(shop.store.ledger.map((entry) => `${entry.code} ${entry.fulfillment.trackingCode}`));
	const found = { lost: 0, twice: 0, unconfirmed: 0 };
	for (const order of shop.store.orders.values()) {
		const our = ours.get(order.code);
		const ordered = order.lines.reduce((sum, { quantity }) => sum + quantity, 0);
		const units = there.get(order.code) ?? 0;
		const isRefused = our?.status === "error" && Boolean(our.problem);
		if (!our || (units < ordered && !isRefused)) {
			found.lost++;
			findings.push(
				`${order.code} is ${our?.status ?? "unknown"} here, with ${units} of ${ordered} units at warehouses`,
			);
		}
		if (units > ordered) {
			found.twice++;
			findings.push(`${order.code} is of ${ordered} units, and ${units} of it are at warehouses`);
		}
		if (units > 0 && (order.state !== "Shipped" || our?.status !== "confirmed")) {
			found.unconfirmed++;
			findings.push(`${order.code} is ${order.state} in the shop and ${our?.status} here (${our?.problem ?? ""})`);
		}
	}
	for (const [delivery, times] of created) {
		if (times < 2) continue;
		found.twice++;
		findings.push(`${delivery} is at the warehouse ${times} times`);
	}
	for (const [parcel, times] of told) {
		if (times < 2) continue;
		found.twice++;
		findings.push(`${parcel} was told to the shop ${times} times`);
	}
	return found;
}

/** Units of each of the shop's orders, in all parts of it: 1001, 1001-2. */
function unitsThere({ warehouses }: World): Map<string, number> {
	const units = new Map<string, number>();
	for (const { referenceNum, items } of warehouses.flatMap(({ sandbox }) => sandbox.store.orders)) {
		const code = referenceNum.replace(/-\d+$/, "");
		units.set(code, (units.get(code) ?? 0) + items.reduce((sum, { qty }) => sum + qty, 0));
	}
	return units;
}

async function countOpenRuns(tenant: World["tenant"]): Promise<number> {
	const [row] = await tenant.sql<{ n: number }>(`select count(*)::int as "n" from "Run" where "state" = 'running'`);
	return row?.n ?? 0;
}

interface OpenAlert {
	cause: string;
	sentence: string;
}

/** A cause is what is wrong with the partners now, as they see it; an alert belongs to the one that its words name. */
async function judgeAlerts(world: World, findings: string[]) {
	const open = (
		await Promise.all(
			[world.tenant, world.refused.tenant].map((tenant) =>
				tenant.sql<OpenAlert>(`select "cause", "sentence" from "Alert" where "resolvedAt" is null`),
			),
		)
	).flat();
	const causes = causesOf(world);
	const without = open.filter((alert) => !causes.some((cause) => cause.tells(alert)));
	const silent = causes.filter((cause) => open.filter(cause.tells).length !== 1);
	findings.push(...without.map(({ sentence }) => `an alert without a cause: ${sentence}`));
	findings.push(...silent.map(({ name }) => `not told by exactly one alert: ${name}`));
	return { alertsWithoutCause: without.length, causesWithoutAlert: silent.length };
}

interface Trouble {
	name: string;
	tells(alert: OpenAlert): boolean;
}

function causesOf({ shop, refused }: World): Trouble[] {
	const sold = new Set([...shop.store.orders.values()].flatMap((order) => order.lines.map((line) => line.sku)));
	const skus = unknownSkus.filter((sku) => sold.has(sku));
	return [
		...skus.map((sku) => ({
			name: `the warehouse does not know ${sku}`,
			tells: ({ cause, sentence }: OpenAlert) => cause.startsWith("order:") && sentence.includes(sku),
		})),
		{
			name: "a shop took its access back",
			tells: ({ cause }) => cause === `reconnect:${refused.cart.id}`,
		},
	];
}

/** Stock that the shop offers other than the warehouse has it, by SKU. */
export function wrongStock({ shop, warehouses }: World, skus: string[]): string[] {
	return skus.filter((sku) => {
		const offered = shop.store.variants.get(sku)?.stock.get("1");
		const there = warehouses.map(({ sandbox }) => sandbox.store.stock.get(`2/${sku}`)?.available ?? 0);
		return !offered || offered.onHand - offered.allocated !== there.reduce((sum, units) => sum + units, 0);
	});
}

function count(names: string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	return counts;
}
