import type { z } from "zod";
import type { stockRulesContract } from "@/lib/api/contract/stock-rules";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { type Owner, readCarts } from "@/lib/flow/stock/read-rules";
import { findLeaks } from "./find-leaks";
import { ownerOf, readPlaces } from "./rule-rows";

type Read = z.input<NonNullable<(typeof stockRulesContract.read)["~orpc"]["outputSchema"]>>;

/** How the figures of a merchant's carts are made, and what may be wrong with it. */
export function readStockRules(scope: Scope, merchantId: string): Promise<Read> {
	return transact(scope, async (tx) => {
		const owner = await ownerOf(tx, scope, merchantId);
		const carts = await readCarts(tx, owner);
		return {
			carts: carts.map(({ id, name, rule, pushAs, skus, basis }) => {
				return { cart: { id, name }, rule, pushAs, basis, skuRules: skus.size };
			}),
			places: await readPlaces(tx, owner),
			latest: await readLatest(tx, owner),
			leaks: await findLeaks(tx, owner),
		};
	});
}

/** The latest change that can be taken back. */
async function readLatest(tx: Transaction, owner: Owner): Promise<Read["latest"]> {
	const [row] = await tx.sql<NonNullable<Read["latest"]>>(
		`select "id", "byName", "createdAt", jsonb_array_length("rows") as "rows" from "StockRuleChange"
		 where "accountId" = $1 and "merchantId" = $2 and "undoneAt" is null order by "id" desc limit 1`,
		[owner.accountId, owner.merchantId],
	);
	return row ?? null;
}
