import type { Scope } from "@/lib/db/scope";
import { cutPage, type Page, type PageInput } from "../page";
import { type AuditEntryView, type AuditFilters, readAuditRows } from "./audit-rows";

/** Who did what, newest first. */
export async function listAudit(scope: Scope, filters: AuditFilters & PageInput): Promise<Page<AuditEntryView>> {
	const rows = await readAuditRows(scope, filters, { after: filters.after, limit: filters.limit + 1 });
	return cutPage(rows, filters.limit, { key: ({ id }) => id, item: (row) => row });
}
