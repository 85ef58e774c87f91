import { describe, expect, it } from "vitest";
import { type DestinationOptions, destinationOptions } from "@/lib/canonical/connection-options";
import { waitsForOpening, workedOnAt } from "./working-hours";

const hours = (workTimeZone: string, more: Partial<DestinationOptions> = {}) =>
	destinationOptions.parse({ workTimeZone, deliverInHours: true, ...more });
const newYork = hours("America/New_York");
const berlin = hours("Europe/Berlin");
const at = (ready: string, options: DestinationOptions) => workedOnAt(new Date(ready), options)?.toISOString() ?? null;

describe("what is ready is worked on", () => {
	it.each([
		["at once within the hours", "2026-11-18T14:00:00Z", newYork, "2026-11-18T14:00:00.000Z"],
		["at the opening of the same day", "2026-11-18T12:00:00Z", newYork, "2026-11-18T13:00:00.000Z"],
		["at the very opening", "2026-11-18T13:00:00Z", newYork, "2026-11-18T13:00:00.000Z"],
		["the next day when it is the very cut-off", "2026-11-18T21:00:00Z", newYork, "2026-11-19T13:00:00.000Z"],
		["on Monday after Friday's cut-off", "2026-11-20T21:30:00Z", newYork, "2026-11-23T13:00:00.000Z"],
		[
			"on the warehouse's own day, which is not that of UTC",
			"2026-11-19T02:00:00Z",
			newYork,
			"2026-11-19T13:00:00.000Z",
		],
		[
			"an hour earlier by UTC once the clocks of New York went forward",
			"2026-03-06T22:00:00Z",
			newYork,
			"2026-03-09T12:00:00.000Z",
		],
		["an hour later by UTC once they went back", "2026-10-30T21:00:00Z", newYork, "2026-11-02T13:00:00.000Z"],
		[
			"an hour earlier once the clocks of Berlin went forward",
			"2026-03-27T16:00:00Z",
			berlin,
			"2026-03-30T06:00:00.000Z",
		],
		["an hour later once they went back", "2026-10-23T15:00:00Z", berlin, "2026-10-26T07:00:00.000Z"],
		[
			"on the day of the change itself, where it works then",
			"2026-03-28T20:00:00Z",
			hours("Europe/Berlin", { workingDays: ["sun"] }),
			"2026-03-29T06:00:00.000Z",
		],
		[
			"after the holidays",
			"2026-12-24T22:00:00Z",
			hours("America/New_York", { holidays: "2026-12-25, 2026-12-28" }),
			"2026-12-29T13:00:00.000Z",
		],
	])("%s", (_, ready, options, expected) => expect(at(ready, options)).toBe(expected));

	it("is not known without a time zone, nor of a warehouse that never opens", () => {
		const always = Array.from({ length: 400 }, (_, day) =>
			new Date(Date.UTC(2026, 10, 1 + day)).toISOString().slice(0, 10),
		);
		expect(at("2026-11-18T14:00:00Z", destinationOptions.parse({}))).toBeNull();
		expect(at("2026-11-18T14:00:00Z", { ...newYork, holidays: always.join(",") })).toBeNull();
	});

	it("waits only where orders are to be sent within the hours", () => {
		const night = new Date("2026-11-18T23:00:00Z");
		expect(waitsForOpening(night, newYork)?.toISOString()).toBe("2026-11-19T13:00:00.000Z");
		expect(waitsForOpening(night, { ...newYork, deliverInHours: false })).toBeNull();
		expect(waitsForOpening(new Date("2026-11-18T14:00:00Z"), newYork)).toBeNull();
	});
});

describe("hours that cannot be", () => {
	it.each([
		["no such zone", { workTimeZone: "Middle/Earth" }],
		["no such time", { opensAt: "25:00" }],
		["an end before the beginning", { opensAt: "17:00", cutOffAt: "09:00" }],
		["no such day", { holidays: "2026-12-25, Easter" }],
		["no day at all", { workingDays: [] }],
	])("%s", (_, options) => expect(destinationOptions.safeParse(options).success).toBe(false));
});
