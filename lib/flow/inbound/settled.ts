/** What becomes of writes that were sent: the row, the attempt and the record, the same for both directions. */
import { insertRows, updateRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Commit, FlowWork } from "../work";
import type { Judged } from "../writes/judge";
import type { WriteResult } from "../writes/send-writes";

interface InboundWrite {
	id: string;
	purchaseOrderId: string;
	number: string;
	attempt: number;
}
export interface Settled<W extends InboundWrite> {
	write: W;
	result: WriteResult;
	judged: Judged;
}

/** A person must do something before it is tried again. */
export function isStopped({ judged }: Settled<InboundWrite>): boolean {
	return judged.problem !== null && judged.nextTryAt === null;
}

export async function updateWrites(
	tx: Commit,
	work: FlowWork,
	table: "InboundDelivery" | "ReceiptUpload",
	settled: Settled<InboundWrite>[],
): Promise<void> {
	const externalNumber =
		table === "InboundDelivery"
			? `"externalNumber" = coalesce(given."externalNumber", "InboundDelivery"."externalNumber"),`
			: "";
	await updateRows(
		tx,
		table,
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
			      "externalId" = coalesce(given."externalId", "${table}"."externalId"), ${externalNumber}
			      "existed" = given."existed", "attempts" = "${table}"."attempts" - given."untried",
			      "acceptedAt" = case when given."state" = 'accepted' then $3::timestamptz end`,
			where: `"${table}"."accountId" = $2 and "${table}"."id" = given."id" and "${table}"."state" = 'sending'`,
		},
		[work.scope.accountId, work.now()],
	);
}

const attemptColumns = {
	id: "text",
	accountId: "text",
	merchantId: "text",
	purchaseOrderId: "text",
	deliveryId: "text",
	uploadId: "text",
	number: "int",
	startedAt: "timestamptz",
	endedAt: "timestamptz",
	outcome: "text",
	faultKind: "text",
	message: "text",
	exchangeId: "text",
	runId: "text",
};

export async function writeInboundAttempts(
	tx: Commit,
	work: FlowWork,
	of: "deliveryId" | "uploadId",
	settled: Settled<InboundWrite>[],
): Promise<void> {
	const { accountId, merchantId } = work.scope;
	await insertRows(
		tx,
		"InboundAttempt",
		attemptColumns,
		settled.flatMap(({ write, result, judged }) =>
			judged.attempt
				? [
						{
							...{ id: newId("iba"), accountId, merchantId, purchaseOrderId: write.purchaseOrderId },
							...{ deliveryId: null, uploadId: null, [of]: write.id, number: write.attempt },
							...{ startedAt: result.startedAt, endedAt: result.endedAt, message: judged.problem },
							...{ ...judged.attempt, runId: work.runId },
						},
					]
				: [],
		),
	);
}

export function recordSettled(
	tx: Commit,
	subjectType: "purchase-order" | "receipt",
	{ write, judged }: Settled<InboundWrite>,
): void {
	if (!judged.attempt || judged.problemCode === "throttled") return;
	const { outcome, exchangeId } = judged.attempt;
	tx.count(judged.state === "accepted" ? "created" : "failed");
	tx.record({ subjectType, subject: write.number, outcome, reason: judged.problem, exchangeId });
}
