import type { z } from "zod";
import type { connectionSummary } from "@/lib/api/contract/connections";
import type { ConnectionState } from "@/lib/canonical/status";
import { connectorByKey } from "@/lib/connectors";
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { type RunRow, runColumns, runSummaryOf } from "../runs/run-row";
import type { Side } from "./option-fields";

export type ConnectionSummary = z.input<typeof connectionSummary>;

export interface ConnectionRow {
	id: string;
	name: string;
	side: Side;
	connectorKey: string;
	merchantId: string;
	merchantName: string;
	state: Exclude<ConnectionState, "throttled" | "waiting">;
	stateReason: string;
	inTest: boolean;
	throttledUntil: Date | null;
	outageSince: Date | null;
	probeAt: Date | null;
	lastRunAt: Date | null;
	nextRunAt: Date | null;
	openAlerts: number;
}

/** Connections of the scope that are still there, warehouses last; optionally of one merchant or with one id. */
export function readConnections(
	tx: Transaction,
	scope: Scope,
	which: { merchantId?: string | undefined; id?: string } = {},
): Promise<ConnectionRow[]> {
	return tx.sql<ConnectionRow>(
		`select c."id", c."name", c."side", c."connectorKey", c."merchantId", m."name" as "merchantName", c."state", c."stateReason",
		   c."side" = 'source' and c."liveAt" is null as "inTest",
		   c."throttledUntil", c."outageSince", c."probeAt", f."lastRunAt", f."nextRunAt",
		   (select count(*)::int from "Alert" a where a."accountId" = c."accountId" and a."connectionId" = c."id" and a."resolvedAt" is null) as "openAlerts"
		 from "Connection" c join "Merchant" m on m."accountId" = c."accountId" and m."id" = c."merchantId"
		 left join lateral (select max("lastRunAt") as "lastRunAt", min("nextRunAt") filter (where "pausedAt" is null) as "nextRunAt"
		   from "Flow" f where f."accountId" = c."accountId" and f."connectionId" = c."id") f on true
		 where c."accountId" = $1 and c."archivedAt" is null and ($2::text is null or c."merchantId" = $2) and ($3::text is null or c."id" = $3)
		 order by m."name", c."side" desc, c."name"`,
		[scope.accountId, which.merchantId ?? null, which.id ?? null],
	);
}

/** The last `count` runs of each connection, oldest first. */
export async function readRecentRuns(
	tx: Transaction,
	scope: Scope,
	connectionIds: string[],
	count: number,
): Promise<Map<string, RunRow[]>> {
	const rows = await tx.sql<RunRow>(
		`select ${runColumns} from unnest($2::text[]) as wanted("id")
		 cross join lateral (select * from "Run" r where r."accountId" = $1 and r."connectionId" = wanted."id" order by r."id" desc limit $3) r
		 join "Connection" c on c."accountId" = $1 and c."id" = r."connectionId"
		 join "Merchant" m on m."accountId" = $1 and m."id" = r."merchantId"
		 order by r."id"`,
		[scope.accountId, connectionIds, count],
	);
	const runs = new Map<string, RunRow[]>(connectionIds.map((id) => [id, []]));
	for (const row of rows) runs.get(row.connectionId)?.push(row);
	return runs;
}

export function connectionSummaryOf(row: ConnectionRow, recent: RunRow[], now: Date): ConnectionSummary {
	return {
		id: row.id,
		name: row.name,
		side: row.side,
		connector: { key: row.connectorKey, name: connectorByKey(row.connectorKey)?.name ?? row.connectorKey },
		merchant: { id: row.merchantId, name: row.merchantName },
		state: stateOf(row, now),
		stateReason: row.stateReason,
		inTest: row.inTest,
		throttledUntil: row.throttledUntil,
		outageSince: row.outageSince,
		probeAt: row.probeAt,
		lastRunAt: row.lastRunAt,
		nextRunAt: row.nextRunAt,
		openAlerts: row.openAlerts,
		recent: recent.map(runSummaryOf),
	};
}

/** Throttled and waiting are not stored as states: they end by themselves. */
export function stateOf(
	row: Pick<ConnectionRow, "state" | "throttledUntil" | "outageSince">,
	now: Date,
): ConnectionState {
	if (row.state === "active" && row.outageSince) return "waiting";
	return row.state === "active" && row.throttledUntil && row.throttledUntil > now ? "throttled" : row.state;
}
