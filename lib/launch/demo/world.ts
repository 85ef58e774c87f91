/**
 * What happens next in the demo's world: who buys, who changes their mind, what leaves the warehouse, what is
 * counted or delivered to its shelves. A pure function of the world, what is seen of it, the time and chance.
 */
import { z } from "zod";
import type { NewOrder } from "@/lib/connectors/vendure/sandbox/store";
import { minuteMs, secondMs } from "@/lib/time";
import type { DemoMerchant } from "./catalogue";
import { emailOf, methods, shoppers } from "./shoppers";
import { trackingNumber } from "./tracking";

export const worldSchema = z.object({
	/** When this process began, in milliseconds: the pace slows down from there. */
	began: z.number(),
	/** By merchant: when the next order and the next movement of stock are due. */
	due: z.record(z.string(), z.object({ order: z.number(), stock: z.number() })),
	/** By merchant and shop order: when its shopper cancels it; 0 for never. */
	fates: z.record(z.string(), z.number()),
	/** By warehouse order: when it leaves. */
	departures: z.record(z.string(), z.number()),
});
export type World = z.output<typeof worldSchema>;

/** What the step may look at. */
export interface View {
	merchants: MerchantView[];
}
export interface MerchantView {
	merchant: DemoMerchant;
	/** Shop orders that are paid and neither shipped nor cancelled. */
	waiting: string[];
	/** Open orders at the warehouse, with the quantity of each line. */
	open: { orderId: number; carrier: string; quantities: number[] }[];
	available: { sku: string; quantity: number }[];
}

export interface Box {
	trackingNumber: string;
	contents: { line: number; qty: number }[];
}
export type Action = { merchant: DemoMerchant } & (
	| { kind: "place"; order: NewOrder }
	| { kind: "cancel"; shopOrderId: string }
	/** The warehouse begins to pack: what is in the order is no longer available. */
	| { kind: "reserve"; orderId: number }
	/** An order that was being packed will not leave. */
	| { kind: "release"; orderId: number }
	| { kind: "ship"; orderId: number; boxes: Box[] }
	| { kind: "move"; sku: string; by: number }
);

/** Chance as a number from 0 up to, not including, 1. */
export type Random = () => number;

/** Orders that wait while nothing runs must not pile up without end. */
const mostWaiting = 60;
const cancelShare = 0.06;
const splitShare = 0.15;
const lowStock = 40;
/** Of the orders, besides the share that chance gives. */
const homeShare = 0.5;
const homeShoppers = shoppers.filter((shopper) => shopper.address.countryCode === "US");

export function createWorld(now: number): World {
	return { began: now, due: {}, fates: {}, departures: {} };
}

export function step(world: World, view: View, now: number, random: Random): { world: World; actions: Action[] } {
	const next: World = { ...world, due: {}, fates: {}, departures: {} };
	const actions = view.merchants.flatMap((seen) => [
		...shop(world, next, seen, { now, random }),
		...cancel(world, next, seen, { now, random }),
		...pack(world, next, seen, { now, random }),
		...stock(world, next, seen, { now, random }),
	]);
	return { world: next, actions };
}

interface Moment {
	now: number;
	random: Random;
}

/** Lively for whoever has just come, calm for whoever leaves it running. */
export function orderEveryMs(sinceBeganMs: number): number {
	if (sinceBeganMs < 5 * minuteMs) return 8 * secondMs;
	return sinceBeganMs < 30 * minuteMs ? 20 * secondMs : minuteMs;
}

function shop(world: World, next: World, seen: MerchantView, { now, random }: Moment): Action[] {
	const { key } = seen.merchant;
	const due = world.due[key] ?? { order: now, stock: now + 20 * secondMs };
	next.due[key] = due;
	if (due.order > now) return [];
	const first = world.due[key] === undefined;
	next.due[key] = { ...due, order: now + orderEveryMs(now - world.began) * between(random, 0.6, 1.4) };
	const count = Math.min(first ? 3 : 1, Math.max(0, mostWaiting - seen.waiting.length));
	return Array.from({ length: count }, () => ({
		kind: "place" as const,
		merchant: seen.merchant,
		order: inventOrder(seen.merchant, random),
	}));
}

function inventOrder(merchant: DemoMerchant, random: Random): NewOrder {
	const shopper = pick(random() < homeShare ? homeShoppers : shoppers, random);
	const rest = [...merchant.products];
	const count = pick([1, 1, 1, 2, 2, 3, 4], random);
	const lines = Array.from({ length: count }, () => {
		const [product] = rest.splice(Math.floor(random() * rest.length), 1);
		return product && { sku: product.sku, quantity: pick([1, 1, 1, 2, 3], random), price: product.price };
	}).filter((line) => line !== undefined);
	const abroad = shopper.address.countryCode !== "US";
	return {
		lines,
		address: shopper.address,
		customer: { firstName: shopper.firstName, lastName: shopper.lastName, emailAddress: emailOf(shopper) },
		method: pick(abroad ? methods.abroad : methods.home, random),
	};
}

function cancel(world: World, next: World, seen: MerchantView, { now, random }: Moment): Action[] {
	return seen.waiting.flatMap((shopOrderId): Action[] => {
		const key = `${seen.merchant.key}/${shopOrderId}`;
		// Some change their mind before the warehouse knows of the order, some after.
		const at = world.fates[key] ?? (random() < cancelShare ? Math.round(now + between(random, 3, 22) * secondMs) : 0);
		next.fates[key] = at;
		if (at === 0 || at > now) return [];
		next.fates[key] = 0;
		return [{ kind: "cancel", merchant: seen.merchant, shopOrderId }];
	});
}

function pack(world: World, next: World, seen: MerchantView, { now, random }: Moment): Action[] {
	const { merchant, open } = seen;
	const actions: Action[] = [];
	for (const order of open) {
		const key = `${merchant.key}/${order.orderId}`;
		const planned = world.departures[key];
		const fast = now - world.began < 90 * secondMs;
		const at = planned ?? Math.round(now + (fast ? between(random, 10, 22) : between(random, 20, 60)) * secondMs);
		if (planned === undefined) actions.push({ kind: "reserve", merchant, orderId: order.orderId });
		if (at > now) next.departures[key] = at;
		else actions.push({ kind: "ship", merchant, orderId: order.orderId, boxes: box(order, random) });
	}
	const still = new Set(open.map((order) => `${merchant.key}/${order.orderId}`));
	for (const key of Object.keys(world.departures)) {
		const [owner, orderId] = key.split("/");
		if (owner === merchant.key && !still.has(key))
			actions.push({ kind: "release", merchant, orderId: Number(orderId) });
	}
	return actions;
}

/** One box, or now and then two: the first line alone, or half of the only one. */
function box(order: MerchantView["open"][number], random: Random): Box[] {
	const all = order.quantities.map((qty, line) => ({ line, qty }));
	const units = order.quantities.reduce((sum, qty) => sum + qty, 0);
	const [first, ...rest] = all;
	const track = () => trackingNumber(order.carrier, random);
	if (!first || units < 2 || random() >= splitShare) return [{ trackingNumber: track(), contents: all }];
	const half = Math.floor(first.qty / 2);
	const parts = rest.length > 0 ? [[first], rest] : [[{ line: 0, qty: half }], [{ line: 0, qty: first.qty - half }]];
	return parts.map((contents) => ({ trackingNumber: track(), contents }));
}

function stock(world: World, next: World, seen: MerchantView, { now, random }: Moment): Action[] {
	const { merchant, available } = seen;
	const due = next.due[merchant.key];
	if (!due || due.stock > now) return [];
	next.due[merchant.key] = { ...due, stock: now + Math.max(40 * secondMs, orderEveryMs(now - world.began)) };
	const lowest = available.toSorted((a, b) => a.quantity - b.quantity)[0];
	if (!lowest) return [];
	// A delivery where little is left; else a count that finds a few more or fewer.
	if (lowest.quantity < lowStock)
		return [{ kind: "move", merchant, sku: lowest.sku, by: Math.round(between(random, 60, 160)) }];
	const { sku } = pick(available, random);
	return [{ kind: "move", merchant, sku, by: pick([-3, -2, -1, 1, 2, 4], random) }];
}

function between(random: Random, least: number, most: number): number {
	return least + random() * (most - least);
}

function pick<T>(list: readonly T[], random: Random): T {
	const found = list[Math.floor(random() * list.length)];
	if (found === undefined) throw new Error("there is nothing to pick from");
	return found;
}
