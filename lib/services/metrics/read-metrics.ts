/**
 * What Prometheus is told. Everything is read from the database, so every web process says the same and a restart
 * forgets nothing; figures "in the last hour" are counted anew at each look. Labels are words of ours only: no
 * account, merchant, connection or person, so that their number stays small and nothing about anybody leaves.
 */
import { idFloor } from "@/lib/db/ids";
import { systemTransaction } from "@/lib/db/system";
import type { Transaction } from "@/lib/db/transact";
import { after, hourMs } from "@/lib/time";
import { type Metric, metricsText } from "./text";

/** A scraper may ask every second; the database is asked this often at most. */
const freshMs = 5_000;
let last: { at: number; text: Promise<string> } | undefined;

export function readMetrics(): Promise<string> {
	if (last && performance.now() - last.at < freshMs) return last.text;
	const text = measure();
	last = { at: performance.now(), text };
	// What failed is asked again by the next scrape.
	text.catch(() => {
		last = undefined;
	});
	return text;
}

/** The same without waiting for what was read a moment ago. */
export async function measure(now = new Date()): Promise<string> {
	const metrics = await systemTransaction(async (tx) => [
		...(await ofProcesses(tx)),
		...(await ofRuns(tx, now)),
		...(await ofLag(tx)),
		...(await ofWaiting(tx)),
	]);
	return metricsText(metrics);
}

type Row = { value: number } & Record<string, string | number>;

/** One query, one metric: each column but `value` is a label. */
async function ask(tx: Transaction, name: string, help: string, sql: string, values: unknown[] = []): Promise<Metric> {
	const rows = await tx.sql<Row>(sql, values);
	const samples = rows.map(({ value, ...labels }) => ({
		value: Number(value),
		labels: Object.fromEntries(Object.entries(labels).map(([label, word]) => [label, String(word)])),
	}));
	return { name, help, samples };
}

async function ofProcesses(tx: Transaction): Promise<Metric[]> {
	const queue = await tx.sql<Record<string, string>>(`select * from crossdock_queue() order by "task"`);
	return [
		await ask(
			tx,
			"crossdock_workers_alive",
			"Worker processes with a heartbeat in the last 30 seconds.",
			`select count(*)::int as "value" from "Worker" where "heartbeatAt" > now() - interval '30 seconds'`,
		),
		{
			name: "crossdock_queue_jobs",
			help: "Jobs in the queue: waiting for a later time, due, running, or failed for good.",
			samples: queue.flatMap((row) =>
				["waiting", "due", "running", "failed"].map((state) => ({
					labels: { task: row.task ?? "", state },
					value: Number(row[state]),
				})),
			),
		},
		{
			name: "crossdock_queue_oldest_due_seconds",
			help: "How long the oldest due job has waited for a worker.",
			samples: queue.map((row) => ({ labels: { task: row.task ?? "" }, value: Number(row.oldest_due_seconds) })),
		},
	];
}

/** Ids sort by time, so the last hour is a range of the primary key. */
async function ofRuns(tx: Transaction, now: Date): Promise<Metric[]> {
	const since = after(now, -hourMs);
	const recent = [idFloor("run", since)];
	const run = `from "Run" r join "Connection" c on c."accountId" = r."accountId" and c."id" = r."connectionId"`;
	return [
		await ask(
			tx,
			"crossdock_runs_running",
			"Runs under way.",
			`select r."job", c."connectorKey" as "connector", count(*)::int as "value" ${run} where r."state" = 'running' group by 1, 2 order by 1, 2`,
		),
		await ask(
			tx,
			"crossdock_runs_last_hour",
			"Runs that began in the last hour, by how they stand.",
			`select r."job", c."connectorKey" as "connector", r."state", count(*)::int as "value" ${run} where r."id" >= $1 group by 1, 2, 3 order by 1, 2, 3`,
			recent,
		),
		await ask(
			tx,
			"crossdock_run_duration_seconds_last_hour",
			"How long the runs that began in the last hour took on average.",
			`select r."job", c."connectorKey" as "connector", avg(extract(epoch from r."endedAt" - r."startedAt"))::float8 as "value" ${run}
			 where r."id" >= $1 and r."endedAt" is not null group by 1, 2 order by 1, 2`,
			recent,
		),
		await ask(
			tx,
			"crossdock_records_last_hour",
			"Orders, shipments and figures that the runs of the last hour handled.",
			`select r."job", c."connectorKey" as "connector", k."kind", sum(coalesce((r."counts" ->> k."kind")::bigint, 0))::float8 as "value" ${run}
			 cross join unnest(array['read', 'created', 'updated', 'unchanged', 'skipped', 'failed']) as k("kind")
			 where r."id" >= $1 group by 1, 2, 3 order by 1, 2, 3`,
			recent,
		),
		await ask(
			tx,
			"crossdock_failed_attempts_last_hour",
			"Writes to partners that failed in the last hour, by kind of fault.",
			`select a."action", c."connectorKey" as "connector", coalesce(a."faultKind", 'unknown') as "fault", count(*)::int as "value" from "Attempt" a
			 left join "Delivery" d on d."accountId" = a."accountId" and d."id" = a."deliveryId"
			 left join "Confirmation" f on f."accountId" = a."accountId" and f."id" = a."confirmationId"
			 left join "WarehouseCancellation" w on w."accountId" = a."accountId" and w."id" = a."cancellationId"
			 join "Connection" c on c."accountId" = a."accountId" and c."id" = coalesce(d."connectionId", f."connectionId", w."connectionId")
			 where a."id" >= $1 and a."outcome" not in ('accepted', 'existed') group by 1, 2, 3 order by 1, 2, 3`,
			[idFloor("att", since)],
		),
	];
}

const scheduled = `f."mode" <> 'off' and f."pausedAt" is null and c."state" = 'active' and c."archivedAt" is null`;

async function ofLag(tx: Transaction): Promise<Metric[]> {
	const flow = `from "Flow" f join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"`;
	return [
		await ask(
			tx,
			"crossdock_function_lag_seconds",
			"Of the functions with an interval or a time of day: how long ago the one that lags most last succeeded.",
			`select f."job", c."connectorKey" as "connector", max(extract(epoch from now() - coalesce(s."endedAt", f."createdAt")))::float8 as "value" ${flow}
			 left join lateral (select r."endedAt" from "Run" r where r."accountId" = f."accountId" and r."flowId" = f."id"
			   and r."state" in ('done', 'done_with_problems') order by r."id" desc limit 1) s on true
			 where ${scheduled} and f."mode" <> 'automatic' group by 1, 2 order by 1, 2`,
		),
		await ask(
			tx,
			"crossdock_function_overdue_seconds",
			"How long the oldest function that is due has not been put in the queue.",
			`select coalesce(extract(epoch from now() - min("nextRunAt")), 0)::float8 as "value" from "Flow" where "nextRunAt" < now() and "pausedAt" is null`,
		),
		await ask(
			tx,
			"crossdock_connections",
			"Connections by how they stand; waiting: the system does not answer, throttled: it asked us to slow down.",
			`select c."connectorKey" as "connector", c."side", case when c."state" = 'active' and c."outageSince" is not null then 'waiting'
			   when c."state" = 'active' and c."throttledUntil" > now() then 'throttled' else c."state" end as "state", count(*)::int as "value"
			 from "Connection" c where c."archivedAt" is null group by 1, 2, 3 order by 1, 2, 3`,
		),
	];
}

async function ofWaiting(tx: Transaction): Promise<Metric[]> {
	return [
		await ask(
			tx,
			"crossdock_orders_waiting",
			"Orders that are not at a warehouse yet.",
			`select "status", case when "heldAt" is not null then 'true' else 'false' end as "held", count(*)::int as "value" from "Order"
			 where "status" in ('new', 'error') group by 1, 2 order by 1, 2`,
		),
		await ask(
			tx,
			"crossdock_oldest_order_waiting_seconds",
			"Age of the oldest order that waits to be sent, held ones left out.",
			`select coalesce(extract(epoch from now() - min("createdAt")), 0)::float8 as "value" from "Order"
			 where "status" in ('new', 'error') and "heldAt" is null and not "sendingCanceled"`,
		),
		await ask(
			tx,
			"crossdock_deliveries_open",
			"Deliveries that the warehouse has not taken, by state.",
			`select d."state", c."connectorKey" as "connector", count(*)::int as "value" from "Delivery" d
			 join "Connection" c on c."accountId" = d."accountId" and c."id" = d."connectionId"
			 where d."state" not in ('accepted', 'canceled') group by 1, 2 order by 1, 2`,
		),
		await ask(
			tx,
			"crossdock_alerts_open",
			"Open alerts by code and by whose side fails.",
			`select "code", "side", count(*)::int as "value" from "Alert" where "resolvedAt" is null group by 1, 2 order by 1, 2`,
		),
		await ask(
			tx,
			"crossdock_differences_open",
			"What both sides of connections disagree about, as the last reconciliations saw it.",
			`select "kind", count(*)::int as "value" from "ReconciliationDifference" where "goneAt" is null group by 1 order by 1`,
		),
	];
}
