import type { Commit } from "../../work";
import { stockAtHand } from "../stock-at-hand";

/**
 * Units by item that are free for a new order at each of these warehouses: what is there, less what shares of other
 * orders have still to send from there and what waits there. Items that were never counted are not in it.
 */
export async function freeAt(
	tx: Commit,
	{ accountId, warehouses, skus }: { accountId: string; warehouses: string[]; skus: string[] },
): Promise<Map<string, Map<string, number>>> {
	const promised = await readPromised(tx, accountId, warehouses, skus);
	const free = new Map<string, Map<string, number>>();
	for (const connectionId of warehouses) {
		const there = await stockAtHand(tx, { accountId, connectionId }, skus);
		const left = [...there].map(([sku, units]): [string, number] => {
			return [sku, Math.max(0, units - (promised.get(`${connectionId}\n${sku}`) ?? 0))];
		});
		free.set(connectionId, new Map(left));
	}
	return free;
}

const isOpen = `o."status" in ('new', 'error', 'at_wms') and o."heldAt" is null and not o."sendingCanceled"`;

async function readPromised(
	tx: Commit,
	accountId: string,
	warehouses: string[],
	skus: string[],
): Promise<Map<string, number>> {
	const rows = await tx.sql<{ connectionId: string; sku: string; units: number }>(
		`select t."connectionId", t."sku", sum(t."units")::int as "units" from (
		   select s."connectionId", p."sku", r."units"::int * p."per" as "units" from "OrderShare" s
		   join "Order" o on o."accountId" = $1 and o."id" = s."orderId" and o."splits" = 'planned' and ${isOpen}
		   cross join lateral jsonb_each_text(s."rest") as r("lineId", "units")
		   cross join lateral jsonb_to_recordset(s."parts" -> r."lineId") as p("sku" text, "per" int)
		   where s."accountId" = $1 and s."connectionId" = any($2) and s."rest" <> '{}' and p."sku" = any($3)
		   union all
		   select b."connectionId", b."sku", b."units" from "BackorderItem" b
		   join "Order" o on o."accountId" = $1 and o."id" = b."orderId" and o."splits" is null and ${isOpen}
		   where b."accountId" = $1 and b."connectionId" = any($2) and b."sku" = any($3)) t
		 group by t."connectionId", t."sku"`,
		[accountId, warehouses, skus],
	);
	return new Map(rows.map(({ connectionId, sku, units }) => [`${connectionId}\n${sku}`, units]));
}
