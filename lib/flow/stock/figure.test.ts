import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figure } from "./figure";

const levels = (...available: number[]) =>
	available.map((units, index) => ({ location: String(index), name: `Place ${index}`, units }));

describe("the figure of a cart", () => {
	it.each([
		[
			"10 available, 3 on later orders, minimum 5",
			{ levels: levels(10), newerUnits: 3, waitingUnits: 0, minimum: 5 },
			7,
		],
		[
			"10 available, 6 on later orders, minimum 5",
			{ levels: levels(10), newerUnits: 6, waitingUnits: 0, minimum: 5 },
			0,
		],
		[
			"10 available, 6 on later orders, no minimum",
			{ levels: levels(10), newerUnits: 6, waitingUnits: 0, minimum: 0 },
			4,
		],
		["exactly the minimum", { levels: levels(5), newerUnits: 0, waitingUnits: 0, minimum: 5 }, 5],
		["two places", { levels: levels(4, 6), newerUnits: 0, waitingUnits: 0, minimum: 0 }, 10],
		["more sold than there is", { levels: levels(2), newerUnits: 5, waitingUnits: 0, minimum: 0 }, 0],
		["orders that still wait here", { levels: levels(10), newerUnits: 1, waitingUnits: 2, minimum: 0 }, 7],
		["nothing known", { levels: [], newerUnits: 0, waitingUnits: 0, minimum: 0 }, 0],
	])("for %s", (_, input, expected) => {
		expect(figure(input).quantity).toBe(expected);
	});

	it("always is the sum of its terms, and never negative", () => {
		const input = fc.record({
			levels: fc.array(fc.record({ location: fc.string(), name: fc.string(), units: fc.nat(1000) }), {
				maxLength: 4,
			}),
			newerUnits: fc.nat(1500),
			waitingUnits: fc.nat(1500),
			minimum: fc.nat(50),
		});
		fc.assert(
			fc.property(input, (given) => {
				const { quantity, terms } = figure(given);
				expect(terms.reduce((sum, term) => sum + term.amount, 0)).toBe(quantity);
				expect(quantity).toBeGreaterThanOrEqual(0);
				expect(quantity === 0 || quantity >= given.minimum).toBe(true);
			}),
		);
	});
});

it("a figure of what is on hand says so in its terms", () => {
	const { quantity, terms } = figure({
		basis: "on-hand",
		levels: levels(18),
		newerUnits: 0,
		waitingUnits: 0,
		minimum: 0,
	});
	expect([quantity, terms.map(({ label }) => label)]).toEqual([18, ["On hand at Place 0"]]);
});
