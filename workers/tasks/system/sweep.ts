/**
 * Cleans up after workers that died: their runs become interrupted, their jobs go back to the queue, and work that
 * is due without a job gets one. A worker is dead when its heartbeat is old and nobody holds its lock.
 */
import { systemTransaction } from "@/lib/db/system";
import { env } from "@/lib/env";
import { after, minuteMs, secondMs } from "@/lib/time";
import { type EnqueuedFlow, enqueueMany } from "./enqueue-many";

/** A heartbeat this old means dead even while the lock seems held: the machine may have lost its network. */
const silentMs = 2 * minuteMs;

export async function sweep(now: Date): Promise<{ workers: number; runs: number; flows: number }> {
	const workers = await buryWorkers(now);
	const runs = await endOrphans(now);
	const flows = await wakeFlows(now);
	return { workers, runs, flows };
}

/** The advisory lock a worker holds while it lives; released by the server the moment its connection ends. */
export const workerLock = `hashtextextended('crossdock worker ' || $1, 0)`;

async function buryWorkers(now: Date): Promise<number> {
	return systemTransaction(async (tx) => {
		const quiet = await tx.sql<{ id: string; queueIds: string[]; heartbeatAt: Date }>(
			`select "id", "queueIds", "heartbeatAt" from "Worker" where "heartbeatAt" < $1 for update skip locked`,
			[after(now, -env().WORKER_GRACE_SECONDS * secondMs)],
		);
		let buried = 0;
		for (const worker of quiet) {
			const [lock] = await tx.sql<{ free: boolean }>(`select pg_try_advisory_xact_lock(${workerLock}) as "free"`, [
				worker.id,
			]);
			if (!lock?.free && worker.heartbeatAt > after(now, -silentMs)) continue;
			await tx.sql(`select crossdock_unlock($1)`, [worker.queueIds]);
			await tx.sql(
				`update "Run" set "state" = 'interrupted', "endedAt" = $2, "message" = 'the worker was gone' where "state" = 'running' and "workerId" = $1`,
				[worker.id, now],
			);
			await tx.sql(`delete from "Worker" where "id" = $1`, [worker.id]);
			buried++;
		}
		return buried;
	});
}

/** Runs whose worker is not even known any more. */
async function endOrphans(now: Date): Promise<number> {
	return systemTransaction(async (tx) => {
		const ended = await tx.sql(
			`update "Run" r set "state" = 'interrupted', "endedAt" = $1, "message" = 'the worker was gone'
			 where r."state" = 'running' and r."heartbeatAt" < $2 and not exists (select 1 from "Worker" w where w."id" = r."workerId") returning 1`,
			[now, after(now, -env().WORKER_GRACE_SECONDS * secondMs)],
		);
		return ended.length;
	});
}

/** The safety net under all automatic work: what has been due for a while, without a job, gets one. */
async function wakeFlows(now: Date): Promise<number> {
	return systemTransaction(async (tx) => {
		const woken = await tx.sql<EnqueuedFlow>(
			`with late as (
			   select distinct o."accountId", f."id", f."merchantId", f."job" from "Order" o
			   join "Flow" f on f."accountId" = o."accountId" and f."merchantId" = o."merchantId" and f."job" = 'orders/deliver'
			   where o."dueAt" < $1 and (o."status" in ('new', 'at_wms') or o."splits" is not null and o."status" = 'error') and not o."sendingCanceled" and o."heldAt" is null
			     and (o."splits" is distinct from 'planned' or o."dueAt" is distinct from o."sharedDueAt" or exists (select 1 from "OrderShare" s
			       where s."accountId" = o."accountId" and s."orderId" = o."id" and s."connectionId" = f."connectionId" and s."dueAt" < $1))
			     and f."mode" = 'automatic' and f."pausedAt" is null
			   union
			   select distinct d."accountId", f."id", f."merchantId", f."job" from "Delivery" d
			   join "Flow" f on f."accountId" = d."accountId" and f."connectionId" = d."connectionId" and f."job" = 'orders/deliver'
			   where d."state" = 'sending' and f."mode" = 'automatic' and f."pausedAt" is null
			     and not exists (select 1 from "Run" r where r."flowId" = f."id" and r."state" = 'running')
			   union
			   select distinct c."accountId", f."id", f."merchantId", f."job" from "Confirmation" c
			   join "Flow" f on f."accountId" = c."accountId" and f."connectionId" = c."connectionId" and f."job" = 'shipments/upload'
			   where (c."nextTryAt" < $1 or (c."state" = 'sending' and not exists (
			       select 1 from "Run" r where r."flowId" = f."id" and r."state" = 'running')))
			     and f."mode" = 'automatic' and f."pausedAt" is null
			   union
			   select distinct w."accountId", f."id", f."merchantId", f."job" from "WarehouseCancellation" w
			   join "Flow" f on f."accountId" = w."accountId" and f."connectionId" = w."connectionId" and f."job" = 'cancels/upload'
			   where (w."nextTryAt" < $1 or (w."state" = 'sending' and not exists (
			       select 1 from "Run" r where r."flowId" = f."id" and r."state" = 'running')))
			     and f."mode" = 'automatic' and f."pausedAt" is null
			   limit 1000)
			 select l.* from late l where exists (
			   select 1 from "Connection" c join "Flow" f on f."connectionId" = c."id" and f."accountId" = c."accountId"
			   where f."accountId" = l."accountId" and f."id" = l."id" and c."state" = 'active' and c."archivedAt" is null
			     and (c."throttledUntil" is null or c."throttledUntil" < $2) and (c."probeAt" is null or c."probeAt" < $2))`,
			[after(now, -2 * env().WORKER_GRACE_SECONDS * secondMs), now],
		);
		await enqueueMany(tx, woken, { trigger: "retry", at: now });
		return woken.length;
	});
}
