import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { flowJob, isFlowJob, reconcileJobs } from "@/lib/jobs/catalogue";
import { enqueue } from "@/lib/jobs/job";

/** Runs every function of a connection once that is not off or paused, so that nothing waits for its schedule. */
export async function goOn(
	tx: Transaction,
	scope: Scope,
	connectionId: string,
	only?: { flowId: string },
): Promise<void> {
	const flows = await tx.sql<{ id: string; merchantId: string; job: string }>(
		`select f."id", f."merchantId", f."job" from "Flow" f
		 join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
		 where f."accountId" = $1 and f."connectionId" = $2 and ($3::text is null or f."id" = $3) and f."mode" <> 'off'
		   and f."pausedAt" is null and c."state" = 'active' and c."archivedAt" is null order by f."id"`,
		[scope.accountId, connectionId, only?.flowId ?? null],
	);
	const actorId = scope.actor.type === "job" ? undefined : scope.actor.id;
	for (const { id, merchantId, job } of flows) {
		if (!isFlowJob(job) || (reconcileJobs.includes(job) && !only)) continue;
		const payload = { accountId: scope.accountId, merchantId, flowId: id, trigger: "person" as const };
		await enqueue(tx, flowJob(job), { ...payload, ...(actorId && { actorId }) });
	}
}

/** Closes the alert that asked for new access details, and lets what waited for them go on. */
export async function reconnected(tx: Transaction, scope: Scope, connectionId: string): Promise<void> {
	await tx.sql(
		`update "Alert" set "resolvedAt" = now() where "accountId" = $1 and "cause" = $2 and "resolvedAt" is null`,
		[scope.accountId, `reconnect:${connectionId}`],
	);
	await goOn(tx, scope, connectionId);
}
