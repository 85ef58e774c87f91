import type { z } from "zod";
import type { merchantSummary } from "@/lib/api/contract/merchants";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";

export type MerchantSummary = z.input<typeof merchantSummary>;

/** The account's merchants with what is open for each, by name. */
export function listMerchants(scope: Scope): Promise<MerchantSummary[]> {
	return transact(scope, (tx) =>
		tx.sql<MerchantSummary>(
			`select m."id", m."name", m."createdAt",
			   (select count(*)::int from "Connection" c where c."accountId" = m."accountId" and c."merchantId" = m."id" and c."side" = 'source' and c."archivedAt" is null) as "carts",
			   (select count(*)::int from "Connection" c where c."accountId" = m."accountId" and c."merchantId" = m."id" and c."side" = 'destination' and c."archivedAt" is null) as "warehouses",
			   (select count(*)::int from "Order" o where o."accountId" = m."accountId" and o."merchantId" = m."id" and o."status" in ('new', 'error', 'at_wms')) as "openOrders",
			   (select count(*)::int from "Order" o where o."accountId" = m."accountId" and o."merchantId" = m."id" and o."status" = 'error') as "stuckOrders",
			   (select min(o."createdAt") from "Order" o where o."accountId" = m."accountId" and o."merchantId" = m."id"
			      and o."status" = 'new' and o."heldAt" is null and not o."sendingCanceled") as "oldestWaitingAt"
			 from "Merchant" m where m."accountId" = $1 and ($2::text is null or m."id" = $2) and m."archivedAt" is null order by m."name"`,
			[scope.accountId, scope.merchantId ?? null],
		),
	);
}
