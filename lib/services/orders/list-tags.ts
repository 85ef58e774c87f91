import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";

/** What the newest tagged orders carry, spelled as on the newest of them. */
const looked = 2000;

export async function listTags(scope: Scope): Promise<string[]> {
	const rows = await transact(scope, (tx) =>
		tx.sql<{ tag: string }>(
			`select "tag" from (select distinct on (lower(t."tag")) t."tag" from (
			   select "id", "tags" from "Order" where "accountId" = $1 and ($2::text is null or "merchantId" = $2) and "tags" <> '{}'
			   order by "id" desc limit ${looked}) o, unnest(o."tags") as t("tag") order by lower(t."tag"), o."id" desc) found
			 order by lower("tag") limit 200`,
			[scope.accountId, scope.merchantId ?? null],
		),
	);
	return rows.map(({ tag }) => tag);
}
