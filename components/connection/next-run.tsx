"use client";
import { Time } from "../ui/time";

/** When something runs next. The scheduler looks once a minute, so what is due starts within one. */
export function NextRun({ at, timeZone }: { at: string | null; timeZone?: string }) {
	if (at && Date.parse(at) <= Date.now()) return <span title="It starts within a minute.">due now</span>;
	return <Time at={at} none="none planned" {...(timeZone && { timeZone })} />;
}
