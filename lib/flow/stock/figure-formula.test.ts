import { describe, expect, it } from "vitest";
import { formulaOf } from "@/lib/canonical/figure-formula";
import { figure } from "./figure";

const at = (units: number, newerUnits: number) => ({
	...{ levels: [{ location: "1", name: "East", units }], newerUnits, waitingUnits: 0, minimum: 0 },
});

describe("a figure in one line", () => {
	it.each([
		["10 available, 3 in newer orders, minimum 2", { ...at(10, 3), minimum: 2 }, "10 − 3 = 7, 7 ≥ 2"],
		["10 available, 6 in newer orders, minimum 5", { ...at(10, 6), minimum: 5 }, "10 − 6 = 4, 4 < 5: 0"],
		["10 available, nothing else", at(10, 0), "10"],
		["more sold than there is", at(2, 5), "2 − 5 + 3 = 0"],
		["a safety stock and a cap", { ...at(1000, 0), safetyStock: 2, cap: 500 }, "1,000 − 2 − 498 = 500"],
		[
			"a share of 60 %, and the rest from the cart that steps back",
			{
				...at(4, 0),
				share: {
					...{ connectionId: "A", most: 4 },
					sharers: [
						{ connectionId: "A", name: "Shop A", percent: 60, priority: 1 },
						{ connectionId: "B", name: "Shop B", percent: 40, priority: 2 },
					],
				},
				handed: { units: 2, from: ["Shop B"] },
			},
			"4 − 2 + 2 = 4",
		],
	])("for %s", (_, input, expected) => {
		expect(formulaOf(figure(input))).toBe(expected);
	});
});
