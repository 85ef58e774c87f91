import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figure } from "./figure";
import { buildable } from "./kit-figure";

const part = (sku: string, per: number, units: Record<string, number>, taken = 0) => ({
	...{ sku, per, taken },
	levels: Object.entries(units).map(([location, many]) => ({ location, name: location, units: many })),
});
const told = (parts: ReturnType<typeof part>[], minimum = 0) => figure({ ...buildable(parts), minimum, kit: true });

describe("how many of a kit a cart is told", () => {
	it("is 2 for a kit of 2 A and 1 B with A 5 and B 9", () => {
		const { quantity, terms } = told([part("A", 2, { main: 5 }), part("B", 1, { main: 9 })]);
		expect(quantity).toBe(2);
		expect(terms).toEqual([{ kind: "kit", label: "Can be built at main", amount: 2, detail: "5 A, 9 B" }]);
	});

	it("counts only what is at the same place", () => {
		expect(told([part("A", 2, { east: 5, west: 2 }), part("B", 1, { east: 1, west: 9 })]).quantity).toBe(2);
		expect(told([part("A", 1, { east: 5 }), part("B", 1, { west: 5 })]).quantity).toBe(0);
	});

	it("falls with orders for a part by itself, and with the cart's minimum", () => {
		const parts = [part("A", 2, { main: 5 }, 2), part("B", 1, { main: 9 })];
		expect(told(parts).quantity).toBe(1);
		expect(told(parts, 2).quantity).toBe(0);
		expect(told([part("A", 2, { main: 5 }, 99), part("B", 1, { main: 9 })]).quantity).toBe(0);
	});

	it("never asks for more of a part than there is, and its terms add up", () => {
		const stock = fc.record({ per: fc.integer({ min: 1, max: 9 }), units: fc.nat(999), taken: fc.nat(999) });
		fc.assert(
			fc.property(fc.array(stock, { minLength: 1, maxLength: 5 }), (all) => {
				const parts = all.map(({ per, units, taken }, n) => part(`P${n}`, per, { main: units }, taken));
				const { quantity, terms } = told(parts);
				expect(terms.reduce((sum, { amount }) => sum + amount, 0)).toBe(quantity);
				for (const { per, units, taken } of all) expect(quantity * per).toBeLessThanOrEqual(Math.max(0, units - taken));
			}),
		);
	});
});
