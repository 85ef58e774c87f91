/**
 * Shipment Upload: order sources are told what left. Promise: told at least once, and recognised when told again,
 * in the same way as deliveries: intention first, look after a lost answer.
 */
import type { CarrierPair } from "@/lib/canonical/ship-method";
import type { ConfirmationMessage } from "@/lib/canonical/shipment";
import { updateRows } from "@/lib/db/bulk";
import type { Ended } from "@/lib/jobs/job";
import { raiseAlerts, resolveTold, trackingCause } from "../run/alerts";
import { type Commit, commit, type FlowWork } from "../work";
import { writeAttempts } from "../writes/attempts";
import { type Judged, judge } from "../writes/judge";
import { all, sendClaimed } from "../writes/send-claimed";
import type { PlannedWrite, WriteResult } from "../writes/send-writes";
import { nextDue, recoverLost } from "../writes/unfinished";
import { isOther, keepNames, nameCarriers } from "./carriers/name-carriers";
import { confirmOrders } from "./close-rest";

const batchSize = 250;

interface Planned extends PlannedWrite<ConfirmationMessage> {
	orderId: string;
	orderNumber: string;
	firstTriedAt: Date;
}

export async function uploadShipments(work: FlowWork): Promise<Ended> {
	const creator = work.connection.connector.source?.confirm;
	if (!creator) return { stop: true, because: "this system takes no tracking" };
	await commit(work, (tx) => recoverLost(tx, work, "Confirmation"));
	const early = await sendClaimed<ConfirmationMessage, Planned>(work, {
		creator,
		claim: async (tx) => all(await claim(tx, work)),
		settle: (tx, results, planned) => settle(tx, work, results, planned),
	});
	if (early) return early;
	return commit(work, async (tx) => {
		await resolveTold(tx, work);
		return nextDue(tx, work, { table: "Confirmation", what: "shipments" });
	});
}

interface Row {
	id: string;
	key: string;
	orderId: string;
	number: string;
	state: string;
	document: ConfirmationMessage;
	attempts: number;
	firstTriedAt: Date | null;
}

async function claim(tx: Commit, work: FlowWork): Promise<Planned[]> {
	const rows = await tx.sql<Row>(
		`with due as materialized (
		   select "id", "state" from "Confirmation" where "accountId" = $1 and "connectionId" = $2 and "nextTryAt" <= $3
		   order by "nextTryAt", "id" limit $5 for update skip locked),
		 taken as (
		   update "Confirmation" c set "state" = 'sending', "attempts" = c."attempts" + 1, "nextTryAt" = null, "runId" = $4,
		     "firstTriedAt" = coalesce(c."firstTriedAt", $3)
		   from due where c."accountId" = $1 and c."id" = due."id"
		   returning c."id", c."key", c."orderId", due."state", c."document", c."attempts", c."firstTriedAt")
		 select t.*, o."number" from taken t join "Order" o on o."accountId" = $1 and o."id" = t."orderId" order by t."id"`,
		[work.scope.accountId, work.connection.id, work.now(), work.runId, batchSize],
	);
	const told = await nameCarriers(tx, work, rows);
	const corrects = work.connection.connector.source?.confirm?.correct !== undefined;
	return rows.map((row) => ({
		id: row.id,
		key: row.key,
		...messageOf(row, told.get(row.id), corrects),
		attempt: row.attempts,
		look: row.state === "unknown",
		orderId: row.orderId,
		orderNumber: row.number,
		firstTriedAt: row.firstTriedAt ?? work.now(),
	}));
}

/** What was told under another name is put right where the cart can; else it is looked for as it was told then. */
function messageOf({ state, document }: Row, named: CarrierPair | undefined, corrects: boolean) {
	const outdated = state === "unknown" && named !== undefined && isOther(document, named);
	const name = outdated && !corrects ? {} : named;
	return { value: { ...document, ...name, shippedAt: new Date(document.shippedAt) }, outdated };
}

async function settle(
	tx: Commit,
	work: FlowWork,
	results: WriteResult[],
	planned: ReadonlyMap<string, Planned>,
): Promise<void> {
	const now = work.now();
	const settled = results.flatMap((result) => {
		const confirmation = planned.get(result.id);
		return confirmation ? [{ confirmation, result, judged: judge(result, confirmation, now) }] : [];
	});
	await updateConfirmations(
		tx,
		work,
		settled.map(({ judged }) => judged),
	);
	const accepted = settled.filter(({ judged }) => judged.state === "accepted");
	await confirmOrders(
		tx,
		{ accountId: work.scope.accountId, now },
		accepted.map(({ confirmation }) => confirmation.orderId),
	);
	await keepNames(
		tx,
		work.scope.accountId,
		accepted.flatMap(({ confirmation: { id, outdated, value } }) =>
			outdated ? [{ id, carrier: value.carrier, service: value.service }] : [],
		),
	);
	await writeAttempts(
		tx,
		work,
		settled.flatMap(({ confirmation, result, judged }) =>
			judged.attempt
				? [
						{
							confirmationId: confirmation.id,
							action: "confirm" as const,
							number: confirmation.attempt,
							result,
							attempt: judged.attempt,
							message: judged.problem,
						},
					]
				: [],
		),
	);
	for (const { confirmation, judged } of settled) {
		if (!judged.attempt || judged.problemCode === "throttled") continue;
		tx.count(judged.state === "accepted" ? "created" : "failed");
		tx.record({
			subjectType: "shipment",
			subject: confirmation.orderNumber,
			orderId: confirmation.orderId,
			outcome: judged.attempt.outcome,
			reason: judged.problem ?? reasonOf(work, confirmation),
			exchangeId: judged.attempt.exchangeId,
		});
	}
	const stopped = settled.filter(({ judged }) => judged.problem !== null && judged.nextTryAt === null);
	const causes = stopped.map(({ confirmation, judged }) =>
		trackingCause(work, {
			code: judged.problemCode ?? "partner-refused",
			problem: judged.problem ?? "",
			number: confirmation.orderNumber,
		}),
	);
	await raiseAlerts(tx, work.scope, causes, now);
}

/** Why a cart does not say what it was told now. */
function reasonOf({ connection }: FlowWork, { outdated, value }: Planned): string | null {
	if (!outdated || connection.connector.source?.confirm?.correct) return null;
	return `${connection.name} was told ${value.carrier || "no carrier"} and takes no correction: change it there.`;
}

async function updateConfirmations(tx: Commit, work: FlowWork, judged: Judged[]): Promise<void> {
	await updateRows(
		tx,
		"Confirmation",
		{
			id: "text",
			state: "text",
			nextTryAt: "timestamptz",
			externalId: "text",
			existed: "boolean",
			problem: "text",
			problemCode: "text",
			untried: "int",
		},
		judged.map(({ attempt: _, tried, externalNumber: __, ...row }) => ({ ...row, untried: tried ? 0 : 1 })),
		{
			key: "id",
			set: `"state" = given."state", "nextTryAt" = given."nextTryAt", "externalId" = coalesce(given."externalId", "Confirmation"."externalId"),
			      "existed" = given."existed", "problem" = given."problem", "problemCode" = given."problemCode",
			      "attempts" = "Confirmation"."attempts" - given."untried",
			      "acceptedAt" = case when given."state" = 'accepted' then $3::timestamptz end`,
			where: `"Confirmation"."accountId" = $2 and "Confirmation"."id" = given."id" and "Confirmation"."state" = 'sending'`,
		},
		[work.scope.accountId, work.now()],
	);
}
