import { describe, expect, it } from "vitest";
import { type InventoryMode, pushOf } from "./push-modes";

/** What Order Manager shows after a push, by each of its two possible meanings. */
function shownAfter(pushed: number, locked: number, pushedAs: "unlocked" | "on-hand"): number {
	return pushedAs === "unlocked" ? pushed + locked : pushed;
}

describe("what is pushed", () => {
	it("as unlocked: locked 10, pushed 10 shows 20", () => {
		const pushed = pushOf({ mode: "unlocked", quantity: 10, locked: 10, held: 0, pushedAs: "unlocked" });
		expect([pushed, shownAfter(pushed, 10, "unlocked")]).toEqual([10, 20]);
		expect(pushOf({ mode: "unlocked", quantity: 10, locked: 10, held: 0, pushedAs: "on-hand" })).toBe(20);
	});

	// The worked example of the set-up page: 18 on hand and 10 free at the warehouse; locked 10, of which 4 on hold.
	it.each<[InventoryMode, number, number, number]>([
		["unlocked", 10, 20, 10],
		["on-hand", 18, 18, 8],
		["unlocked-at-warehouse", 10, 16, 6],
	])("in mode %s for a figure of %i shows %i on hand, %i to sell", (mode, quantity, onHand, available) => {
		for (const pushedAs of ["unlocked", "on-hand"] as const) {
			const shown = shownAfter(pushOf({ mode, quantity, locked: 10, held: 4, pushedAs }), 10, pushedAs);
			expect([shown, shown - 10], pushedAs).toEqual([onHand, available]);
		}
	});

	it("is never less than nothing, and takes off no more than is locked", () => {
		expect(pushOf({ mode: "on-hand", quantity: 3, locked: 10, held: 0, pushedAs: "unlocked" })).toBe(0);
		expect(pushOf({ mode: "unlocked-at-warehouse", quantity: 10, locked: 1, held: 4, pushedAs: "on-hand" })).toBe(10);
	});
});
