/** The stock rules of a merchant's carts, as they are kept. */
import { sourceOptions } from "@/lib/canonical/connection-options";
import { cartRule, plainCartRule, type SkuRule, type StockRule, skuRule } from "@/lib/canonical/stock-rules";
import { connectorByKey } from "@/lib/connectors";
import type { Transaction } from "@/lib/db/transact";
import type { Basis } from "./figure";
import { groupRows } from "./group";

export interface Owner {
	accountId: string;
	merchantId: string;
}

/** One cart with all that its figures are made by. */
export interface StockCart {
	id: string;
	name: string;
	basis: Basis;
	/** The type of item code under which it is told. */
	pushAs: string;
	rule: ReturnType<typeof plainCartRule>;
	skus: ReadonlyMap<string, SkuRule>;
}

interface CartRow {
	id: string;
	name: string;
	connectorKey: string;
	values: Record<string, unknown>;
	options: unknown;
}
interface RuleRow {
	connectionId: string;
	sku: string;
	locations: string[] | null;
	safetyStock: number | null;
	share: number | null;
	cap: number | null;
	priority: number | null;
	scarceBelow: number | null;
}

/** Every cart of the merchant that takes stock, oldest first. */
export async function readCarts(tx: Transaction, owner: Owner): Promise<StockCart[]> {
	const given = [owner.accountId, owner.merchantId];
	const carts = await tx.sql<CartRow>(
		`select c."id", c."name", c."connectorKey", coalesce(k."values", '{}'::jsonb) || c."values" as "values", c."options"
		 from "Connection" c left join "Credential" k on k."accountId" = c."accountId" and k."id" = c."credentialId"
		 where c."accountId" = $1 and c."merchantId" = $2 and c."side" = 'source' and c."archivedAt" is null order by c."id"`,
		given,
	);
	const rows = await tx.sql<RuleRow>(
		`select "connectionId", "sku", "locations", "safetyStock", "share", "cap", "priority", "scarceBelow"
		 from "StockRule" where "accountId" = $1 and "merchantId" = $2`,
		given,
	);
	const byCart = groupRows(rows, ({ connectionId }) => connectionId);
	return carts.flatMap((cart) => {
		const inventory = connectorByKey(cart.connectorKey)?.source?.inventory;
		if (!inventory) return [];
		const options = sourceOptions.parse(cart.options);
		const basis = inventory.basis?.(cart.values) ?? "available";
		const mine = byCart.get(cart.id) ?? [];
		const whole = mine.find(({ sku }) => sku === "");
		const rule = { ...plainCartRule(cart.id), ...(whole && ruleOf(whole)), minimum: options.minimumInventoryLevel };
		const skus = new Map(mine.filter(({ sku }) => sku !== "").map((row) => [row.sku, ofSku(row)]));
		return [{ id: cart.id, name: cart.name, basis, pushAs: options.pushInventoryAs, rule: cartRule.parse(rule), skus }];
	});
}

function ruleOf({ sku: _, ...row }: RuleRow) {
	return {
		...row,
		locations: row.locations ?? [],
		safetyStock: row.safetyStock ?? 0,
		priority: row.priority ?? 1,
		scarceBelow: row.scarceBelow ?? 0,
	};
}

function ofSku({ connectionId, sku, safetyStock, cap }: RuleRow): SkuRule {
	return skuRule.parse({ kind: "sku", connectionId, sku, safetyStock, cap });
}

/** The carts as they would be with other rules; null for a SKU's rule that is gone. */
export function withRules(
	carts: readonly StockCart[],
	changes: { key: Pick<SkuRule, "connectionId"> & { sku: string }; rule: StockRule | null }[],
): StockCart[] {
	return carts.map((cart) => {
		const mine = changes.filter(({ key }) => key.connectionId === cart.id);
		if (mine.length === 0) return cart;
		const skus = new Map(cart.skus);
		let { rule } = cart;
		for (const change of mine) {
			if (change.key.sku === "") rule = change.rule?.kind === "cart" ? change.rule : plainCartRule(cart.id);
			else if (change.rule?.kind === "sku") skus.set(change.key.sku, change.rule);
			else skus.delete(change.key.sku);
		}
		return { ...cart, rule, skus };
	});
}
