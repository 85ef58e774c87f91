import type { z } from "zod";
import type { filtersContract } from "@/lib/api/contract/filters";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { readFilteredCart } from "./cart";

type Shown = z.input<NonNullable<(typeof filtersContract.get)["~orpc"]["outputSchema"]>>;

/** What is in force, what was before, and what to choose from. */
export function readFilters(scope: Scope, connectionId: string): Promise<Shown> {
	return transact(scope, async (tx) => {
		const { version, filters } = await readFilteredCart(tx, scope, connectionId);
		const one = [scope.accountId, connectionId];
		const history = await tx.sql<Shown["history"][number]>(
			`select "version", "byName", "createdAt" as "at", "note", jsonb_array_length("filters" -> 'orders') as "orderFilters",
			   jsonb_array_length("filters" -> 'tags' -> 'anyOf') + jsonb_array_length("filters" -> 'tags' -> 'noneOf') as "tagRules",
			   case when "filters" -> 'items' ->> 'type' = 'disabled' then 0
			     else jsonb_array_length("filters" -> 'items' -> 'codes') end as "itemCodes"
			 from "CartFilters" where "accountId" = $1 and "connectionId" = $2 order by "version" desc limit 20`,
			one,
		);
		const [skipped] = await tx.sql<{ count: number }>(
			`select count(*)::int as "count" from "SourceKey"
			 where "accountId" = $1 and "connectionId" = $2 and "orderId" is null and "refusedBy" is not null`,
			one,
		);
		return { version, filters, history, skipped: skipped?.count ?? 0, seen: await readSeen(tx, one) };
	});
}

/** What the newest orders carry. */
async function readSeen(tx: Transaction, one: string[]): Promise<Shown["seen"]> {
	const [row] = await tx.sql<Shown["seen"]>(
		`with newest as materialized (
		   select "document" from "Order" where "accountId" = $1 and "connectionId" = $2 order by "id" desc limit 200)
		 select
		   coalesce((select json_agg(distinct e ->> 'name') from newest, jsonb_array_elements(case jsonb_typeof("document" -> 'extraFields')
		     when 'array' then "document" -> 'extraFields' else '[]' end) e), '[]') as "extraFields",
		   coalesce((select json_agg(distinct t) from newest, jsonb_array_elements_text(case jsonb_typeof("document" -> 'tags')
		     when 'array' then "document" -> 'tags' else '[]' end) t), '[]') as "tags"`,
		one,
	);
	return { extraFields: (row?.extraFields ?? []).slice(0, 100), tags: (row?.tags ?? []).slice(0, 100) };
}
