import type { z } from "zod";
import type { auditEntry, auditFilters } from "@/lib/api/contract/audit";
import { namesOf } from "@/lib/auth/directory";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { Conditions } from "../page";

export type AuditEntryView = z.input<typeof auditEntry>;
export type AuditFilters = z.output<typeof auditFilters>;

interface Row {
	id: string;
	at: Date;
	actorType: string;
	actorId: string;
	actorName: string;
	action: string;
	subjectType: string;
	subjectId: string;
	merchant: string | null;
	before: Record<string, unknown> | null;
	after: Record<string, unknown> | null;
	network: string;
	requestId: string;
}

/** The entries that fit the filters, newest first, starting below an id. */
export async function readAuditRows(
	scope: Scope,
	filters: AuditFilters,
	page: { after?: string | undefined; limit: number },
): Promise<AuditEntryView[]> {
	const conditions = conditionsOf(scope, filters);
	conditions.add(`a."id" < ?`, page.after);
	const rows = await transact(scope, (tx) =>
		tx.sql<Row>(
			`select a."id", a."at", a."actorType", a."actorId", a."actorName", a."action", a."subjectType", a."subjectId",
			   a."before", a."after", a."network", a."requestId", m."name" as "merchant"
			 from "AuditEntry" a left join "Merchant" m on m."accountId" = a."accountId" and m."id" = a."merchantId"
			 where ${conditions.where} order by a."id" desc limit ${page.limit}`,
			conditions.values,
		),
	);
	const unnamed = rows.filter(({ actorType, actorName }) => actorType === "user" && !actorName);
	const names = await namesOf(unnamed.map(({ actorId }) => actorId));
	return rows.map(({ actorName, ...row }) => ({
		...row,
		actor: actorName || names.get(row.actorId)?.email || row.actorId,
	}));
}

function conditionsOf(scope: Scope, filters: AuditFilters): Conditions {
	const conditions = new Conditions();
	conditions.add(`a."accountId" = ?`, scope.accountId);
	conditions.add(`a."merchantId" = ?`, scope.merchantId);
	conditions.add(`a."actorId" = ?`, filters.actor);
	conditions.add(`a."action" = ?`, filters.action);
	conditions.add(`a."at" >= ?`, filters.from);
	conditions.add(`a."at" < ?`, filters.to);
	conditions.add(
		`(a."subjectId" = ? or lower(a."subjectType") = lower(?) or lower(a."after" ->> 'name') like lower(?) || '%' or lower(a."before" ->> 'name') like lower(?) || '%'
		  or lower(a."after" ->> 'email') like lower(?) || '%' or lower(a."before" ->> 'email') like lower(?) || '%')`,
		filters.thing?.trim() || undefined,
	);
	return conditions;
}
