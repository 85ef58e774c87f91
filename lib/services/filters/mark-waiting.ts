/** What a changed item filter does to orders that are here and not sent yet. */
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import type { ItemRule } from "@/lib/flow/intake/filters";
import { noteReleased } from "@/lib/flow/products/free-waiting";
import { causeHolds } from "@/lib/flow/run/alert-causes";
import { enqueueFlows } from "../flows/enqueue-flows";
import type { FilteredCart } from "./cart";

/** `$3` the filter's type, or empty where it keeps no single line back; `$4` its codes. As `isLineFiltered` has it. */
const isFiltered = `case $3 when 'blacklist' then btrim(l."sku") = any($4) when 'whitelist' then not btrim(l."sku") = any($4) else false end`;
const differs = `o."accountId" = $1 and o."connectionId" = $2 and o."status" in ('new', 'error') and l."accountId" = $1
  and l."orderId" = o."id" and l."filtered" <> (${isFiltered}) and not exists (select 1 from "Delivery" d
    where d."accountId" = $1 and d."orderId" = o."id" and d."state" in ('sending', 'unknown', 'accepted'))`;

function given(scope: Scope, cart: FilteredCart, { type, level, codes }: ItemRule): unknown[] {
	return [scope.accountId, cart.id, level === "item" ? type : "", [...codes]];
}

/** How many orders would be sent with other lines than now. */
export async function countLinesToMark(
	tx: Transaction,
	scope: Scope,
	cart: FilteredCart,
	rule: ItemRule,
): Promise<number> {
	const [row] = await tx.sql<{ count: number }>(
		`select count(distinct o."id")::int as "count" from "Order" o, "OrderLine" l where ${differs}`,
		given(scope, cart, rule),
	);
	return row?.count ?? 0;
}

/** Strikes lines through, or takes that back; orders of which nothing was left to send are tried again. */
export async function markWaiting(tx: Transaction, scope: Scope, cart: FilteredCart, rule: ItemRule): Promise<number> {
	await tx.sql(
		`update "OrderLine" l set "filtered" = (${isFiltered}) from "Order" o where ${differs}`,
		given(scope, cart, rule),
	);
	const released = await tx.sql<{ id: string }>(
		`update "Order" o set "status" = 'new', "problem" = null, "problemCode" = null, "updatedAt" = now(),
		   "dueAt" = case when "heldAt" is null then now() end
		 where o."accountId" = $1 and o."connectionId" = $2 and o."status" = 'error' and o."problemCode" = 'all-filtered'
		   and not o."sendingCanceled" and exists (select 1 from "OrderLine" l
		     where l."accountId" = $1 and l."orderId" = o."id" and not l."filtered")
		 returning o."id"`,
		[scope.accountId, cart.id],
	);
	if (released.length === 0) return 0;
	const ids = released.map(({ id }) => id);
	await noteReleased(tx, scope, ids, "the item filter changed");
	await tx.sql(
		`update "Alert" a set "resolvedAt" = now() where a."accountId" = $1 and a."merchantId" = $2 and a."resolvedAt" is null
		   and a."code" = 'all-filtered' and a."cause" like 'order:%' and not (${causeHolds("order")})`,
		[scope.accountId, cart.merchantId],
	);
	await enqueueFlows(tx, scope, cart.merchantId, "orders/deliver");
	return ids.length;
}
