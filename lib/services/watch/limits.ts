import { type WatchedStatus, watchedStatuses, watchedStatusNames } from "@/lib/canonical/watch";
import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";

export interface WatchLimit {
	status: WatchedStatus;
	/** Zero: for ever. */
	restMinutes: number;
}
type Listed = { items: (WatchLimit & { defaultMinutes: number })[] };

/** How long an order may rest in each state before there is an alert. */
export function readWatchLimits(scope: Scope): Promise<Listed> {
	return transact(scope, (tx) => read(tx, scope));
}

/** Changes the limits that are given; the watchdog uses them from its next look on. */
export function updateWatchLimits(scope: Scope, limits: WatchLimit[]): Promise<Listed> {
	return transact(scope, async (tx) => {
		const before = await read(tx, scope);
		for (const { status, restMinutes } of limits)
			await tx.sql(
				`insert into "WatchLimit" ("accountId", "status", "restMinutes") values ($1, $2, $3)
				 on conflict ("accountId", "status") do update set "restMinutes" = excluded."restMinutes"`,
				[scope.accountId, status, restMinutes],
			);
		const after = await read(tx, scope);
		await audit(tx, scope, {
			action: "account.watch-changed",
			subjectType: "account",
			subjectId: scope.accountId,
			before: byStatus(before),
			after: byStatus(after),
		});
		return after;
	});
}

async function read(tx: Transaction, scope: Scope): Promise<Listed> {
	const rows = await tx.sql<WatchLimit>(`select "status", "restMinutes" from "WatchLimit" where "accountId" = $1`, [
		scope.accountId,
	]);
	const items = watchedStatusNames.map((status) => {
		const defaultMinutes = watchedStatuses[status].restMinutes;
		const own = rows.find((row) => row.status === status);
		return { status, restMinutes: own?.restMinutes ?? defaultMinutes, defaultMinutes };
	});
	return { items };
}

function byStatus({ items }: Listed): Record<string, number> {
	return Object.fromEntries(items.map(({ status, restMinutes }) => [status, restMinutes]));
}
