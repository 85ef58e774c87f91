import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figure } from "./figure";
import { allot, type Claim, handOver, type Sharer, shareOf } from "./share";

const sharer = (connectionId: string, percent: number, priority = 1): Sharer => ({
	...{ connectionId, name: `Shop ${connectionId}`, percent, priority },
});
const sixtyForty = [sharer("A", 60), sharer("B", 40)];
const told = (units: number, sharers: Sharer[]) => [...allot(units, sharers).values()];

describe("stock that carts share", () => {
	it.each([
		["10 units, 60/40", 10, sixtyForty, [6, 4]],
		["9 units, 60/40: 5.4 and 3.6", 9, sixtyForty, [5, 4]],
		["nothing", 0, sixtyForty, [0, 0]],
		["one unit, 60/40", 1, sixtyForty, [1, 0]],
		["7 units, 50/50: the older cart gets the odd one", 7, [sharer("A", 50), sharer("B", 50)], [4, 3]],
		["7 units, 50/50: the cart of higher priority gets it", 7, [sharer("A", 50, 2), sharer("B", 50, 1)], [3, 4]],
		["10 units, 33/33/34", 10, [sharer("A", 33), sharer("B", 33), sharer("C", 34)], [3, 3, 4]],
		["10 units, 60/30: one is nobody's", 10, [sharer("A", 60), sharer("B", 30)], [6, 3]],
		["7 units, 60/30: 6.3 are shared", 7, [sharer("A", 60), sharer("B", 30)], [4, 2]],
	])("%s", (_, units, sharers, expected) => {
		expect(told(units, sharers)).toEqual(expected);
	});

	/** Percentages of up to ten carts, at most 100 together. */
	const percents = fc
		.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 })
		.filter((all) => all.reduce((sum, one) => sum + one, 0) <= 100);
	const carts = (all: number[]) =>
		all.map((percent, place) => sharer(String(place), percent, 1 + ((place * percent) % 3)));

	it("never is more than there is, whatever each cart keeps back", () => {
		const input = fc.record({
			percents,
			units: fc.nat(10_000),
			safety: fc.array(fc.nat(12), { minLength: 10, maxLength: 10 }),
		});
		fc.assert(
			fc.property(input, (given) => {
				const sharers = carts(given.percents);
				const own = sharers.map((_, place) => Math.max(0, given.units - (given.safety[place] ?? 0)));
				const most = Math.max(...own);
				const all = sharers.map(({ connectionId }, place) =>
					shareOf(connectionId, { own: own[place] ?? 0, most, sharers }),
				);
				expect(all.every((units) => units >= 0)).toBe(true);
				expect(all.reduce((sum, units) => sum + units, 0)).toBeLessThanOrEqual(given.units);
				expect(all.every((units, place) => units <= (own[place] ?? 0))).toBe(true);
			}),
			{ numRuns: 2000 },
		);
	});

	it("loses no unit where the percentages add up to 100, and none is off by one or more", () => {
		const whole = percents.map((all) =>
			[...all, 100 - all.reduce((sum, one) => sum + one, 0)].filter((one) => one > 0),
		);
		fc.assert(
			fc.property(whole, fc.nat(1_000_000), (all, units) => {
				const given = told(units, carts(all));
				expect(given.reduce((sum, one) => sum + one, 0)).toBe(units);
				for (const [place, one] of given.entries())
					expect(Math.abs(one - (units * (all[place] ?? 0)) / 100)).toBeLessThan(1);
			}),
		);
	});

	it("is a term of the figure that says how it was rounded", () => {
		const input = {
			...{ levels: [{ location: "1", name: "East", units: 10 }], newerUnits: 1, waitingUnits: 0, minimum: 0 },
			share: { connectionId: "A", sharers: sixtyForty, most: 9 },
		};
		const { quantity, terms } = figure(input);
		expect(quantity).toBe(5);
		expect(terms.at(-1)).toEqual({
			...{ kind: "share", amount: -4, detail: "40 % for Shop B" },
			label: "Share of 60 %: 5 of 9, 5.4 rounded by largest remainder",
		});
	});
});

describe("scarce stock", () => {
	const claim = (id: string, of: Partial<Claim> & { percent: number; priority: number; units: number }): Claim => ({
		...{ ...sharer(id, of.percent, of.priority), left: of.units, own: of.units, cap: null, scarceBelow: 0 },
		...of,
	});
	/** Units told to each: its share and what it is handed, or none where it steps back. */
	const toldOf = (claims: Claim[]) => {
		const most = Math.max(0, ...claims.map(({ own }) => own));
		const handed = handOver(claims);
		return claims.map(({ connectionId, own, cap, left, scarceBelow }) => {
			if (left < scarceBelow) return 0;
			const share = shareOf(connectionId, { own, most, sharers: claims });
			return Math.min(share, cap ?? share) + (handed.get(connectionId)?.units ?? 0);
		});
	};
	const two = (units: number, more: Partial<Claim> = {}) => [
		claim("A", { percent: 60, priority: 1, units, ...more }),
		claim("B", { percent: 40, priority: 2, units, scarceBelow: 5 }),
	];
	const three = (units: number, cap: number) => [
		claim("C", { percent: 40, priority: 3, units, scarceBelow: 8 }),
		claim("B", { percent: 30, priority: 2, units }),
		claim("A", { percent: 30, priority: 1, units, cap }),
	];

	it.each([
		["5 units, 60/40, the second steps back below 5: nobody does", two(5), [3, 2]],
		["4 units: the second's 2 go to the first", two(4), [4, 0]],
		["4 units, the first with a cap of 3: one is nobody's", two(4, { cap: 3 }), [3, 0]],
		["4 units, the first with a cap of 1: it is handed none", two(4, { cap: 1 }), [1, 0]],
		["4 units, the first keeps one back: it is told no more than it has", two(4, { own: 3 }), [3, 0]],
		["7 units, 30/30/40: the third's 3 go to the first", three(7, 9), [0, 2, 5]],
		["7 units, the first with a cap of 3: the second gets the rest", three(7, 3), [0, 4, 3]],
	])("%s", (_, claims, expected) => {
		expect(toldOf(claims)).toEqual(expected);
	});

	it("of a cart that nobody with a share comes before is told to none", () => {
		const claims = [claim("B", { percent: 40, priority: 2, units: 4, scarceBelow: 5 })];
		expect(toldOf(claims)).toEqual([0]);
	});

	const world = fc.array(
		fc.record({
			percent: fc.integer({ min: 1, max: 25 }),
			priority: fc.integer({ min: 1, max: 9 }),
			safety: fc.nat(4),
			cap: fc.option(fc.nat(12)),
			scarceBelow: fc.nat(20),
		}),
		{ minLength: 1, maxLength: 4 },
	);

	it("never is told twice, nor beyond a cart's cap or what is left for it, and no first cart is told less", () => {
		const counts = { handed: 0 };
		fc.assert(
			fc.property(world, fc.nat(30), (carts, units) => {
				const first = Math.min(...carts.map(({ priority }) => priority));
				const claims = carts.map(({ safety, scarceBelow, ...one }, place) =>
					claim(String(place), {
						...{ ...one, units, own: Math.max(0, units - safety) },
						scarceBelow: one.priority === first ? 0 : scarceBelow,
					}),
				);
				const told = toldOf(claims);
				expect(told.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(units);
				const calm = toldOf(claims.map((one) => ({ ...one, scarceBelow: 0 })));
				for (const [place, { own, cap, left, scarceBelow }] of claims.entries()) {
					expect(told[place]).toBeLessThanOrEqual(Math.min(own, cap ?? own));
					if (left >= scarceBelow) expect(told[place]).toBeGreaterThanOrEqual(calm[place] ?? 0);
				}
				if (told.some((one, place) => one > (calm[place] ?? 0))) counts.handed++;
			}),
			{ numRuns: 2000 },
		);
		expect(counts.handed).toBeGreaterThan(100);
	});
});
