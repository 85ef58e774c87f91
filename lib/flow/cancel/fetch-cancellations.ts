/** Order Cancel Pickup: what a warehouse canceled is canceled here, and its cart is to be told. */
import { type WarehouseCancellation, warehouseCancellation } from "@/lib/canonical/cancellation";
import type { Read } from "@/lib/connectors/kit/types";
import type { Ended } from "@/lib/jobs/job";
import { wakeBackorders } from "../deliver/wake-backorders";
import { writeEvents } from "../run/events";
import { readPages } from "../run/read-pages";
import { triggerAutomatic } from "../run/trigger";
import type { Commit, FlowWork } from "../work";
import { cancelByWarehouse, type Outcome } from "./cancel-by-warehouse";

export async function fetchCancellations(work: FlowWork): Promise<Ended> {
	const cancellations = work.connection.connector.destination?.cancellations;
	if (!cancellations) return { stop: true, because: "this system tells no cancellations" };
	return readPages(work, cancellations, {
		from: work.flow.readFrom,
		store: (tx, records) => recordCancellations(tx, work, records),
	});
}

async function recordCancellations(tx: Commit, work: FlowWork, records: Read<WarehouseCancellation>[]): Promise<void> {
	const told: WarehouseCancellation[] = [];
	for (const record of records) {
		const parsed = record.ok ? warehouseCancellation.safeParse(record.value) : null;
		if (parsed?.success) told.push(parsed.data);
		else {
			const reason = record.ok ? (parsed?.error?.issues[0]?.message ?? "is not usable") : record.problem;
			tx.count("failed");
			tx.record({ subjectType: "order", subject: record.sourceId, outcome: "failed", reason });
		}
	}
	const found = await findDeliveries(tx, work, told);
	// The warehouse packs for others too: what we did not send is none of our business.
	tx.count("skipped", told.length - found.length);
	const done = await cancelByWarehouse(tx, { ...work.scope, now: work.now() }, found);
	await writeEvents(
		tx,
		work,
		done.map(({ orderId, outcome, cancellation: { by, reason } }) => ({
			orderId,
			kind: eventOf[outcome],
			facts: { ...(by && { byThere: by }), ...(reason && { reason }) },
		})),
	);
	for (const { orderId, number, outcome } of done)
		tx.record({ subjectType: "order", subject: number, orderId, outcome: "canceled", reason: words[outcome] });
	tx.count("updated", done.length);
	tx.count("unchanged", found.length - done.length);
	if (done.length > 0 && (await wakeBackorders(tx, work.scope)) > 0) await triggerAutomatic(tx, work, "orders/deliver");
	const connectionIds = [...new Set(done.flatMap(({ tells }) => tells ?? []))];
	if (connectionIds.length > 0) await triggerAutomatic(tx, work, "cancels/upload", { connectionIds });
}

const eventOf = {
	canceled: "canceled-by-warehouse",
	asked: "cancel-accepted",
	partly: "rest-canceled-by-warehouse",
} as const satisfies Record<Outcome, string>;

const words: Record<Outcome, string> = {
	canceled: "the warehouse canceled it",
	asked: "the warehouse canceled it, as it was asked to",
	partly: "the warehouse canceled what had not shipped",
};

/**
 * Which deliveries are meant. By the warehouse's own id where we know it; by number only for a delivery whose answer
 * is not known, or that a person marked: an earlier order of this number, canceled long ago, is another one.
 */
async function findDeliveries(tx: Commit, work: FlowWork, told: WarehouseCancellation[]) {
	const rows = await tx.sql<{ deliveryId: string; position: number }>(
		`select distinct on (d."id") d."id" as "deliveryId", t."position"::int as "position"
		 from unnest($3::text[], $4::text[], $5::timestamptz[]) with ordinality as t("externalId", "number", "at", "position")
		 join "Delivery" d on d."accountId" = $1 and d."connectionId" = $2 and d."merchantId" = $6 and (
		   (d."externalId" = t."externalId" and d."state" = 'accepted')
		   or (d."externalId" is null and d."key" = nullif(t."number", '') and d."state" in ('accepted', 'unknown', 'sending')
		     and t."at" >= coalesce(d."firstTriedAt", d."acceptedAt", d."createdAt") - interval '5 minutes'))
		 order by d."id", t."position" desc`,
		[
			work.scope.accountId,
			work.connection.id,
			told.map(({ orderExternalId }) => orderExternalId),
			told.map(({ orderNumber }) => orderNumber),
			told.map(({ canceledAt }) => canceledAt),
			work.scope.merchantId,
		],
	);
	return rows.flatMap(({ deliveryId, position }) => {
		const cancellation = told[position - 1];
		return cancellation ? [{ deliveryId, cancellation }] : [];
	});
}
