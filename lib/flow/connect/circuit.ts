/**
 * The circuit of a connection, in the database and so the same for all workers. It opens when the system has not
 * answered for several calls in a row. While it is open nothing is sent and no try is used; after a while one run asks
 * the cheapest question there is. The first answer closes it, and all that waited is due at once.
 */
import { ConnectorError, type Fault } from "@/lib/connectors/kit/fault";
import type { RecordedExchange } from "@/lib/connectors/kit/record";
import type { Transaction } from "@/lib/db/transact";
import { env } from "@/lib/env";
import { flowJob, isFlowJob, reconcileJobs } from "@/lib/jobs/catalogue";
import { type Ended, enqueue } from "@/lib/jobs/job";
import { after, minuteMs } from "@/lib/time";
import { hastenShares } from "../deliver/shares/delay-shares";
import { raiseAlerts } from "../run/alerts";
import { lookAfterCrash } from "../run/retry";
import { commit, type FlowWork } from "../work";

const openAfter = 5;
/** Waits before the first, second … probe; the last one repeats. */
const probeWaitsMs = [1, 1, 2, 5].map((minutes) => minutes * minuteMs);
/** An outage is told to people when it lasts longer: most end by themselves before anybody could do anything. */
const alertAfterMs = 30 * minuteMs;

/** What one run saw of the system: whether it ever answered, and how many of the last calls had no answer. */
export interface Reach {
	answered: boolean;
	failuresInARow: number;
	see(exchange: Pick<RecordedExchange, "status">): void;
	/** A whole batch was given up: whatever came back was of no use. */
	giveUp(fault: Fault): void;
}

export function watchReach(signal: AbortSignal): Reach {
	const reach: Reach = {
		answered: false,
		failuresInARow: 0,
		see: ({ status }) => {
			const isAnswer = status !== undefined && status < 500 && status !== 408;
			if (isAnswer) {
				reach.answered = true;
				reach.failuresInARow = 0;
			} else if (!signal.aborted) reach.failuresInARow++;
		},
		giveUp: ({ kind }) => {
			if (kind === "transient" && !signal.aborted) reach.failuresInARow = Math.max(reach.failuresInARow, openAfter);
		},
	};
	return reach;
}

/** Adds what a run saw to what is known of the connection. Returns how the run ends when the circuit is open now. */
export async function noteReach(work: FlowWork): Promise<Ended | null> {
	const { answered, failuresInARow } = work.connection.reach;
	if (!answered && failuresInARow === 0) return null;
	return commit(work, async (tx) => {
		const [row] = await tx.sql<{ failuresInARow: number; outageSince: Date | null; probeAt: Date | null }>(
			`select "failuresInARow", "outageSince", "probeAt" from "Connection" where "accountId" = $1 and "id" = $2
			 and ("failuresInARow" > 0 or "outageSince" is not null or $3 > 0) for update`,
			[work.scope.accountId, work.connection.id, failuresInARow],
		);
		if (!row) return null;
		if (failuresInARow === 0) {
			await closeCircuit(tx, work);
			return null;
		}
		const failures = failuresInARow + (answered ? 0 : row.failuresInARow);
		const opens = failures >= openAfter && row.outageSince === null;
		const since = row.outageSince ?? work.now();
		const probeAt = opens ? probeTime(work.now(), 0) : row.probeAt;
		await tx.sql(
			`update "Connection" set "failuresInARow" = $3, "outageSince" = $4, "probeAt" = $5, "probes" = case when $6 then 0 else "probes" end
			 where "accountId" = $1 and "id" = $2`,
			[work.scope.accountId, work.connection.id, failures, probeAt && since, probeAt, opens],
		);
		return probeAt && { again: probeAt, because: waitingFor(work, since) };
	});
}

/** Asks the system whether it is back. Returns how the run ends when it is not; a refusal to talk is an answer. */
export async function probe(work: FlowWork): Promise<Ended | null> {
	const { connection } = work;
	try {
		await connection.connector.check(connection.context);
	} catch (error) {
		// A page of maintenance is an answer to HTTP only.
		if (error instanceof ConnectorError && error.fault.kind === "transient") return stillOut(work);
		throw error;
	}
	if (connection.reach.failuresInARow > 0) return stillOut(work);
	await commit(work, (tx) => closeCircuit(tx, work));
	return null;
}

/** The next probe is later, and after half an hour people are told, once. */
function stillOut(work: FlowWork): Promise<Ended | null> {
	const { connection, scope } = work;
	// Said here already: the end of the run need not count these calls again.
	connection.reach.failuresInARow = 0;
	connection.reach.answered = false;
	return commit(work, async (tx) => {
		const now = work.now();
		const [row] = await tx.sql<{ outageSince: Date | null; probes: number }>(
			`update "Connection" set "probes" = "probes" + 1 where "accountId" = $1 and "id" = $2 and "outageSince" is not null
			 returning "outageSince", "probes"`,
			[scope.accountId, connection.id],
		);
		if (!row?.outageSince) return null;
		const probeAt = probeTime(now, row.probes);
		await tx.sql(`update "Connection" set "probeAt" = $3 where "accountId" = $1 and "id" = $2`, [
			scope.accountId,
			connection.id,
			probeAt,
		]);
		const cause = causeOf(connection.id);
		const [told] = await tx.sql(
			`select 1 from "Alert" where "accountId" = $1 and "cause" = $2 and "resolvedAt" is null`,
			[scope.accountId, cause],
		);
		if (!told && now.getTime() - row.outageSince.getTime() >= alertAfterMs) {
			const facts = { system: connection.name, since: row.outageSince.toISOString() };
			await raiseAlerts(tx, scope, [{ cause, code: "partner-unreachable", facts, connectionId: connection.id }], now);
		}
		return { again: probeAt, because: waitingFor(work, row.outageSince) };
	});
}

/** One run at a time probes: it moves the time of the next probe on before it asks. */
export async function claimProbe(tx: Transaction, scope: FlowWork["scope"], id: string, now: Date): Promise<boolean> {
	const won = await tx.sql(
		`update "Connection" set "probeAt" = $3 where "accountId" = $1 and "id" = $2 and "outageSince" is not null and "probeAt" <= $4
		 returning 1`,
		[scope.accountId, id, probeTime(now, 0), now],
	);
	return won.length > 0;
}

/** It answers again: what waited for it is due now, and its alert closes. */
async function closeCircuit(tx: Transaction, work: FlowWork): Promise<void> {
	const { accountId } = work.scope;
	const now = work.now();
	const [before] = await tx.sql<{ outageSince: Date | null }>(
		`select "outageSince" from "Connection" where "accountId" = $1 and "id" = $2 for update`,
		[accountId, work.connection.id],
	);
	await tx.sql(
		`update "Connection" set "failuresInARow" = 0, "outageSince" = null, "probeAt" = null, "probes" = 0
		 where "accountId" = $1 and "id" = $2`,
		[accountId, work.connection.id],
	);
	if (!before?.outageSince) return;
	await tx.sql(
		`update "Alert" set "resolvedAt" = $3 where "accountId" = $1 and "cause" = $2 and "resolvedAt" is null`,
		[accountId, causeOf(work.connection.id), now],
	);
	await hasten(tx, work, before.outageSince);
	const flows = await tx.sql<{ id: string; job: string }>(
		`select "id", "job" from "Flow" where "accountId" = $1 and "connectionId" = $2 and "mode" <> 'off' and "pausedAt" is null order by "id"`,
		[accountId, work.connection.id],
	);
	const { merchantId } = work.scope;
	for (const { id, job } of flows)
		if (isFlowJob(job) && !reconcileJobs.includes(job) && id !== work.flow.id)
			await enqueue(tx, flowJob(job), { accountId, merchantId, flowId: id, trigger: "retry" }, { at: now });
}

/** What was lost on its way is looked for no sooner than it may have taken effect. */
async function hasten(tx: Transaction, work: FlowWork, since: Date): Promise<void> {
	const values = [work.scope.accountId, work.connection.id, work.now(), since, lookAfterCrash(since)];
	await tx.sql(
		`update "Order" o set "dueAt" = greatest($3, case when d."state" = 'unknown' then d."sentAt" + ($5::timestamptz - $4::timestamptz) end)
		 from "Delivery" d where o."accountId" = $1 and d."accountId" = $1 and d."orderId" = o."id" and d."connectionId" = $2
		   and d."state" in ('intended', 'unknown') and o."status" in ('new', 'at_wms') and o."dueAt" > $3
		   and o."problemCode" in ('partner-unreachable', 'delivery-unknown') and o."splits" is null`,
		values,
	);
	await hastenShares(tx, work, since, lookAfterCrash(since));
	await tx.sql(
		`update "Confirmation" set "nextTryAt" = $3 where "accountId" = $1 and "connectionId" = $2 and "nextTryAt" > $3
		   and ("state" = 'intended' or ("state" = 'unknown' and $5 <= $3)) and "problemCode" in ('partner-unreachable', 'delivery-unknown')
		   and $4::timestamptz is not null`,
		values,
	);
	await tx.sql(
		`update "WarehouseCancellation" set "nextTryAt" = $3 where "accountId" = $1 and "connectionId" = $2 and "nextTryAt" > $3
		   and ("state" = 'intended' or ("state" = 'unknown' and $5 <= $3)) and "problemCode" in ('partner-unreachable', 'delivery-unknown')
		   and $4::timestamptz is not null`,
		values,
	);
	await tx.sql(
		`update "InventoryFigure" set "nextTryAt" = $3 where "accountId" = $1 and "connectionId" = $2 and "state" = 'unknown' and "nextTryAt" > $3`,
		values.slice(0, 3),
	);
}

function causeOf(connectionId: string): string {
	return `outage:${connectionId}`;
}

function probeTime(now: Date, probes: number): Date {
	const wait = probeWaitsMs[Math.min(probes, probeWaitsMs.length - 1)] ?? minuteMs;
	return after(now, wait * env().RETRY_SCALE);
}

function waitingFor(work: FlowWork, since: Date): string {
	return `Waiting for ${work.connection.name} since ${since.toISOString().slice(11, 16)} UTC`;
}
