import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromLocal, isTurning, isZone, toLocal } from "./zone";

describe("a wall clock", () => {
	it.each([
		["2026-08-30T17:02:11", "UTC", "2026-08-30T17:02:11.000Z"],
		["2026-08-30T17:02:11", "America/Denver", "2026-08-30T23:02:11.000Z"],
		["2026-01-30T17:02:11.5", "America/Denver", "2026-01-31T00:02:11.500Z"],
		["2026-08-30T17:02:11Z", "America/Denver", "2026-08-30T17:02:11.000Z"],
		["2026-08-30T17:02:11+02:00", "America/Denver", "2026-08-30T15:02:11.000Z"],
		["2026-08-30", "UTC", "2026-08-30T00:00:00.000Z"],
		// Turned back at 02:00 daylight time: 01:30 came twice, the first is meant.
		["2026-11-01T01:30:00", "America/Denver", "2026-11-01T07:30:00.000Z"],
	])("%s in %s is %s", (text, zone, instant) => expect(fromLocal(text, zone)?.toISOString()).toBe(instant));

	it.each([null, undefined, "", "soon", "2026-13-45T00:00:00", "17"])("%s is no time", (text) =>
		expect(fromLocal(text, "UTC")).toBeNull(),
	);

	it("leads back to its instant, or to the earlier of two", () => {
		const zone = fc.constantFrom("UTC", "America/Los_Angeles", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe");
		const instant = fc.date({ min: new Date("2020-01-01"), max: new Date("2035-01-01"), noInvalidDate: true });
		fc.assert(
			fc.property(zone, instant, (name, at) => {
				const second = Math.floor(at.getTime() / 1000) * 1000;
				const back = fromLocal(toLocal(at, name), name)?.getTime() ?? 0;
				expect(back === second || (isTurning(at, name) && back < second && second - back <= 3_600_000)).toBe(true);
			}),
		);
	});

	it("needs a zone that exists", () => {
		expect(isZone("America/Denver")).toBe(true);
		expect(isZone("Mars/Olympus")).toBe(false);
	});
});
