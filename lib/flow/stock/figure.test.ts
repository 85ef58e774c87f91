import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { termKinds } from "@/lib/canonical/connection-options";
import { figure } from "./figure";

const sharers = [
	{ connectionId: "A", name: "Shop A", percent: 60, priority: 1 },
	{ connectionId: "B", name: "Shop B", percent: 30, priority: 2 },
];

const levels = (...available: number[]) =>
	available.map((units, index) => ({ location: String(index), name: `Place ${index}`, units }));

const plain = (units: number, newerUnits = 0) => ({
	...{ levels: levels(units), newerUnits, waitingUnits: 0, minimum: 0 },
});
const share = (connectionId: string, most: number) => ({ connectionId, sharers, most });

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
		["a negative net, whatever is kept back", { ...plain(2, 5), safetyStock: 2, minimum: 1 }, 0],
		["a safety stock of 2", { ...plain(10, 3), safetyStock: 2 }, 5],
		["a safety stock that is more than there is", { ...plain(1), safetyStock: 2 }, 0],
		["a share of 60 % after a safety stock of 2", { ...plain(10), safetyStock: 2, share: share("A", 8) }, 5],
		["a cap of 4", { ...plain(10), cap: 4 }, 4],
		["a cap of 4 of a share of 3", { ...plain(10), cap: 4, share: share("B", 10) }, 3],
		["a cap of 0", { ...plain(10), cap: 0 }, 0],
		["3 left where others come first below 4", { ...plain(3), scarce: { below: 4, first: "Shop B" } }, 0],
		["4 left where others come first below 4", { ...plain(4), scarce: { below: 4, first: "Shop B" } }, 4],
		[
			"a share of 60 % of 4, handed the 2 of the cart that steps back",
			{ ...plain(4), share: share("A", 4), handed: { units: 2, from: ["Shop B"] } },
			4,
		],
		["a share that falls below the minimum", { ...plain(10), share: share("B", 10), minimum: 4 }, 0],
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
			safetyStock: fc.nat(200),
			cap: fc.option(fc.nat(800)),
			handed: fc.record({ units: fc.nat(5), from: fc.constant(["Shop B"]) }),
			scarce: fc.record({ below: fc.nat(300), first: fc.constant("Shop B") }),
			share: fc.record({ connectionId: fc.constant("A"), sharers: fc.constant(sharers), most: fc.nat(3000) }),
		});
		fc.assert(
			fc.property(input, (given) => {
				const { quantity, terms } = figure(given);
				expect(terms.reduce((sum, term) => sum + term.amount, 0)).toBe(quantity);
				expect(quantity).toBeGreaterThanOrEqual(0);
				expect(quantity === 0 || quantity >= given.minimum).toBe(true);
				expect(quantity).toBeLessThanOrEqual((given.cap ?? quantity) + given.handed.units);
				const kinds = terms.map(({ kind }) => termKinds.indexOf(kind));
				expect(kinds, "in their fixed order").toEqual(kinds.toSorted((a, b) => a - b));
			}),
		);
	});
});

it("a figure that stays above the minimum says that it was asked", () => {
	const { quantity, terms } = figure({ ...plain(10, 3), minimum: 2 });
	expect([quantity, terms.map(({ kind, amount }) => [kind, amount])]).toEqual([
		7,
		[
			["level", 10],
			["newer-orders", -3],
			["minimum", 0],
		],
	]);
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
