import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figure } from "./figure";
import { allot, type Sharer, shareOf } from "./share";

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
