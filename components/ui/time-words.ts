import { dayMs, hourMs, minuteMs, secondMs } from "@/lib/time";

/** "4 min ago", "in 2 h", "just now"; a date from a week on. */
export function relativeTime(at: Date, now: Date, timeZone?: string): string {
	const distance = at.getTime() - now.getTime();
	const size = Math.abs(distance);
	if (size < 10 * secondMs) return distance > 0 ? "in a moment" : "just now";
	if (size >= 7 * dayMs)
		return at.toLocaleDateString("en-GB", {
			day: "numeric",
			month: "short",
			year: "numeric",
			...(timeZone && { timeZone }),
		});
	const words = duration(size);
	return distance > 0 ? `in ${words}` : `${words} ago`;
}

/** The largest unit that fits, rounded down: "45 s", "12 min", "3 h", "2 days". */
export function duration(ms: number): string {
	if (ms < secondMs) return `${Math.round(ms)} ms`;
	if (ms < minuteMs) return `${Math.floor(ms / secondMs)} s`;
	if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min`;
	if (ms < dayMs) return `${Math.floor(ms / hourMs)} h`;
	const days = Math.floor(ms / dayMs);
	return days === 1 ? "1 day" : `${days} days`;
}

/** "21 Nov 2026, 06:53:28 UTC" in the given zone. */
export function exactTime(at: Date, timeZone?: string): string {
	return at.toLocaleString("en-GB", {
		day: "numeric",
		month: "short",
		year: "numeric",
		hour: "2-digit",
		minute: "2-digit",
		second: "2-digit",
		timeZoneName: "short",
		...(timeZone && { timeZone }),
	});
}

/** "10:02" on the same day, "20 Nov, 10:02" on another one, in the given zone. */
export function clockTime(at: Date, now: Date, timeZone?: string): string {
	const zone = timeZone && { timeZone };
	const dayOf = (date: Date) => date.toLocaleDateString("en-GB", { day: "numeric", month: "short", ...zone });
	const time = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", ...zone });
	return dayOf(at) === dayOf(now) ? time : `${dayOf(at)}, ${time}`;
}
