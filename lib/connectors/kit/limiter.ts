/**
 * Keeps to what a partner allows: at most `requests` in any window of `perSeconds`, at most `concurrent` in
 * flight. One limiter per connection and process; jobs of the same connection share it by key.
 */
import type { Connector } from "./types";

export interface Limiter {
	/** Waits for a place, then runs the call in it. Rejects with the signal's reason when aborted while waiting. */
	run<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T>;
}

const limiters = new Map<string, Limiter>();

export function limiterFor(key: string, limits: Connector["limits"]): Limiter {
	let limiter = limiters.get(key);
	if (!limiter) {
		limiter = createLimiter(limits);
		limiters.set(key, limiter);
	}
	return limiter;
}

export function createLimiter(limits: Connector["limits"]): Limiter {
	const windowMs = limits.perSeconds * 1000;
	/** Start times of the last `requests` calls, as a ring: the slot to be overwritten is the oldest. */
	const starts = new Float64Array(limits.requests).fill(Number.NEGATIVE_INFINITY);
	const waiting: (() => void)[] = [];
	let next = 0;
	let inFlight = 0;
	let _timer: NodeJS.Timeout | undefined;

	const admit = () => {
		while (waiting.length > 0 && inFlight < limits.concurrent) {
			const now = performance.now();
			const freeAt = (starts[next] ?? 0) + windowMs;
			if (freeAt > now) {
				_timer ??= setTimeout(
					() => {
						_timer = undefined;
						admit();
					},
					freeAt - now + 1,
				);
				return;
			}
			starts[next] = now;
			next = (next + 1) % limits.requests;
			inFlight++;
			waiting.shift()?.();
		}
	};
	const place = (signal: AbortSignal) =>
		new Promise<void>((resolve, reject) => {
			signal.throwIfAborted();
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
		async run(signal, call) {
			await place(signal);
			try {
				return await call();
			} finally {
				inFlight--;
				admit();
			}
		},
	};
}
