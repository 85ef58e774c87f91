import type { z } from "zod";
import type { alertView } from "@/lib/api/contract/alerts";
import type { AlertSide } from "@/lib/canonical/alert";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import type { ErrorCodeInfo } from "@/lib/errors/code-info";
import { errorCodes } from "@/lib/errors/codes";
import { Conditions, cutPage, type Page, type PageInput } from "../page";

export type AlertView = z.input<typeof alertView>;

export interface AlertRow {
	id: string;
	code: string;
	cause: string;
	side: AlertSide;
	sentence: string;
	merchantId: string | null;
	merchantName: string | null;
	connectionId: string | null;
	connectionName: string | null;
	count: number;
	firstSeenAt: Date;
	lastSeenAt: Date;
	snoozedUntil: Date | null;
	assigneeId: string | null;
	assigneeName: string | null;
	resolvedAt: Date | null;
	/** The item code it is about, if it is about one. */
	sku: string | null;
}

export interface AlertFilters extends PageInput {
	show: "open" | "snoozed" | "resolved";
	merchantId?: string | undefined;
	side?: AlertSide | undefined;
	mine?: boolean | undefined;
}

const snoozed = `a."snoozedUntil" > now()`;
/** What is open and not put aside for now. */
const shown: Record<AlertFilters["show"], string> = {
	open: `a."resolvedAt" is null and (${snoozed}) is not true`,
	snoozed: `a."resolvedAt" is null and ${snoozed}`,
	resolved: `a."resolvedAt" is not null`,
};

/** What needs a person, newest first; snoozed and resolved ones on request. */
export function listAlerts(scope: Scope, filters: AlertFilters): Promise<Page<AlertView> & { snoozed: number }> {
	return transact(scope, async (tx) => {
		const page = await readAlerts(tx, scope, filters);
		const conditions = conditionsOf(scope, { ...filters, show: "snoozed" });
		const [row] = await tx.sql<{ count: number }>(
			`select count(*)::int as "count" from "Alert" a where ${conditions.where}`,
			conditions.values,
		);
		return { ...page, snoozed: row?.count ?? 0 };
	});
}

/** For a query that calls the alert `a`. */
export const alertColumns = `a."id", a."code", a."cause", a."side", a."sentence", a."merchantId", m."name" as "merchantName",
  a."connectionId", c."name" as "connectionName", a."count", a."firstSeenAt", a."lastSeenAt",
  case when ${snoozed} then a."snoozedUntil" end as "snoozedUntil", a."assigneeId", a."assigneeName", a."resolvedAt",
  a."facts" ->> 'sku' as "sku"`;
export const alertJoins = `left join "Merchant" m on m."accountId" = a."accountId" and m."id" = a."merchantId"
  left join "Connection" c on c."accountId" = a."accountId" and c."id" = a."connectionId"`;

export async function readAlerts(tx: Transaction, scope: Scope, filters: AlertFilters): Promise<Page<AlertView>> {
	const conditions = conditionsOf(scope, filters);
	conditions.add(`a."id" < ?`, filters.after);
	const rows = await tx.sql<AlertRow>(
		`select ${alertColumns} from "Alert" a ${alertJoins}
		 where ${conditions.where} order by a."id" desc limit ${filters.limit + 1}`,
		conditions.values,
	);
	return cutPage(rows, filters.limit, { key: (row) => row.id, item: viewOf });
}

function conditionsOf(scope: Scope, filters: Omit<AlertFilters, "after" | "limit">): Conditions {
	const conditions = new Conditions();
	conditions.add(`a."accountId" = ?`, scope.accountId);
	// The column may be empty, so row security does not keep a merchant's people to their own here: this does.
	conditions.add(`a."merchantId" = ?`, scope.merchantId ?? filters.merchantId);
	conditions.add(`a."side" = ?`, filters.side);
	if (filters.mine)
		conditions.add(
			`a."assigneeId" in (select s."id" from "Membership" s where s."accountId" = a."accountId" and s."userId" = ?)`,
			scope.actor.type === "user" ? scope.actor.id : "",
		);
	conditions.plain(shown[filters.show]);
	return conditions;
}

/** What the menu counts: open and not snoozed. */
export async function countOpenAlerts(tx: Transaction, scope: Scope, merchantId?: string): Promise<number> {
	const conditions = conditionsOf(scope, { show: "open", merchantId });
	const [row] = await tx.sql<{ count: number }>(
		`select count(*)::int as "count" from "Alert" a where ${conditions.where}`,
		conditions.values,
	);
	return row?.count ?? 0;
}

export function viewOf(row: AlertRow): AlertView {
	const info: ErrorCodeInfo = isCode(row.code) ? errorCodes[row.code] : errorCodes.unexpected;
	return {
		id: row.id,
		code: row.code,
		side: row.side,
		sentence: row.sentence,
		meaning: info.meaning,
		action: info.action,
		path: pathOf(row, info),
		merchant: row.merchantId ? { id: row.merchantId, name: row.merchantName ?? "" } : null,
		connection: row.connectionId ? { id: row.connectionId, name: row.connectionName ?? "" } : null,
		count: row.count,
		firstSeenAt: row.firstSeenAt,
		lastSeenAt: row.lastSeenAt,
		snoozedUntil: row.snoozedUntil,
		assignee: row.assigneeId ? { id: row.assigneeId, name: row.assigneeName ?? "" } : null,
		resolvedAt: row.resolvedAt,
	};
}

/** The screen where the fix is: a connection, the order itself where the cause names one, or the orders it stops. */
function pathOf(row: AlertRow, info: ErrorCodeInfo): string | null {
	if (info.fix === "connection" && row.connectionId)
		return `connections/${row.connectionId}${row.code === "differences" ? "?tab=reconciliation" : ""}`;
	if (info.fix === "connections") return "connections/new";
	if (info.fix === "notifications") return "settings/notifications";
	if (info.fix === "inventory") return `inventory/${row.merchantId}/${encodeURIComponent(row.sku ?? "")}`;
	if (info.fix === "purchase-orders") return `purchase-orders/${row.cause.split(":")[1] ?? ""}`;
	const purchase = /^(?:purchase|receipt):/.test(row.cause);
	if (purchase) return `purchase-orders?state=problem${row.merchantId ? `&merchant=${row.merchantId}` : ""}`;
	if (row.code === "unknown-sku")
		return `mappings/sku-health?merchant=${row.merchantId}&q=${encodeURIComponent(row.sku ?? "")}`;
	const mapping = mappingOf(row);
	if (mapping) return `mappings/ship-methods?cart=${mapping.connectionId}&q=${encodeURIComponent(mapping.code)}`;
	if (info.fix !== "order") return null;
	const late = /^late:(mer_\w+):(\w+)$/.exec(row.cause);
	if (late) return `orders?state=${late[2]}&merchant=${late[1]}`;
	const orderId = /^(?:cancel-refused|warehouse-canceled|over-shipped):(ord_\w+)$/.exec(row.cause)?.[1];
	return orderId ? `orders/${orderId}` : `orders?state=error${row.merchantId ? `&merchant=${row.merchantId}` : ""}`;
}

/** The cart and its code that the alert's orders wait for; null for every other cause. */
export function mappingOf({ cause }: Pick<AlertRow, "cause">): { connectionId: string; code: string } | null {
	const [, connectionId, code = ""] = /^ship-method:(con_\w+):(.*)$/s.exec(cause) ?? [];
	return connectionId ? { connectionId, code } : null;
}

function isCode(code: string): code is keyof typeof errorCodes {
	return code in errorCodes;
}
