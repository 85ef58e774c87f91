import type { z } from "zod";
import type { reconcileContract, reconciliation } from "@/lib/api/contract/reconcile";
import type { DifferenceKind } from "@/lib/canonical/difference";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { reconcileJobs } from "@/lib/jobs/catalogue";
import { mustBeConnection } from "./must-be-connection";

type Reconciliation = z.input<typeof reconciliation>;
type View = z.input<NonNullable<(typeof reconcileContract)["get"]["~orpc"]["outputSchema"]>>;
type Row = Omit<Reconciliation, "compared" | "kinds"> & { counts: Pick<Reconciliation, "compared" | "kinds"> };

/** How far both sides of a connection agree. Throws `not-found` for a foreign connection. */
export function readReconciliation(scope: Scope, connectionId: string): Promise<View> {
	return transact(scope, async (tx) => {
		await mustBeConnection(tx, scope, connectionId);
		const of = [scope.accountId, connectionId];
		// A round that was cut goes on by itself only if its last run is under way or will come again.
		const [flow] = await tx.sql<{ id: string; goesOn: boolean }>(
			`select f."id", coalesce((select r."state" = 'running' or r."againAt" is not null from "Run" r
			   where r."accountId" = f."accountId" and r."flowId" = f."id" order by r."id" desc limit 1), false) as "goesOn"
			 from "Flow" f where f."accountId" = $1 and f."connectionId" = $2 and f."job" = any($3)`,
			[...of, reconcileJobs],
		);
		const rows = await tx.sql<Row>(
			`select "id", "trigger", "state", "startedAt", "endedAt", "counts" from "Reconciliation"
			 where "accountId" = $1 and "connectionId" = $2 and "startedAt" > now() - interval '30 days' order by "id" desc limit 100`,
			of,
		);
		const open = await tx.sql<{ kind: DifferenceKind; count: number; asked: number }>(
			`select "kind", count(*)::int as "count", count(*) filter (where "fixAskedAt" >= "lastSeenAt")::int as "asked"
			 from "ReconciliationDifference" where "accountId" = $1 and "connectionId" = $2 and "goneAt" is null group by 1 order by 1`,
			of,
		);
		const rounds = rows.map(({ counts, ...row }): Reconciliation => ({ ...row, ...counts }));
		return {
			flowId: flow?.id ?? null,
			running: (flow?.goesOn && rounds.find(({ state }) => state === "running")) || null,
			history: rounds.filter(({ state }) => state !== "running"),
			open,
		};
	});
}
