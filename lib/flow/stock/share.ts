/**
 * Stock that several carts share by percent. Pure, and the same for every cart: each computes all shares from the same
 * state and takes its own, so that together they never tell more than there is.
 */

export interface Sharer {
	connectionId: string;
	name: string;
	/** 1 to 100; those of one merchant add up to at most 100. */
	percent: number;
	/** 1 comes first. */
	priority: number;
}

/**
 * Largest remainder: each share is rounded down, and the units left over go one each to the largest fractions. Where
 * those are equal, the cart that comes first by priority gets it, then the one listed first: carts are listed oldest
 * first. Shares below 100 % leave their rest untold. Gives units by connection.
 */
export function allot(units: number, sharers: readonly Sharer[]): Map<string, number> {
	const given = sharers.map(({ connectionId, percent, priority }, position) => {
		const hundredths = units * percent;
		const whole = Math.floor(hundredths / 100);
		return { connectionId, priority, position, whole, rest: hundredths - whole * 100 };
	});
	const percents = sharers.reduce((sum, { percent }) => sum + percent, 0);
	const told = given.reduce((sum, { whole }) => sum + whole, 0);
	const left = Math.floor((units * percents) / 100) - told;
	const order = [...given].sort((a, b) => b.rest - a.rest || a.priority - b.priority || a.position - b.position);
	for (const one of order.slice(0, Math.max(0, left))) one.whole++;
	return new Map(given.map(({ connectionId, whole }) => [connectionId, whole]));
}

/**
 * One cart's units. `own` is what is left for it after its safety stock, `most` what is left for the sharer that has
 * most: with less of its own a cart gets a share of that, and never more than of the whole.
 */
export function shareOf(connectionId: string, of: { own: number; most: number; sharers: readonly Sharer[] }): number {
	const mine = (units: number) => allot(units, of.sharers).get(connectionId) ?? 0;
	return of.most > of.own ? Math.min(mine(of.own), mine(of.most)) : mine(of.own);
}

/** A sharer as one SKU finds it. */
export interface Claim extends Sharer {
	/** Units left for it before its safety stock: what says whether stock is scarce. */
	left: number;
	/** The same after its safety stock. */
	own: number;
	cap: number | null;
	/** With fewer units left it steps back; 0 where no cart comes before it. */
	scarceBelow: number;
}

/** What a cart is told of the shares of others, and whose those are. */
export interface Handed {
	units: number;
	from: readonly string[];
}

/**
 * Scarce stock goes by priority: the share of a cart that steps back goes to the sharers before it, first the one that
 * comes first, each up to its cap and to what is left for it. Units move and none are made, so that together the carts
 * are told no more than their shares were.
 */
export function handOver(claims: readonly Claim[]): Map<string, Handed> {
	const most = claims.reduce((units, { own }) => Math.max(units, own), 0);
	const served = claims.map((claim, position) => {
		const base = shareOf(claim.connectionId, { own: claim.own, most, sharers: claims });
		const room = Math.max(0, Math.min(claim.own, claim.cap ?? claim.own) - base);
		return {
			...claim,
			position,
			base,
			room,
			stepsBack: claim.left < claim.scarceBelow,
			units: 0,
			from: [] as string[],
		};
	});
	const inTurn = [...served].sort((a, b) => a.priority - b.priority || a.position - b.position);
	for (const giver of inTurn.filter(({ stepsBack }) => stepsBack)) {
		let free = giver.base;
		for (const taker of inTurn) {
			const units = Math.min(free, taker.room);
			if (units === 0 || taker.stepsBack || taker.priority >= giver.priority) continue;
			taker.units += units;
			taker.room -= units;
			taker.from.push(giver.name);
			free -= units;
		}
	}
	return new Map(served.map(({ connectionId, units, from }) => [connectionId, { units, from }]));
}
