"use client";
import { Tooltip } from "@heroui/react";
import { use, useEffect, useState } from "react";
import { exactTime, relativeTime } from "./time-words";
import { TimeZoneContext } from "./time-zone";

interface TimeProps {
	at: Date | string | null | undefined;
	/** A zone other than the person's own. */
	timeZone?: string;
	/** What stands where there is no time yet. */
	none?: string;
}

/** How long ago or how soon, with the exact time on hover and on focus. Moves on by itself. */
export function Time({ at, timeZone, none = "–" }: TimeProps) {
	useClock();
	const ownZone = use(TimeZoneContext);
	const zone = timeZone ?? ownZone;
	if (!at) return <span className="text-muted">{none}</span>;
	const date = new Date(at);
	return (
		<Tooltip>
			<Tooltip.Trigger className="inline">
				<time dateTime={date.toISOString()} className="num whitespace-nowrap" suppressHydrationWarning>
					{relativeTime(date, new Date(), zone)}
				</time>
			</Tooltip.Trigger>
			<Tooltip.Content>{exactTime(date, zone)}</Tooltip.Content>
		</Tooltip>
	);
}

/** Draws what uses it anew every ten seconds, so that a time that nobody touches moves on. */
function useClock(): void {
	const [, draw] = useState(0);
	useEffect(() => {
		const timer = setInterval(() => draw((count) => count + 1), 10_000);
		return () => clearInterval(timer);
	}, []);
}
