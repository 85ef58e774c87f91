import type { z } from "zod";
import type { runDetail } from "@/lib/api/contract/runs";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { type RunRow, runColumns, runJoins, runSummaryOf } from "./run-row";

export type RunDetail = z.input<typeof runDetail>;

interface Row extends RunRow {
	actorId: string | null;
	actorName: string | null;
	cancelAskedAt: Date | null;
	cursorBefore: unknown;
	cursorAfter: unknown;
}

/** One run with what it did, counted by outcome. Throws `not-found`. */
export function readRun(scope: Scope, runId: string): Promise<RunDetail> {
	return transact(scope, async (tx) => {
		const [row] = await tx.sql<Row>(
			`select ${runColumns}, r."actorId", r."cancelAskedAt", r."cursorBefore", r."cursorAfter",
			   (select a."actorName" from "AuditEntry" a where a."accountId" = r."accountId" and a."actorId" = r."actorId"
			    and a."actorName" <> '' limit 1) as "actorName"
			 from "Run" r ${runJoins} where r."accountId" = $1 and r."id" = $2`,
			[scope.accountId, runId],
		);
		if (!row) throw new AppError("not-found", { thing: "run" });
		const outcomes = await tx.sql<{ outcome: string; count: number }>(
			`select "outcome", count(*)::int as "count" from "RunRecord" where "accountId" = $1 and "runId" = $2 group by 1 order by 2 desc, 1`,
			[scope.accountId, runId],
		);
		const [exchanges] = await tx.sql<{ count: number }>(
			`select count(*)::int as "count" from "Exchange" where "accountId" = $1 and "runId" = $2`,
			[scope.accountId, runId],
		);
		return {
			...runSummaryOf(row),
			flowId: row.flowId,
			actor: row.actorName ?? null,
			cancelAskedAt: row.cancelAskedAt,
			cursorBefore: row.cursorBefore ?? null,
			cursorAfter: row.cursorAfter ?? null,
			outcomes,
			exchanges: exchanges?.count ?? 0,
		};
	});
}
