import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { type FlowJobName, flowJob } from "@/lib/jobs/catalogue";
import { enqueue } from "@/lib/jobs/job";

/** Run now: puts one run of a function in the queue. Says why when it would not run. */
export function runFlowNow(scope: Scope, flowId: string): Promise<{ queuedAt: Date }> {
	return transact(scope, async (tx) => {
		const [flow] = await tx.sql<{
			merchantId: string;
			job: FlowJobName;
			pausedAt: Date | null;
			state: string;
			name: string;
			throttledUntil: Date | null;
		}>(
			`select f."merchantId", f."job", f."pausedAt", c."state", c."name", c."throttledUntil" from "Flow" f
			 join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
			 where f."accountId" = $1 and f."id" = $2 and c."archivedAt" is null`,
			[scope.accountId, flowId],
		);
		if (!flow) throw new AppError("not-found", { thing: "function" });
		if (flow.pausedAt) throw new AppError("conflict", { problem: "This function is paused. Resume it first." });
		if (flow.state !== "active")
			throw new AppError("conflict", { problem: `${flow.name} ${reasons[flow.state] ?? "cannot run now."}` });
		const queuedAt = new Date();
		const actorId = scope.actor.type === "job" ? undefined : scope.actor.id;
		await enqueue(tx, flowJob(flow.job), {
			accountId: scope.accountId,
			merchantId: flow.merchantId,
			flowId,
			trigger: "person",
			...(actorId && { actorId }),
		});
		await audit(tx, scope, {
			action: "flow.run",
			subjectType: "flow",
			subjectId: flowId,
			merchantId: flow.merchantId,
			after: { job: flow.job },
		});
		return { queuedAt };
	});
}

const reasons: Record<string, string> = {
	paused: "is paused. Resume it first.",
	needs_reconnect: "needs new access details first.",
	not_set_up: "is not set up yet. Finish its settings first.",
};
