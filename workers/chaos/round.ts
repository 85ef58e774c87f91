/** What schedules and people do in real life, only faster. The database may be away just then: the next round is near. */
import { transact } from "@/lib/db/transact";
import { type FlowJobName, flowJob } from "@/lib/jobs/catalogue";
import { enqueue } from "@/lib/jobs/job";
import { updateConnection } from "@/lib/services/connections/update-connection";
import type { TestTenant } from "@/lib/testing/tenant";
import type { World } from "./world";

const everyRound: FlowJobName[] = ["orders/download", "orders/deliver", "shipments/fetch", "shipments/upload"];

/** Every function of both merchants is asked to run. */
export async function runFlows(world: World, jobs = everyRound): Promise<void> {
	for (const { flows } of [world.cart, ...world.warehouses.map(({ wms }) => wms)])
		await unlessAway(() => enqueueAll(world.tenant, flows, jobs));
	await unlessAway(() => enqueueAll(world.refused.tenant, world.refused.cart.flows, ["orders/download"]));
	await unlessAway(() => reconnect(world));
}

async function enqueueAll(tenant: TestTenant, flows: Record<string, string>, jobs: FlowJobName[]): Promise<void> {
	const { accountId, merchantId } = tenant;
	await transact(tenant.scope, async (tx) => {
		for (const job of jobs) {
			const flowId = flows[job];
			if (flowId) await enqueue(tx, flowJob(job), { accountId, merchantId, flowId, trigger: "schedule" });
		}
	});
}

/** A partner that answered 401 for a moment: somebody sees the alert, and saves the same settings again. */
async function reconnect({ tenant }: World): Promise<void> {
	const { merchantId: _, ...staff } = tenant.scope;
	const waiting = await tenant.sql<{ id: string }>(`select "id" from "Connection" where "state" = 'needs_reconnect'`);
	for (const { id } of waiting) await updateConnection(staff, id, { values: {}, options: {} });
}

async function unlessAway(work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		if (!(error instanceof Error)) throw error;
	}
}

export function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
