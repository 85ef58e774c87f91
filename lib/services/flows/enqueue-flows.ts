import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { type FlowJobName, flowJob } from "@/lib/jobs/catalogue";
import { enqueue } from "@/lib/jobs/job";

/** Starts one function of a merchant because a person asked, on all its connections that are not paused: on how many. */
export async function enqueueFlows(
	tx: Transaction,
	scope: Scope,
	merchantId: string,
	name: FlowJobName,
): Promise<number> {
	const flows = await tx.sql<{ id: string }>(
		`select f."id" from "Flow" f join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
		 where f."accountId" = $1 and f."merchantId" = $2 and f."job" = $3 and f."pausedAt" is null and c."state" = 'active'
		   and c."archivedAt" is null order by f."id"`,
		[scope.accountId, merchantId, name],
	);
	const actorId = scope.actor.type === "job" ? undefined : scope.actor.id;
	for (const flow of flows)
		await enqueue(tx, flowJob(name), {
			accountId: scope.accountId,
			merchantId,
			flowId: flow.id,
			trigger: "person",
			...(actorId && { actorId }),
		});
	return flows.length;
}
