/**
 * When to try again, as data. The kind of fault decides, never a counter of the queue: a throttled call is
 * not a try, a refused one is not repeated, and what is only out of reach is tried for fifteen days.
 */
import type { Fault } from "@/lib/connectors/kit/fault";
import { env } from "@/lib/env";
import { after, dayMs, hourMs, minuteMs } from "@/lib/time";

/** Waits after the first, second … failed try; the last one repeats. */
const transientWaitsMs = [1, 2, 5, 15, 60].map((minutes) => minutes * minuteMs);
const giveUpAfterMs = 15 * dayMs;
/** How long an answer that never came may still take effect at the far side, before we look. */
const settleMs = minuteMs;

export type Retry =
	/** Try again then; `counts` says whether this was a try. */
	| { kind: "later"; at: Date; counts: boolean }
	/** The connection itself stands still until a person acts. */
	| { kind: "reconnect" }
	/** The same would be refused again: a person or a changed setting must release it. */
	| { kind: "never"; because: "refused" | "gave-up" };

/**
 * What follows a fault. `attempts` counts tries so far, this one included; `firstTriedAt` starts the
 * fifteen days.
 */
export function retryAfter(fault: Fault, state: { now: Date; attempts: number; firstTriedAt: Date }): Retry {
	switch (fault.kind) {
		case "auth":
			return { kind: "reconnect" };
		case "permanent":
			return { kind: "never", because: "refused" };
		case "rate-limited":
			return { kind: "later", at: fault.retryAt, counts: false };
		case "transient": {
			if (state.now.getTime() - state.firstTriedAt.getTime() > giveUpAfterMs)
				return { kind: "never", because: "gave-up" };
			return { kind: "later", at: nextTry(state.now, state.attempts), counts: true };
		}
	}
}

/** When to try again what was tried so often and may work by itself later. */
export function nextTry(now: Date, attempts: number): Date {
	const wait = transientWaitsMs[Math.min(attempts, transientWaitsMs.length) - 1] ?? hourMs;
	return after(now, jitter(wait * env().RETRY_SCALE));
}

/** When to look for a write whose answer was lost with the process that waited for it. */
export function lookAfterCrash(now: Date): Date {
	return after(now, settleMs * env().RETRY_SCALE);
}

/** Up to a tenth later, so that a thousand orders that failed together do not return together. */
function jitter(ms: number): number {
	return ms * (1 + Math.random() * 0.1);
}
