/** What filters would have done to the newest orders, before anybody saves them. */
import type { z } from "zod";
import type { filtersContract } from "@/lib/api/contract/filters";
import type { CartFilters } from "@/lib/canonical/filters";
import { type Order, order as orderSchema } from "@/lib/canonical/order";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { filtersOf, isLineFiltered, refusalOf } from "@/lib/flow/intake/filters";
import { countForAsking } from "./ask-again";
import { readFilteredCart } from "./cart";
import { countLinesToMark } from "./mark-waiting";

type DryRun = z.input<NonNullable<(typeof filtersContract.preview)["~orpc"]["outputSchema"]>>;

/** So many orders are looked at, and so many of the refused ones shown. */
const looked = 500;
const shown = 20;

export function previewFilters(scope: Scope, connectionId: string, wanted: CartFilters): Promise<DryRun> {
	const filters = filtersOf(wanted);
	return transact(scope, async (tx) => {
		const cart = await readFilteredCart(tx, scope, connectionId);
		const newest = await readNewest(tx, scope, connectionId);
		const refused = newest.flatMap(({ id, order }) => {
			const refusal = refusalOf(order, filters);
			return refusal ? [{ id, number: order.number, reason: refusal.reason }] : [];
		});
		const out = new Set(refused.map(({ id }) => id));
		const isShort = ({ order }: Newest) => order.lines.some(({ sku }) => isLineFiltered(filters.items, sku));
		return {
			checked: newest.length,
			refused: refused.length,
			examples: refused.slice(0, shown),
			shortened: newest.filter((one) => !out.has(one.id) && isShort(one)).length,
			askedAgain: await countForAsking(tx, scope, cart),
			waiting: await countLinesToMark(tx, scope, cart, filters.items),
		};
	});
}

interface Newest {
	id: string;
	order: Order;
}

/** What no longer reads as an order, as after an erasure, is left out. */
async function readNewest(tx: Transaction, scope: Scope, connectionId: string): Promise<Newest[]> {
	const rows = await tx.sql<{ id: string; document: Record<string, unknown> }>(
		`select "id", "document" from "Order" where "accountId" = $1 and "connectionId" = $2 and "erasedAt" is null
		 order by "id" desc limit $3`,
		[scope.accountId, connectionId, looked],
	);
	return rows.flatMap(({ id, document }) => {
		const parsed = orderSchema.safeParse({ ...document, placedAt: new Date(String(document.placedAt)) });
		return parsed.success ? [{ id, order: parsed.data }] : [];
	});
}
