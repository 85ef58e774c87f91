import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { type ConnectionSummary, connectionSummaryOf, readConnections, readRecentRuns } from "./connection-rows";

/** How many runs the strip of a list shows. */
const stripLength = 20;

export function listConnections(
	scope: Scope,
	filters: { merchantId?: string | undefined },
): Promise<ConnectionSummary[]> {
	return transact(scope, async (tx) => {
		const rows = await readConnections(tx, scope, filters);
		const recent = await readRecentRuns(
			tx,
			scope,
			rows.map(({ id }) => id),
			stripLength,
		);
		const now = new Date();
		return rows.map((row) => connectionSummaryOf(row, recent.get(row.id) ?? [], now));
	});
}
