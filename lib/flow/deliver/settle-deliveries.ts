/** Commits what became of sent deliveries: the delivery, its order, the attempt and the record, in one transaction. */
import { statusesBefore } from "@/lib/canonical/status";
import { updateRows } from "@/lib/db/bulk";
import { orderCause, raiseAlerts } from "../run/alerts";
import type { Commit, FlowWork } from "../work";
import { writeAttempts } from "../writes/attempts";
import { type Judged, judge } from "../writes/judge";
import type { WriteResult } from "../writes/send-writes";
import { noteTaken } from "./backorders";
import type { PlannedDelivery } from "./claim-orders";
import { settleShares } from "./shares/settle-shares";
import { cartCodes, unknownItem } from "./unknown-item";

interface Settled {
	delivery: PlannedDelivery;
	result: WriteResult;
	judged: Verdict;
}
type Verdict = Omit<Judged, "problemCode"> & { problemCode: Judged["problemCode"] | "unknown-sku" };

export async function settleDeliveries(
	tx: Commit,
	work: FlowWork,
	results: WriteResult[],
	planned: ReadonlyMap<string, PlannedDelivery>,
): Promise<void> {
	const now = work.now();
	const settled = results.flatMap((result): Settled[] => {
		const delivery = planned.get(result.id);
		return delivery ? [{ delivery, result, judged: judged(result, delivery, now) }] : [];
	});
	await updateDeliveries(tx, work, settled);
	await updateOrders(tx, work, settled);
	await writeAttempts(
		tx,
		work,
		settled.flatMap(({ delivery, result, judged }) =>
			judged.attempt
				? [
						{
							deliveryId: delivery.id,
							action: "deliver" as const,
							number: delivery.attempt,
							result,
							attempt: judged.attempt,
							message: judged.problem,
						},
					]
				: [],
		),
	);
	for (const row of settled) recordOutcome(tx, row);
	const refused = settled.filter(({ judged }) => judged.problem !== null && judged.nextTryAt === null);
	await raiseRefusals(tx, work, refused);
}

/** A refusal because of one item's code is a matter of mapping: all orders with the code share it. */
function judged(result: WriteResult, delivery: PlannedDelivery, now: Date): Verdict {
	const verdict = judge(result, delivery, now);
	const isItem = verdict.problemCode === "partner-refused" && unknownItem(result, delivery.value.lines) !== null;
	return isItem ? { ...verdict, problemCode: "unknown-sku" } : verdict;
}

async function raiseRefusals(tx: Commit, work: FlowWork, refused: Settled[]): Promise<void> {
	const items = refused.flatMap(({ delivery, result, judged }) => {
		const line = judged.problemCode === "unknown-sku" ? unknownItem(result, delivery.value.lines) : null;
		return line ? [{ orderId: delivery.orderId, line }] : [];
	});
	const codes = await cartCodes(tx, work, items);
	await raiseAlerts(
		tx,
		work.scope,
		refused.map(({ delivery, judged }) =>
			orderCause(work, {
				code: judged.problemCode ?? "partner-refused",
				problem: judged.problem ?? "",
				number: delivery.orderNumber,
				sku: codes.get(delivery.orderId),
			}),
		),
		work.now(),
	);
}

async function updateDeliveries(tx: Commit, work: FlowWork, settled: Settled[]): Promise<void> {
	await updateRows(
		tx,
		"Delivery",
		{
			id: "text",
			state: "text",
			nextTryAt: "timestamptz",
			externalId: "text",
			externalNumber: "text",
			existed: "boolean",
			problem: "text",
			problemCode: "text",
			untried: "int",
		},
		settled.map(({ judged: { attempt: _, tried, ...judged } }) => ({ ...judged, untried: tried ? 0 : 1 })),
		{
			key: "id",
			set: `"state" = given."state", "nextTryAt" = given."nextTryAt", "problem" = given."problem", "problemCode" = given."problemCode",
			      "externalId" = coalesce(given."externalId", "Delivery"."externalId"),
			      "externalNumber" = coalesce(given."externalNumber", "Delivery"."externalNumber"),
			      "existed" = given."existed", "attempts" = "Delivery"."attempts" - given."untried",
			      "acceptedAt" = case when given."state" = 'accepted' then $3::timestamptz end,
			      "cancelState" = case when given."state" = 'canceled' then 'accepted' else "Delivery"."cancelState" end,
			      "cancelTryAt" = case when given."state" = 'accepted' and "Delivery"."cancelState" = 'wanted' then $3::timestamptz end`,
			where: `"Delivery"."accountId" = $2 and "Delivery"."id" = given."id" and "Delivery"."state" = 'sending'`,
		},
		[work.scope.accountId, work.now()],
	);
}

async function updateOrders(tx: Commit, work: FlowWork, settled: Settled[]): Promise<void> {
	await updateRows(
		tx,
		"Order",
		{ id: "text", outcome: "text", dueAt: "timestamptz", problem: "text", problemCode: "text" },
		settled.map(({ delivery, judged }) => ({
			id: delivery.orderId,
			outcome: outcomeOf(judged),
			dueAt: judged.nextTryAt,
			problem: judged.problem,
			problemCode: judged.problemCode,
		})),
		{
			key: "id",
			// Of a part that was canceled before the warehouse had it, the other parts remain.
			set: `"status" = case given."outcome" when 'accepted' then 'at_wms' when 'stopped' then 'error'
			                 when 'canceled' then case when ${othersLive} then 'at_wms' else 'canceled' end
			                 else "Order"."status" end,
			      "deliveredAt" = case when given."outcome" = 'accepted' then $3::timestamptz else "Order"."deliveredAt" end,
			      "canceledAt" = case when given."outcome" = 'canceled' and not ${othersLive} then $3::timestamptz else "Order"."canceledAt" end,
			      "dueAt" = case when "Order"."splits" is not null then "Order"."dueAt" else coalesce(given."dueAt", (select min(x."nextTryAt") from "Delivery" x where x."accountId" = "Order"."accountId"
			        and x."orderId" = "Order"."id" and x."state" in ('unknown', 'intended'))) end, "problem" = given."problem", "problemCode" = given."problemCode", "updatedAt" = $3::timestamptz`,
			where: `"Order"."accountId" = $2 and "Order"."id" = given."id" and "Order"."status" = any($4)`,
		},
		// A further part of an order is sent while it is at the warehouse already.
		[work.scope.accountId, work.now(), [...statusesBefore("at_wms"), "at_wms"]],
	);
	await settleShares(
		tx,
		work,
		settled.flatMap(({ delivery, judged }) => (delivery.isShare ? [{ orderId: delivery.orderId, ...judged }] : [])),
	);
	const parts = settled.filter(({ delivery, judged }) => delivery.backordered && judged.state === "accepted");
	await noteTaken(
		tx,
		work.scope.accountId,
		parts.map(({ delivery }) => delivery.orderId),
	);
}

const othersLive = `exists (select 1 from "Delivery" x where x."accountId" = "Order"."accountId" and x."orderId" = "Order"."id"
  and x."state" in ('sending', 'unknown', 'accepted'))`;

function outcomeOf(judged: Verdict): "accepted" | "stopped" | "canceled" | "waiting" {
	if (judged.state === "accepted") return "accepted";
	if (judged.state === "canceled") return "canceled";
	return judged.nextTryAt ? "waiting" : "stopped";
}

function recordOutcome(tx: Commit, { delivery, judged }: Settled): void {
	const base = {
		subjectType: "order" as const,
		subject: delivery.orderNumber,
		orderId: delivery.orderId,
		exchangeId: judged.attempt?.exchangeId ?? null,
	};
	if (judged.state === "canceled") {
		tx.count("skipped");
		tx.record({ ...base, outcome: "canceled", reason: "canceled before the warehouse had it" });
	} else if (judged.attempt && judged.problemCode !== "throttled") {
		tx.count(judged.state === "accepted" ? "created" : "failed");
		tx.record({ ...base, outcome: judged.attempt.outcome, reason: judged.problem });
	}
}
