/**
 * One verb on many orders, a few at a time. Each step commits what was done to its orders together with how far the
 * operation is, so that one that was cut goes on with the next order, and none is done twice.
 */
import { z } from "zod";
import { type BulkVerb, bulkVerbs } from "@/lib/api/contract/bulk";
import { scopeNow } from "@/lib/auth/asker";
import { keyScopeNow } from "@/lib/auth/authorization";
import { audit } from "@/lib/db/audit";
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
	while (!worker.signal.aborted) {
		const row = await readAsker(accountId, id);
		if (!row) return true;
		const scope = await scopeOfAsker(accountId, row);
		if (!scope) return stopWithoutAsker(accountId, id);
		if (await transact(scope, (tx) => step(tx, scope, id))) return true;
	}
	return false;
}

interface AskerRow {
	merchantId: string | null;
	asker: unknown;
}

/** Who asked; null when the operation is over or gone. */
async function readAsker(accountId: string, id: string): Promise<AskerRow | null> {
	const [row] = await transact(wholeAccount(accountId), (tx) =>
		tx.sql<AskerRow>(
			`select "merchantId", "asker" from "BulkOperation" where "accountId" = $1 and "id" = $2 and "endedAt" is null`,
			[accountId, id],
		),
	);
	return row ?? null;
}

/**
 * As whom it runs: whoever asked, within what they may touch at this moment. Null when their place, their key or the
 * link between two accounts ended meanwhile, or does not let them do this any more.
 */
async function scopeOfAsker(accountId: string, row: AskerRow): Promise<Scope | null> {
	const { actor } = asker.parse(row.asker);
	const now = await scopeOfActor(accountId, actor);
	if (!now?.may.has("orders:write") || (now.merchantId ?? null) !== row.merchantId) return null;
	return now;
}

function scopeOfActor(accountId: string, actor: z.output<typeof asker>["actor"]): Promise<Scope | null> | Scope | null {
	const requestId = newId("req");
	if (actor.type === "user") return scopeNow({ id: actor.id, name: actor.name ?? null }, accountId, requestId);
	if (actor.type === "apiKey") return keyScopeNow(actor.id, requestId);
	return actor.type === "job" ? { ...wholeAccount(accountId), actor } : null;
}

function wholeAccount(accountId: string): Scope {
	return {
		...{ accountId, may: new Set(permissions), requestId: newId("req") },
		actor: { type: "job", task: bulkJob.task },
	};
}

/** What is done stays done; the rest is not done in the name of somebody who may not do it. */
async function stopWithoutAsker(accountId: string, id: string): Promise<true> {
	const scope = wholeAccount(accountId);
	await transact(scope, async (tx) => {
		const [stopped] = await tx.sql<{ done: number }>(
			`update "BulkOperation" set "state" = 'stopped', "stopAskedAt" = coalesce("stopAskedAt", now()), "endedAt" = now()
			 where "accountId" = $1 and "id" = $2 and "endedAt" is null returning "done"`,
			[accountId, id],
		);
		if (!stopped) return;
		const after = { done: stopped.done, reason: "Who asked for it may not do this any more." };
		await audit(tx, scope, { action: "bulk.stopped", subjectType: "bulk", subjectId: id, after });
	});
	return true;
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
