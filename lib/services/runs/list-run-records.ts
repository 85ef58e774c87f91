import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { Conditions, cutPage, type Page, type PageInput } from "../page";

export interface RunRecordView {
	id: string;
	at: Date;
	subjectType: string;
	subject: string;
	orderId: string | null;
	outcome: string;
	reason: string | null;
	exchangeId: string | null;
}

/** What a run did, in the order it did it. Throws `not-found` when there is no such run. */
export async function listRunRecords(
	scope: Scope,
	runId: string,
	filters: PageInput & { outcome?: string | undefined },
): Promise<Page<RunRecordView>> {
	const conditions = new Conditions();
	conditions.add(`"accountId" = ?`, scope.accountId);
	conditions.add(`"runId" = ?`, runId);
	conditions.add(`"outcome" = ?`, filters.outcome);
	conditions.add(`"id" > ?`, filters.after);
	const rows = await transact(scope, async (tx) => {
		await mustExist(tx, scope, runId);
		return tx.sql<RunRecordView>(
			`select "id", "at", "subjectType", "subject", "orderId", "outcome", "reason", "exchangeId" from "RunRecord"
			 where ${conditions.where} order by "id" limit ${filters.limit + 1}`,
			conditions.values,
		);
	});
	return cutPage(rows, filters.limit, { key: (row) => row.id, item: (row) => row });
}

export async function mustExist(
	tx: { sql: (text: string, values: unknown[]) => Promise<unknown[]> },
	scope: Scope,
	runId: string,
) {
	const found = await tx.sql(`select 1 from "Run" where "accountId" = $1 and "id" = $2`, [scope.accountId, runId]);
	if (found.length === 0) throw new AppError("not-found", { thing: "run" });
}
