import type { z } from "zod";
import type { itemsContract } from "@/lib/api/contract/items";
import { idFloor } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { loadItemCodes, partsOf } from "@/lib/flow/prepare/item-codes";
import { after, dayMs } from "@/lib/time";
import type { Owner } from "./item-rows";
import { suggester } from "./suggest-sku";

type Health = z.input<NonNullable<(typeof itemsContract.health)["~orpc"]["outputSchema"]>>;
interface Seen {
	connectionId: string;
	cart: string;
	translate: string | null;
	code: string;
	name: string;
	orders: number;
	waiting: number;
}
const mostShown = 200;

/** Codes in carts' orders that lead to nothing at the warehouse, and the warehouse's SKUs that a cart does not know. */
export function readItemHealth(scope: Scope, merchantId: string): Promise<Health> {
	const owner = { accountId: scope.accountId, merchantId };
	return transact(scope, async (tx) => {
		const [merchant] = await tx.sql(
			`select 1 from "Merchant" where "accountId" = $1 and "id" = $2 and ($3::text is null or "id" = $3)`,
			[...[scope.accountId, merchantId, scope.merchantId ?? null]],
		);
		if (!merchant) throw new AppError("not-found", { thing: "merchant" });
		const kept = await keptSkus(tx, owner);
		const unknown = await unknownCodes(tx, owner, kept);
		const suggest = suggester(unknown.length > 0 ? await candidates(tx, owner, kept) : []);
		return {
			warehouseAsked: kept.size > 0,
			unknown: unknown.slice(0, mostShown).map(({ connectionId, cart, translate: _, ...seen }) => ({
				...seen,
				cart: { id: connectionId, name: cart },
				suggestions: suggest(seen.code, seen.name),
			})),
			unsold: await unsold(tx, owner),
		};
	});
}

async function keptSkus(tx: Transaction, { accountId, merchantId }: Owner): Promise<Set<string>> {
	const rows = await tx.sql<{ sku: string }>(
		`select distinct "sku" from "InventoryLevel" where "accountId" = $1 and "merchantId" = $2`,
		[accountId, merchantId],
	);
	return new Set(rows.map(({ sku }) => sku));
}

/** Those that hold orders up first. */
async function unknownCodes(tx: Transaction, owner: Owner, kept: Set<string>): Promise<Seen[]> {
	const seen = await tx.sql<Seen>(
		`with recent as materialized (
		   select "id", "connectionId", "status" = 'error' and "problemCode" = 'unknown-sku' as "waits" from "Order"
		   where "accountId" = $1 and "merchantId" = $2 and "id" >= $3 and "status" <> 'canceled')
		 select c."id" as "connectionId", c."name" as "cart", c."options" ->> 'translateItemCode' as "translate", l."sku" as "code",
		   max(l."name") as "name", count(distinct r."id")::int as "orders", count(distinct r."id") filter (where r."waits")::int as "waiting"
		 from recent r join "OrderLine" l on l."accountId" = $1 and l."orderId" = r."id"
		 join "Connection" c on c."accountId" = $1 and c."id" = r."connectionId"
		 where l."sku" <> '' group by 1, 2, 3, 4 order by "waiting" desc, "orders" desc, "code"`,
		[owner.accountId, owner.merchantId, idFloor("ord", after(new Date(), -30 * dayMs))],
	);
	const lines = seen.map(({ connectionId, code }) => ({ connectionId, code }));
	const page = await loadItemCodes(tx, { ...owner, lines });
	const codes = new Map([...new Set(lines.map(({ connectionId }) => connectionId))].map((id) => [id, page.of(id)]));
	return seen.filter(({ connectionId, code, translate, waiting }) => {
		const known = codes.get(connectionId);
		if (!known || kept.size === 0) return waiting > 0;
		const isKept = partsOf(known, translate ?? "", code).every(({ sku }) => kept.has(sku));
		return !isKept && (waiting > 0 || !known.mapped.has(code));
	});
}

async function candidates(tx: Transaction, { accountId, merchantId }: Owner, kept: Set<string>) {
	const rows = await tx.sql<{ sku: string; name: string; also: string[] | null }>(
		`select p."sku", p."name", (select array_agg(a."code") from "ItemAlias" a
		   where a."accountId" = $1 and a."merchantId" = $2 and a."sku" = p."sku") as "also"
		 from "Product" p where p."accountId" = $1 and p."merchantId" = $2`,
		[accountId, merchantId],
	);
	return rows
		.filter(({ sku }) => kept.has(sku))
		.map(({ sku, name, also }) => ({ sku, also: [...(also ?? []), ...(name ? [name] : [])] }));
}

async function unsold(tx: Transaction, { accountId, merchantId }: Owner): Promise<Health["unsold"]> {
	const rows = await tx.sql<{ id: string; cart: string; sku: string; quantity: number; problem: string | null }>(
		`select c."id", c."name" as "cart", f."sku", f."quantity", f."problem" from "InventoryFigure" f
		 join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
		 where f."accountId" = $1 and f."merchantId" = $2 and f."state" = 'skipped' and c."archivedAt" is null
		 order by f."quantity" desc, f."sku" limit ${mostShown}`,
		[accountId, merchantId],
	);
	return rows.map(({ id, cart, problem, ...row }) => ({ ...row, cart: { id, name: cart }, problem: problem ?? "" }));
}
