/** One open run, for what is measured inside a flow. */

import { openConnection } from "@/lib/flow/connect/open-connection";
import { closeRun, emptyCounts, openRun } from "@/lib/flow/run/open-run";
import type { FlowWork } from "@/lib/flow/work";
import type { FlowJobName } from "@/lib/jobs/catalogue";
import type { TestTenant } from "@/lib/testing/tenant";

export interface OpenWork {
	work: FlowWork;
	close(): Promise<void>;
}

export async function openWork(
	{ accountId, merchantId, scope }: TestTenant,
	connection: { id: string; flows: Record<string, string> },
	job: FlowJobName,
): Promise<OpenWork> {
	const now = () => new Date();
	const { signal } = new AbortController();
	const payload = { accountId, merchantId, flowId: connection.flows[job] ?? "", trigger: "person" as const };
	const opened = await openRun(scope, payload, "wrk_bench", now());
	if (opened.kind !== "open") throw new Error(`the run is ${opened.kind}`);
	const { runId, flow } = opened;
	const work: FlowWork = {
		...{ scope, runId, flow, signal, now, counts: { ...emptyCounts } },
		connection: await openConnection(scope, connection.id, { signal, now }),
		...{ turnEndsAt: Number.POSITIVE_INFINITY, commits: 0, turnOver: false, stopAsked: false },
	};
	return {
		work,
		close: () =>
			closeRun(scope, runId, payload, { ended: { done: true }, problems: false, interrupted: false, now: now() }),
	};
}
