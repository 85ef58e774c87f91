import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	fromStored,
	lengthUnits,
	type Measured,
	massUnits,
	measuresOf,
	tellMeasures,
	toStored,
	type UnitSetting,
} from "./units";

describe("units of measure", () => {
	it.each([
		[1, "lb", 453.592],
		[1, "oz", 28.35],
		[2.5, "kg", 2500],
		[0.4, "g", 0.4],
		[12, "in", 304.8],
		[1, "ft", 304.8],
		[3.2, "cm", 32],
		[1.5, "m", 1500],
		[7, "mm", 7],
	] as const)("%s %s is stored as %s", (value, unit, stored) => {
		expect(toStored(value, unit)).toBe(stored);
		expect(fromStored(stored, unit)).toBe(value);
	});

	it("there and back is the same figure, to four decimals, of g and mm to three", () => {
		fc.assert(
			fc.property(fc.constantFrom(...massUnits, ...lengthUnits), fc.nat(500_000_000), (unit, whole) => {
				const value = whole / (unit === "g" || unit === "mm" ? 1000 : 10_000);
				expect(fromStored(toStored(value, unit), unit)).toBe(value);
			}),
			{ numRuns: 2000 },
		);
	});

	it("what another unit was told comes back within half its last decimal", () => {
		const pairs = fc.oneof(
			fc.tuple(fc.constantFrom(...massUnits), fc.constantFrom(...massUnits)),
			fc.tuple(fc.constantFrom(...lengthUnits), fc.constantFrom(...lengthUnits)),
		);
		fc.assert(
			fc.property(pairs, fc.nat(10_000_000), ([from, to], whole) => {
				const stored = toStored(whole / 100, from);
				const again = toStored(fromStored(stored, to), to);
				// Four decimals of the other unit, and the thousandth it is stored to.
				expect(Math.abs(again - stored)).toBeLessThanOrEqual(0.00005 * toStored(1, to) + 0.0011);
			}),
		);
	});
});

describe("a channel's units", () => {
	const setting = (mode: UnitSetting["mode"]): UnitSetting => ({ mode, mass: "kg", length: "cm" });
	const pounds: Measured = { weight: 2, length: 10, width: 4, height: 1, massUnit: "lb", lengthUnit: "in" };
	const none = { grams: null, lengthMm: null, widthMm: null, heightMm: null };

	it("Dynamic: received in the product's own unit, sent in the channel's", () => {
		const stored = measuresOf([pounds], setting("dynamic"));
		expect(stored).toEqual({ grams: 907.185, lengthMm: 254, widthMm: 101.6, heightMm: 25.4 });
		expect(tellMeasures(stored, setting("dynamic"))).toMatchObject({ weight: 0.9072, length: 25.4, massUnit: "kg" });
	});

	it("Dynamic: what states no unit is in the channel's", () => {
		expect(measuresOf([{ weight: 2, length: 10 }], setting("dynamic"))).toEqual({
			...none,
			grams: 2000,
			lengthMm: 100,
		});
	});

	it.each(["static", "none"] as const)("%s: both ways in the channel's unit, whatever is stated", (mode) => {
		const stored = measuresOf([pounds], setting(mode));
		expect(stored).toEqual({ grams: 2000, lengthMm: 100, widthMm: 40, heightMm: 10 });
		expect(tellMeasures(stored, setting(mode))).toMatchObject({ weight: 2, length: 10, massUnit: "kg" });
	});

	it("Static: of a thing said in both, what is said in the channel's unit counts", () => {
		const metric: Measured = { weight: 0.9, massUnit: "kg", lengthUnit: "cm" };
		expect(measuresOf([pounds, metric], setting("static"))).toEqual({ ...none, grams: 900 });
	});

	it("nothing known stays nothing", () => {
		expect(measuresOf([], setting("dynamic"))).toEqual(none);
		expect(tellMeasures(none, setting("dynamic"))).toEqual({ massUnit: "kg", lengthUnit: "cm" });
	});
});
