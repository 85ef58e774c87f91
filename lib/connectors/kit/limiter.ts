/**
 * Keeps to what a partner allows: at most `requests` in any window of `perSeconds`, at most `concurrent` in
 * flight. One limiter per connection and process; jobs of the same connection share it by key. Of other processes it
 * knows nothing: whoever has several makes a limiter that does.
 */
import type { Connector } from "./types";

export interface Limiter {
	/** Waits for a place, then runs the call in it. Rejects with the signal's reason when aborted while waiting. */
	run<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T>;
	/** True when forgetting it changes nothing: no call is on its way, and the last began a window ago. */
	idle(): boolean;
}

const limiters = new Map<string, Limiter>();
/** Beyond so many, those that are idle are forgotten before another one is made. */
const most = 1000;

export function limiterFor(key: string, make: () => Limiter): Limiter {
	let limiter = limiters.get(key);
	if (!limiter) {
		if (limiters.size >= most) for (const [other, kept] of limiters) if (kept.idle()) limiters.delete(other);
		limiter = make();
		limiters.set(key, limiter);
	}
	return limiter;
}

export function createLimiter({ requests, perSeconds, concurrent }: Connector["limits"]): Limiter {
	const windowMs = perSeconds * 1000;
	/** Start times of the last `requests` calls, as a ring: the slot to be overwritten is the oldest. */
	const starts: number[] = [];
	const waiting: (() => void)[] = [];
	let next = 0;
	let lastStart = Number.NEGATIVE_INFINITY;
	let inFlight = 0;
	let timer: NodeJS.Timeout | undefined;

	/** Takes a place when one is free now. */
	const enterNow = (): boolean => {
		if (inFlight >= concurrent) return false;
		const now = performance.now();
		const freeAt = (starts[next] ?? Number.NEGATIVE_INFINITY) + windowMs;
		if (freeAt > now) {
			if (timer === undefined) timer = setTimeout(wake, freeAt - now + 1);
			return false;
		}
		starts[next] = lastStart = now;
		next = (next + 1) % requests;
		inFlight++;
		return true;
	};
	const admit = () => {
		while (waiting.length > 0 && enterNow()) waiting.shift()?.();
	};
	const wake = () => {
		timer = undefined;
		admit();
	};
	const place = (signal: AbortSignal) =>
		new Promise<void>((resolve, reject) => {
			const enter = () => {
				signal.removeEventListener("abort", leave);
				resolve();
			};
			const leave = () => {
				waiting.splice(waiting.indexOf(enter), 1);
				reject(signal.reason);
			};
			signal.addEventListener("abort", leave, { once: true });
			waiting.push(enter);
			admit();
		});

	return {
		idle: () => inFlight === 0 && waiting.length === 0 && lastStart + windowMs < performance.now(),
		async run(signal, call) {
			signal.throwIfAborted();
			if (waiting.length > 0 || !enterNow()) await place(signal);
			try {
				return await call();
			} finally {
				inFlight--;
				admit();
			}
		},
	};
}
