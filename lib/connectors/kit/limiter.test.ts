import { setMaxListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLimiter } from "./limiter";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());
const never = new AbortController().signal;
setMaxListeners(0, never);

describe("a limiter", () => {
	it("lets no window of time hold more calls than allowed", async () => {
		const limiter = createLimiter({ requests: 5, perSeconds: 2, concurrent: 100 });
		const starts: number[] = [];
		const start = async () => void starts.push(performance.now());
		for (let round = 0; round < 12; round++) {
			for (let i = 0; i < round % 4; i++) void limiter.run(never, start);
			await vi.advanceTimersByTimeAsync(137 * round);
		}
		await vi.advanceTimersByTimeAsync(60_000);
		expect(starts).toHaveLength(18);
		const inWindow = starts.map((from) => starts.filter((at) => at >= from && at < from + 2000).length);
		expect(Math.max(...inWindow)).toBe(5);
	});

	it("never has more in flight than allowed, and goes on as places come free", async () => {
		const limiter = createLimiter({ requests: 1000, perSeconds: 1, concurrent: 3 });
		let inFlight = 0;
		let most = 0;
		let done = 0;
		const work = async () => {
			most = Math.max(most, ++inFlight);
			await new Promise((resolve) => setTimeout(resolve, 10));
			inFlight--;
			done++;
		};
		for (let i = 0; i < 20; i++) void limiter.run(never, work);
		await vi.advanceTimersByTimeAsync(1000);
		expect({ most, done }).toEqual({ most: 3, done: 20 });
	});

	it("frees the place of a call that failed", async () => {
		const limiter = createLimiter({ requests: 1000, perSeconds: 1, concurrent: 1 });
		await expect(limiter.run(never, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
		expect(await limiter.run(never, async () => "next")).toBe("next");
	});

	it("lets a waiting call leave, and takes no place for it", async () => {
		const limiter = createLimiter({ requests: 1, perSeconds: 10, concurrent: 1 });
		await limiter.run(never, async () => {});
		const stop = new AbortController();
		const waiting = limiter.run(stop.signal, async () => "ran");
		stop.abort(new Error("stopped"));
		await expect(waiting).rejects.toThrow("stopped");
		const after = limiter.run(never, async () => "ran");
		await vi.advanceTimersByTimeAsync(10_001);
		expect(await after).toBe("ran");
	});

	it("is idle only when nothing is under way and its window has passed", async () => {
		const limiter = createLimiter({ requests: 2, perSeconds: 1, concurrent: 1 });
		expect(limiter.idle()).toBe(true);
		await limiter.run(never, async () => {});
		expect(limiter.idle()).toBe(false);
		await vi.advanceTimersByTimeAsync(1001);
		expect(limiter.idle()).toBe(true);
	});
});
