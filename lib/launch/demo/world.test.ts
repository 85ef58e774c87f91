import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chance } from "@/lib/testing/chance";
import { minuteMs, secondMs } from "@/lib/time";
import { demoMerchants } from "./catalogue";
import { emailOf, shoppers } from "./shoppers";
import { trackingNumber } from "./tracking";
import { type Action, createWorld, type MerchantView, orderEveryMs, step, type World } from "./world";

const [merchant] = demoMerchants;
if (!merchant) throw new Error("the demo has merchants");
const start = Date.UTC(2026, 10, 21, 10);

const nothing: MerchantView = { merchant, waiting: [], open: [], available: [] };
const kinds = (actions: Action[]) => actions.map((action) => action.kind);
const open = (orderId: number, quantities: number[]) => ({ orderId, carrier: "UPS", quantities });

/** Lives through a time, second by second, with what is seen staying the same. */
function live(world: World, seen: MerchantView, seconds: number, random = chance(7)) {
	const actions: Action[] = [];
	let at = world;
	for (let second = 0; second < seconds; second++) {
		const result = step(at, { merchants: [seen] }, start + second * secondMs, random);
		at = result.world;
		actions.push(...result.actions);
	}
	return { world: at, actions };
}

describe("the demo's world", () => {
	it("begins with a few orders at once, and goes on with one every few seconds", () => {
		expect(kinds(step(createWorld(start), { merchants: [nothing] }, start, chance(1)).actions)).toEqual([
			"place",
			"place",
			"place",
		]);
		const placed = live(createWorld(start), nothing, 60).actions.length;
		expect(placed).toBeGreaterThanOrEqual(7);
		expect(placed).toBeLessThanOrEqual(15);
	});

	it("grows calm for whoever leaves it running", () => {
		expect([1, 10, 60].map((minutes) => orderEveryMs(minutes * minuteMs) / secondMs)).toEqual([8, 20, 60]);
	});

	it("places no more orders while sixty wait", () => {
		const waiting = Array.from({ length: 60 }, (_, i) => String(i));
		const { actions } = live(createWorld(start), { ...nothing, waiting }, 120);
		expect(kinds(actions)).not.toContain("place");
	});

	it("tells the same story for the same chance, and leaves what it was given alone", () => {
		const world = createWorld(start);
		const before = structuredClone(world);
		const tell = () => step(world, { merchants: [{ ...nothing, open: [open(1, [2])] }] }, start, chance(3));
		expect(tell()).toEqual(tell());
		expect(world).toEqual(before);
	});

	it("reserves an order once, and ships it whole within a minute", () => {
		fc.assert(
			fc.property(
				fc.integer(),
				fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
				(seed, lines) => {
					const { actions } = live(createWorld(start), { ...nothing, open: [open(5, lines)] }, 61, chance(seed));
					const first = actions.findIndex((action) => action.kind === "ship");
					const shipped = actions[first];
					if (shipped?.kind !== "ship") throw new Error("it never left");
					expect(kinds(actions.slice(0, first)).filter((kind) => kind === "reserve")).toHaveLength(1);
					const sums = lines.map(() => 0);
					for (const { contents } of shipped.boxes) {
						for (const { line, qty } of contents) {
							expect(qty).toBeGreaterThan(0);
							sums[line] = (sums[line] ?? 0) + qty;
						}
					}
					expect(sums).toEqual(lines);
					expect(new Set(shipped.boxes.map((box) => box.trackingNumber)).size).toBe(shipped.boxes.length);
				},
			),
			{ numRuns: 60 },
		);
	});

	it("gives back what it reserved when the order is cancelled at the warehouse", () => {
		const packing = live(createWorld(start), { ...nothing, open: [open(5, [1])] }, 3).world;
		const { world, actions } = step(packing, { merchants: [nothing] }, start + 4 * secondMs, chance(1));
		expect(actions.filter((action) => action.kind === "release")).toMatchObject([{ orderId: 5 }]);
		expect(kinds(live(world, nothing, 60).actions)).not.toContain("release");
	});

	it("lets some shoppers change their mind, each once", () => {
		const waiting = Array.from({ length: 50 }, (_, i) => String(i));
		const cancelled = live(createWorld(start), { ...nothing, waiting }, 90).actions.filter(
			(action) => action.kind === "cancel",
		);
		expect(cancelled.length).toBeGreaterThan(0);
		expect(cancelled.length).toBeLessThan(15);
		expect(new Set(cancelled.map((action) => "shopOrderId" in action && action.shopOrderId)).size).toBe(
			cancelled.length,
		);
	});

	it("fills a shelf that runs low", () => {
		const available = [
			{ sku: "FULL", quantity: 200 },
			{ sku: "LOW", quantity: 3 },
		];
		const moves = live(createWorld(start), { ...nothing, available }, 30).actions.filter((a) => a.kind === "move");
		expect(moves).toMatchObject([{ sku: "LOW", by: expect.any(Number) }]);
		expect(moves[0]?.kind === "move" && moves[0].by).toBeGreaterThanOrEqual(60);
	});
});

describe("the demo's people", () => {
	it("have mail addresses of plain letters, at a domain nobody owns", () => {
		for (const shopper of shoppers) expect(emailOf(shopper)).toMatch(/^[a-z]+\.[a-z]+@shopper\.example$/);
	});

	it("get tracking numbers in their carrier's form", () => {
		const of = (carrier: string) => trackingNumber(carrier, chance(1));
		expect([of("UPS"), of("FedEx"), of("USPS"), of("DHL")]).toEqual([
			expect.stringMatching(/^1Z\d{16}$/),
			expect.stringMatching(/^\d{12}$/),
			expect.stringMatching(/^9400\d{18}$/),
			expect.stringMatching(/^\d{10}$/),
		]);
	});
});
