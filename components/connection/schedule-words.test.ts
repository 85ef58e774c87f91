import { expect, it } from "vitest";
import { intervals, scheduleWords } from "./schedule-words";

const none = { everyMinutes: null, dailyAt: null, timeZone: "Europe/Berlin" };

it.each([
	[{ ...none, mode: "automatic" as const }, "Automatic"],
	[{ ...none, mode: "off" as const }, "Only by hand"],
	[{ ...none, mode: "every" as const, everyMinutes: 5 }, "Every 5 minutes"],
	[{ ...none, mode: "every" as const, everyMinutes: 60 }, "Every hour"],
	[{ ...none, mode: "every" as const, everyMinutes: 240 }, "Every 4 hours"],
	[{ ...none, mode: "daily" as const, dailyAt: 390 }, "Every day at 06:30 (Europe/Berlin)"],
])("says a schedule as a sentence", (schedule, words) => {
	expect(scheduleWords(schedule)).toBe(words);
});

it("offers no interval faster than the function allows", () => {
	expect(intervals(15)[0]).toBe(15);
	expect(intervals(60)).not.toContain(30);
});
