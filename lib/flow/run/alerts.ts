/**
 * Alerts are kept one per cause: what waits on the cause is counted, not listed again. They resolve
 * themselves when the cause is gone.
 */
import { hash } from "node:crypto";
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Transaction } from "@/lib/db/transact";

import { type Facts, fill } from "@/lib/errors/app-error";
import { type ErrorCode, errorCodes } from "@/lib/errors/codes";
import type { FlowWork } from "../work";
import { causeHolds } from "./alert-causes";
import { sideOf } from "./alert-codes";

export interface Cause {
	/** Stable key, such as reconnect:<connection>. Raising it again joins the open alert. */
	cause: string;
	code: ErrorCode;
	facts: Facts;
	connectionId?: string;
	count?: number;
	/** The state that an order rests in, where that says whose side it is. */
	status?: string;
}
interface Tenant {
	accountId: string;
	/** Null: the account's own matter. */
	merchantId: string | null;
}

/**
 * Opens alerts, or joins those that are open for the same cause. Causes given twice are added up; `stated` counts take
 * the place of what was counted before. An alert that was snoozed wakes when its count has doubled.
 */
export async function raiseAlerts(
	tx: Transaction,
	tenant: Tenant,
	causes: Cause[],
	now: Date,
	counts: "added" | "stated" = "added",
): Promise<void> {
	if (causes.length === 0) return;
	const sides = await sidesOf(tx, tenant, causes);
	const byCause = new Map<string, Cause & { count: number }>();
	for (const cause of causes) {
		const known = byCause.get(cause.cause);
		if (known) known.count += cause.count ?? 1;
		else byCause.set(cause.cause, { ...cause, count: cause.count ?? 1 });
	}
	const total = counts === "added" ? `"Alert"."count" + excluded."count"` : `excluded."count"`;
	await insertRows(
		tx,
		"Alert",
		{
			id: "text",
			accountId: "text",
			merchantId: "text",
			connectionId: "text",
			cause: "text",
			code: "text",
			side: "text",
			sentence: "text",
			facts: "jsonb",
			count: "int",
			firstSeenAt: "timestamptz",
			lastSeenAt: "timestamptz",
		},
		// One order for everybody, so that two runs that raise the same causes never wait for each other in a circle.
		[...byCause.values()]
			.sort((a, b) => (a.cause < b.cause ? -1 : 1))
			.map((cause) => ({
				id: newId("alr"),
				accountId: tenant.accountId,
				merchantId: tenant.merchantId,
				connectionId: cause.connectionId ?? null,
				cause: cause.cause,
				code: cause.code,
				side: sideOf(cause.code, { connectionSide: sides.get(cause.connectionId ?? ""), status: cause.status }),
				sentence: fill(errorCodes[cause.code].sentence, cause.facts),
				facts: cause.facts,
				count: cause.count,
				firstSeenAt: now,
				lastSeenAt: now,
			})),
		`on conflict ("accountId", "cause") where "resolvedAt" is null do update
		 set "count" = ${total}, "lastSeenAt" = excluded."lastSeenAt", "sentence" = excluded."sentence", "facts" = excluded."facts",
		   "snoozedUntil" = case when ${total} < 2 * "Alert"."snoozedCount" then "Alert"."snoozedUntil" end,
		   "snoozedCount" = case when ${total} < 2 * "Alert"."snoozedCount" then "Alert"."snoozedCount" end`,
	);
}

/** On which side each connection of the causes is. */
async function sidesOf(tx: Transaction, tenant: Tenant, causes: Cause[]): Promise<Map<string, string>> {
	const ids = [...new Set(causes.flatMap(({ connectionId }) => connectionId ?? []))];
	if (ids.length === 0) return new Map();
	const rows = await tx.sql<{ id: string; side: string }>(
		`select "id", "side" from "Connection" where "accountId" = $1 and "id" = any($2)`,
		[tenant.accountId, ids],
	);
	return new Map(rows.map(({ id, side }) => [id, side]));
}

/** The cause that stops an order: orders with the same problem at the same connection share one alert. */
export function orderCause(
	work: FlowWork,
	stop: { code: ErrorCode; problem: string; number: string; field?: string | undefined; sku?: string | undefined },
): Cause {
	const connection = work.connection;
	return {
		cause: `order:${connection.id}:${stop.code}:${hash("md5", stop.problem, "base64url")}`,
		code: stop.code,
		facts: {
			system: connection.name,
			subject: `order ${stop.number}`,
			number: stop.number,
			problem: stop.problem,
			field: stop.field,
			...(stop.sku !== undefined && { sku: stop.sku }),
		},
		connectionId: connection.id,
	};
}

/** The same for what a cart is not told: told apart, because it is solved apart. */
export function trackingCause(work: FlowWork, stop: Parameters<typeof orderCause>[1]): Cause {
	const cause = orderCause(work, stop);
	return { ...cause, cause: cause.cause.replace(/^order:/, "tracking:") };
}

/** Closes the alerts of tracking problems that no shipment has any more. */
export function resolveTold(tx: Transaction, work: FlowWork): Promise<void> {
	return resolveGone(tx, work, "tracking");
}

/** Closes the alerts of orders' problems that no order has any more. */
export function resolveSolved(tx: Transaction, work: FlowWork): Promise<void> {
	return resolveGone(tx, work, "order");
}

async function resolveGone(tx: Transaction, work: FlowWork, kind: "order" | "tracking"): Promise<void> {
	await tx.sql(
		`update "Alert" a set "resolvedAt" = $3 where a."accountId" = $1 and a."connectionId" = $2 and a."resolvedAt" is null
		   and a."cause" like '${kind}:%' and not (${causeHolds(kind)})`,
		[work.scope.accountId, work.connection.id, work.now()],
	);
}
