/** Minutes after midnight as a clock shows them: 480 is "08:00". */
export function clockOf(minutes: number): string {
	return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** The minutes of a clock's text; null for text that is no time. */
export function minutesOf(clock: string): number | null {
	const [, hours, minutes] = /^(\d{1,2}):(\d{2})/.exec(clock) ?? [];
	return hours && minutes ? Number(hours) * 60 + Number(minutes) : null;
}
