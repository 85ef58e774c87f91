interface Planned {
	mode: "off" | "automatic" | "every" | "daily";
	everyMinutes: number | null;
	dailyAt: number | null;
	timeZone: string;
}

/** A schedule as a sentence. */
export function scheduleWords({ mode, everyMinutes, dailyAt, timeZone }: Planned): string {
	if (mode === "automatic") return "Automatic";
	if (mode === "every" && everyMinutes) return `Every ${spanWords(everyMinutes)}`;
	if (mode === "daily" && dailyAt !== null) return `Every day at ${clockWords(dailyAt)} (${timeZone})`;
	return "Only by hand";
}

export function spanWords(minutes: number): string {
	if (minutes === 1) return "minute";
	if (minutes < 60) return `${minutes} minutes`;
	if (minutes === 60) return "hour";
	if (minutes === 1440) return "24 hours";
	return minutes % 60 === 0 ? `${minutes / 60} hours` : `${minutes} minutes`;
}

/** Minutes after midnight as a wall clock shows them. */
export function clockWords(minutes: number): string {
	const two = (value: number) => String(value).padStart(2, "0");
	return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The intervals that are offered: from the fastest the function allows up to a day. */
export function intervals(fastestMinutes: number): number[] {
	return [1, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1440].filter((minutes) => minutes >= fastestMinutes);
}
