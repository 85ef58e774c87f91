import { systemTransaction } from "@/lib/db/system";

export interface Health {
	ok: boolean;
	database: boolean;
	workers: number;
	/** Age of the oldest flow that is due and has not been enqueued, in seconds. */
	oldestDueFlowSeconds: number;
}

/** What a monitor asks for. A database that does not answer is an answer too. */
export async function readHealth(): Promise<Health> {
	try {
		const [row] = await systemTransaction((tx) =>
			tx.sql<{ workers: number; lag: number }>(
				`select (select count(*)::int from "Worker" where "heartbeatAt" > now() - interval '30 seconds') as "workers",
				   coalesce(extract(epoch from now() - (select min("nextRunAt") from "Flow" where "nextRunAt" < now() and "pausedAt" is null)), 0)::int as "lag"`,
			),
		);
		const workers = row?.workers ?? 0;
		return { ok: workers > 0, database: true, workers, oldestDueFlowSeconds: row?.lag ?? 0 };
	} catch {
		return { ok: false, database: false, workers: 0, oldestDueFlowSeconds: 0 };
	}
}
