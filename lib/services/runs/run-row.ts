import type { z } from "zod";
import type { runSummary } from "@/lib/api/contract/runs";
import { runCounts } from "@/lib/canonical/connection-options";
import type { RunState } from "@/lib/canonical/status";
import { type FlowJobName, flowJobs, type Trigger } from "@/lib/jobs/catalogue";

export type RunSummary = z.input<typeof runSummary>;

export interface RunRow {
	id: string;
	flowId: string;
	job: FlowJobName;
	connectionId: string;
	connectionName: string;
	merchantId: string;
	merchantName: string;
	trigger: Trigger;
	state: RunState;
	startedAt: Date;
	endedAt: Date | null;
	counts: unknown;
	message: string | null;
	againAt: Date | null;
}

/** For a query that calls the run `r`, its connection `c` and its merchant `m`. */
export const runColumns = `r."id", r."flowId", r."job", r."connectionId", c."name" as "connectionName", r."merchantId", m."name" as "merchantName",
  r."trigger", r."state", r."startedAt", r."endedAt", r."counts", r."message", r."againAt"`;

export const runJoins = `join "Connection" c on c."accountId" = r."accountId" and c."id" = r."connectionId"
  join "Merchant" m on m."accountId" = r."accountId" and m."id" = r."merchantId"`;

export function runSummaryOf(row: RunRow): RunSummary {
	return {
		id: row.id,
		job: row.job,
		title: flowJobs[row.job].title,
		connection: { id: row.connectionId, name: row.connectionName },
		merchant: { id: row.merchantId, name: row.merchantName },
		trigger: row.trigger,
		state: row.state,
		startedAt: row.startedAt,
		endedAt: row.endedAt,
		counts: runCounts.parse(row.counts),
		message: row.message,
		againAt: row.againAt,
	};
}
