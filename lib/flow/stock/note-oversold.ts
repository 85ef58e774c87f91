/**
 * Oversell guard: warns of items of which the carts together have sold more than there is, and closes the warnings
 * that are over. The worst are named one by one; a warehouse that says it has nothing is one problem, not thousands.
 */

import { raiseAlerts } from "../run/alerts";
import type { Commit, FlowWork } from "../work";
import type { CartFigure, Oversold } from "./cart-figures";
import type { StockCart } from "./read-rules";

const mostNamed = 20;

export async function noteOversold(
	tx: Commit,
	work: FlowWork,
	known: { carts: readonly StockCart[]; oversold: Oversold[]; figures: readonly CartFigure[] },
): Promise<void> {
	const { accountId, merchantId } = work.scope;
	const names = new Map(known.carts.map(({ id, name }) => [id, name]));
	// The sweep looks for the floor in figures: what none of them has would be closed and opened by turns.
	const floored = new Set(
		known.figures.filter(({ terms }) => terms.some(({ kind }) => kind === "floor")).map(({ sku }) => sku),
	);
	const worst = known.oversold.filter(({ sku }) => floored.has(sku)).slice(0, mostNamed);
	await tx.sql(
		`update "Alert" set "resolvedAt" = $3 where "accountId" = $1 and "merchantId" = $2 and "code" = 'oversold' and "resolvedAt" is null
		   and not ("facts" ->> 'sku' = any($4))`,
		[accountId, merchantId, work.now(), known.oversold.map(({ sku }) => sku)],
	);
	const causes = worst.map(({ sku, there, sold, byCart }) => {
		const carts = [...byCart].map(([id, units]) => `${names.get(id) ?? "another cart"} (${units})`).join(" and ");
		return {
			...{ cause: `oversold:${merchantId}:${sku}`, code: "oversold" as const, count: sold - there },
			facts: { sku, there, sold, carts },
		};
	});
	await raiseAlerts(tx, work.scope, causes, work.now(), "stated");
}
