/**
 * Order Cancel Upload: carts cancel what the warehouse canceled. Promise: intention first, look after a lost answer;
 * an order that is canceled there already counts as done. What a cart refuses is an alert for a person.
 */
import type { CancelMessage } from "@/lib/canonical/cancellation";
import { updateRows } from "@/lib/db/bulk";
import type { Ended } from "@/lib/jobs/job";
import { raiseAlerts } from "../run/alerts";
import { writeEvents } from "../run/events";
import { type Commit, commit, type FlowWork } from "../work";
import { writeAttempts } from "../writes/attempts";
import { type Judged, judge } from "../writes/judge";
import { all, sendClaimed } from "../writes/send-claimed";
import type { PlannedWrite, WriteResult } from "../writes/send-writes";
import { nextDue, recoverLost } from "../writes/unfinished";
import { untoldCause } from "./untold-cause";

const batchSize = 100;

interface Planned extends PlannedWrite<CancelMessage> {
	orderId: string;
	orderNumber: string;
	firstTriedAt: Date;
}
interface Settled {
	cancellation: Planned;
	result: WriteResult;
	judged: Judged;
}

export async function uploadCancellations(work: FlowWork): Promise<Ended> {
	const creator = work.connection.connector.source?.cancel;
	if (!creator) return { stop: true, because: "this system takes no cancellations" };
	await commit(work, (tx) => recoverLost(tx, work, "WarehouseCancellation"));
	const early = await sendClaimed<CancelMessage, Planned>(work, {
		creator,
		claim: async (tx) => all(await claim(tx, work)),
		settle: (tx, results, planned) => settle(tx, work, results, planned),
	});
	if (early) return early;
	return commit(work, (tx) => nextDue(tx, work, { table: "WarehouseCancellation", what: "cancellations" }));
}

interface Row {
	id: string;
	key: string;
	orderId: string;
	number: string;
	sourceId: string;
	state: string;
	reason: string;
	attempts: number;
	firstTriedAt: Date | null;
}

async function claim(tx: Commit, work: FlowWork): Promise<Planned[]> {
	const rows = await tx.sql<Row>(
		`with due as materialized (
		   select "id", "state" from "WarehouseCancellation" where "accountId" = $1 and "connectionId" = $2 and "nextTryAt" <= $3
		   order by "nextTryAt", "id" limit $5 for update skip locked),
		 taken as (
		   update "WarehouseCancellation" w set "state" = 'sending', "attempts" = w."attempts" + 1, "nextTryAt" = null, "runId" = $4,
		     "firstTriedAt" = coalesce(w."firstTriedAt", $3)
		   from due where w."accountId" = $1 and w."id" = due."id"
		   returning w."id", w."key", w."orderId", due."state", w."reason", w."attempts", w."firstTriedAt")
		 select t.*, o."number", o."sourceId" from taken t join "Order" o on o."accountId" = $1 and o."id" = t."orderId" order by t."id"`,
		[work.scope.accountId, work.connection.id, work.now(), work.runId, batchSize],
	);
	return rows.map((row) => ({
		id: row.id,
		key: row.key,
		value: { orderSourceId: row.sourceId, reason: row.reason || "Canceled by the warehouse" },
		attempt: row.attempts,
		look: row.state === "unknown",
		orderId: row.orderId,
		orderNumber: row.number,
		firstTriedAt: row.firstTriedAt ?? work.now(),
	}));
}

async function settle(
	tx: Commit,
	work: FlowWork,
	results: WriteResult[],
	planned: ReadonlyMap<string, Planned>,
): Promise<void> {
	const settled = results.flatMap((result): Settled[] => {
		const cancellation = planned.get(result.id);
		return cancellation ? [{ cancellation, result, judged: judge(result, cancellation, work.now()) }] : [];
	});
	await updateLines(
		tx,
		work,
		settled.map(({ judged }) => judged),
	);
	await writeAttempts(
		tx,
		work,
		settled.flatMap(({ cancellation: { id, attempt: number }, result, judged: { attempt, problem: message } }) =>
			attempt ? [{ cancellationId: id, action: "cancel" as const, number, result, attempt, message }] : [],
		),
	);
	for (const { cancellation, judged } of settled) {
		if (!judged.attempt || judged.problemCode === "throttled") continue;
		tx.count(judged.state === "accepted" ? "created" : "failed");
		tx.record({
			subjectType: "order",
			subject: cancellation.orderNumber,
			orderId: cancellation.orderId,
			outcome: judged.attempt.outcome,
			reason: judged.problem,
			exchangeId: judged.attempt.exchangeId,
		});
	}
	await tell(tx, work, settled);
}

/** What the order's page says of it, and an alert for what the cart will not do. */
async function tell(tx: Commit, work: FlowWork, settled: Settled[]): Promise<void> {
	const told = settled.filter(({ judged }) => judged.state === "accepted");
	const stopped = settled.filter(({ judged }) => judged.problem !== null && judged.nextTryAt === null);
	await writeEvents(tx, work, [
		...told.map(({ cancellation: { orderId }, judged: { existed } }) => ({
			orderId,
			kind: "cart-canceled" as const,
			facts: existed ? { reason: "It was canceled there already." } : {},
		})),
		...stopped.map(({ cancellation: { orderId }, judged: { problem } }) => ({
			orderId,
			kind: "cart-cancel-refused" as const,
			facts: { reason: problem ?? "" },
		})),
	]);
	await raiseAlerts(
		tx,
		work.scope,
		stopped.map(({ cancellation: { orderId, orderNumber: number }, judged: { problem } }) =>
			untoldCause({
				...{ orderId, number, problem: problem ?? "" },
				...{ system: work.connection.name, connectionId: work.connection.id },
			}),
		),
		work.now(),
	);
}

async function updateLines(tx: Commit, work: FlowWork, judged: Judged[]): Promise<void> {
	await updateRows(
		tx,
		"WarehouseCancellation",
		{
			...{ id: "text", state: "text", nextTryAt: "timestamptz", existed: "boolean" },
			...{ problem: "text", problemCode: "text", untried: "int" },
		},
		judged.map(({ id, state, nextTryAt, existed, problem, problemCode, tried }) => ({
			...{ id, nextTryAt, existed, problem, problemCode, untried: tried ? 0 : 1 },
			// Nothing is tried again by itself: whether it was refused or never answered, a person takes over.
			state: problem !== null && nextTryAt === null ? "refused" : state,
		})),
		{
			key: "id",
			set: `"state" = given."state", "nextTryAt" = given."nextTryAt", "existed" = given."existed", "problem" = given."problem",
			      "problemCode" = given."problemCode", "attempts" = "WarehouseCancellation"."attempts" - given."untried",
			      "acceptedAt" = case when given."state" = 'accepted' then $3::timestamptz end`,
			where: `"WarehouseCancellation"."accountId" = $2 and "WarehouseCancellation"."id" = given."id"
			      and "WarehouseCancellation"."state" = 'sending'`,
		},
		[work.scope.accountId, work.now()],
	);
}
