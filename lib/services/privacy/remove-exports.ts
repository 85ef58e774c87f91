import type { Transaction } from "@/lib/db/transact";
import type { Tenant } from "./erase-orders";

/** A file made before a shopper was erased still holds them: what is done goes, what is being written begins anew. */
export async function removeExports(tx: Transaction, { accountId, merchantId }: Tenant): Promise<void> {
	const rows = await tx.sql<{ id: string }>(
		`update "Export" set "state" = case when "state" = 'done' then 'removed' else 'waiting' end, "entry" = 0, "cursor" = '',
		   "parts" = 0, "rows" = 0, "size" = 0
		 where "accountId" = $1 and "merchantId" = $2 and "state" <> 'removed' returning "id"`,
		[accountId, merchantId],
	);
	await tx.sql(`delete from "ExportPart" where "accountId" = $1 and "exportId" = any($2)`, [
		accountId,
		rows.map(({ id }) => id),
	]);
}
