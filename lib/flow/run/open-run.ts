/**
 * Opening and ending a run. A flow has at most one running run: the partial unique index decides, and the
 * loser comes back a little later. A run that ends says when the next try is due in the same transaction.
 */
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { env } from "@/lib/env";
import { type FlowJobName, type FlowPayload, flowJob, isFlowJob } from "@/lib/jobs/catalogue";
import { type Ended, enqueue } from "@/lib/jobs/job";
import { after, latest, secondMs } from "@/lib/time";
import { claimProbe } from "../connect/circuit";
import type { FlowWork } from "../work";

export type Opened =
	/** `probe`: the circuit is open, and this run is the one that asks whether the system is back. */
	| { kind: "open"; runId: string; flow: FlowRow; probe: boolean }
	/** Another run of this flow is under way, or enough of this merchant's while others wait; the job was put back. */
	| { kind: "busy" }
	/** The partner asked us to wait; the job was put back. */
	| { kind: "throttled"; until: Date }
	/** The system does not answer; the job was put back until somebody asks it again. */
	| { kind: "waiting"; until: Date }
	/** Paused, archived, needs reconnecting, or gone: nothing to do until a person acts. */
	| { kind: "closed" };

export interface FlowRow {
	id: string;
	job: FlowJobName;
	connectionId: string;
	cursor: unknown;
	readFrom: Date | null;
}

const busyWaitMs = 15 * secondMs;

interface OpeningRow extends Omit<FlowRow, "job"> {
	job: string;
	pausedAt: Date | null;
	state: string;
	throttledUntil: Date | null;
	probeAt: Date | null;
	archivedAt: Date | null;
}

export async function openRun(
	scope: FlowWork["scope"],
	payload: FlowPayload,
	workerId: string,
	now: Date,
): Promise<Opened> {
	return transact(scope, async (tx) => {
		const row = await readFlow(tx, payload);
		if (!row || row.archivedAt || row.pausedAt || row.state !== "active" || !isFlowJob(row.job))
			return { kind: "closed" };
		const job = flowJob(row.job);
		if (row.throttledUntil && row.throttledUntil > now) {
			await enqueue(tx, job, payload, { at: row.throttledUntil });
			return { kind: "throttled", until: row.throttledUntil };
		}
		if (await hasEnough(tx, scope)) {
			await enqueue(tx, job, payload, { at: now });
			return { kind: "busy" };
		}
		const isOut = row.probeAt !== null;
		if (row.probeAt && (row.probeAt > now || !(await claimProbe(tx, scope, row.connectionId, now)))) {
			const until = latest(row.probeAt, after(now, secondMs)) ?? now;
			await enqueue(tx, job, payload, { at: until });
			return { kind: "waiting", until };
		}
		const runId = newId("run", now.getTime());
		const inserted = await tx.sql(
			`insert into "Run" ("id", "accountId", "merchantId", "connectionId", "flowId", "job", "trigger", "actorId",
			                    "state", "workerId", "startedAt", "heartbeatAt", "counts", "cursorBefore")
			 values ($1, $2, $3, $4, $5, $6, $7, $8, 'running', $9, $10, $10, $11, $12)
			 on conflict ("flowId") where "state" = 'running' do nothing returning "id"`,
			[
				runId,
				payload.accountId,
				payload.merchantId,
				row.connectionId,
				row.id,
				row.job,
				payload.trigger,
				payload.actorId ?? null,
				workerId,
				now,
				JSON.stringify(emptyCounts),
				JSON.stringify(row.cursor),
			],
		);
		if (inserted.length === 0) {
			await enqueue(tx, job, payload, { at: after(now, busyWaitMs) });
			return { kind: "busy" };
		}
		return { kind: "open", runId, flow: { ...row, job: row.job }, probe: isOut };
	});
}

/** While others wait, one merchant has at most half as many runs as one worker has places. */
async function hasEnough(tx: Transaction, { accountId, merchantId }: FlowWork["scope"]): Promise<boolean> {
	const [row] = await tx.sql<{ enough: boolean }>(
		`select (select count(*) from "Run" where "accountId" = $1 and "merchantId" = $2 and "state" = 'running') >= $3
		   and crossdock_others_wait($2) as "enough"`,
		[accountId, merchantId, Math.max(1, Math.floor(env().WORKER_CONCURRENCY / 2))],
	);
	return row?.enough ?? false;
}

export const emptyCounts = { read: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };

async function readFlow(tx: Transaction, payload: FlowPayload): Promise<OpeningRow | undefined> {
	const [row] = await tx.sql<OpeningRow>(
		`select f."id", f."job", f."connectionId", f."cursor", f."readFrom", f."pausedAt",
		        c."state", c."throttledUntil", c."probeAt", c."archivedAt"
		 from "Flow" f join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
		 where f."accountId" = $1 and f."merchantId" = $2 and f."id" = $3`,
		[payload.accountId, payload.merchantId, payload.flowId],
	);
	return row;
}

export interface RunEnd {
	ended: Ended;
	/** Some records failed or were refused. */
	problems: boolean;
	/** A deploy or a stop cut the run short; nothing was lost. */
	interrupted: boolean;
	message?: string;
	now: Date;
}

/** Ends a run, unless another process has done so, and plans what it asked for. */
export async function closeRun(scope: Scope, runId: string, payload: FlowPayload, end: RunEnd): Promise<void> {
	await transact(scope, async (tx) => {
		const again = "again" in end.ended ? end.ended.again : null;
		const [run] = await tx.sql<{ job: string; cursor: unknown }>(
			`update "Run" r set "state" = $3, "endedAt" = $4, "message" = $5, "againAt" = $6, "cursorAfter" = f."cursor"
			 from "Flow" f
			 where r."accountId" = $1 and r."id" = $2 and r."state" = 'running'
			   and f."accountId" = r."accountId" and f."id" = r."flowId"
			 returning r."job"`,
			[scope.accountId, runId, stateOf(end), end.now, messageOf(end), again],
		);
		if (!run || !isFlowJob(run.job)) return;
		await tx.sql(`update "Flow" set "lastRunAt" = $3, "lastRunId" = $4 where "accountId" = $1 and "id" = $2`, [
			scope.accountId,
			payload.flowId,
			end.now,
			runId,
		]);
		if (again) await enqueue(tx, flowJob(run.job), { ...payload, trigger: "retry" }, { at: again });
	});
}

function stateOf(end: RunEnd): string {
	if (end.interrupted) return "interrupted";
	if ("stop" in end.ended) return "stopped";
	if ("again" in end.ended && !end.problems) return "waiting";
	return end.problems ? "done_with_problems" : "done";
}

function messageOf(end: RunEnd): string | null {
	if (end.message) return end.message;
	return "because" in end.ended ? end.ended.because : null;
}
