/**
 * What every flow function is handed: one open run of one flow, and the only way to write from it.
 * `commit` puts records, exchanges, counts and the run's heartbeat into the same transaction as the work
 * itself, and refuses when the run is no longer ours: a worker that was taken for dead writes nothing more.
 */
import type { RunCounts } from "@/lib/canonical/connection-options";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import type { FlowJobName } from "@/lib/jobs/catalogue";
import type { OpenConnection } from "./connect/open-connection";
import { type RunRecordInput, writeRecords } from "./run/records";

export interface FlowWork {
	readonly scope: Scope & { merchantId: string };
	/** Empty where somebody calls us and no run is open; see `direct.ts`. */
	readonly runId: string;
	/** A person asked for this one order of the source; the flow's cursor stays as it is. */
	readonly only?: string | undefined;
	readonly flow: { id: string; job: FlowJobName; cursor: unknown; readFrom: Date | null };
	readonly connection: OpenConnection;
	readonly counts: RunCounts;
	readonly signal: AbortSignal;
	readonly now: () => Date;
	/** Set when a person asked the run to stop; seen at the next commit. */
	stopAsked: boolean;
	/** When this run has had its turn, by the process's own clock; from then on it looks whether others wait. */
	readonly turnEndsAt: number;
	/** Commits so far. */
	commits: number;
	/** Others wait: the run ends at the next good moment and goes on behind them. Seen at a commit. */
	turnOver: boolean;
}

/** Another process has taken the run over, or a person's stop has ended it. Nothing of this commit was kept. */
export class RunLostError extends Error {
	constructor(runId: string) {
		super(`run ${runId} is no longer running here`);
		this.name = "RunLostError";
	}
}

/** What one commit counts and records, filled by the work inside it. */
export interface Commit extends Transaction {
	count(kind: Exclude<keyof RunCounts, "total">, by?: number): void;
	record(record: RunRecordInput): void;
}

/** The latest commit of each run: the next one begins when it has ended, however it ended. */
const latest = new WeakMap<FlowWork, Promise<unknown>>();

/**
 * One transaction of a run, after those that were asked for before: counts are added up, and a run's own row is
 * written by each. The work may be called again when the database asks for a retry, so counts and records are
 * collected anew each time and take effect only once it is committed.
 */
export function commit<T>(work: FlowWork, write: (tx: Commit) => Promise<T>): Promise<T> {
	const now = () => commitNow(work, write);
	const result = (latest.get(work) ?? Promise.resolve()).then(now, now);
	latest.set(work, result);
	return result;
}

async function commitNow<T>(work: FlowWork, write: (tx: Commit) => Promise<T>): Promise<T> {
	const exchanges = work.connection.recorder.take();
	let counted: Partial<RunCounts> = {};
	const result = await transact(work.scope, async (tx) => {
		const counts: Partial<RunCounts> = {};
		const records: RunRecordInput[] = [];
		const written = await write({
			sql: tx.sql,
			count: (kind, by = 1) => {
				counts[kind] = (counts[kind] ?? 0) + by;
			},
			record: (record) => {
				records.push(record);
			},
		});
		await writeRecords(tx, work, records);
		await work.connection.recorder.write(tx, work, exchanges);
		await touchRun(tx, work, sum(work.counts, counts));
		counted = counts;
		return written;
	});
	Object.assign(work.counts, sum(work.counts, counted));
	return result;
}

async function touchRun(tx: Transaction, work: FlowWork, counts: RunCounts): Promise<void> {
	// By the third commit every flow has done something: one that only began would begin for ever.
	const hadTurn = ++work.commits > 2 && performance.now() >= work.turnEndsAt;
	const [run] = await tx.sql<{ cancelAskedAt: Date | null; othersWait: boolean }>(
		`update "Run" set "counts" = $3, "heartbeatAt" = $4
		 where "accountId" = $1 and "id" = $2 and "state" = 'running'
		 returning "cancelAskedAt", case when $5 then crossdock_others_wait($6) else false end as "othersWait"`,
		[work.scope.accountId, work.runId, JSON.stringify(counts), work.now(), hadTurn, work.scope.merchantId],
	);
	if (!run) throw new RunLostError(work.runId);
	if (run.cancelAskedAt) work.stopAsked = true;
	work.turnOver = run.othersWait;
}

function sum(counts: RunCounts, more: Partial<RunCounts>): RunCounts {
	const total = { ...counts };
	for (const kind of countKinds) total[kind] += more[kind] ?? 0;
	return total;
}

const countKinds = ["read", "created", "updated", "unchanged", "skipped", "failed"] as const;

/** True when the run must end after what is already committed. */
export function mustStop(work: FlowWork): boolean {
	return work.stopAsked || work.signal.aborted;
}

/** True when the run must end, or should: it had its turn and others wait. For work that can go on where it ended. */
export function mustYield(work: FlowWork): boolean {
	return work.turnOver || mustStop(work);
}
