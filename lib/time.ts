/** The one place that knows about clocks. Everything inside is a UTC instant. */

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** The instant `ms` milliseconds after `at`; negative goes back. */
export function after(at: Date, ms: number): Date {
	return new Date(at.getTime() + ms);
}

/** The later of two instants, either of which may be missing. */
export function latest(a: Date | null | undefined, b: Date | null | undefined): Date | null {
	if (!a) return b ?? null;
	if (!b) return a;
	return a > b ? a : b;
}

/** The next instant strictly after `from` at which a wall clock in `timeZone` shows `minutes` after midnight. */
export function nextDaily(from: Date, minutes: number, timeZone: string): Date {
	const dayAfter = (days: number) => wallToInstant(after(from, days * dayMs), minutes, timeZone);
	for (const days of [-1, 0, 1, 2]) {
		const candidate = dayAfter(days);
		if (candidate > from) return candidate;
	}
	return dayAfter(3);
}

/** The first instant of a day such as "2026-11-21", or of one that many days later, in a zone; null for no such day. */
export function dayStart(date: string, daysLater: number, timeZone: string): Date | null {
	const midnight = Date.parse(`${date}T00:00:00Z`) + daysLater * dayMs;
	if (Number.isNaN(midnight)) return null;
	const first = midnight - offsetMs(new Date(midnight), timeZone);
	return new Date(midnight - offsetMs(new Date(first), timeZone));
}

/** The day that a zone's calendar shows at an instant, such as "2026-11-21". */
export function dayIn(at: Date, timeZone: string): string {
	const [year, month, date] = wall(at, timeZone);
	return new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);
}

/** The day that many days later. */
export function daysLater(day: string, days: number): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** The instant at which a zone's clock shows so many minutes after midnight of a day; a skipped hour moves on. */
export function clockOn(day: string, minutes: number, timeZone: string): Date {
	const naive = Date.parse(`${day}T00:00:00Z`) + minutes * minuteMs;
	const first = naive - offsetMs(new Date(naive), timeZone);
	return new Date(naive - offsetMs(new Date(first), timeZone));
}

/** True for a zone name the platform knows, such as Europe/Berlin. */
export function isTimeZone(name: string): boolean {
	try {
		new Intl.DateTimeFormat("en", { timeZone: name });
		return true;
	} catch {
		return false;
	}
}

/** The instant at which the zone's clock shows `minutes` on the zone's day that holds `day`; a skipped hour moves on. */
function wallToInstant(day: Date, minutes: number, timeZone: string): Date {
	const [year, month, date] = wall(day, timeZone);
	const naive = Date.UTC(year, month - 1, date, 0, minutes);
	const first = naive - offsetMs(new Date(naive), timeZone);
	return new Date(naive - offsetMs(new Date(first), timeZone));
}

function offsetMs(at: Date, timeZone: string): number {
	const [year, month, date, hour, minute, second] = wall(at, timeZone);
	return Date.UTC(year, month - 1, date, hour, minute, second) - Math.floor(at.getTime() / secondMs) * secondMs;
}

type Wall = [year: number, month: number, date: number, hour: number, minute: number, second: number];

function wall(at: Date, timeZone: string): Wall {
	const parts = new Intl.DateTimeFormat("en-US", {
		timeZone,
		hourCycle: "h23",
		year: "numeric",
		month: "numeric",
		day: "numeric",
		hour: "numeric",
		minute: "numeric",
		second: "numeric",
	}).formatToParts(at);
	const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value ?? 0);
	return [read("year"), read("month"), read("day"), read("hour"), read("minute"), read("second")];
}
