/**
 * An event that another system posts. It is a hint to read sooner, never the data itself: late, doubled, replayed or
 * out of order it changes nothing but the time of the next run.
 */
import { ConnectorError } from "@/lib/connectors/kit/fault";
import type { Hooks } from "@/lib/connectors/kit/types";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { openConnection } from "@/lib/flow/connect/open-connection";
import { type FlowJobName, flowJob, flowJobs, isFlowJob } from "@/lib/jobs/catalogue";
import { enqueue } from "@/lib/jobs/job";
import { after, dayMs, minuteMs, secondMs } from "@/lib/time";

/** Systems repeat an event for some days; what is older was kept by somebody to be sent again. */
const oldestMs = 4 * dayMs;
const clocksDifferMs = 5 * minuteMs;
/** Partners wait three seconds for an answer. */
const patienceMs = 2.5 * secondMs;
/** Events come in flocks: one run answers them all. */
const gatherMs = 5 * secondMs;

/** A cancellation told by a cart is asked of it, one told by a warehouse is read from that. */
const jobsOf: Record<ReturnType<Hooks<never>["hints"]>[number]["reads"], FlowJobName[]> = {
	orders: ["orders/download"],
	cancellations: ["orders/cancel", "cancels/fetch"],
	shipments: ["shipments/fetch"],
	inventory: ["inventory/fetch"],
};

export interface Received {
	/** True when this event was here before. */
	repeated: boolean;
	/** The functions that will run sooner. */
	reads: FlowJobName[];
}

/** Throws `hook-refused` for a forged event or one from another time, `malformed` for what is no event. */
export async function receiveHook(scope: Scope, connectionId: string, request: Request): Promise<Received> {
	const now = new Date();
	const raw = await request.clone().text();
	const work = { signal: AbortSignal.timeout(patienceMs), now: () => now };
	const { connector, context } = await openConnection(scope, connectionId, work);
	if (!connector.hooks) throw new AppError("not-found", { thing: "address for events" });
	const proved = await connector.hooks.verify(context, request).catch((error) => {
		if (error instanceof ConnectorError)
			throw new AppError("hook-unproved", { system: connector.name }, { cause: error });
		throw error;
	});
	if (!proved) throw new AppError("hook-refused", { problem: `the signature is not that of ${connector.name}` });
	const body = parsed(raw);
	const event = connector.hooks.event(body);
	if (!event) throw new AppError("malformed");
	if (event.at < after(now, -oldestMs) || event.at > after(now, clocksDifferMs))
		throw new AppError("hook-refused", { problem: "it happened too long ago, or in the future" });
	const jobs = connector.hooks.hints(body).flatMap((hint) => jobsOf[hint.reads]);
	const reads = [...new Set(jobs)].filter((job) => connector[flowJobs[job].side]);
	return transact(scope, async (tx) => {
		if (await isRepeated(tx, scope, connectionId, event)) return { repeated: true, reads: [] };
		await readSooner(tx, scope, connectionId, { reads, at: after(now, gatherMs) });
		return { repeated: false, reads };
	});
}

async function isRepeated(tx: Transaction, scope: Scope, connectionId: string, event: { id: string; at: Date }) {
	const noted = await tx.sql(
		`insert into "HookEvent" ("accountId", "merchantId", "connectionId", "eventId", "happenedAt") values ($1, $2, $3, $4, $5)
		 on conflict do nothing returning 1`,
		[scope.accountId, scope.merchantId, connectionId, event.id, event.at],
	);
	return noted.length === 0;
}

async function readSooner(
	tx: Transaction,
	scope: Scope,
	connectionId: string,
	{ reads, at }: { reads: FlowJobName[]; at: Date },
): Promise<void> {
	const flows = await tx.sql<{ id: string; merchantId: string; job: string }>(
		`select f."id", f."merchantId", f."job" from "Flow" f
		 join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
		 where f."accountId" = $1 and f."connectionId" = $2 and f."job" = any($3) and f."mode" <> 'off' and f."pausedAt" is null
		   and c."state" = 'active'`,
		[scope.accountId, connectionId, reads],
	);
	for (const { id, merchantId, job } of flows) {
		if (!isFlowJob(job)) continue;
		const payload = { accountId: scope.accountId, merchantId, flowId: id, trigger: "hint" as const };
		await enqueue(tx, flowJob(job), payload, { at });
	}
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new AppError("malformed");
	}
}
