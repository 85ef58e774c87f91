import { describe, expect, it } from "vitest";
import { nextRun } from "./next-run";

const flow = { id: "flo_1", mode: "every", everyMinutes: 15, dailyAt: null, timeZone: "UTC" };
const from = new Date("2026-11-21T10:00:00Z");

describe("the next run", () => {
	it("comes within the interval, and then every interval", () => {
		const first = nextRun(flow, from);
		const second = nextRun(flow, first ?? from);
		expect((first?.getTime() ?? 0) - from.getTime()).toBeGreaterThan(0);
		expect((first?.getTime() ?? 0) - from.getTime()).toBeLessThanOrEqual(15 * 60_000);
		expect((second?.getTime() ?? 0) - (first?.getTime() ?? 0)).toBe(15 * 60_000);
	});

	it("makes up no missed slots", () => {
		const late = new Date(from.getTime() + 24 * 3_600_000);
		expect((nextRun(flow, late)?.getTime() ?? 0) - late.getTime()).toBeLessThanOrEqual(15 * 60_000);
	});

	it("differs between flows, so that they do not fire together", () => {
		const times = new Set(Array.from({ length: 50 }, (_, i) => nextRun({ ...flow, id: `flo_${i}` }, from)?.getTime()));
		expect(times.size).toBeGreaterThan(40);
	});

	it("is daily at its hour, and nothing when off or automatic", () => {
		expect(nextRun({ ...flow, mode: "daily", dailyAt: 630 }, from)).toEqual(new Date("2026-11-21T10:30:00Z"));
		expect(nextRun({ ...flow, mode: "off" }, from)).toBeNull();
		expect(nextRun({ ...flow, mode: "automatic" }, from)).toBeNull();
	});
});
