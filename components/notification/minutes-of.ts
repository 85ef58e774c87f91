/** The minutes after midnight of a clock's text, such as "08:00"; null for text that is no time. */
export function minutesOf(clock: string): number | null {
	const [, hours, minutes] = /^(\d{1,2}):(\d{2})/.exec(clock) ?? [];
	return hours && minutes ? Number(hours) * 60 + Number(minutes) : null;
}
