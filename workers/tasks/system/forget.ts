/**
 * Once an hour: merchants with orders that were kept long enough get a round that erases them, rounds and exports that
 * were left behind get their job again, and files older than a week go.
 */
import { systemTransaction } from "@/lib/db/system";
import type { Transaction } from "@/lib/db/transact";
import { enqueue } from "@/lib/jobs/job";
import { eraseJob, exportJob } from "@/lib/jobs/privacy";
import { planRetention } from "@/lib/services/privacy/plan-retention";

interface Tenant {
	accountId: string;
	merchantId: string;
}

/** Returns how many rounds were planned. */
export async function forget(now: Date): Promise<number> {
	const merchants = await systemTransaction((tx) =>
		tx.sql<Tenant>(
			`select c."accountId", c."merchantId" from "Connection" c join "Account" a on a."id" = c."accountId"
			 where c."side" = 'source' and coalesce(c."retentionDays", a."retentionDays") is not null
			 union select "accountId", "merchantId" from "Order" where "eraseWantedAt" is not null and "erasedAt" is null`,
		),
	);
	let planned = 0;
	for (const merchant of merchants) if (await systemTransaction((tx) => planRetention(tx, merchant, now))) planned++;
	await systemTransaction((tx) => wake(tx));
	await systemTransaction((tx) => removeOld(tx, now));
	return planned;
}

/** A job that is waiting already stays one. */
async function wake(tx: Transaction): Promise<void> {
	const late = `"createdAt" < now() - interval '1 hour' limit 500`;
	const erasures = await tx.sql<Tenant & { id: string }>(
		`select "id", "accountId", "merchantId" from "Erasure" where "state" <> 'done' and ${late}`,
	);
	for (const row of erasures) await enqueue(tx, eraseJob, row);
	const exports = await tx.sql<Tenant & { id: string }>(
		`select "id", "accountId", "merchantId" from "Export" where "state" in ('waiting', 'running') and ${late}`,
	);
	for (const row of exports) await enqueue(tx, exportJob, row);
}

async function removeOld(tx: Transaction, now: Date): Promise<void> {
	await tx.sql(`update "Export" set "state" = 'removed' where "state" <> 'removed' and "expiresAt" < $1`, [now]);
	await tx.sql(
		`delete from "ExportPart" p using "Export" e where e."accountId" = p."accountId" and e."id" = p."exportId" and e."state" = 'removed'`,
	);
}
