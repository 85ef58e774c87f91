/** When a warehouse works on what is ready. Pure: days and clocks are those of its own time zone. */
import { type DestinationOptions, weekdays } from "@/lib/canonical/connection-options";
import { clockOn, dayIn, daysLater } from "@/lib/time";

/** A warehouse that is closed for longer is not waited for. */
const farthest = 370;

/**
 * The moment at which something that is ready is worked on: at once within the hours, else when the warehouse next opens.
 * Null where its hours are not known, or where it does not open within a year.
 */
export function workedOnAt(ready: Date, options: DestinationOptions): Date | null {
	const { workTimeZone: zone, workingDays, holidays } = options;
	if (zone === "") return null;
	const closed = new Set(holidays.split(/[\s,]+/));
	const [opens, cutOff] = [minutesOf(options.opensAt), minutesOf(options.cutOffAt)];
	const today = dayIn(ready, zone);
	for (let later = 0; later <= farthest; later++) {
		const day = daysLater(today, later);
		if (closed.has(day) || !workingDays.includes(weekdayOf(day))) continue;
		if (ready < clockOn(day, opens, zone)) return clockOn(day, opens, zone);
		if (ready < clockOn(day, cutOff, zone)) return ready;
	}
	return null;
}

/** Until when an order waits that is ready now; null when it goes at once. */
export function waitsForOpening(ready: Date, options: DestinationOptions): Date | null {
	if (!options.deliverInHours) return null;
	const at = workedOnAt(ready, options);
	return at && at > ready ? at : null;
}

function minutesOf(clock: string): number {
	const [hours = 0, minutes = 0] = clock.split(":").map(Number);
	return hours * 60 + minutes;
}

function weekdayOf(day: string): (typeof weekdays)[number] {
	return weekdays[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? "mon";
}
