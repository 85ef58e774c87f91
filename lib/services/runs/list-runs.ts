import type { RunState } from "@/lib/canonical/status";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import type { FlowJobName } from "@/lib/jobs/catalogue";
import { Conditions, cutPage, type Page, type PageInput } from "../page";
import { type RunRow, type RunSummary, runColumns, runJoins, runSummaryOf } from "./run-row";

export interface RunFilters extends PageInput {
	merchantId?: string | undefined;
	connectionId?: string | undefined;
	job?: FlowJobName | undefined;
	state?: RunState | undefined;
	/** Leaves out runs that handled nothing and had no trouble. */
	busy?: boolean | undefined;
}

/** Runs, newest first. */
export async function listRuns(scope: Scope, filters: RunFilters): Promise<Page<RunSummary>> {
	const conditions = new Conditions();
	conditions.add(`r."accountId" = ?`, scope.accountId);
	conditions.add(`r."merchantId" = ?`, scope.merchantId ?? filters.merchantId);
	conditions.add(`r."connectionId" = ?`, filters.connectionId);
	conditions.add(`r."job" = ?`, filters.job);
	conditions.add(`r."state" = ?`, filters.state);
	conditions.add(`r."id" < ?`, filters.after);
	if (filters.busy)
		conditions.plain(
			`(r."state" <> 'done' or coalesce((r."counts" ->> 'created')::int, 0) + coalesce((r."counts" ->> 'updated')::int, 0)
			  + coalesce((r."counts" ->> 'failed')::int, 0) + coalesce((r."counts" ->> 'skipped')::int, 0) > 0)`,
		);
	const rows = await transact(scope, (tx) =>
		tx.sql<RunRow>(
			`select ${runColumns} from "Run" r ${runJoins} where ${conditions.where} order by r."id" desc limit ${filters.limit + 1}`,
			conditions.values,
		),
	);
	return cutPage(rows, filters.limit, { key: (row) => row.id, item: runSummaryOf });
}
