import { ProgressBar } from "@heroui/react";

interface ProgressProps {
	/** Records handled so far. */
	done: number;
	/** Records in all, when the other system tells it. */
	total: number | null;
	/** What is counted, in the plural. */
	of: string;
	startedAt: Date;
}

/** How far long work is, with counts; with an estimate when the total is known. Read out politely. */
export function Progress({ done, total, of, startedAt }: ProgressProps) {
	const count =
		total === null
			? `${done.toLocaleString("en")} ${of} so far`
			: `${done.toLocaleString("en")} of ${total.toLocaleString("en")} ${of}`;
	const left = total === null ? null : estimate(done, total, Date.now() - startedAt.getTime());
	return (
		<div aria-live="polite">
			<ProgressBar
				aria-label={`Progress: ${count}`}
				isIndeterminate={total === null}
				value={total ? (100 * done) / total : 0}
				size="sm"
			>
				<ProgressBar.Track>
					<ProgressBar.Fill />
				</ProgressBar.Track>
			</ProgressBar>
			<p className="num mt-1.5 text-[13px] text-muted" suppressHydrationWarning>
				{count}
				{left && `, about ${left} left`}
			</p>
		</div>
	);
}

/** The remaining time at the speed so far, in words; nothing while too little is known. */
function estimate(done: number, total: number, elapsedMs: number): string | null {
	if (done === 0 || done >= total || elapsedMs < 2_000) return null;
	const seconds = Math.ceil(((total - done) * elapsedMs) / done / 1_000);
	return seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
