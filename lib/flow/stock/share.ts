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
