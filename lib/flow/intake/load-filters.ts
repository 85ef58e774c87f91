/** Item filters where orders of several carts are prepared together; and what they say, kept with each line. */
import { itemFilter } from "@/lib/canonical/filters";
import { updateRows } from "@/lib/db/bulk";
import type { Transaction } from "@/lib/db/transact";
import { type ItemRule, isLineFiltered, noFilters } from "./filters";

export async function loadItemFilters(
	tx: Transaction,
	accountId: string,
	cartIds: readonly string[],
): Promise<(cartId: string) => ItemRule> {
	const rows = await tx.sql<{ connectionId: string; items: unknown }>(
		`select distinct on ("connectionId") "connectionId", "filters" -> 'items' as "items" from "CartFilters"
		 where "accountId" = $1 and "connectionId" = any($2) order by "connectionId", "version" desc`,
		[accountId, [...new Set(cartIds)]],
	);
	const rules = new Map(
		rows.map(({ connectionId, items }) => {
			const { codes, ...rule } = itemFilter.parse(items);
			return [connectionId, { ...rule, codes: new Set(codes) }];
		}),
	);
	return (cartId) => rules.get(cartId) ?? noFilters.items;
}

interface Marked {
	id: string;
	connectionId: string;
	lines: { id: string; sku: string; filtered: boolean }[];
}

/** Writes down which lines stay here, as far as that is not what stands there already. */
export async function markFiltered(
	tx: Transaction,
	accountId: string,
	orders: readonly Marked[],
	filtersOf: (cartId: string) => ItemRule,
): Promise<void> {
	const changed = orders.flatMap(({ id: orderId, connectionId, lines }) => {
		const rule = filtersOf(connectionId);
		return lines
			.map(({ id, sku, filtered }) => ({ orderId, id, filtered: isLineFiltered(rule, sku), before: filtered }))
			.filter(({ filtered, before }) => filtered !== before);
	});
	await updateRows(
		tx,
		"OrderLine",
		{ orderId: "text", id: "text", filtered: "boolean" },
		changed.map(({ orderId, id, filtered }) => ({ orderId, id, filtered })),
		{
			key: "orderId",
			set: `"filtered" = given."filtered"`,
			where: `"OrderLine"."accountId" = $2 and "OrderLine"."orderId" = given."orderId" and "OrderLine"."id" = given."id"`,
		},
		[accountId],
	);
}
