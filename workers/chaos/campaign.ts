/**
 * A campaign: orders are placed and shipped while everything that can go wrong does, in an order that the seed decides.
 * Then the faults end, what waits is let run out, and the partners' own ledgers are compared with our tables.
 */
import { chance } from "@/lib/testing/chance";
import type { ChaosArguments } from "./arguments";
import { type Crew, startCrew } from "./crew";
import { type PlannedFault, planFaults } from "./plan";
import { pause, runFlows } from "./round";
import { settle, settleStock } from "./settle";
import { strike } from "./strike";
import { judgeWorld, type Verdict } from "./verdict";
import { buildWorld, knownSkus, partnersOf, unknownSkus, type World } from "./world";

export interface Report extends Verdict {
	seed: number;
	orders: number;
	faults: number;
}

export interface Outcome {
	report: Report;
	findings: string[];
	slowestStopMs: number;
}

const stepMs = 350;
/** Tenths of a second that a step waits at most, for so many faults or fewer. */
const catchUpRounds = 50;
const mostWaiting = 6;
/** One order out of so many can only be refused by the warehouse. */
const refusedEvery = 40;

export async function runCampaign(given: ChaosArguments, say: (line: string) => void): Promise<Outcome> {
	const world = await buildWorld(given.seed, given.split);
	const environment = { ...world.environment, ...(given.broken && { CHAOS_BREAK: given.broken }) };
	const crew = startCrew(given.workers, environment);
	try {
		const faults = await rage(given, { world, crew, say });
		say("the faults are over, and what waits runs out");
		const settled = await settle(world, crew, given);
		const wrong = settled ? await settleStock(world, knownSkus) : [];
		const { verdict, findings } = await judgeWorld(world);
		findings.push(...wrong.map((sku) => `the shop offers another stock of ${sku} than the warehouse has`));
		if (world.warehouses.some(({ sandbox }) => sandbox.store.orders.length === 0))
			findings.push("a warehouse had nothing to do: no order was split");
		if (!settled) findings.push("it did not come to rest in good time");
		const struck = partnersOf(world).reduce((sum, partner) => sum + partner.faults.struck, faults);
		const report = { seed: given.seed, orders: world.shop.store.orders.size, faults: struck, ...verdict };
		return { report, findings, slowestStopMs: Math.round(crew.slowestStopMs()) };
	} finally {
		await crew.stop();
		await world.stop();
	}
}

interface Scene {
	world: World;
	crew: Crew;
	say(line: string): void;
}

/** Returns how many faults struck that are not the partners'. Every step has its share of the orders and of the faults. */
async function rage(given: ChaosArguments, { world, crew, say }: Scene): Promise<number> {
	const random = chance(given.seed + 1);
	const plan = planFaults(given.seed, given.faults, given.workers);
	const steps = Math.max(20, Math.ceil(given.faults / 2), Math.ceil(given.orders / 25));
	const tally = new Map<string, number>();
	let struck = 0;
	for (let step = 1; step <= steps; step++) {
		placeOrders(world, random, Math.round((given.orders * step) / steps));
		shipSome(world, random);
		await runFlows(world);
		const due = plan.slice(struck, Math.round((plan.length * step) / steps));
		for (const fault of due) {
			tally.set(nameOf(fault), (tally.get(nameOf(fault)) ?? 0) + 1);
			await strike(fault, world, crew);
		}
		struck += due.length;
		crew.revive();
		await pause(stepMs * (0.5 + random()));
		await catchUp(world);
		if (step % 25 === 0) say(`step ${step} of ${steps}: ${world.shop.store.orders.size} orders, ${struck} faults`);
	}
	await catchUp(world, 0);
	say(`planned: ${[...tally].map(([name, times]) => `${times} ${name}`).join(", ")}`);
	return plan.filter(({ kind }) => kind !== "partner").length;
}

/** Faults are to strike while work goes on, not to pile up: a step waits until most of them have found their call. One that finds none does not count. */
async function catchUp(world: World, mayWait = mostWaiting): Promise<void> {
	for (let round = 0; round < catchUpRounds; round++) {
		if (partnersOf(world).reduce((sum, { faults }) => sum + faults.waiting, 0) <= mayWait) return;
		await pause(100);
		if (round % 5 === 0) await runFlows(world);
	}
}

function nameOf(fault: PlannedFault): string {
	if (fault.kind === "events") return `${fault.trouble} events`;
	return fault.kind === "partner" ? `${fault.side} ${fault.name}` : fault.kind;
}

function placeOrders({ shop }: World, random: () => number, upTo: number): void {
	while (shop.store.orders.size < upTo) {
		if (shop.store.orders.size % refusedEvery === 7) {
			const sku = unknownSkus[Math.floor(random() * unknownSkus.length)] ?? "NOWHERE-1";
			shop.store.place({ lines: [{ sku, quantity: 1 }] });
			continue;
		}
		const lines = [{ sku: "TEE", quantity: 1 + Math.floor(random() * 3) }];
		if (random() < 0.5) lines.push({ sku: "MUG", quantity: 1 });
		shop.store.place({ lines });
	}
}

/** Each warehouse packs about half of what is open; orders of two lines leave in two packages. */
export function shipSome({ warehouses }: World, random: () => number, share = 0.5): void {
	for (const [place, { sandbox }] of warehouses.entries())
		for (const order of sandbox.store.orders) {
			if (order.readOnly.status !== 0 || random() >= share) continue;
			const boxes = order.items.map((item, line) => ({
				trackingNumber: `1Z${place || ""}${order.readOnly.orderId}${line}`,
				contents: [{ line, qty: item.qty }],
			}));
			sandbox.store.ship(order.readOnly.orderId, boxes);
		}
}
