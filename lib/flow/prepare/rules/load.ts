/** The rules that hold for a merchant, and what a page of orders finds in stock, read once for all of them. */
import { sourceOptions } from "@/lib/canonical/connection-options";
import type { Order } from "@/lib/canonical/order";
import { type Condition, inOrder, type Rule, type Ruling, ruleList, ruling } from "@/lib/canonical/rule";
import type { Transaction } from "@/lib/db/transact";
import { loadItemCodes, partsOf } from "../item-codes";
import type { OrderStock, StockState } from "./facts";

export interface PublishedRules {
	versionId: string;
	number: number;
	/** In the order they are asked. */
	rules: Rule[];
}
interface Owner {
	accountId: string;
	merchantId: string;
}

/** Null where the merchant never published any. */
export async function loadPublished(tx: Transaction, { accountId, merchantId }: Owner): Promise<PublishedRules | null> {
	const latest = parsed.get(merchantId);
	const [row] = await tx.sql<{ id: string; number: number; rules: unknown }>(
		`select v."id", v."number", case when v."id" = $3 then null else v."rules" end as "rules" from "RuleSet" s
		 join "RuleVersion" v on v."accountId" = s."accountId" and v."id" = s."publishedId"
		 where s."accountId" = $1 and s."merchantId" = $2`,
		[accountId, merchantId, latest?.versionId ?? null],
	);
	if (!row) return null;
	if (latest?.versionId === row.id) return latest;
	return remember(merchantId, { versionId: row.id, number: row.number, rules: inOrder(ruleList.parse(row.rules)) });
}

/** By merchant, those asked for last: what a version says never changes, and every page of orders asks for it. */
const parsed = new Map<string, PublishedRules>();
const mostParsed = 50;

function remember(merchantId: string, published: PublishedRules): PublishedRules {
	parsed.delete(merchantId);
	parsed.set(merchantId, published);
	const [oldest] = parsed.keys();
	if (oldest !== undefined && parsed.size > mostParsed) parsed.delete(oldest);
	return published;
}

/** What rules decided for some orders, by order. */
export async function loadRulings(
	tx: Transaction,
	accountId: string,
	orderIds: string[],
): Promise<Map<string, Ruling>> {
	const rows = await tx.sql<{ orderId: string; result: unknown }>(
		`select "orderId", "result" from "OrderRuling" where "accountId" = $1 and "orderId" = any($2)`,
		[accountId, orderIds],
	);
	return new Map(rows.map(({ orderId, result }) => [orderId, ruling.parse(result)]));
}

export interface AskedOrder {
	id: string;
	connectionId: string;
	/** The cart's. */
	options: unknown;
	order: Order;
}

/** The merchant's warehouses that rules ask about. */
export function warehousesOf(rules: readonly Rule[]): string[] {
	const ids = new Set<string>();
	const walk = (condition: Condition): void => {
		if (condition.kind === "stock") ids.add(condition.warehouseId);
		if (condition.kind === "group") condition.conditions.forEach(walk);
	};
	for (const rule of rules) if (rule.on) walk(rule.when);
	return [...ids];
}

/** What each order finds at each warehouse that the rules ask about; nothing is read where none does. */
export async function loadStock(
	tx: Transaction,
	owner: Owner,
	rules: readonly Rule[],
	orders: readonly AskedOrder[],
): Promise<(orderId: string) => OrderStock> {
	const warehouses = warehousesOf(rules);
	if (warehouses.length === 0 || orders.length === 0) return () => nothingKnown;
	const wanted = await wantedUnits(tx, owner, orders);
	const skus = [...new Set([...wanted.values()].flatMap((units) => [...units.keys()]))];
	const rows = await tx.sql<{ connectionId: string; sku: string | null; free: number }>(
		`select "connectionId", "sku", sum("available")::int as "free" from "InventoryLevel"
		 where "accountId" = $1 and "merchantId" = $2 and "connectionId" = any($3) and "sku" = any($4) group by "connectionId", "sku"
		 union all select asked."id", null, 0 from unnest($3::text[]) as asked("id") where exists (
		   select 1 from "InventoryLevel" l where l."accountId" = $1 and l."merchantId" = $2 and l."connectionId" = asked."id")`,
		[owner.accountId, owner.merchantId, warehouses, skus],
	);
	const told = new Set(rows.map(({ connectionId }) => connectionId));
	const free = new Map(rows.map(({ connectionId, sku, free }) => [`${connectionId}\n${sku}`, free]));
	const stateAt = (warehouseId: string, units: ReadonlyMap<string, number>): StockState => {
		if (!told.has(warehouseId)) return "unknown";
		const enough = [...units].every(([sku, quantity]) => (free.get(`${warehouseId}\n${sku}`) ?? 0) >= quantity);
		return enough ? "available" : "short";
	};
	return (orderId) => new Map(warehouses.map((id) => [id, stateAt(id, wanted.get(orderId) ?? new Map())]));
}

const nothingKnown: OrderStock = new Map();

/** What the warehouse would pack for each order, in its own codes and with kits in their parts. */
async function wantedUnits(
	tx: Transaction,
	owner: Owner,
	orders: readonly AskedOrder[],
): Promise<Map<string, Map<string, number>>> {
	const lines = orders.flatMap(({ connectionId, order }) =>
		order.lines.map(({ sku }) => ({ connectionId, code: sku })),
	);
	const codes = await loadItemCodes(tx, { ...owner, lines });
	return new Map(
		orders.map(({ id, connectionId, options, order }) => {
			const { translateItemCode } = sourceOptions.parse(options);
			const units = new Map<string, number>();
			for (const line of order.lines)
				for (const { sku, per } of partsOf(codes.of(connectionId), translateItemCode, line.sku))
					units.set(sku, (units.get(sku) ?? 0) + per * line.quantity);
			return [id, units];
		}),
	);
}
