import { describe, expect, it } from "vitest";
import { ConnectorError, type Fault } from "@/lib/connectors/kit/fault";
import type { Context, Fields, Write, Written } from "@/lib/connectors/kit/types";
import { type PlannedWrite, sendWrites, type WriteResult } from "./send-writes";

const context = { signal: new AbortController().signal } as unknown as Context<Fields>;
const tick = () => new Promise((resolve) => setTimeout(resolve, 1));
const batch = (from: number, count: number) =>
	Array.from({ length: count }, (_, i): PlannedWrite<number> => {
		const id = String(from + i);
		return { id, key: id, value: from + i, attempt: 1, look: false };
	});

/** Sends what the batches hold, and tells in which order things happened. */
async function send(
	batches: PlannedWrite<number>[][],
	more: { create?: (value: number) => void; claim?: () => void; settle?: () => void } = {},
) {
	const seen = {
		sent: [] as number[],
		settled: [] as WriteResult[],
		claims: 0,
		sentAtClaim: [] as number[],
		atOnce: 0,
	};
	let settling = 0;
	const ended = await sendWrites<number>({
		context,
		creator: {
			find: async () => null,
			create: async (_, { value }: Write<number>): Promise<Written> => {
				await tick();
				more.create?.(value);
				seen.sent.push(value);
				return { externalId: String(value), existed: false };
			},
		},
		claim: async () => {
			seen.sentAtClaim.push(seen.sent.length);
			await tick();
			if (seen.claims > 0) more.claim?.();
			return batches[seen.claims++] ?? [];
		},
		concurrent: 4,
		now: () => new Date(),
		isOver: () => false,
		settle: async (results) => {
			seen.atOnce = Math.max(seen.atOnce, ++settling);
			await tick();
			more.settle?.();
			settling--;
			seen.settled.push(...results);
		},
	}).then(
		(fault) => ({ fault, error: null }),
		(error: Error) => ({ fault: null, error: error.message }),
	);
	return { ...seen, ...ended };
}
const fail = (fault: Fault) => () => {
	throw new ConnectorError(fault, "no");
};

describe("sending", () => {
	it("takes everything that is claimed once, and settles it once, one commit at a time", async () => {
		const done = await send([batch(0, 200), batch(200, 200), batch(400, 3)]);
		expect(done.sent.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 403 }, (_, i) => i));
		expect(new Set(done.settled.map(({ id }) => id)).size).toBe(403);
		expect(done.settled).toHaveLength(403);
		expect(done.atOnce).toBe(1);
		expect(done).toMatchObject({ claims: 4, fault: null, error: null });
	});

	it("claims more before the last has left", async () => {
		const { sentAtClaim } = await send([batch(0, 200), batch(200, 200)]);
		expect(sentAtClaim[1]).toBeGreaterThan(100);
		expect(sentAtClaim[1]).toBeLessThan(200);
	});

	it("ends with a fault of the whole connection: the rest is given back, and nothing more is claimed", async () => {
		const done = await send([batch(0, 200), batch(200, 200)], { create: fail({ kind: "auth", reason: "invalid" }) });
		expect(done.fault).toEqual({ kind: "auth", reason: "invalid" });
		expect(done.claims).toBe(1);
		expect(done.settled.filter(({ state }) => state === "postponed")).toHaveLength(196);
	});

	it("settles what was sent when a claim fails, and says so", async () => {
		const claim = () => {
			throw new Error("the run is lost");
		};
		const done = await send([batch(0, 100)], { claim });
		expect(done.error).toBe("the run is lost");
		expect(done.settled.filter(({ state }) => state === "accepted")).toHaveLength(100);
	});

	it("stops when results cannot be kept", async () => {
		const settle = () => {
			throw new Error("the run is lost");
		};
		const done = await send([batch(0, 200), batch(200, 200)], { settle });
		expect(done.error).toBe("the run is lost");
		expect(done.sent.length).toBeLessThan(100);
	});
});
