import type { Transaction } from "@/lib/db/transact";
import { type FlowJobName, flowJob } from "@/lib/jobs/catalogue";
import { enqueue } from "@/lib/jobs/job";
import { after, secondMs } from "@/lib/time";
import type { FlowWork } from "../work";

/** Changes that arrive within this time after the first go out as one run. */
export const automaticWindowMs = 20 * secondMs;

/**
 * Starts the merchant's automatic flows of one function, in the transaction that changed the data.
 * `connectionIds` narrows it to some connections; `except` leaves one out.
 */
export async function triggerAutomatic(
	tx: Transaction,
	work: FlowWork,
	name: FlowJobName,
	which: { connectionIds?: string[]; except?: string } = {},
): Promise<void> {
	const flows = await tx.sql<{ id: string }>(
		`select f."id" from "Flow" f
		 where f."accountId" = $1 and f."merchantId" = $2 and f."job" = $3 and f."mode" = 'automatic' and f."pausedAt" is null
		   and ($4::text[] is null or f."connectionId" = any($4)) and ($5::text is null or f."connectionId" <> $5)
		 order by f."id"`,
		[work.scope.accountId, work.scope.merchantId, name, which.connectionIds ?? null, which.except ?? null],
	);
	const at = after(work.now(), automaticWindowMs);
	for (const flow of flows) {
		await enqueue(
			tx,
			flowJob(name),
			{ accountId: work.scope.accountId, merchantId: work.scope.merchantId, flowId: flow.id, trigger: "automatic" },
			{ at },
		);
	}
}
