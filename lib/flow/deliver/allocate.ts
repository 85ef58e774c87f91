/**
 * Who gets what of a warehouse's stock. Pure: the same stock and the same orders give the same answer, with the terms it
 * comes from. Promise: no more is given than there is, unless a person said so, and a unit that is not given waits.
 */

/** One line of an order, in units of the line: for a kit the kits, which its parts make up together. */
export interface Need {
	lineId: string;
	units: number;
	parts: { sku: string; per: number }[];
}

export interface Claimant {
	orderId: string;
	needs: Need[];
	/** False for an order that is not looked at now: it only keeps its place in a strict queue. */
	takes: boolean;
	/** What a person asked for this once. */
	asked: Asked;
}
export type Asked = "available" | "full" | null;

export interface Policy {
	/** Send the part that is available. */
	partial: boolean;
	/** A newer order may go before an older one that needs more than there is. */
	skipAhead: boolean;
}

/** Why one item of a line waits. */
export interface Wait {
	lineId: string;
	sku: string;
	/** Of the item, as many as still have to go. */
	units: number;
	/** Free for any order when this one was looked at, and not taken by it. */
	available: number;
	/** Needed by older orders that wait; none where smaller ones may go first. */
	older: number;
	/** The warehouse stated a number for it. */
	counted: boolean;
}

export interface Allotment {
	orderId: string;
	/** Units by line: lines of which nothing goes are not in it. */
	sends: Map<string, number>;
	waits: Wait[];
}

/** `queue`: oldest first. `stock`: units by item; what is not in it was never counted, which is none. */
export function allocate(stock: ReadonlyMap<string, number>, queue: Claimant[], policy: Policy): Allotment[] {
	const free = new Map([...stock].map(([sku, units]) => [sku, Math.max(0, units)]));
	const older = new Map<string, number>();
	return queue.flatMap((claimant) => {
		const sends = claimant.takes ? share(claimant, { free, older, policy }) : new Map<string, number>();
		const left = claimant.needs.map((need) => ({ ...need, units: need.units - (sends.get(need.lineId) ?? 0) }));
		const waits = left.flatMap((need) => waitsOf(need, { stock, free, older }));
		if (!policy.skipAhead) for (const [sku, units] of totalOf(left)) older.set(sku, (older.get(sku) ?? 0) + units);
		return claimant.takes ? [{ orderId: claimant.orderId, sends, waits }] : [];
	});
}

interface Pool {
	free: Map<string, number>;
	older: ReadonlyMap<string, number>;
	policy: Policy;
}

function share({ needs, asked }: Claimant, { free, older, policy }: Pool): Map<string, number> {
	// What a person asks for goes before the queue.
	const reach = (sku: string) => Math.max(0, (free.get(sku) ?? 0) - (asked ? 0 : (older.get(sku) ?? 0)));
	const isCovered = [...totalOf(needs)].every(([sku, units]) => units <= reach(sku));
	const sends = new Map<string, number>();
	for (const need of needs) {
		const units = asked === "full" || isCovered ? need.units : policy.partial || asked ? wholeOf(need, reach) : 0;
		if (units === 0) continue;
		sends.set(need.lineId, units);
		for (const [sku, per] of perItem(need)) free.set(sku, Math.max(0, (free.get(sku) ?? 0) - units * per));
	}
	return sends;
}

/** As many of a line as all its parts are there for. */
function wholeOf(need: Need, reach: (sku: string) => number): number {
	return Math.min(need.units, ...[...perItem(need)].map(([sku, per]) => Math.floor(reach(sku) / per)));
}

function waitsOf(
	need: Need,
	{ stock, free, older }: Omit<Pool, "policy"> & { stock: ReadonlyMap<string, number> },
): Wait[] {
	if (need.units === 0) return [];
	return [...perItem(need)].map(([sku, per]) => ({
		...{ lineId: need.lineId, sku, units: need.units * per },
		...{ available: free.get(sku) ?? 0, older: older.get(sku) ?? 0, counted: stock.has(sku) },
	}));
}

function totalOf(needs: Need[]): Map<string, number> {
	const total = new Map<string, number>();
	for (const need of needs)
		for (const [sku, per] of perItem(need)) total.set(sku, (total.get(sku) ?? 0) + need.units * per);
	return total;
}

/** A kit may name the same item twice. */
function perItem({ parts }: Need): Map<string, number> {
	const per = new Map<string, number>();
	for (const part of parts) per.set(part.sku, (per.get(part.sku) ?? 0) + part.per);
	return per;
}

/** Why it waits, as people read it: "TEE: 5 needed, 3 available". */
export function waitWords({ sku, units, available, older, counted }: Omit<Wait, "lineId">): string {
	if (!counted) return `${sku}: ${units} needed, never counted by the warehouse`;
	return `${sku}: ${units} needed, ${available} available${older > 0 ? `, ${older} needed by older orders` : ""}`;
}

/** Only what holds the order back; all of it where that is nothing by itself. */
export function shortOf<T extends Omit<Wait, "lineId">>(waits: T[]): T[] {
	const total = new Map<string, number>();
	for (const { sku, units } of waits) total.set(sku, (total.get(sku) ?? 0) + units);
	const short = waits.filter(({ sku, available, older }) => (total.get(sku) ?? 0) > Math.max(0, available - older));
	return short.length > 0 ? short : waits;
}
