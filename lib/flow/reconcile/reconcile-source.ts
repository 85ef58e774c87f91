/**
 * Reconciliation of an order source: what it calls open, what it calls canceled, and what we still call open, held
 * against each other. The cursors of Order Download and Order Cancel Download stay where they are.
 */
import type { CancelRequest } from "@/lib/canonical/order";
import { ConnectorError } from "@/lib/connectors/kit/fault";
import type { Connector, Read } from "@/lib/connectors/kit/types";
import type { Ended } from "@/lib/jobs/job";
import { after, latest } from "@/lib/time";
import { sourceOptionsOf } from "../connect/open-connection";
import { type Commit, type FlowWork, mustYield } from "../work";
import { compareOpen } from "./compare-open";
import { comparePages, compareRows, runPhases } from "./phases";
import { type Compared, type Difference, type Round, savePage, settleMs, windowMs } from "./round";

type Orders = NonNullable<NonNullable<Connector["source"]>["orders"]>;

export async function reconcileSource(work: FlowWork): Promise<Ended> {
	const { orders, cancellations } = work.connection.connector.source ?? {};
	if (!orders) return { stop: true, because: "this system has no orders to compare" };
	return runPhases(work, [
		[
			"open",
			(_, round) =>
				comparePages(work, round, {
					reader: orders,
					usual: "orders/download",
					from: startOf(work, round),
					compare: (tx, records, settled) => compareOpen(tx, work, records, settled),
				}),
		],
		[
			"canceled",
			async (_, round) =>
				!cancellations ||
				comparePages(work, round, {
					reader: cancellations,
					usual: "orders/cancel",
					compare: (tx, records, settled) => compareCanceled(tx, work, records, settled),
				}),
		],
		["ours", (_, round) => compareOurs(work, round, orders)],
		["told", (_, round) => compareTold(work, round)],
	]);
}

function startOf(work: FlowWork, round: Round): Date | undefined {
	return latest(sourceOptionsOf(work.connection).earliestOrderDate, after(round.startedAt, -windowMs)) ?? undefined;
}

interface Ours {
	id: string;
	sourceId: string;
	number: string;
}

/** Canceled there, and here nobody has stopped it or asked the warehouse to. */
async function compareCanceled(
	tx: Commit,
	work: FlowWork,
	records: Read<CancelRequest>[],
	settled: Date,
): Promise<Compared> {
	const due = records.filter((record) => record.ok && record.changedAt <= settled);
	const asksWarehouse = sourceOptionsOf(work.connection).sendCancellations;
	const open = await tx.sql<Ours>(
		`select o."id", o."sourceId", o."number" from "Order" o
		 where o."accountId" = $1 and o."connectionId" = $2 and o."sourceId" = any($3) and o."status" = any($4) and not o."sendingCanceled"
		   and not exists (select 1 from "Delivery" d where d."accountId" = o."accountId" and d."orderId" = o."id" and d."cancelState" <> 'none')`,
		[
			work.scope.accountId,
			work.connection.id,
			due.map(({ sourceId }) => sourceId),
			asksWarehouse ? ["new", "error", "at_wms"] : ["new", "error"],
		],
	);
	const { name } = work.connection;
	return {
		area: "orders",
		compared: due.length,
		differences: open.map(({ id, sourceId, number }) => ({
			...{ kind: "canceled-there" as const, subject: sourceId, label: number, orderId: id },
			sentence: `Order ${number} was canceled at ${name}, but is still on its way here.`,
		})),
	};
}

/** What we call open and the source did not name: asked for one by one. */
function compareOurs(work: FlowWork, round: Round, orders: Orders): Promise<boolean> {
	return compareRows<Ours>(work, round, {
		area: "orders",
		next: (tx, afterId, limit) =>
			tx.sql<Ours>(
				`select o."id", o."sourceId", o."number" from "Order" o
				 join "SourceKey" k on k."accountId" = o."accountId" and k."connectionId" = o."connectionId" and k."sourceId" = o."sourceId"
				 where o."accountId" = $1 and o."merchantId" = $8 and o."connectionId" = $2 and o."id" > $3 and o."status" in ('new', 'error', 'at_wms')
				   and not o."sendingCanceled" and o."createdAt" between $4 and $5 and (k."openAt" is null or k."openAt" < $6)
				   and not exists (select 1 from "Shipment" s where s."accountId" = o."accountId" and s."orderId" = o."id")
				   and not exists (select 1 from "Delivery" d where d."accountId" = o."accountId" and d."orderId" = o."id" and d."cancelState" <> 'none')
				   and not exists (select 1 from "ReconciliationDifference" r where r."accountId" = o."accountId" and r."connectionId" = o."connectionId"
				     and r."kind" = 'canceled-there' and r."subject" = o."sourceId" and r."goneAt" is null and r."lastRoundId" = $7)
				 order by o."id" limit ${limit}`,
				[
					...[work.scope.accountId, work.connection.id, afterId, after(round.startedAt, -windowMs)],
					...[after(round.startedAt, -settleMs), round.startedAt, round.id, work.scope.merchantId],
				],
			),
		ask: (row) => askSource(work, orders, row),
	});
}

async function askSource(work: FlowWork, orders: Orders, row: Ours): Promise<Difference[]> {
	const { context, name } = work.connection;
	const differs = (how: string): Difference[] => [
		{
			...{ kind: "closed-there", subject: row.sourceId, label: row.number, orderId: row.id },
			sentence: `Order ${row.number} is on its way here, but ${how}.`,
		},
	];
	try {
		const read = await orders.get(context, row.sourceId);
		if (!read) return differs(`${name} knows it no more`);
		const unwanted = read.ok ? orders.unwanted?.(context.settings, read.value) : null;
		return unwanted && read.ok ? differs(`at ${name} it is "${read.value.sourceStatus}"`) : [];
	} catch (error) {
		// One record that the source cannot answer for is no reason to stop: nothing is said about it.
		if (error instanceof ConnectorError && error.fault.kind === "permanent") return [];
		throw error;
	}
}

/** Shipped here, and the message to the source was refused, given up or never came through. */
async function compareTold(work: FlowWork, round: Round): Promise<boolean> {
	const { name, connector } = work.connection;
	if (!connector.source?.confirm) return true;
	await savePage(work, round, { phase: "told", at: null }, async (tx) => {
		const rows = await tx.sql<Ours & { problem: string | null }>(
			`select o."id", o."sourceId", o."number", max(c."problem") as "problem" from "Confirmation" c
			 join "Order" o on o."accountId" = c."accountId" and o."id" = c."orderId"
			 where c."accountId" = $1 and c."connectionId" = $2 and c."state" not in ('accepted', 'canceled') and c."createdAt" < $3
			   and o."status" = 'shipped' group by o."id", o."sourceId", o."number" order by o."id"`,
			[work.scope.accountId, work.connection.id, after(work.now(), -settleMs)],
		);
		return {
			area: "shipments",
			compared: rows.length,
			differences: rows.map(({ id, sourceId, number, problem }) => ({
				...{ kind: "not-told" as const, subject: sourceId, label: number, orderId: id },
				sentence: `Order ${number} has shipped, but ${name} was not told${problem ? `: ${problem}` : "."}`,
			})),
		};
	});
	return !mustYield(work);
}
