import type { Transaction } from "@/lib/db/transact";
import { type FlowPayload, flowJob, isFlowJob, type Trigger } from "@/lib/jobs/catalogue";

export interface EnqueuedFlow {
	id: string;
	accountId: string;
	merchantId: string;
	job: string;
}

/** Enqueues flows of any account in one statement. What waits already keeps the earlier of both times. */
export async function enqueueMany(
	tx: Transaction,
	flows: EnqueuedFlow[],
	{ trigger, at }: { trigger: Trigger; at: Date },
): Promise<void> {
	const jobs = flows.flatMap(({ id, accountId, merchantId, job: name }) => {
		if (!isFlowJob(name)) return [];
		const { task, key, maxAttempts, priority } = flowJob(name);
		const payload: FlowPayload = { accountId, merchantId, flowId: id, trigger };
		return [{ task, payload, job_key: key(payload), run_at: at, max_attempts: maxAttempts, priority }];
	});
	await tx.sql("select crossdock_enqueue_many($1)", [JSON.stringify(jobs)]);
}
