import type { z } from "zod";
import type { alertView } from "@/lib/api/contract/overview";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { type ErrorCodeInfo, errorCodes } from "@/lib/errors/codes";
import { Conditions, cutPage, type Page, type PageInput } from "../page";

export type AlertView = z.input<typeof alertView>;

interface Row {
	id: string;
	code: string;
	cause: string;
	sentence: string;
	merchantId: string | null;
	merchantName: string | null;
	connectionId: string | null;
	connectionName: string | null;
	count: number;
	firstSeenAt: Date;
	lastSeenAt: Date;
	resolvedAt: Date | null;
}

export interface AlertFilters extends PageInput {
	merchantId?: string | undefined;
	resolved: boolean;
}

/** What needs a person, newest first; resolved ones on request. */
export function listAlerts(scope: Scope, filters: AlertFilters): Promise<Page<AlertView>> {
	return transact(scope, (tx) => readAlerts(tx, scope, filters));
}

export async function readAlerts(tx: Transaction, scope: Scope, filters: AlertFilters): Promise<Page<AlertView>> {
	const conditions = new Conditions();
	conditions.add(`a."accountId" = ?`, scope.accountId);
	// The column may be empty, so row security does not keep a merchant's people to their own here: this does.
	conditions.add(`a."merchantId" = ?`, scope.merchantId ?? filters.merchantId);
	conditions.plain(`a."resolvedAt" is ${filters.resolved ? "not null" : "null"}`);
	conditions.add(`a."id" < ?`, filters.after);
	const rows = await tx.sql<Row>(
		`select a."id", a."code", a."cause", a."sentence", a."merchantId", m."name" as "merchantName", a."connectionId", c."name" as "connectionName",
		   a."count", a."firstSeenAt", a."lastSeenAt", a."resolvedAt"
		 from "Alert" a left join "Merchant" m on m."accountId" = a."accountId" and m."id" = a."merchantId"
		 left join "Connection" c on c."accountId" = a."accountId" and c."id" = a."connectionId"
		 where ${conditions.where} order by a."id" desc limit ${filters.limit + 1}`,
		conditions.values,
	);
	return cutPage(rows, filters.limit, { key: (row) => row.id, item: viewOf });
}

export async function countOpenAlerts(tx: Transaction, scope: Scope, merchantId?: string): Promise<number> {
	const [row] = await tx.sql<{ count: number }>(
		`select count(*)::int as "count" from "Alert" where "accountId" = $1 and ($2::text is null or "merchantId" = $2) and "resolvedAt" is null`,
		[scope.accountId, scope.merchantId ?? merchantId ?? null],
	);
	return row?.count ?? 0;
}

function viewOf(row: Row): AlertView {
	const info: ErrorCodeInfo = isCode(row.code) ? errorCodes[row.code] : errorCodes.unexpected;
	return {
		id: row.id,
		code: row.code,
		sentence: row.sentence,
		meaning: info.meaning,
		action: info.action,
		path: pathOf(row, info),
		merchant: row.merchantId ? { id: row.merchantId, name: row.merchantName ?? "" } : null,
		connection: row.connectionId ? { id: row.connectionId, name: row.connectionName ?? "" } : null,
		count: row.count,
		firstSeenAt: row.firstSeenAt,
		lastSeenAt: row.lastSeenAt,
		resolvedAt: row.resolvedAt,
	};
}

/** The screen where the fix is: a connection, the order itself where the cause names one, or the orders it stops. */
function pathOf(row: Row, info: ErrorCodeInfo): string | null {
	if (info.fix === "connection" && row.connectionId) return `connections/${row.connectionId}`;
	if (info.fix === "connections") return "connections/new";
	if (info.fix !== "order") return null;
	const late = /^late:(mer_\w+):(\w+)$/.exec(row.cause);
	if (late) return `orders?state=${late[2]}&merchant=${late[1]}`;
	const orderId = /^cancel-refused:(ord_\w+)$/.exec(row.cause)?.[1];
	return orderId ? `orders/${orderId}` : `orders?state=error${row.merchantId ? `&merchant=${row.merchantId}` : ""}`;
}

function isCode(code: string): code is keyof typeof errorCodes {
	return code in errorCodes;
}
