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

export interface Cause {
	/** Stable key, such as reconnect:<connection>. Raising it again joins the open alert. */
	cause: string;
	code: ErrorCode;
	facts: Facts;
	connectionId?: string;
	count?: number;
}
interface Tenant {
	accountId: string;
	merchantId: string;
}

/** Opens alerts, or joins those that are open for the same cause. Causes given twice are added up. */
export async function raiseAlerts(tx: Transaction, tenant: Tenant, causes: Cause[], now: Date): Promise<void> {
	const byCause = new Map<string, Cause & { count: number }>();
	for (const cause of causes) {
		const known = byCause.get(cause.cause);
		if (known) known.count += cause.count ?? 1;
		else byCause.set(cause.cause, { ...cause, count: cause.count ?? 1 });
	}
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
				sentence: fill(errorCodes[cause.code].sentence, cause.facts),
				facts: cause.facts,
				count: cause.count,
				firstSeenAt: now,
				lastSeenAt: now,
			})),
		`on conflict ("accountId", "cause") where "resolvedAt" is null do update
		 set "count" = "Alert"."count" + excluded."count", "lastSeenAt" = excluded."lastSeenAt", "sentence" = excluded."sentence"`,
	);
}

/** The cause that stops an order: orders with the same problem at the same connection share one alert. */
export function orderCause(
	work: FlowWork,
	stop: { code: ErrorCode; problem: string; number: string; field?: string | undefined },
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
export async function resolveTold(tx: Transaction, work: FlowWork): Promise<void> {
	await tx.sql(
		`update "Alert" a set "resolvedAt" = $3
		 where a."accountId" = $1 and a."connectionId" = $2 and a."resolvedAt" is null and a."cause" like 'tracking:%'
		   and not exists (select 1 from "Confirmation" c where c."accountId" = $1 and c."connectionId" = $2
		     and c."state" <> 'accepted' and c."problem" = a."facts" ->> 'problem')`,
		[work.scope.accountId, work.connection.id, work.now()],
	);
}

/** Closes the alerts of orders' problems that no order has any more. */
export async function resolveSolved(tx: Transaction, work: FlowWork): Promise<void> {
	await tx.sql(
		`update "Alert" a set "resolvedAt" = $4
		 where a."accountId" = $1 and a."connectionId" = $3 and a."resolvedAt" is null and a."cause" like 'order:%'
		   and not exists (select 1 from "Order" o where o."accountId" = $1 and o."merchantId" = $2
		     and o."status" = 'error' and o."problem" = a."facts" ->> 'problem')`,
		[work.scope.accountId, work.scope.merchantId, work.connection.id, work.now()],
	);
}
