"use client";
import { Link, Tooltip } from "@heroui/react";
import type { RunState } from "@/lib/canonical/status";
import { runLooks } from "../status/run-status";
import { exactTime } from "../ui/time-words";

export interface StripRun {
	id: string;
	state: RunState;
	startedAt: Date;
	/** What it did, in words: "12 created, 1 failed". */
	counts: string;
}

const fills: Record<RunState, string> = {
	running: "bg-accent",
	done: "bg-success",
	done_with_problems: "bg-warning",
	waiting: "bg-border-tertiary",
	stopped: "bg-border-tertiary",
	interrupted: "bg-warning",
	failed: "bg-danger",
};

/** The last runs as a strip, oldest first: hover for counts, press for the run. Height says the state too. */
export function RunStrip({
	runs,
	href,
	timeZone,
	wrap = true,
}: {
	runs: StripRun[];
	href: (id: string) => string;
	timeZone: string;
	/** False where the strip is one line of a table. */
	wrap?: boolean;
}) {
	if (runs.length === 0) return <p className="text-[13px] text-muted">It has not run yet.</p>;
	return (
		<ol
			aria-label={`Last ${runs.length} runs, oldest first`}
			className={`flex max-w-full items-end gap-y-1 ${wrap ? "flex-wrap" : ""}`}
		>
			{runs.map(({ id, state, startedAt, counts }) => (
				<li key={id}>
					<Tooltip>
						<Link
							href={href(id)}
							aria-label={`${runLooks[state].word}, ${exactTime(startedAt, timeZone)}. ${counts}`}
							className="flex h-7 w-2.5 items-end px-px"
						>
							<span className={`block w-full rounded-[2px] ${fills[state]} ${state === "done" ? "h-4" : "h-6"}`} />
						</Link>
						<Tooltip.Content>
							<span className="block font-medium">{runLooks[state].word}</span>
							<span className="block">{counts}</span>
							<span className="block text-muted">{exactTime(startedAt, timeZone)}</span>
						</Tooltip.Content>
					</Tooltip>
				</li>
			))}
		</ol>
	);
}
