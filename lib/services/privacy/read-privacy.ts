import type { z } from "zod";
import type { privacyView } from "@/lib/api/contract/privacy";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";

type View = z.input<typeof privacyView>;

/** How long personal data is kept, what was erased lately, and the files that can be taken along. */
export function readPrivacy(scope: Scope): Promise<View> {
	return transact(scope, async (tx) => ({
		retentionDays: await accountDays(tx, scope),
		sources: await readSources(tx, scope),
		erasures: await readErasures(tx, scope),
		exports: await readExports(tx, scope),
	}));
}

async function accountDays(tx: Transaction, { accountId }: Scope): Promise<number | null> {
	const [account] = await tx.sql<{ days: number | null }>(
		`select "retentionDays" as "days" from "Account" where "id" = $1`,
		[accountId],
	);
	return account?.days ?? null;
}

function readSources(tx: Transaction, { accountId, merchantId }: Scope): Promise<View["sources"]> {
	return tx.sql(
		`select c."id", c."name", m."name" as "merchant", c."retentionDays" from "Connection" c
		 join "Merchant" m on m."accountId" = c."accountId" and m."id" = c."merchantId"
		 where c."accountId" = $1 and c."side" = 'source' and c."archivedAt" is null and ($2::text is null or c."merchantId" = $2)
		 order by m."name", c."name" limit 500`,
		[accountId, merchantId ?? null],
	);
}

function readErasures(tx: Transaction, { accountId, merchantId }: Scope): Promise<View["erasures"]> {
	return tx.sql(
		`select e."id", e."kind", e."hint", e."state", e."total", e."looked", e."orders", e."openOrders", e."exchanges" as "requests",
		   e."createdByName" as "by", e."createdAt", e."startedAt", e."endedAt", m."name" as "merchant" from "Erasure" e
		 join "Merchant" m on m."accountId" = e."accountId" and m."id" = e."merchantId"
		 where e."accountId" = $1 and ($2::text is null or e."merchantId" = $2) order by e."id" desc limit 20`,
		[accountId, merchantId ?? null],
	);
}

function readExports(tx: Transaction, { accountId, merchantId }: Scope): Promise<View["exports"]> {
	return tx.sql(
		`select e."id", e."state", e."total", e."rows", e."size", e."createdByName" as "by", e."createdAt", e."startedAt", e."endedAt",
		   e."expiresAt", m."name" as "merchant" from "Export" e
		 join "Merchant" m on m."accountId" = e."accountId" and m."id" = e."merchantId"
		 where e."accountId" = $1 and ($2::text is null or e."merchantId" = $2) order by e."id" desc limit 20`,
		[accountId, merchantId ?? null],
	);
}
