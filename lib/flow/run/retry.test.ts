import { beforeAll, describe, expect, it } from "vitest";
import { overrideEnv } from "@/lib/env";
import { testEnv } from "@/lib/testing/database";
import { after, dayMs, hourMs, minuteMs } from "@/lib/time";
import { retryAfter } from "./retry";

const firstTriedAt = new Date("2026-11-01T00:00:00Z");
const waitMs = (attempts: number, laterMs: number) => {
	const now = after(firstTriedAt, laterMs);
	const retry = retryAfter({ kind: "transient", sent: false }, { now, attempts, firstTriedAt });
	return retry.kind === "later" ? retry.at.getTime() - now.getTime() : null;
};

beforeAll(() => overrideEnv({ ...testEnv, DATABASE_URL: "postgres://localhost/none", RETRY_SCALE: "1" }));

describe("a delivery that fails because the warehouse is out", () => {
	it.each([
		[1, 1],
		[2, 2],
		[3, 5],
		[4, 15],
		[5, 60],
		[6, 60],
		[300, 60],
	])("is tried again after try %i in about %i minutes: hourly in the end", (attempts, minutes) => {
		const waited = waitMs(attempts, hourMs) ?? 0;
		expect(waited).toBeGreaterThanOrEqual(minutes * minuteMs);
		expect(waited).toBeLessThanOrEqual(minutes * minuteMs * 1.1);
	});

	it("is tried for 15 days, and not after them", () => {
		expect(waitMs(360, 15 * dayMs)).not.toBeNull();
		expect(waitMs(361, 15 * dayMs + 1)).toBeNull();
	});
});
