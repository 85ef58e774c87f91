/**
 * Writes one page of purchase orders. Promise: one of the source is one of ours, ever; what the settings do not ask
 * for is left at the source; a change after the warehouse had it is kept and shown to a person.
 */
import { isExpecting, type PurchaseOrder, purchaseOrder } from "@/lib/canonical/purchase-order";
import type { Read } from "@/lib/connectors/kit/types";
import { newId } from "@/lib/db/ids";
import { raiseAlerts } from "../run/alerts";
import { triggerAutomatic } from "../run/trigger";
import type { Commit, FlowWork } from "../work";
import { changedCause } from "./causes";
import { writeInboundEvents } from "./events";
import { fingerprintOf, type KnownPurchaseOrder, type Merged, merge } from "./merge";
import { insertPurchaseOrders, updateLines } from "./purchase-order-rows";

interface Known extends KnownPurchaseOrder {
	id: string;
	sourceId: string;
	number: string;
	sendingCanceled: boolean;
}
interface Given {
	order: PurchaseOrder;
	changedAt: Date;
	wanted: boolean;
}

export async function storePurchaseOrders(tx: Commit, work: FlowWork, records: Read<PurchaseOrder>[]): Promise<void> {
	const given = usable(tx, work, records);
	const known = await lockKnown(tx, work, [...given.keys()]);
	const fresh: Given[] = [];
	const changed: { known: Known; given: Given; merged: Merged }[] = [];
	for (const [sourceId, one] of given) {
		const before = known.get(sourceId);
		if (before) {
			const merged = merge(before, one.order, one.wanted);
			const same = merged.state === before.state && !merged.contentChanged;
			if (same) tx.count("unchanged");
			else changed.push({ known: before, given: one, merged });
		} else if (one.wanted) fresh.push(one);
		else tx.count("skipped");
	}
	const rows = fresh.map((one) => ({ id: newId("pur"), ...one, fingerprint: fingerprintOf(one.order) }));
	await insertPurchaseOrders(tx, work, rows);
	for (const { order } of rows) tx.record({ subjectType: "purchase-order", subject: order.number, outcome: "created" });
	tx.count("created", rows.length);
	for (const one of changed) await applyChange(tx, work, one);
	tx.count("updated", changed.length);
	if (rows.length > 0 || changed.some(({ merged }) => merged.sends))
		await triggerAutomatic(tx, work, "purchase-orders/deliver");
}

/** By source id; the later of two versions on one page counts. */
function usable(tx: Commit, work: FlowWork, records: Read<PurchaseOrder>[]): Map<string, Given> {
	const given = new Map<string, Given>();
	const { settings } = work.connection.context;
	const unwanted = work.connection.connector.source?.purchaseOrders?.unwanted;
	for (const record of records) {
		const parsed = record.ok ? purchaseOrder.safeParse(record.value) : null;
		if (record.ok && parsed?.success) {
			const wanted = unwanted ? unwanted(settings, parsed.data) === null : isExpecting(parsed.data.state);
			given.set(parsed.data.sourceId, { order: parsed.data, changedAt: record.changedAt, wanted });
			continue;
		}
		const reason = record.ok ? (parsed?.error?.issues[0]?.message ?? "is not usable") : record.problem;
		tx.count("failed");
		tx.record({ subjectType: "purchase-order", subject: record.sourceId, outcome: "failed", reason });
	}
	return given;
}

async function lockKnown(tx: Commit, work: FlowWork, sourceIds: string[]): Promise<Map<string, Known>> {
	const rows = await tx.sql<Known>(
		`select p."id", p."sourceId", p."number", p."state", p."fingerprint", p."sendingCanceled", exists (select 1 from "InboundDelivery" d
		   where d."accountId" = p."accountId" and d."purchaseOrderId" = p."id" and d."state" in ('sending', 'accepted', 'unknown')) as "sent"
		 from "PurchaseOrder" p where p."accountId" = $1 and p."connectionId" = $2 and p."sourceId" = any($3)
		 order by p."id" for update of p`,
		[work.scope.accountId, work.connection.id, sourceIds],
	);
	return new Map(rows.map((row) => [row.sourceId, row]));
}

async function applyChange(
	tx: Commit,
	work: FlowWork,
	{ known, given, merged }: { known: Known; given: Given; merged: Merged },
): Promise<void> {
	const { order, changedAt } = given;
	const now = work.now();
	const over = !isExpecting(merged.state) && !merged.state.startsWith("awaiting");
	await tx.sql(
		`update "PurchaseOrder" set "state" = $3, "number" = $4, "kind" = $5, "supplier" = $6, "document" = $7, "fingerprint" = $8,
		   "expectedAt" = $9, "sourceChangedAt" = $10, "updatedAt" = $11, "dueAt" = $12,
		   "problem" = case when $13 then null else "problem" end, "problemCode" = case when $13 then null else "problemCode" end,
		   "changeState" = case when $14::text is null then "changeState" else 'open' end, "changeNote" = coalesce($14, "changeNote"),
		   "closedAt" = case when $15 then coalesce("closedAt", $11) end
		 where "accountId" = $1 and "id" = $2`,
		[
			...[
				work.scope.accountId,
				known.id,
				merged.state,
				order.number,
				order.kind,
				order.supplier,
				JSON.stringify(order),
			],
			...[fingerprintOf(order), order.expectedAt ?? null, changedAt, now],
			...[merged.sends && !known.sendingCanceled ? now : null, merged.sends || over, merged.note, over],
		],
	);
	if (merged.contentChanged) await updateLines(tx, work, { purchaseOrderId: known.id, lines: order.lines });
	if (known.state !== merged.state || merged.note)
		await writeInboundEvents(tx, work, [
			{
				purchaseOrderId: known.id,
				kind: merged.note ? "changed-after-sending" : "state-changed",
				facts: { from: known.state, to: merged.state, ...(merged.note && { note: merged.note }) },
			},
		]);
	tx.record({ subjectType: "purchase-order", subject: order.number, outcome: "updated", reason: merged.note });
	if (merged.note) await raiseAlerts(tx, work.scope, [changedCause(work, known.id, order.number, merged.note)], now);
}
