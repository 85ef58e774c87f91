import { hash } from "node:crypto";
import { minuteMs, nextDaily } from "@/lib/time";

export interface Schedule {
	id: string;
	mode: string;
	everyMinutes: number | null;
	dailyAt: number | null;
	timeZone: string;
}

/**
 * When a flow runs next, strictly after `from`. Intervals are aligned to slots of the flow's own, so that ten
 * thousand flows do not fire in the same second and a missed slot is not made up. Null: nothing is planned.
 */
export function nextRun(schedule: Schedule, from: Date): Date | null {
	if (schedule.mode === "every" && schedule.everyMinutes) {
		const period = schedule.everyMinutes * minuteMs;
		const offset = Number.parseInt(hash("md5", schedule.id, "hex").slice(0, 8), 16) % period;
		return new Date((Math.floor((from.getTime() - offset) / period) + 1) * period + offset);
	}
	if (schedule.mode === "daily" && schedule.dailyAt !== null)
		return nextDaily(from, schedule.dailyAt, schedule.timeZone);
	return null;
}
