import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Allotment, allocate, type Claimant, type Policy, shortOf, waitWords } from "./allocate";

const off: Policy = { partial: false, skipAhead: true };
const on: Policy = { partial: true, skipAhead: true };
const strict: Policy = { partial: false, skipAhead: false };

function order(orderId: string, units: number, more: Partial<Claimant> = {}): Claimant {
	return {
		orderId,
		needs: [{ lineId: "l1", units, parts: [{ sku: "TEE", per: 1 }] }],
		takes: true,
		asked: null,
		...more,
	};
}
const tees = (units: number) => new Map([["TEE", units]]);
const sent = (allotments: Allotment[]) =>
	Object.fromEntries(allotments.map(({ orderId, sends }) => [orderId, sends.get("l1") ?? 0]));

describe("an order of 5, of which 3 are available", () => {
	it("is not sent where partial is off, and says why", () => {
		const [one] = allocate(tees(3), [order("a", 5)], off);
		expect(one?.sends.size).toBe(0);
		expect(one?.waits).toEqual([{ lineId: "l1", sku: "TEE", units: 5, available: 3, older: 0, counted: true }]);
		expect(one?.waits.map(waitWords)).toEqual(["TEE: 5 needed, 3 available"]);
	});

	it("is sent as 3 where partial is on, and 2 wait", () => {
		const [one] = allocate(tees(3), [order("a", 5)], on);
		expect(one?.sends).toEqual(new Map([["l1", 3]]));
		expect(one?.waits).toMatchObject([{ units: 2, available: 0 }]);
	});

	it("is sent as 3 when a person asks for what is there, and as 5 when for all of it", () => {
		expect(sent(allocate(tees(3), [order("a", 5, { asked: "available" })], off))).toEqual({ a: 3 });
		expect(sent(allocate(tees(3), [order("a", 5, { asked: "full" })], off))).toEqual({ a: 5 });
	});
});

describe("two orders of 4, the older, and 2, and 3 that are received", () => {
	const queue = [order("older", 4), order("newer", 2)];
	it("the newer goes where smaller orders may go first", () => {
		expect(sent(allocate(tees(3), queue, off))).toEqual({ older: 0, newer: 2 });
	});

	it("nobody goes in a strict queue, and the newer waits for the older", () => {
		const allotments = allocate(tees(3), queue, strict);
		expect(sent(allotments)).toEqual({ older: 0, newer: 0 });
		expect(allotments[1]?.waits.map(waitWords)).toEqual(["TEE: 2 needed, 3 available, 4 needed by older orders"]);
	});

	it("the older keeps its place in a strict queue when only the newer is looked at", () => {
		expect(sent(allocate(tees(3), [order("older", 4, { takes: false }), order("newer", 2)], strict))).toEqual({
			newer: 0,
		});
		expect(sent(allocate(tees(6), [order("older", 4, { takes: false }), order("newer", 2)], strict))).toEqual({
			newer: 2,
		});
	});

	it("both go when 6 are there, the oldest first when 5 are", () => {
		expect(sent(allocate(tees(6), queue, strict))).toEqual({ older: 4, newer: 2 });
		expect(sent(allocate(tees(5), queue, strict))).toEqual({ older: 4, newer: 0 });
	});
});

describe("stock", () => {
	it("below zero is none", () => {
		expect(allocate(tees(-2), [order("a", 1)], on)[0]?.waits).toMatchObject([
			{ units: 1, available: 0, counted: true },
		]);
	});

	it("that was never counted is none, and is said to be so", () => {
		const [one] = allocate(new Map(), [order("a", 1)], on);
		expect(one?.sends.size).toBe(0);
		expect(one?.waits.map(waitWords)).toEqual(["TEE: 1 needed, never counted by the warehouse"]);
	});

	it("of a kit is what all its parts are there for: of 2 A and 1 B each, with 5 A and 9 B, 2", () => {
		const kits = {
			lineId: "l1",
			units: 4,
			parts: [
				{ sku: "A", per: 2 },
				{ sku: "B", per: 1 },
			],
		};
		const stock = new Map([
			["A", 5],
			["B", 9],
		]);
		const [one] = allocate(stock, [order("a", 0, { needs: [kits] })], on);
		expect(one?.sends).toEqual(new Map([["l1", 2]]));
		expect(one?.waits).toMatchObject([
			{ sku: "A", units: 4, available: 1 },
			{ sku: "B", units: 2, available: 7 },
		]);
		expect(shortOf(one?.waits ?? []).map(({ sku }) => sku)).toEqual(["A"]);
	});
});

const skus = ["A", "B", "C"] as const;
const need = fc.record({
	units: fc.integer({ min: 1, max: 6 }),
	parts: fc.array(fc.record({ sku: fc.constantFrom(...skus), per: fc.integer({ min: 1, max: 3 }) }), {
		minLength: 1,
		maxLength: 3,
	}),
});
const step = fc.oneof(
	fc.record({ kind: fc.constant("order" as const), needs: fc.array(need, { minLength: 1, maxLength: 3 }) }),
	fc.record({
		kind: fc.constant("receipt" as const),
		sku: fc.constantFrom(...skus),
		units: fc.integer({ min: 1, max: 12 }),
	}),
);

describe("over any sequence of orders and receipts", () => {
	it("no more is promised than there is, and no unit is lost", () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 25 }), fc.boolean(), fc.boolean(), (steps, partial, skipAhead) => {
				const stock = new Map<string, number>();
				let waiting: Claimant[] = [];
				const ordered = new Map<string, number>();
				const sentOf = new Map<string, number>();
				for (const [position, one] of steps.entries()) {
					if (one.kind === "receipt") stock.set(one.sku, (stock.get(one.sku) ?? 0) + one.units);
					else {
						const needs = one.needs.map((given, line) => ({ ...given, lineId: `${position}/${line}` }));
						for (const { lineId, units } of needs) ordered.set(lineId, units);
						waiting.push({ orderId: String(position).padStart(3, "0"), needs, takes: true, asked: null });
					}
					const allotments = allocate(stock, waiting, { partial, skipAhead });
					waiting = waiting.flatMap((claimant, place): Claimant[] => {
						const sends = allotments[place]?.sends ?? new Map<string, number>();
						if (!partial) expect([0, claimant.needs.length]).toContain(sends.size);
						for (const { lineId, parts } of claimant.needs) {
							const units = sends.get(lineId) ?? 0;
							sentOf.set(lineId, (sentOf.get(lineId) ?? 0) + units);
							for (const { sku, per } of parts) stock.set(sku, (stock.get(sku) ?? 0) - units * per);
						}
						const left = claimant.needs
							.map((given) => ({ ...given, units: given.units - (sends.get(given.lineId) ?? 0) }))
							.filter(({ units }) => units > 0);
						return left.length > 0 ? [{ ...claimant, needs: left }] : [];
					});
					for (const units of stock.values()) expect(units).toBeGreaterThanOrEqual(0);
				}
				const left = new Map(
					waiting.flatMap(({ needs }) => needs.map(({ lineId, units }) => [lineId, units] as const)),
				);
				for (const [lineId, units] of ordered) expect((sentOf.get(lineId) ?? 0) + (left.get(lineId) ?? 0)).toBe(units);
			}),
			{ numRuns: 300 },
		);
	});

	it("in a strict queue no order goes before an older one that the same stock would have covered", () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 12 }),
				fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 8 }),
				(have, wants) => {
					const given = allocate(
						tees(have),
						wants.map((units, place) => order(String(place), units)),
						strict,
					);
					const firstWaiting = given.findIndex(({ sends }) => sends.size === 0);
					if (firstWaiting >= 0) for (const { sends } of given.slice(firstWaiting)) expect(sends.size).toBe(0);
				},
			),
		);
	});
});
