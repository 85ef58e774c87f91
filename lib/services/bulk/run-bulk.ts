/**
 * One verb on many orders, a few at a time. Each step commits what was done to its orders together with how far the
 * operation is, so that one that was cut goes on with the next order, and none is done twice.
 */
import { z } from "zod";
import { type BulkVerb, bulkVerbs } from "@/lib/api/contract/bulk";
import { newId } from "@/lib/db/ids";
import { permissions, type Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { type BulkPayload, bulkJob } from "@/lib/jobs/bulk";
import type { FlowJobName } from "@/lib/jobs/catalogue";
import { enqueueFlows } from "../flows/enqueue-flows";
import { applyChange, lockOrder } from "../orders/change-order";
import { refusalOf } from "./preview-bulk";
import { changeOf } from "./verbs";

const stepSize = 25;

const asker = z.object({
	actor: z.discriminatedUnion("type", [
		z.object({ type: z.enum(["user", "apiKey", "shareLink"]), id: z.string(), name: z.string().optional() }),
		z.object({ type: z.literal("job"), task: z.string() }),
	]),
	chosenMerchantIds: z.array(z.string()).optional(),
	linkId: z.string().optional(),
});

interface Row {
	id: string;
	verb: BulkVerb;
	reason: string;
	shipping: string;
	total: number;
	done: number;
	next: string[];
	stopAskedAt: Date | null;
}

/** Returns false when the worker was asked to stop before the end. */
export async function runBulk({ accountId, id }: BulkPayload, worker: { signal: AbortSignal }): Promise<boolean> {
	const scope = await scopeOfAsker(accountId, id);
	if (!scope) return true;
	while (!worker.signal.aborted) if (await transact(scope, (tx) => step(tx, scope, id))) return true;
	return false;
}

/** As whom it runs: whoever asked, within what they may see. Null when it is gone. */
async function scopeOfAsker(accountId: string, id: string): Promise<Scope | null> {
	const whole: Scope = {
		...{ accountId, may: new Set(permissions), requestId: newId("req") },
		actor: { type: "job", task: bulkJob.task },
	};
	const [row] = await transact(whole, (tx) =>
		tx.sql<{ merchantId: string | null; asker: unknown }>(
			`select "merchantId", "asker" from "BulkOperation" where "accountId" = $1 and "id" = $2`,
			[accountId, id],
		),
	);
	if (!row) return null;
	const { actor, chosenMerchantIds, linkId } = asker.parse(row.asker);
	return {
		...whole,
		...(row.merchantId && { merchantId: row.merchantId }),
		...(chosenMerchantIds && { chosenMerchantIds }),
		...(linkId && { linkId }),
		actor: actor.type === "job" ? actor : { type: actor.type, id: actor.id, ...(actor.name && { name: actor.name }) },
	};
}

/** Returns true when nothing is left to do. */
async function step(tx: Transaction, scope: Scope, id: string): Promise<boolean> {
	const [row] = await tx.sql<Row>(
		`select "id", "verb", "reason", "shipping", cardinality("orderIds") as "total", "done", "stopAskedAt",
		   "orderIds"["done" + 1 : "done" + ${stepSize}] as "next"
		 from "BulkOperation" where "accountId" = $1 and "id" = $2 and "endedAt" is null for update`,
		[scope.accountId, id],
	);
	if (!row || !bulkVerbs.includes(row.verb)) return true;
	const stopped = row.stopAskedAt !== null && row.done < row.total;
	const outcome = stopped ? { changed: [], problems: [], stays: 0 } : await doStep(tx, scope, row);
	const done = stopped ? row.done : row.done + row.next.length;
	const state = stopped ? "stopped" : done >= row.total ? "done" : "running";
	await tx.sql(
		`update "BulkOperation" set "done" = $3, "changedIds" = "changedIds" || $4::text[], "problems" = "problems" || $5::jsonb,
		   "stays" = "stays" + $6, "state" = $7, "startedAt" = coalesce("startedAt", now()),
		   "endedAt" = case when $7 in ('done', 'stopped') then now() end
		 where "accountId" = $1 and "id" = $2`,
		[scope.accountId, id, done, outcome.changed, JSON.stringify(outcome.problems), outcome.stays, state],
	);
	return state !== "running";
}

async function doStep(tx: Transaction, scope: Scope, { verb, reason, shipping, next }: Row) {
	const { runs, ...change } = changeOf(verb, scope, { reason, shipping });
	const changed: string[] = [];
	const merchants = new Set<string>();
	const problems: { id: string; number: string; sentence: string }[] = [];
	let stays = 0;
	for (const orderId of next) {
		const order = await lockOrder(tx, scope, orderId).catch((error) => {
			if (error instanceof AppError) return null;
			throw error;
		});
		const idle = order && change.idle?.(order);
		if (!order || idle) stays++;
		else {
			const sentence = refusalOf(change, order) ?? (await attempt(() => applyChange(tx, scope, order, change)));
			if (sentence) problems.push({ id: order.id, number: order.number, sentence });
			else {
				changed.push(order.id);
				merchants.add(order.merchantId);
			}
		}
	}
	await runFlows(tx, scope, runs, merchants);
	return { changed, problems, stays };
}

/** Why it could not be done. What a verb refuses it refuses before it writes anything. */
async function attempt(work: () => Promise<void>): Promise<string | null> {
	try {
		await work();
		return null;
	} catch (error) {
		if (error instanceof AppError && (error.code === "conflict" || error.code === "bad-input")) return error.message;
		throw error;
	}
}

async function runFlows(
	tx: Transaction,
	scope: Scope,
	name: FlowJobName | undefined,
	merchants: Set<string>,
): Promise<void> {
	if (name) for (const merchantId of merchants) await enqueueFlows(tx, scope, merchantId, name);
}
