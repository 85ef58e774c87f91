import { describe, expect, test } from "vitest";
import { dayMs, hourMs, minuteMs, secondMs } from "@/lib/time";
import { duration, exactTime, relativeTime } from "./time-words";

const now = new Date("2026-11-21T12:00:00Z");
const from = (ms: number) => relativeTime(new Date(now.getTime() + ms), now);

describe("relative time", () => {
	test.each([
		[-3 * secondMs, "just now"],
		[3 * secondMs, "in a moment"],
		[-45 * secondMs, "45 s ago"],
		[-59 * minuteMs, "59 min ago"],
		[2 * hourMs, "in 2 h"],
		[-dayMs, "1 day ago"],
		[-6 * dayMs, "6 days ago"],
		[-8 * dayMs, "13 Nov 2026"],
	])("%i ms away reads %s", (ms, words) => {
		expect(from(ms)).toBe(words);
	});

	test("a duration below a second keeps its milliseconds", () => {
		expect(duration(240)).toBe("240 ms");
	});

	test("the exact time is told in the person's zone", () => {
		expect(exactTime(now, "Europe/Berlin")).toContain("13:00:00");
		expect(exactTime(now, "UTC")).toContain("12:00:00");
	});
});
