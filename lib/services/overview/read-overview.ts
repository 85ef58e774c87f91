/** The overview's four answers in one read: is anything stuck, is it flowing, how late, what happened meanwhile. */
import type { z } from "zod";
import type { overview } from "@/lib/api/contract/overview";
import { orderStatuses } from "@/lib/canonical/status";
import { connectorByKey } from "@/lib/connectors";
import { idFloor } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { after, hourMs, minuteMs } from "@/lib/time";
import { countOpenAlerts, readAlerts } from "../alerts/list-alerts";
import { readConnections, stateOf } from "../connections/connection-rows";
import { readHappenings } from "./read-happenings";
import { readFailed, readLate, readUntold } from "./read-lateness";

export type Overview = z.input<typeof overview>;

const hours = 24;

type Span = Overview["span"];

/** How many points a chart has, and how far apart they are. */
const spans: Record<Span, { points: number; stepMs: number }> = {
	hour: { points: 12, stepMs: 5 * minuteMs },
	day: { points: 24, stepMs: hourMs },
};

export function readOverview(
	scope: Scope,
	filters: { merchantId?: string | undefined; span?: Span | undefined },
): Promise<Overview> {
	const now = new Date();
	const merchantId = scope.merchantId ?? filters.merchantId;
	return transact(scope, async (tx) => {
		const about = { tx, scope, merchantId, now };
		const span = filters.span ?? (await usualSpan(about));
		const alerts = await readAlerts(tx, scope, { merchantId, show: "open", limit: 5 });
		return {
			...(await readCounts(about)),
			span,
			moments: await readMoments(about, spans[span]),
			alerts: alerts.items,
			openAlerts: await countOpenAlerts(tx, scope, merchantId),
			connections: await readActivity(about),
			late: await readLate(about),
			untold: await readUntold(about),
			failed: await readFailed(about),
			recent: await readHappenings(tx, scope, merchantId),
		};
	});
}

interface About {
	tx: Transaction;
	scope: Scope;
	merchantId: string | undefined;
	now: Date;
}

/** Every open order by status; of what is over, the last day. */
async function readCounts({
	tx,
	scope,
	merchantId,
	now,
}: About): Promise<Pick<Overview, "byStatus" | "held" | "backordered">> {
	const rows = await tx.sql<{
		status: (typeof orderStatuses)[number];
		count: number;
		held: number;
		backordered: number;
	}>(
		`select "status", count(*)::int as "count", count(*) filter (where "heldAt" is not null and "status" in ('new', 'error'))::int as "held",
		   count(*) filter (where "backorderedAt" is not null and "status" in ('new', 'at_wms'))::int as "backordered"
		 from "Order" where "accountId" = $1 and ($2::text is null or "merchantId" = $2) and "testId" is null
		   and ("status" in ('new', 'error', 'at_wms', 'shipped') or ("status" in ('confirmed', 'canceled') and "id" > $3))
		 group by "status"`,
		[scope.accountId, merchantId ?? null, idFloor("ord", after(now, -hours * hourMs))],
	);
	const byStatus = Object.fromEntries(orderStatuses.map((status) => [status, 0])) as Overview["byStatus"];
	for (const { status, count } of rows) byStatus[status] = count;
	const sum = (of: "held" | "backordered") => rows.reduce((total, row) => total + row[of], 0);
	return { byStatus, held: sum("held"), backordered: sum("backordered") };
}

/** An account whose first order is younger than two hours would see one bar of a day. */
async function usualSpan({ tx, scope, now }: About): Promise<Span> {
	const older = await tx.sql(`select 1 from "Order" where "accountId" = $1 and "id" < $2 limit 1`, [
		scope.accountId,
		idFloor("ord", after(now, -2 * hourMs)),
	]);
	return older.length > 0 ? "day" : "hour";
}

async function readMoments(
	{ tx, scope, merchantId, now }: About,
	{ points, stepMs }: (typeof spans)[Span],
): Promise<Overview["moments"]> {
	// The steps are those of the clock, the last one being under way.
	const from = new Date((Math.floor(now.getTime() / stepMs) - points + 1) * stepMs);
	const rows = await tx.sql<{ what: "loaded" | "delivered" | "shipped" | "confirmed"; step: number; count: number }>(
		`with moments as (
		   select 'loaded' as "what", "createdAt" as "at" from "Order" where "accountId" = $1 and ($2::text is null or "merchantId" = $2) and "id" > $4
		     and "testId" is null
		   union all
		   select 'delivered', "acceptedAt" from "Delivery" where "accountId" = $1 and ($2::text is null or "merchantId" = $2) and "id" > $5 and "acceptedAt" >= $3
		     and not exists (${ofTest("Delivery")})
		   union all
		   select 'shipped', "createdAt" from "Shipment" where "accountId" = $1 and ($2::text is null or "merchantId" = $2) and "id" > $6
		     and not exists (${ofTest("Shipment")})
		   union all
		   select 'confirmed', "acceptedAt" from "Confirmation" where "accountId" = $1 and ($2::text is null or "merchantId" = $2) and "id" > $7 and "acceptedAt" >= $3
		     and not exists (${ofTest("Confirmation")}))
		 select "what", floor(extract(epoch from "at" - $3::timestamptz) / $8)::int as "step", count(*)::int as "count"
		 from moments where "at" >= $3 group by 1, 2`,
		[
			scope.accountId,
			merchantId ?? null,
			from,
			idFloor("ord", from),
			// What was begun up to two days before may have been accepted today.
			idFloor("dlv", after(from, -48 * hourMs)),
			idFloor("shp", from),
			idFloor("cfm", after(from, -48 * hourMs)),
			stepMs / 1000,
		],
	);
	const moments = Array.from({ length: points }, (_, step) => ({
		at: after(from, step * stepMs),
		loaded: 0,
		delivered: 0,
		shipped: 0,
		confirmed: 0,
	}));
	for (const { what, step, count } of rows) {
		const moment = moments[step];
		if (moment) moment[what] = count;
	}
	return moments;
}

/** Whether a row belongs to an order of a guided test. */
function ofTest(table: "Delivery" | "Shipment" | "Confirmation"): string {
	return `select 1 from "Order" o where o."accountId" = $1 and o."id" = "${table}"."orderId" and o."testId" is not null`;
}

async function readActivity({ tx, scope, merchantId, now }: About): Promise<Overview["connections"]> {
	const rows = await readConnections(tx, scope, { merchantId });
	const from = after(now, -hours * hourMs);
	const worked = await tx.sql<{ connectionId: string; hour: number; count: number }>(
		// What runs did for orders of guided tests is in their counts, and known by their records.
		`select "connectionId", floor(extract(epoch from "startedAt" - $3::timestamptz) / 3600)::int as "hour",
		   greatest(0, sum("count"))::int as "count"
		 from (select "connectionId", "startedAt",
		     coalesce(("counts" ->> 'created')::int, 0) + coalesce(("counts" ->> 'updated')::int, 0) as "count"
		   from "Run" where "accountId" = $1 and "id" > $2 and "startedAt" >= $3
		   union all
		   select r."connectionId", r."startedAt", -1 from "Order" o
		   join "RunRecord" d on d."accountId" = $1 and d."orderId" = o."id" and d."at" >= $3 and d."outcome" in ('created', 'updated', 'accepted', 'existed')
		   join "Run" r on r."accountId" = $1 and r."id" = d."runId" and r."id" > $2 and r."startedAt" >= $3
		   where o."accountId" = $1 and o."testId" is not null) done group by 1, 2`,
		[scope.accountId, idFloor("run", from), from],
	);
	const waiting = await tx.sql<{ connectionId: string; since: Date | null; count: number }>(
		`select c."id" as "connectionId", min(o."createdAt") as "since", count(o."id")::int as "count"
		 from "Connection" c join "Order" o on o."accountId" = c."accountId" and o."merchantId" = c."merchantId"
		   and o."status" = 'new' and o."heldAt" is null and not o."sendingCanceled" and o."testId" is null
		 where c."accountId" = $1 and c."side" = 'destination' and c."archivedAt" is null group by 1
		 union all
		 select t."connectionId", min(t."createdAt"), count(*)::int from "Confirmation" t
		 where t."accountId" = $1 and t."nextTryAt" is not null and not exists (select 1 from "Order" o
		   where o."accountId" = $1 and o."id" = t."orderId" and o."testId" is not null) group by 1`,
		[scope.accountId],
	);
	return rows.map((row) => {
		const activity = Array.from({ length: hours }, () => 0);
		for (const { connectionId, hour, count } of worked) {
			const at = Math.min(hour, hours - 1);
			if (connectionId === row.id) activity[at] = (activity[at] ?? 0) + count;
		}
		const late = waiting.find(({ connectionId }) => connectionId === row.id);
		return {
			id: row.id,
			name: row.name,
			side: row.side,
			state: stateOf(row, now),
			inTest: row.inTest,
			merchant: { id: row.merchantId, name: row.merchantName },
			lastRunAt: row.lastRunAt,
			nextRunAt: row.nextRunAt,
			connector: connectorByKey(row.connectorKey)?.name ?? row.connectorKey,
			activity,
			lateSince: late?.since ?? null,
			waiting: late?.count ?? 0,
		};
	});
}
