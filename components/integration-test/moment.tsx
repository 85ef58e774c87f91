"use client";
import { useTimeZone } from "../shell/hub-context";
import { Time } from "../ui/time";
import { exactTime } from "../ui/time-words";

/** A time as the page shows times, and the exact one on paper, where nothing moves on. */
export function Moment({ at }: { at: string }) {
	const timeZone = useTimeZone();
	return (
		<>
			<span className="print:hidden">
				<Time at={at} />
			</span>
			<span className="num hidden print:inline">{exactTime(new Date(at), timeZone)}</span>
		</>
	);
}
