import { isExpecting, type PurchaseOrderState } from "@/lib/canonical/purchase-order";
import type { Transaction } from "@/lib/db/transact";
import { type Hint, type Look, nothing, type TestRow } from "./evidence";
import type { Step, Ticks } from "./steps";

interface InboundRow {
	id: string;
	state: PurchaseOrderState;
	createdAt: Date;
	sendingCanceled: boolean;
	problem: string | null;
	deliveryId: string | null;
	key: string | null;
	acceptedAt: Date | null;
	exchangeId: string | null;
	runId: string | null;
	elsewhere: string | null;
}

const inboundSql = `select p."id", p."state", p."createdAt", p."sendingCanceled", p."problem", d."id" as "deliveryId", d."key", d."acceptedAt",
   a."exchangeId", a."runId",
   (select c."name" from "InboundDelivery" x join "Connection" c on c."accountId" = $1 and c."id" = x."connectionId"
    where x."accountId" = $1 and x."purchaseOrderId" = p."id" and x."connectionId" <> $4 limit 1) as "elsewhere"
 from "PurchaseOrder" p
 left join "InboundDelivery" d on d."accountId" = $1 and d."purchaseOrderId" = p."id" and d."connectionId" = $4 and d."state" = 'accepted'
 left join lateral (select t."exchangeId", t."runId" from "InboundAttempt" t where t."accountId" = $1 and t."deliveryId" = d."id"
   and t."outcome" in ('accepted', 'existed') order by t."startedAt" desc limit 1) a on true
 where p."accountId" = $1 and p."merchantId" = $2 and p."connectionId" = $3 and p."number" = $5 order by p."id" desc limit 1`;

async function findInbound(tx: Transaction, test: TestRow, { subject }: Step): Promise<InboundRow | undefined> {
	const [order] = await tx.sql<InboundRow>(inboundSql, [
		...[test.accountId, test.merchantId, test.sourceId, test.destinationId, subject],
	]);
	return order;
}

/** The purchase order of that number was loaded, and the warehouse expects it since the test began. */
export const readInbound: Look = async (tx, test, step) => {
	const order = await findInbound(tx, test, step);
	if (!order) return nothing;
	const place = `purchase-orders/${order.id}`;
	const ticks: Ticks = {
		loaded: { at: order.createdAt, id: order.id, note: "", place, runId: null, exchangeId: null },
	};
	const { acceptedAt, deliveryId, exchangeId, runId } = order;
	const arrived = acceptedAt !== null && acceptedAt >= test.startedAt;
	if (arrived && deliveryId)
		ticks.arrived = { at: acceptedAt, id: deliveryId, note: `as ${order.key}`, place, runId, exchangeId };
	const isOlder = order.elsewhere !== null || (acceptedAt !== null && !arrived);
	return { ticks, hint: arrived ? null : hintOf(order, place), ...(!isOlder && { thingId: order.id }) };
};

function hintOf(order: InboundRow, place: string): Hint | null {
	const look = (sentence: string): Hint => ({ sentence, action: "look", place });
	if (order.acceptedAt)
		return { sentence: "The warehouse had it before this test began. Name another one.", action: "name", place };
	if (order.elsewhere) return look(`It goes to ${order.elsewhere} instead.`);
	if (order.sendingCanceled) return look("Sending it was canceled. Enable it on its page.");
	if (!isExpecting(order.state)) return look("Its state at the source says that the warehouse need not expect it.");
	return order.problem ? look(order.problem) : null;
}

interface ReceiptRow {
	id: string;
	createdAt: Date;
	units: number;
	uploadId: string | null;
	acceptedAt: Date | null;
	problem: string | null;
	exchangeId: string | null;
	runId: string | null;
}

const receiptSql = `select r."id", r."createdAt",
   (select coalesce(sum(l."quantity"), 0)::int from "ReceiptLine" l where l."accountId" = $1 and l."receiptId" = r."id") as "units",
   u."id" as "uploadId", u."acceptedAt", u."problem", a."exchangeId", a."runId"
 from "Receipt" r
 left join "ReceiptUpload" u on u."accountId" = $1 and u."receiptId" = r."id" and u."connectionId" = $3
 left join lateral (select t."exchangeId", t."runId" from "InboundAttempt" t where t."accountId" = $1 and t."uploadId" = u."id"
   and t."outcome" in ('accepted', 'existed') order by t."startedAt" desc limit 1) a on true
 where r."accountId" = $1 and r."purchaseOrderId" = $2 and r."connectionId" = $4 and r."createdAt" >= $5
 order by u."acceptedAt" nulls last, r."id" limit 1`;

/** The warehouse told of a receipt of that purchase order, and the source took it. */
export const readReceipts: Look = async (tx, test, step) => {
	const order = await findInbound(tx, test, step);
	if (!order) return nothing;
	const [receipt] = await tx.sql<ReceiptRow>(receiptSql, [
		...[test.accountId, order.id, test.sourceId, test.destinationId, test.startedAt],
	]);
	if (!receipt) return nothing;
	const place = `purchase-orders/${order.id}`;
	const note = `${receipt.units} ${receipt.units === 1 ? "unit" : "units"}`;
	const ticks: Ticks = {
		received: { at: receipt.createdAt, id: receipt.id, note, place, runId: null, exchangeId: null },
	};
	const { acceptedAt, uploadId, problem, exchangeId, runId } = receipt;
	if (acceptedAt && uploadId) ticks.told = { at: acceptedAt, id: uploadId, note: "", place, runId, exchangeId };
	return { ticks, hint: problem && !acceptedAt ? { sentence: problem, action: "look", place } : null };
};
