import { systemTransaction } from "@/lib/db/system";

interface Health {
	/** Live: this process answers. Ready: so does the database.  */
	live: true;
	ready: boolean;
	/** Whether work goes on: the database answers and a worker lives. */
	ok: boolean;
	database: boolean;
	workers: number;
	/** Age of the oldest flow that is due and has not been enqueued, in seconds. */
	oldestDueFlowSeconds: number;
	/** The queue: jobs that wait for a worker although they are due, and how long the oldest has. */
	queue: { due: number; oldestDueSeconds: number };
}

type Probe = "live" | "ready" | "all";

const none = { live: true as const, workers: 0, oldestDueFlowSeconds: 0, queue: { due: 0, oldestDueSeconds: 0 } };

/** What a monitor asks for. A database that does not answer is an answer too. */
export async function readHealth(): Promise<Health> {
	try {
		const [row] = await systemTransaction((tx) =>
			tx.sql<{ workers: number; lag: number; due: number; oldest: number }>(
				`select (select count(*)::int from "Worker" where "heartbeatAt" > now() - interval '30 seconds') as "workers",
				   coalesce(extract(epoch from now() - (select min("nextRunAt") from "Flow" where "nextRunAt" < now() and "pausedAt" is null)), 0)::int as "lag",
				   coalesce(sum(q."due"), 0)::int as "due", coalesce(max(q."oldest_due_seconds"), 0)::int as "oldest" from crossdock_queue() q`,
			),
		);
		const workers = row?.workers ?? 0;
		const queue = { due: row?.due ?? 0, oldestDueSeconds: row?.oldest ?? 0 };
		const found = { database: true, workers, oldestDueFlowSeconds: row?.lag ?? 0, queue };
		return { ...none, ...found, ready: true, ok: workers > 0 };
	} catch {
		return { ...none, ready: false, ok: false, database: false };
	}
}

/**
 * The answer to one probe. `live` asks nobody else, so that a slow database restarts no process; `ready` is 503 while
 * this process cannot serve people; the whole is 503 also while no worker lives.
 */
export async function answerProbe(probe: Probe): Promise<Response> {
	if (probe === "live") return Response.json({ live: true });
	const health = await readHealth();
	const good = probe === "ready" ? health.ready : health.ok;
	return Response.json(health, { status: good ? 200 : 503, headers: { "cache-control": "no-store" } });
}

export function probeOf(word: string | null): Probe {
	return word === "live" || word === "ready" ? word : "all";
}
