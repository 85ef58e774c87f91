/** The orders that going live would release, each with what would stop it: prepared as for sending, and not sent. */
import { destinationOptions } from "@/lib/canonical/connection-options";
import { orderOf } from "@/lib/canonical/order";
import { connectorByKey } from "@/lib/connectors";
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { type DraftRow, draftOf } from "@/lib/flow/deliver/claim-orders";
import { prepareOrder } from "@/lib/flow/prepare/prepare-order";
import type { End, Gate } from "./read-gate";

/** So many are prepared and shown. */
const shown = 200;

export interface WaitingRow extends DraftRow {
	number: string;
	placedAt: Date;
	unitCount: number;
}

export async function readWaiting(
	tx: Transaction,
	scope: Scope,
	cartId: string,
): Promise<{ total: number; rows: WaitingRow[] }> {
	const where = `o."accountId" = $1 and o."connectionId" = $2 and o."heldBy" @> array['go-live'] and o."status" in ('new', 'error')`;
	const [count] = await tx.sql<{ total: number }>(`select count(*)::int as "total" from "Order" o where ${where}`, [
		scope.accountId,
		cartId,
	]);
	const rows = await tx.sql<WaitingRow>(
		`select o."id", o."number", o."placedAt", o."unitCount", o."document", c."options",
		   (select json_agg(json_build_object('id', l."id", 'sourceLineId', l."sourceLineId")) from "OrderLine" l
		    where l."accountId" = o."accountId" and l."orderId" = o."id") as "lines"
		 from "Order" o join "Connection" c on c."accountId" = o."accountId" and c."id" = o."connectionId"
		 where ${where} order by o."placedAt", o."id" limit $3`,
		[scope.accountId, cartId, shown],
	);
	return { total: count?.total ?? 0, rows };
}

export interface Stock {
	/** How many item codes the warehouse named when its stock was last read. */
	known: number;
	readAt: Date | null;
	/** What is free of the waiting orders' codes that it named. */
	free: ReadonlyMap<string, number>;
}

export async function readStock(
	tx: Transaction,
	scope: Scope,
	warehouseId: string | null,
	waiting: WaitingRow[],
): Promise<Stock> {
	const skus = [...new Set(waiting.flatMap((row) => skusOf(row)))];
	const [all] = await tx.sql<{ known: number; readAt: Date | null }>(
		`select count(distinct "sku")::int as "known", max("takenAt") as "readAt" from "InventoryLevel"
		 where "accountId" = $1 and "connectionId" = $2`,
		[scope.accountId, warehouseId],
	);
	const rows = await tx.sql<{ sku: string; free: number }>(
		`select "sku", sum("available")::int as "free" from "InventoryLevel"
		 where "accountId" = $1 and "connectionId" = $2 and "sku" = any($3) group by "sku"`,
		[scope.accountId, warehouseId, skus],
	);
	return {
		known: all?.known ?? 0,
		readAt: all?.readAt ?? null,
		free: new Map(rows.map(({ sku, free }) => [sku, free])),
	};
}

function skusOf(row: WaitingRow): string[] {
	return orderOf(row.document).lines.map(({ sku }) => sku);
}

export function previewOrders(rows: WaitingRow[], warehouse: End | null, stock: Stock): Gate["orders"] {
	const connector = warehouse && connectorByKey(warehouse.connectorKey);
	const options = destinationOptions.parse(warehouse?.options ?? {});
	return rows.map((row) => {
		const { id, number, placedAt, unitCount: units } = row;
		const prepared = connector ? prepareOrder(draftOf({ connection: { connector } }, row, options, new Set())) : null;
		return { id, number, placedAt, units, problem: problemOf(prepared, stock) };
	});
}

function problemOf(prepared: ReturnType<typeof prepareOrder> | null, stock: Stock): string | null {
	if (!prepared) return null;
	if (!prepared.ok) return prepared.problem;
	if (stock.known === 0) return null;
	const strange = prepared.value.lines.find(({ sku }) => !stock.free.has(sku));
	return strange ? `The warehouse does not know the item "${strange.sku}".` : null;
}
