/**
 * Reconciliation of a warehouse: what it shipped, which of our orders it really has, and the stock it states, held
 * against what we hold. The cursors of Shipping Confirmations and Inventory stay where they are.
 */
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import type { Shipment } from "@/lib/canonical/shipment";
import { ConnectorError } from "@/lib/connectors/kit/fault";
import type { Connector, Read } from "@/lib/connectors/kit/types";
import type { Ended } from "@/lib/jobs/job";
import { after } from "@/lib/time";
import type { Commit, FlowWork } from "../work";
import { compareStock } from "./compare-stock";
import { comparePages, compareRows, runPhases } from "./phases";
import { type Compared, type Difference, type Round, settleMs } from "./round";

type Orders = NonNullable<NonNullable<Connector["destination"]>["orders"]>;

export async function reconcileDestination(work: FlowWork): Promise<Ended> {
	const { orders, shipments, inventory } = work.connection.connector.destination ?? {};
	if (!orders && !shipments && !inventory) return { stop: true, because: "this system has nothing to compare" };
	return runPhases(work, [
		[
			"shipments",
			async (_, round) =>
				!shipments ||
				comparePages(work, round, {
					reader: shipments,
					usual: "shipments/fetch",
					compare: (tx, records, settled) => compareShipments(tx, work, records, settled),
				}),
		],
		["orders", async (_, round) => !orders || compareDeliveries(work, round, orders)],
		["stock", async (_, round) => !inventory || compareStock(work, round, inventory)],
	]);
}

interface Unfetched {
	externalId: string;
	key: string;
	orderId: string;
	number: string;
}

/** Shipments of our deliveries that we do not hold. What the warehouse ships for others is none of our business. */
async function compareShipments(
	tx: Commit,
	work: FlowWork,
	records: Read<Shipment>[],
	settled: Date,
): Promise<Compared> {
	const due = records.flatMap((record) => (record.ok && record.changedAt <= settled ? [record.value] : []));
	const rows = await tx.sql<Unfetched>(
		`select s."externalId", d."key", o."id" as "orderId", o."number"
		 from unnest($3::text[], $4::text[], $5::text[]) as s("externalId", "orderExternalId", "orderNumber")
		 join "Delivery" d on d."accountId" = $1 and d."connectionId" = $2
		   and (d."externalId" = nullif(s."orderExternalId", '') or d."key" = nullif(s."orderNumber", ''))
		 join "Order" o on o."accountId" = $1 and o."id" = d."orderId"
		 where not exists (select 1 from "Shipment" h where h."accountId" = $1 and h."connectionId" = $2 and h."externalId" = s."externalId")
		 order by s."externalId"`,
		[
			work.scope.accountId,
			work.connection.id,
			due.map(({ externalId }) => externalId),
			due.map(({ orderExternalId }) => orderExternalId),
			due.map(({ orderNumber }) => orderNumber),
		],
	);
	const { name } = work.connection;
	return {
		area: "shipments",
		compared: due.length,
		differences: rows.map(({ externalId, orderId, number }) => ({
			...{ kind: "shipped-there" as const, subject: externalId, label: number, orderId },
			sentence: `${name} shipped order ${number}, and we have not fetched the shipment.`,
		})),
	};
}

interface Delivery {
	id: string;
	key: string;
	orderId: string;
	number: string;
	document: unknown;
}

/** Each delivery that is at the warehouse by our books, and of which nothing has shipped: is it there? */
function compareDeliveries(work: FlowWork, round: Round, orders: Orders): Promise<boolean> {
	return compareRows<Delivery>(work, round, {
		area: "orders",
		next: (tx, afterId, limit) =>
			tx.sql<Delivery>(
				`select d."id", d."key", d."orderId", o."number", d."document" from "Delivery" d
				 join "Order" o on o."accountId" = d."accountId" and o."id" = d."orderId"
				 where d."accountId" = $1 and o."merchantId" = $6 and d."connectionId" = $2 and d."id" > $3 and d."state" = 'accepted' and d."handBefore" is null and d."acceptedAt" < $4
				   and o."status" = 'at_wms' and d."cancelState" in ('none', 'refused')
				   and not exists (select 1 from "Shipment" s where s."accountId" = d."accountId" and s."deliveryId" = d."id")
				   and not exists (select 1 from "ReconciliationDifference" r where r."accountId" = d."accountId" and r."connectionId" = $2
				     and r."kind" = 'shipped-there' and r."orderId" = d."orderId" and r."goneAt" is null and r."lastRoundId" = $5)
				 order by d."id" limit ${limit}`,
				[
					...[work.scope.accountId, work.connection.id, afterId, after(round.startedAt, -settleMs), round.id],
					work.scope.merchantId,
				],
			),
		ask: (delivery) => askWarehouse(work, orders, delivery),
	});
}

async function askWarehouse(work: FlowWork, orders: Orders, delivery: Delivery): Promise<Difference[]> {
	const { context, name } = work.connection;
	const about = { subject: delivery.key, label: delivery.number, orderId: delivery.orderId };
	try {
		// Exactly what was sent, as the delivery keeps it.
		const found = await orders.find(context, delivery.key, delivery.document as DeliverableOrder);
		if (!found)
			return [
				{
					...about,
					kind: "missing-there",
					sentence: `Order ${delivery.number} is at ${name} by our books, but ${name} has no order ${delivery.key}.`,
				},
			];
		if (found.state === "canceled")
			return [
				{
					...about,
					kind: "canceled-at-warehouse",
					sentence: `Order ${delivery.number} was canceled at ${name}, but is still on its way by our books.`,
				},
			];
		if (found.state === "shipped")
			return [
				{
					...about,
					kind: "shipped-there",
					sentence: `${name} shipped order ${delivery.number}, and we have not fetched the shipment.`,
				},
			];
		return [];
	} catch (error) {
		// One order that it cannot answer for is no reason to stop: nothing is said about it.
		if (error instanceof ConnectorError && error.fault.kind === "permanent") return [];
		throw error;
	}
}
