/**
 * What a partner allows, shared by all workers: the database counts, and each process takes some calls ahead, so that
 * a fast partner costs few questions. After a 429 less is taken, and more again little by little.
 */
import { ConnectorError } from "@/lib/connectors/kit/fault";
import { createLimiter, type Limiter, limiterFor } from "@/lib/connectors/kit/limiter";
import type { Connector } from "@/lib/connectors/kit/types";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { secondMs } from "@/lib/time";
import type { FlowWork } from "../work";

/** Into so many parts a window's calls are divided; a part that is not used in its time is given up. */
const parts = 20;
/** No less is used of a partner's limit, however often it says 429. */
const leastShare = 0.05;
/** 429s that come together are one. */
const oneSlowdownMs = 1_000;

type Take = (want: number) => Promise<{ granted: number; waitMs: number }>;

/** A limiter that asks for its places in the database. `id` names the budget: whoever gives the same one shares it. */
export function sharedLimiter(scope: Scope, id: string, limits: Connector["limits"]): Limiter {
	return limiterFor(id, () => limiterOver(limits, budget(scope, id, limits)));
}

/** The database's side of it: hands out calls, or says how long there are none. */
export function budget(scope: Scope, id: string, limits: Connector["limits"]): Take {
	const windowMs = limits.perSeconds * secondMs;
	return (want) =>
		transact(scope, async (tx) => {
			const [row] = await tx.sql<{ granted: number; waitMs: number }>(
				`select "granted", "wait_ms" as "waitMs" from crossdock_take($1, $2, $3, $4, $5)`,
				[id, scope.accountId, want, limits.requests, windowMs],
			);
			return row ?? { granted: 0, waitMs: windowMs };
		});
}

/** Calls wait for a part of the budget first, and then for one of the few places this process has at once. */
export function limiterOver(limits: Connector["limits"], take: Take): Limiter {
	const windowMs = limits.perSeconds * secondMs;
	const want = Math.max(1, Math.ceil(limits.requests / parts));
	const places = createLimiter(limits);
	let have = 0;
	let until = 0;
	let asking: Promise<void> | undefined;
	const ask = async () => {
		const { granted, waitMs } = await take(want).catch((cause: unknown) => {
			const fault = { kind: "transient", sent: false } as const;
			throw new ConnectorError(fault, "Our database was away. The call is made later.", { cause });
		});
		have = granted;
		until = performance.now() + windowMs / parts;
		if (granted === 0) await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, windowMs)));
	};
	const enter = async (signal: AbortSignal) => {
		for (;;) {
			signal.throwIfAborted();
			if (have > 0 && performance.now() < until) {
				have--;
				return;
			}
			asking ??= ask().finally(() => {
				asking = undefined;
			});
			await abortable(asking, signal);
		}
	};
	return {
		idle: places.idle,
		run: (signal, call) =>
			places.run(signal, async () => {
				await enter(signal);
				return call();
			}),
	};
}

function abortable(waiting: Promise<void>, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const stop = () => reject(signal.reason);
		signal.addEventListener("abort", stop, { once: true });
		waiting.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
	});
}

/** The partner said 429: half of what was used until now. */
export async function slowDown(tx: Transaction, work: FlowWork): Promise<void> {
	await tx.sql(
		`update "Budget" set "share" = greatest($3, "share" / 2), "shareAt" = clock_timestamp()
		 where "accountId" = $1 and "id" = $2 and ("share" = 1 or "shareAt" < clock_timestamp() - $4 * interval '1 millisecond')`,
		[work.scope.accountId, work.connection.budgetId, leastShare, oneSlowdownMs],
	);
}
