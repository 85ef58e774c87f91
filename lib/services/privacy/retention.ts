import { mayChangeSide } from "@/lib/auth/roles";
import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { isClosed } from "./erase-orders";
import { closedAt } from "./plan-retention";

export interface RetentionChange {
	/** Null: keep, or as the account. */
	days: number | null;
	/** Of one order source; absent for the whole account. */
	connectionId?: string | undefined;
}

/** How many orders the change would erase at the next round, and how many of that age wait because they are open. */
export async function previewRetention(
	scope: Scope,
	change: RetentionChange,
): Promise<{ orders: number; openOrders: number }> {
	return transact(scope, async (tx) => {
		await mustBeAllowed(tx, scope, change.connectionId);
		const [found] = await tx.sql<{ orders: number; openOrders: number }>(
			`select (count(*) filter (where o."erasedAt" is null and ${isClosed} and ${closedAt} < now() - make_interval(days => k."days")))::int as "orders",
			   (count(*) filter (where o."status" in ('new', 'at_wms', 'error') and o."createdAt" < now() - make_interval(days => k."days")))::int as "openOrders"
			 from "Connection" c join "Account" a on a."id" = c."accountId"
			 cross join lateral (select case when $3::text is null then coalesce(c."retentionDays", $2)
			   when c."id" = $3 then coalesce($2, a."retentionDays") end as "days") k
			 join "Order" o on o."accountId" = c."accountId" and o."connectionId" = c."id"
			 where c."accountId" = $1 and ($3::text is null or c."id" = $3) and k."days" is not null`,
			[scope.accountId, change.days, change.connectionId ?? null],
		);
		return found ?? { orders: 0, openOrders: 0 };
	});
}

/** Throws `forbidden` to the people of one merchant where it is about the whole account. */
export async function setRetention(scope: Scope, change: RetentionChange): Promise<{ days: number | null }> {
	const { days, connectionId } = change;
	return transact(scope, async (tx) => {
		const before = await mustBeAllowed(tx, scope, connectionId);
		await tx.sql(
			connectionId
				? `update "Connection" set "retentionDays" = $2, "updatedAt" = now() where "accountId" = $1 and "id" = $3`
				: `update "Account" set "retentionDays" = $2 where "id" = $1`,
			connectionId ? [scope.accountId, days, connectionId] : [scope.accountId, days],
		);
		await audit(tx, scope, {
			action: connectionId ? "connection.retention-changed" : "account.retention-changed",
			subjectType: connectionId ? "connection" : "account",
			subjectId: connectionId ?? scope.accountId,
			...(before.merchantId && { merchantId: before.merchantId }),
			before: { name: before.name, retentionDays: before.retentionDays },
			after: { name: before.name, retentionDays: days },
		});
		return { days };
	});
}

interface Before {
	name: string;
	merchantId: string | null;
	retentionDays: number | null;
}

async function mustBeAllowed(tx: Transaction, scope: Scope, connectionId: string | undefined): Promise<Before> {
	if (!connectionId) {
		if (scope.merchantId || !scope.may.has("account:write")) throw new AppError("forbidden");
		const [account] = await tx.sql<Before>(
			`select "name", null as "merchantId", "retentionDays" from "Account" where "id" = $1`,
			[scope.accountId],
		);
		if (!account) throw new AppError("not-found", { thing: "account" });
		return account;
	}
	const [source] = await tx.sql<Before & { side: "source" | "destination" }>(
		`select "name", "merchantId", "retentionDays", "side" from "Connection" where "accountId" = $1 and "id" = $2 and "archivedAt" is null`,
		[scope.accountId, connectionId],
	);
	if (!source) throw new AppError("not-found", { thing: "connection" });
	if (source.side !== "source" || !mayChangeSide(scope, "source")) throw new AppError("forbidden");
	return source;
}
