import type { Transaction } from "@/lib/db/transact";
import { figuresOf } from "@/lib/flow/stock/cart-figures";
import { type Owner, type StockCart, withRules } from "@/lib/flow/stock/read-rules";
import { readStock } from "@/lib/flow/stock/read-stock";
import type { Effect } from "./plan-rules";

export interface Change {
	cart: { id: string; name: string };
	/** Figures that would be another number. */
	skus: number;
}

/** How many figures of each cart would be another number: both sets of rules over the same stock. */
export async function countChanges(
	tx: Transaction,
	{ owner, carts, effects }: { owner: Owner; carts: StockCart[]; effects: Effect[] },
): Promise<Change[]> {
	const real = effects.filter(({ effect }) => effect !== "refused" && effect !== "same");
	if (real.length === 0) return [];
	const after = withRules(
		carts,
		real.map(({ key, after: rule }) => ({ key, rule })),
	);
	const stock = await readStock(tx, owner);
	const [was, becomes] = [figuresOf(stock, carts), figuresOf(stock, after)];
	const single = real.every(({ key }) => key.sku !== "");
	const only = single ? new Set(real.map(({ key }) => key.sku)) : undefined;
	return carts.flatMap(({ id, name }) => {
		const before = new Map(was.of(id, only).map(({ sku, quantity }) => [sku, quantity]));
		const now = new Map(becomes.of(id, only).map(({ sku, quantity }) => [sku, quantity]));
		const skus = [...now].filter(([sku, quantity]) => before.get(sku) !== quantity).length;
		return skus > 0 ? [{ cart: { id, name }, skus }] : [];
	});
}
