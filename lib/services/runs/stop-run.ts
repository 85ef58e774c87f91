import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { mustExist } from "./list-run-records";

/** Asks a run to stop after what it is doing; everything it committed stays. */
export function stopRun(scope: Scope, runId: string): Promise<{ cancelAskedAt: Date }> {
	return transact(scope, async (tx) => {
		await mustExist(tx, scope, runId);
		const [run] = await tx.sql<{ cancelAskedAt: Date; merchantId: string }>(
			`update "Run" set "cancelAskedAt" = coalesce("cancelAskedAt", now()) where "accountId" = $1 and "id" = $2 and "state" = 'running'
			 returning "cancelAskedAt", "merchantId"`,
			[scope.accountId, runId],
		);
		if (!run) throw new AppError("conflict", { problem: "This run has ended already." });
		await audit(tx, scope, { action: "run.stopped", subjectType: "run", subjectId: runId, merchantId: run.merchantId });
		return { cancelAskedAt: run.cancelAskedAt };
	});
}
