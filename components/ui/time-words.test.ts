import { describe, expect, test } from "vitest";
import { dayMs, hourMs, minuteMs, secondMs } from "@/lib/time";
import { clockTime, duration, exactTime, relativeTime } from "./time-words";

const now = new Date("2026-11-21T12:00:00Z");
const from = (ms: number) => relativeTime(new Date(now.getTime() + ms), now);

test("a clock time names its day only when it is another one", () => {
	expect(clockTime(new Date("2026-11-21T10:02:00Z"), now, "UTC")).toBe("10:02");
	expect(clockTime(new Date("2026-11-20T23:30:00Z"), now, "Europe/Berlin")).toBe("00:30");
	expect(clockTime(new Date("2026-11-20T10:02:00Z"), now, "UTC")).toBe("20 Nov, 10:02");
});

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
