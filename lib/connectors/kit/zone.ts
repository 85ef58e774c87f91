/** Times without an offset, as many systems write them: read and written in a zone that a setting names. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** True for an IANA zone the platform knows, such as UTC or America/Denver. */
export function isZone(zone: string): boolean {
	try {
		formatOf(zone);
		return true;
	} catch {
		return false;
	}
}

/** The wall clock of a zone at an instant: 2026-08-30T17:02:11, whole seconds. */
export function toLocal(at: Date, zone: string): string {
	return new Date(at.getTime() + offsetMs(at.getTime(), zone)).toISOString().slice(0, 19);
}

/** The instant of a wall clock; the earlier one where the clock was turned back. Null for what is no time. */
export function fromLocal(text: string | null | undefined, zone: string): Date | null {
	if (!text || !/^\d{4}-\d\d-\d\d/.test(text)) return null;
	const hasOffset = /(Z|[+-]\d\d:?\d\d)$/.test(text.slice(10));
	const wallMs = Date.parse(hasOffset ? text : `${text}${text.length === 10 ? "T00:00:00Z" : "Z"}`);
	if (Number.isNaN(wallMs)) return null;
	if (hasOffset || zone === "UTC") return new Date(wallMs);
	// Of the offsets around that time, the greatest that leads back to the same wall clock is the earlier instant.
	const offsets = [offsetMs(wallMs - 86_400_000, zone), offsetMs(wallMs + 86_400_000, zone)].sort((a, b) => b - a);
	const fitting = offsets.find((offset) => offsetMs(wallMs - offset, zone) === offset);
	return new Date(wallMs - (fitting ?? offsets[0] ?? 0));
}

/** True when the zone's clock is turned within two hours of the instant: its wall clock does not order times there. */
export function isTurning(at: Date, zone: string): boolean {
	const twoHoursMs = 7_200_000;
	return offsetMs(at.getTime() - twoHoursMs, zone) !== offsetMs(at.getTime() + twoHoursMs, zone);
}

function offsetMs(atMs: number, zone: string): number {
	if (zone === "UTC") return 0;
	const part: Record<string, number> = {};
	for (const { type, value } of formatOf(zone).formatToParts(atMs)) part[type] = Number(value);
	const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
	return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1000) * 1000;
}

function formatOf(zone: string): Intl.DateTimeFormat {
	let format = formats.get(zone);
	if (!format) {
		format = new Intl.DateTimeFormat("en-US", {
			timeZone: zone,
			hourCycle: "h23",
			year: "numeric",
			month: "2-digit",
			day: "2-digit",
			hour: "2-digit",
			minute: "2-digit",
			second: "2-digit",
		});
		formats.set(zone, format);
	}
	return format;
}
