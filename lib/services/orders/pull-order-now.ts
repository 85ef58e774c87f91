import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { flowJob } from "@/lib/jobs/catalogue";
import { enqueue } from "@/lib/jobs/job";

/** Loads one order of a cart now, whatever the download's cursor says. It is accepted by the same rules. */
export function pullOrderNow(scope: Scope, connectionId: string, sourceId: string): Promise<{ queuedAt: Date }> {
	return transact(scope, async (tx) => {
		const [flow] = await tx.sql<{ id: string; merchantId: string; name: string; state: string; pausedAt: Date | null }>(
			`select f."id", f."merchantId", c."name", c."state", f."pausedAt" from "Flow" f
			 join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
			 where f."accountId" = $1 and f."connectionId" = $2 and f."job" = 'orders/download' and c."archivedAt" is null`,
			[scope.accountId, connectionId],
		);
		if (!flow) throw new AppError("not-found", { thing: "cart" });
		if (flow.state !== "active" || flow.pausedAt)
			throw new AppError("conflict", { problem: `${flow.name} does not run now. Resume it first.` });
		const queuedAt = new Date();
		const actorId = scope.actor.type === "job" ? undefined : scope.actor.id;
		await enqueue(tx, flowJob("orders/download"), {
			accountId: scope.accountId,
			merchantId: flow.merchantId,
			flowId: flow.id,
			trigger: "person",
			only: sourceId,
			...(actorId && { actorId }),
		});
		await audit(tx, scope, {
			action: "order.pulled",
			subjectType: "connection",
			subjectId: connectionId,
			merchantId: flow.merchantId,
			after: { sourceId },
		});
		return { queuedAt };
	});
}
