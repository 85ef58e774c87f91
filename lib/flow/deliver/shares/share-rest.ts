/**
 * What each warehouse has still to send of an order that is split. Pure, and always from the deliveries: so that no
 * state of an order, and no plan made before it changed, lets a unit leave twice.
 */
import { isLive, unitsOf } from "../parts";

export interface Share {
	connectionId: string;
	place: number;
	/** Units by order line, as planned. */
	units: ReadonlyMap<string, number>;
}
export interface ShareDelivery {
	connectionId: string;
	part: number;
	state: string;
	document: unknown;
	/** Its warehouse canceled it by itself: it is not sent again. */
	canceledThere: boolean;
}

type Units = Map<string, number>;

/** `quantities`: units by line of the order as it is now. `shares` by their place. The answer is by warehouse. */
export function restOfShares(
	quantities: ReadonlyMap<string, number>,
	shares: readonly Share[],
	deliveries: readonly ShareDelivery[],
): Map<string, Units> {
	const rests = new Map<string, Units>(shares.map(({ connectionId }) => [connectionId, new Map()]));
	const sent = sentOf(deliveries);
	if (sent === null) return rests;
	const left = new Map(quantities);
	for (const units of sent.values()) for (const [lineId, count] of units) take(left, lineId, count);
	for (const { connectionId, units } of shares)
		for (const [lineId, planned] of units) {
			const wanted = planned - (sent.get(connectionId)?.get(lineId) ?? 0);
			give(rests.get(connectionId), lineId, take(left, lineId, wanted));
		}
	// What the plan knows nothing of, as a line that came later, goes with the first.
	const first = rests.get(shares[0]?.connectionId ?? "");
	for (const [lineId, count] of left) give(first, lineId, count);
	return rests;
}

/** Takes as many as there are; returns how many. */
function take(left: Units, lineId: string, wanted: number): number {
	const there = left.get(lineId) ?? 0;
	const taken = Math.max(0, Math.min(there, wanted));
	left.set(lineId, there - taken);
	return taken;
}

function give(units: Units | undefined, lineId: string, count: number): void {
	if (count > 0) units?.set(lineId, (units.get(lineId) ?? 0) + count);
}

/** By warehouse, what it has, may have or had. Null: one of the deliveries stands for the whole order. */
function sentOf(deliveries: readonly ShareDelivery[]): Map<string, Units> | null {
	const sent = new Map<string, Units>();
	for (const delivery of deliveries) {
		if (!isLive(delivery) && !delivery.canceledThere) continue;
		const units = unitsOf(delivery.document);
		if (units === null) return null;
		const sum = sent.get(delivery.connectionId) ?? new Map();
		for (const [lineId, count] of units) give(sum, lineId, count);
		sent.set(delivery.connectionId, sum);
	}
	return sent;
}

/** Whether anything of the order is at a warehouse, or may be, or was. */
export function hasLeft(deliveries: readonly ShareDelivery[]): boolean {
	return deliveries.some((delivery) => isLive(delivery) || delivery.canceledThere);
}

/** Which of the order's parts the next delivery of this share is: counted over all warehouses, and never twice. */
export function nextPart(share: Share, shares: readonly Share[], deliveries: readonly ShareDelivery[]): number {
	const used = deliveries.map(({ part }) => part);
	if (!used.includes(share.place)) return share.place;
	return Math.max(...used, ...shares.map(({ place }) => place)) + 1;
}
