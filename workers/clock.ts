/**
 * The time that all workers share: the database's, carried on between two heartbeats by a clock that nobody sets. A
 * machine whose own clock is wrong, or is put right in the middle, must not send early what another one still waits for.
 */
export interface Clock {
	now(): Date;
	/** What the database's clock showed at this moment. */
	set(at: Date): void;
}

export function createClock(): Clock {
	let offsetMs = Date.now() - performance.now();
	return {
		now: () => new Date(offsetMs + performance.now()),
		set: (at) => {
			offsetMs = at.getTime() - performance.now();
		},
	};
}
