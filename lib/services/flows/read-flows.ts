import type { z } from "zod";
import type { flow as flowSchema } from "@/lib/api/contract/connections";
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { type FlowJobName, flowJobNames, flowJobs } from "@/lib/jobs/catalogue";
import { type RunRow, runColumns, runSummaryOf } from "../runs/run-row";

export type FlowView = z.input<typeof flowSchema>;

interface Row {
	id: string;
	job: FlowJobName;
	mode: FlowView["mode"];
	everyMinutes: number | null;
	dailyAt: number | null;
	timeZone: string;
	pausedAt: Date | null;
	nextRunAt: Date | null;
	lastRunId: string | null;
}

/** The functions of a connection in travel order, or one function by its id. */
export async function readFlows(
	tx: Transaction,
	scope: Scope,
	which: { connectionId?: string; flowId?: string },
): Promise<FlowView[]> {
	const flows = await tx.sql<Row>(
		`select "id", "job", "mode", "everyMinutes", "dailyAt", "timeZone", "pausedAt", "nextRunAt", "lastRunId" from "Flow"
		 where "accountId" = $1 and ($2::text is null or "connectionId" = $2) and ($3::text is null or "id" = $3)`,
		[scope.accountId, which.connectionId ?? null, which.flowId ?? null],
	);
	// The newest run, which may be under way and so not yet the flow's last.
	const runs = await tx.sql<RunRow>(
		`select ${runColumns} from unnest($2::text[]) as wanted("id")
		 cross join lateral (select * from "Run" r where r."accountId" = $1 and r."flowId" = wanted."id" order by r."id" desc limit 1) r
		 join "Connection" c on c."accountId" = $1 and c."id" = r."connectionId"
		 join "Merchant" m on m."accountId" = $1 and m."id" = r."merchantId"`,
		[scope.accountId, flows.map(({ id }) => id)],
	);
	const last = new Map(runs.map((run) => [run.flowId, run]));
	return flows
		.sort((a, b) => flowJobNames.indexOf(a.job) - flowJobNames.indexOf(b.job))
		.map((row) => viewOf(row, last.get(row.id)));
}

function viewOf({ lastRunId: _, ...row }: Row, last: RunRow | undefined): FlowView {
	const { title, fastestMinutes, automatic } = flowJobs[row.job];
	return { ...row, title, fastestMinutes, automaticOffered: automatic, lastRun: last ? runSummaryOf(last) : null };
}
