import { describe, expect, it } from "vitest";
import { dayStart, isTimeZone, latest, nextDaily } from "./time";

describe("nextDaily", () => {
	it.each([
		["later today", "2026-11-21T10:00:00Z", 11 * 60, "UTC", "2026-11-21T11:00:00Z"],
		["tomorrow when the hour has passed", "2026-11-21T12:00:00Z", 11 * 60, "UTC", "2026-11-22T11:00:00Z"],
		["tomorrow when it is that very minute", "2026-11-21T11:00:00Z", 11 * 60, "UTC", "2026-11-22T11:00:00Z"],
		["in the zone's own day", "2026-11-21T23:30:00Z", 2 * 60, "Europe/Berlin", "2026-11-22T01:00:00Z"],
		["west of Greenwich", "2026-11-21T02:00:00Z", 20 * 60, "America/Los_Angeles", "2026-11-21T04:00:00Z"],
		["after the clocks went forward", "2026-03-29T00:00:00Z", 9 * 60, "Europe/Berlin", "2026-03-29T07:00:00Z"],
		["after the clocks went back", "2026-10-25T00:00:00Z", 9 * 60, "Europe/Berlin", "2026-10-25T08:00:00Z"],
	])("finds %s", (_, from, minutes, zone, expected) => {
		expect(nextDaily(new Date(from), minutes, zone)).toEqual(new Date(expected));
	});

	it("always moves forward, also over an hour that does not exist", () => {
		const from = new Date("2026-03-29T00:30:00Z");
		const next = nextDaily(from, 150, "Europe/Berlin");
		expect(next.getTime()).toBeGreaterThan(from.getTime());
	});
});

describe("latest", () => {
	it("ignores what is missing", () => {
		const at = new Date(5);
		expect(latest(null, at)).toBe(at);
		expect(latest(at, undefined)).toBe(at);
		expect(latest(at, new Date(9))).toEqual(new Date(9));
		expect(latest(null, null)).toBeNull();
	});
});

describe("isTimeZone", () => {
	it("knows zones and refuses words", () => {
		expect(isTimeZone("Europe/Berlin")).toBe(true);
		expect(isTimeZone("Middle/Earth")).toBe(false);
	});
});

describe("the start of a day", () => {
	it.each([
		["2026-11-21", 0, "UTC", "2026-11-21T00:00:00.000Z"],
		["2026-11-21", 1, "UTC", "2026-11-22T00:00:00.000Z"],
		["2026-11-21", 0, "America/New_York", "2026-11-21T05:00:00.000Z"],
		["2026-11-21", 0, "Pacific/Kiritimati", "2026-11-20T10:00:00.000Z"],
		["2026-10-25", 1, "Europe/Berlin", "2026-10-25T23:00:00.000Z"],
		["2026-03-29", 0, "Europe/Berlin", "2026-03-28T23:00:00.000Z"],
	])("%s and %i days in %s is %s", (date, days, zone, instant) => {
		expect(dayStart(date, days, zone)?.toISOString()).toBe(instant);
	});

	it("is nothing for a day that is none", () => {
		expect(dayStart("yesterday", 0, "UTC")).toBeNull();
	});
});
