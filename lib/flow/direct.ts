/**
 * Work on a connection that no run does: another system calls us, and its answer waits. The same functions write
 * the same tables; there is no run, so no records of one, and whoever called is told instead.
 */
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import type { FlowJobName } from "@/lib/jobs/catalogue";
import { openConnection } from "./connect/open-connection";
import { emptyCounts } from "./run/open-run";
import type { Commit, FlowWork } from "./work";

/** Throws as `openConnection` does. */
export async function openDirect(
	scope: Scope & { merchantId: string },
	connectionId: string,
	job: FlowJobName,
): Promise<FlowWork> {
	const at = new Date();
	const signal = AbortSignal.timeout(30_000);
	const connection = await openConnection(scope, connectionId, { signal, now: () => at });
	return {
		scope,
		runId: "",
		flow: { id: "", job, cursor: null, readFrom: null },
		connection,
		counts: { ...emptyCounts },
		signal,
		now: () => at,
		stopAsked: false,
		turnEndsAt: Number.POSITIVE_INFINITY,
		commits: 0,
		turnOver: false,
	};
}

/** One transaction. What the work counts and records is left to the caller's answer. */
export function commitDirect<T>(work: FlowWork, write: (tx: Commit) => Promise<T>): Promise<T> {
	return transact(work.scope, (tx) => write({ sql: tx.sql, count: () => {}, record: () => {} }));
}
