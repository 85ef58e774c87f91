import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Need } from "../allocate";
import { planSplit, type RankedWarehouse, shareReason } from "./plan-split";

const need = (lineId: string, units: number, ...parts: [sku: string, per: number][]): Need => ({
	...{ lineId, units },
	parts: (parts.length > 0 ? parts : [[lineId, 1] as const]).map(([sku, per]) => ({ sku, per })),
});
const at = (id: string, free: Record<string, number>): RankedWarehouse => ({ id, free: new Map(Object.entries(free)) });
const plan = (needs: Need[], ...ranked: RankedWarehouse[]) =>
	planSplit(needs, ranked).map(({ warehouseId, units }) => [warehouseId, Object.fromEntries(units)]);

describe("an order of 2 TEE and 1 MUG", () => {
	const order = [need("TEE", 2), need("MUG", 1)];

	it("goes whole to the first in rank that has all of it, though an earlier one has some", () => {
		expect(
			plan(order, at("east", { TEE: 2 }), at("west", { TEE: 9, MUG: 9 }), at("south", { TEE: 9, MUG: 9 })),
		).toEqual([["west", { TEE: 2, MUG: 1 }]]);
	});

	it("is split where nobody has all of it, the first in rank first", () => {
		expect(plan(order, at("east", { TEE: 2 }), at("west", { TEE: 1, MUG: 1 }))).toEqual([
			["east", { TEE: 2 }],
			["west", { MUG: 1 }],
		]);
	});

	it("goes in no more parts than it must: one that has all the rest sends it", () => {
		const ranked = [at("east", { TEE: 1 }), at("west", { TEE: 1 }), at("south", { TEE: 1, MUG: 1 })];
		expect(plan(order, ...ranked)).toEqual([
			["east", { TEE: 1 }],
			["south", { TEE: 1, MUG: 1 }],
		]);
	});

	it("leaves what nobody has with the first in rank, which waits for it", () => {
		const shares = planSplit(order, [at("east", {}), at("west", { TEE: 1 })]);
		expect(shares.map(({ warehouseId, units }) => [warehouseId, Object.fromEntries(units)])).toEqual([
			["east", { TEE: 1, MUG: 1 }],
			["west", { TEE: 1 }],
		]);
		expect(shares.map((share) => shareReason(share, false))).toEqual(["What no warehouse has.", "What it has."]);
	});
});

it("a kit whose parts lie in two warehouses is not torn apart", () => {
	const kit = [need("SET", 2, ["CUP", 2], ["LID", 1])];
	expect(plan(kit, at("east", { CUP: 3, LID: 9 }), at("west", { CUP: 4 }))).toEqual([["east", { SET: 2 }]]);
	expect(plan(kit, at("east", { CUP: 3, LID: 9 }), at("west", { CUP: 2, LID: 1 }))).toEqual([
		["east", { SET: 1 }],
		["west", { SET: 1 }],
	]);
});

describe("random orders over random warehouses", () => {
	const skus = ["A", "B", "C", "D"];
	const someNeed = fc.record({
		units: fc.integer({ min: 1, max: 6 }),
		parts: fc.array(fc.record({ sku: fc.constantFrom(...skus), per: fc.integer({ min: 1, max: 3 }) }), {
			...{ minLength: 1, maxLength: 3 },
		}),
	});
	const someNeeds = fc
		.array(someNeed, { minLength: 1, maxLength: 5 })
		.map((all): Need[] => all.map((one, place) => ({ ...one, lineId: `l${place}` })));
	const someStock = fc.dictionary(fc.constantFrom(...skus), fc.integer({ min: -2, max: 15 }));
	const someRanked = fc
		.array(someStock, { minLength: 1, maxLength: 4 })
		.map((all) => all.map((free, place) => at(`w${place}`, free)));
	const itemsOf = (needs: Need[], units: ReadonlyMap<string, number>) => {
		const items = new Map<string, number>();
		for (const { lineId, parts } of needs)
			for (const { sku, per } of parts) items.set(sku, (items.get(sku) ?? 0) + per * (units.get(lineId) ?? 0));
		return items;
	};
	const fits = (items: ReadonlyMap<string, number>, free: ReadonlyMap<string, number>) =>
		[...items].every(([sku, count]) => count <= Math.max(0, free.get(sku) ?? 0));

	it("lose no unit, double none, and take no more than is free", () => {
		const seen = { split: 0, whole: 0 };
		fc.assert(
			fc.property(someNeeds, someRanked, (needs, ranked) => {
				const shares = planSplit(needs, ranked);
				for (const { lineId, units } of needs)
					expect(shares.reduce((sum, share) => sum + (share.units.get(lineId) ?? 0), 0)).toBe(units);
				expect(new Set(shares.map(({ warehouseId }) => warehouseId)).size).toBe(shares.length);
				for (const { warehouseId, units, missing } of shares) {
					const there = new Map([...units].map(([id, count]) => [id, count - (missing.get(id) ?? 0)]));
					expect([...there.values()].every((count) => count >= 0)).toBe(true);
					const free = ranked.find(({ id }) => id === warehouseId)?.free ?? new Map();
					expect(fits(itemsOf(needs, there), free)).toBe(true);
					if (missing.size > 0) expect(warehouseId).toBe("w0");
				}
				const all = new Map(needs.map(({ lineId, units }) => [lineId, units]));
				const able = ranked.find(({ free }) => fits(itemsOf(needs, all), free));
				if (able) expect(shares.map(({ warehouseId }) => warehouseId)).toEqual([able.id]);
				seen[shares.length > 1 ? "split" : "whole"]++;
			}),
			{ numRuns: 400 },
		);
		expect(Math.min(seen.split, seen.whole)).toBeGreaterThan(40);
	});
});
