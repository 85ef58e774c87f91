import { describe, expect, it } from "vitest";
import { afterReceipt, inTransit } from "./partial-receipt";

const line = (expectedQuantity: number, receivedQuantity: number) => ({ expectedQuantity, receivedQuantity });

describe("a purchase order after a receipt", () => {
	it.each([
		["tell_each", [line(100, 60)], false, { state: "partially_fulfilled", tells: true }],
		["tell_each", [line(100, 100)], false, { state: "fulfilled", tells: true }],
		["tell_each", [line(100, 100), line(5, 0)], false, { state: "partially_fulfilled", tells: true }],
		["tell_each", [line(100, 110)], false, { state: "fulfilled", tells: true }],
		["tell_each", [line(100, 60)], true, { state: "closed_short", tells: true }],
		["wait_for_all", [line(100, 60)], false, { state: "partially_fulfilled", tells: false }],
		["wait_for_all", [line(100, 100)], false, { state: "fulfilled", tells: true }],
		["wait_for_all", [line(100, 60)], true, { state: "closed_short", tells: true }],
		["first_is_final", [line(100, 60)], false, { state: "closed_short", tells: true }],
		["first_is_final", [line(100, 100)], false, { state: "fulfilled", tells: true }],
	] as const)("with %s and %j, final %s, is %j", (policy, lines, final, wanted) => {
		expect(afterReceipt(policy, lines, final)).toEqual(wanted);
	});

	it("has in transit what is missing, as long as somebody waits for it", () => {
		expect([0, 60, 100, 110].map((received) => inTransit(line(100, received), true))).toEqual([100, 40, 0, 0]);
		expect(inTransit(line(100, 60), false)).toBe(0);
	});
});
