/**
 * A schedule's shortest step is a minute, and an automatic function waits for neighbours: right for work, slow to
 * watch. As a shop's webhook would, the demo tells the queue at once that there is something to do.
 */
import { systemTransaction } from "@/lib/db/system";
import { type FlowJobName, flowJob, isFlowJob, type Trigger } from "@/lib/jobs/catalogue";
import { enqueue } from "@/lib/jobs/job";
import { after, secondMs } from "@/lib/time";
import type { Hint } from "./floor";
import type { DemoPlace } from "./seed";

/** Long enough that a change made now is seen by the run. */
const hintDelayMs = secondMs;
/** How long an order stays in one state at least, so that a person sees it there. */
const restMs = 5 * secondMs;

interface FlowRow {
	id: string;
	accountId: string;
	merchantId: string;
	job: string;
}

/** Wakes the functions that the hints name, unless they are paused or off. */
export async function sendHints(places: DemoPlace[], hints: Hint[], now: Date): Promise<void> {
	if (hints.length === 0) return;
	await systemTransaction(async (tx) => {
		for (const [merchantId, jobs] of jobsByMerchant(places, hints)) {
			const flows = await tx.sql<FlowRow>(
				`select "id", "accountId", "merchantId", "job" from "Flow"
				 where "merchantId" = $1 and "job" = any($2) and "connectionId" = any($3) and "pausedAt" is null and "mode" <> 'off'`,
				[merchantId, [...jobs], connectionsOf(places)],
			);
			for (const flow of flows) await wake(tx, flow, "hint", after(now, hintDelayMs));
		}
	});
}

function jobsByMerchant(places: DemoPlace[], hints: Hint[]): Map<string, Set<FlowJobName>> {
	const found = new Map<string, Set<FlowJobName>>();
	for (const { merchant, job } of hints) {
		const place = places.find(({ key }) => key === merchant);
		if (place) found.set(place.merchantId, (found.get(place.merchantId) ?? new Set()).add(job));
	}
	return found;
}

/** Draws automatic deliveries and confirmations forward that have waited long enough to be seen. */
export async function hastenAutomatic(places: DemoPlace[], now: Date): Promise<void> {
	await systemTransaction(async (tx) => {
		const flows = await tx.sql<FlowRow>(
			`select f."id", f."accountId", f."merchantId", f."job" from "Flow" f
			 where f."connectionId" = any($1) and f."mode" = 'automatic' and f."pausedAt" is null
			   and not exists (select 1 from "Run" r where r."flowId" = f."id" and r."state" = 'running')
			   and (f."job" = 'orders/deliver' and exists (select 1 from "Order" o
			          where o."accountId" = f."accountId" and o."merchantId" = f."merchantId" and o."dueAt" <= $2
			            and o."status" = 'new' and o."heldAt" is null and not o."sendingCanceled" and o."createdAt" < $3)
			     or f."job" = 'shipments/upload' and exists (select 1 from "Confirmation" c
			          where c."accountId" = f."accountId" and c."connectionId" = f."connectionId" and c."nextTryAt" <= $2
			            and c."createdAt" < $3))`,
			[connectionsOf(places), now, after(now, -restMs)],
		);
		for (const flow of flows) await wake(tx, flow, "automatic", now);
	});
}

function connectionsOf(places: DemoPlace[]): string[] {
	return places.flatMap((place) => [place.shopConnectionId, place.warehouseConnectionId]);
}

async function wake(tx: Parameters<typeof enqueue>[0], flow: FlowRow, trigger: Trigger, at: Date): Promise<void> {
	if (!isFlowJob(flow.job)) return;
	const { id: flowId, accountId, merchantId } = flow;
	await enqueue(tx, flowJob(flow.job), { accountId, merchantId, flowId, trigger }, { at });
}
