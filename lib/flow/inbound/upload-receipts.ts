/**
 * Receipt Upload: the source is told what arrived, line by line. Promise: of one line one message at a time, in the
 * order of arrival; intention first, look after a lost answer; the message that closes short goes last.
 */
import { type ReceiptMessage, receiptMessage } from "@/lib/canonical/purchase-order";
import { updateRows } from "@/lib/db/bulk";
import type { Ended } from "@/lib/jobs/job";
import { raiseAlerts } from "../run/alerts";
import { type Commit, commit, type FlowWork, mustYield } from "../work";
import { judge } from "../writes/judge";
import { all, sendClaimed } from "../writes/send-claimed";
import type { PlannedWrite, WriteResult } from "../writes/send-writes";
import { nextDue, recoverLost } from "../writes/unfinished";
import { resolveStopped, stoppedCause } from "./causes";
import { isStopped, recordSettled, type Settled, updateWrites, writeInboundAttempts } from "./settled";

const batchSize = 100;

interface Planned extends PlannedWrite<ReceiptMessage> {
	purchaseOrderId: string;
	number: string;
	firstTriedAt: Date;
}

export async function uploadReceipts(work: FlowWork): Promise<Ended> {
	const creator = work.connection.connector.source?.receipts;
	if (!creator) return { stop: true, because: "this system takes no receipts" };
	await commit(work, (tx) => recoverLost(tx, work, "ReceiptUpload"));
	// A line's next message is claimed only when the one before it is done, so there may be another round.
	for (let accepted = 1; accepted > 0 && !mustYield(work); ) {
		accepted = 0;
		const early = await sendClaimed<ReceiptMessage, Planned>(work, {
			creator,
			claim: async (tx) => all(await claim(tx, work)),
			settle: async (tx, results, planned) => {
				await settle(tx, work, results, planned);
				accepted += results.filter(({ state }) => state === "accepted").length;
			},
		});
		if (early) return early;
	}
	return commit(work, async (tx) => {
		await resolveStopped(tx, work, "receipt");
		return nextDue(tx, work, { table: "ReceiptUpload", what: "receipts" });
	});
}

interface Row {
	id: string;
	key: string;
	purchaseOrderId: string;
	number: string;
	state: string;
	attempts: number;
	firstTriedAt: Date | null;
	document: unknown;
	message: unknown;
}

/** What comes before in the same line, or in the same purchase order before the message that closes it. */
const before = `exists (select 1 from "ReceiptUpload" b where b."accountId" = u."accountId" and b."purchaseOrderId" = u."purchaseOrderId"
  and b."id" <> u."id" and (b."state" in ('sending', 'unknown') or (b."state" = 'intended' and b."nextTryAt" is not null))
  and ((b."purchaseOrderLineId" = u."purchaseOrderLineId" and (b."state" <> 'intended' or b."id" < u."id")) or (u."closes" and not b."closes")))`;

async function claim(tx: Commit, work: FlowWork): Promise<Planned[]> {
	const rows = await tx.sql<Row>(
		`with due as materialized (
		   select u."id" from "ReceiptUpload" u where u."accountId" = $1 and u."connectionId" = $2 and u."nextTryAt" <= $3 and not ${before}
		   order by u."nextTryAt", u."id" limit $4 for update skip locked)
		 select u."id", u."key", u."purchaseOrderId", p."number", u."state", u."attempts", u."firstTriedAt", u."document",
		   json_build_object('purchaseOrderSourceId', p."sourceId", 'purchaseOrderNumber', p."number", 'kind', p."kind",
		     'sourceLineId', l."sourceLineId", 'sku', l."sku", 'quantity', u."quantity", 'expectedQuantity', greatest(l."expectedQuantity", 1),
		     'unitsPerPack', l."unitsPerPack", 'lot', rl."lot", 'expiresAt', rl."expiresAt", 'receivedAt', r."receivedAt", 'closes', u."closes",
		     'receivedTotal', l."receivedBefore" + u."quantity" + coalesce((select sum(t."quantity") from "ReceiptUpload" t where t."accountId" = $1
		       and t."purchaseOrderId" = p."id" and t."purchaseOrderLineId" = l."id" and t."state" = 'accepted'), 0)) as "message"
		 from due join "ReceiptUpload" u on u."accountId" = $1 and u."id" = due."id"
		 join "PurchaseOrder" p on p."accountId" = $1 and p."id" = u."purchaseOrderId"
		 join "PurchaseOrderLine" l on l."accountId" = $1 and l."purchaseOrderId" = p."id" and l."id" = u."purchaseOrderLineId"
		 join "Receipt" r on r."accountId" = $1 and r."id" = u."receiptId"
		 join "ReceiptLine" rl on rl."accountId" = $1 and rl."receiptId" = r."id" and rl."key" = u."lineKey"
		 order by u."id"`,
		[work.scope.accountId, work.connection.id, work.now(), batchSize],
	);
	const planned = rows.map((row) => plan(work, row));
	await updateRows(
		tx,
		"ReceiptUpload",
		{ id: "text", attempts: "int", firstTriedAt: "timestamptz", document: "jsonb" },
		planned.map(({ id, attempt, firstTriedAt, value }) => ({ id, attempts: attempt, firstTriedAt, document: value })),
		{
			key: "id",
			set: `"state" = 'sending', "attempts" = given."attempts", "firstTriedAt" = given."firstTriedAt", "document" = given."document",
			      "runId" = $3, "nextTryAt" = null`,
			where: `"ReceiptUpload"."accountId" = $2 and "ReceiptUpload"."id" = given."id"`,
		},
		[work.scope.accountId, work.runId],
	);
	return planned;
}

function plan(work: FlowWork, row: Row): Planned {
	const look = row.state === "unknown";
	const { expiresAt, ...message } = row.message as Record<string, unknown>;
	return {
		...{ id: row.id, key: row.key, purchaseOrderId: row.purchaseOrderId, number: row.number, look },
		// What may have arrived is looked for as it was sent.
		value: receiptMessage.parse(look ? row.document : { ...message, ...(expiresAt ? { expiresAt } : {}) }),
		attempt: row.attempts + 1,
		firstTriedAt: row.firstTriedAt ?? work.now(),
	};
}

async function settle(
	tx: Commit,
	work: FlowWork,
	results: WriteResult[],
	planned: ReadonlyMap<string, Planned>,
): Promise<void> {
	const now = work.now();
	const settled = results.flatMap((result): Settled<Planned>[] => {
		const write = planned.get(result.id);
		return write ? [{ write, result, judged: judge(result, write, now) }] : [];
	});
	await updateWrites(tx, work, "ReceiptUpload", settled);
	await writeInboundAttempts(tx, work, "uploadId", settled);
	for (const one of settled) recordSettled(tx, "receipt", one);
	const causes = settled
		.filter(isStopped)
		.map(({ write, judged }) => stoppedCause(work, "receipt", { number: write.number, judged }));
	await raiseAlerts(tx, work.scope, causes, now);
}
