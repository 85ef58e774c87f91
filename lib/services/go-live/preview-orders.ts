/** The orders that going live would release, each with what would stop it: prepared as for sending, and not sent. */
import { destinationOptions, sourceOptions } from "@/lib/canonical/connection-options";
import { orderOf } from "@/lib/canonical/order";
import type { Ruling } from "@/lib/canonical/rule";
import { connectorByKey } from "@/lib/connectors";
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { codesToLoad, type DraftRow, draftOf, wantedOf } from "@/lib/flow/deliver/draft";
import { loadItemFilters } from "@/lib/flow/intake/load-filters";
import { loadItemCodes, type PageOfCodes, partsOf } from "@/lib/flow/prepare/item-codes";
import { prepareOrder } from "@/lib/flow/prepare/prepare-order";
import { evaluateRules } from "@/lib/flow/prepare/rules/evaluate";
import { factsOf } from "@/lib/flow/prepare/rules/facts";
import { loadPublished, loadRulings, loadStock } from "@/lib/flow/prepare/rules/load";
import { loadShipMappings } from "@/lib/flow/prepare/ship-methods/load";
import type { End, Gate } from "./read-gate";

/** So many are prepared and shown. */
const shown = 200;

export interface WaitingRow extends DraftRow {
	number: string;
	placedAt: Date;
	unitCount: number;
}

interface Waiting {
	total: number;
	rows: WaitingRow[];
	codes: PageOfCodes;
	mappingsOf: Awaited<ReturnType<typeof loadShipMappings>>;
	filtersOf: Awaited<ReturnType<typeof loadItemFilters>>;
	/** What the merchant's rules make of each, by its id; nothing where there are none. */
	rulings: ReadonlyMap<string, Ruling>;
}

export async function readWaiting(
	tx: Transaction,
	scope: Scope,
	cart: { id: string; merchantId: string },
	warehouseId: string,
): Promise<Waiting> {
	const where = `o."accountId" = $1 and o."connectionId" = $2 and o."heldBy" @> array['go-live'] and o."status" in ('new', 'error')`;
	const [count] = await tx.sql<{ total: number }>(`select count(*)::int as "total" from "Order" o where ${where}`, [
		scope.accountId,
		cart.id,
	]);
	const rows = await tx.sql<WaitingRow>(
		`select o."id", o."number", o."placedAt", o."unitCount", o."document", o."addressKeptAt" is not null as "addressKept", o."connectionId", c."options",
		   (select json_agg(json_build_object('id', l."id", 'sourceLineId', l."sourceLineId", 'sku', l."sku", 'filtered', l."filtered")) from "OrderLine" l
		    where l."accountId" = o."accountId" and l."orderId" = o."id") as "lines"
		 from "Order" o join "Connection" c on c."accountId" = o."accountId" and c."id" = o."connectionId"
		 where ${where} order by o."placedAt", o."id" limit $3`,
		[scope.accountId, cart.id, shown],
	);
	const owner = { accountId: scope.accountId, merchantId: cart.merchantId };
	const rulings = await rulingsOf(tx, owner, rows);
	const lines = rows.flatMap((row) => codesToLoad(row, rulings.get(row.id)));
	const codes = await loadItemCodes(tx, { ...owner, lines });
	const mappingsOf = await loadShipMappings(tx, scope.accountId, { cartIds: [cart.id], warehouseId });
	const filtersOf = await loadItemFilters(tx, scope.accountId, [cart.id]);
	return { total: count?.total ?? 0, rows, codes, mappingsOf, filtersOf, rulings };
}

/** As it was decided already, else as the published rules would decide now. */
async function rulingsOf(
	tx: Transaction,
	owner: { accountId: string; merchantId: string },
	rows: WaitingRow[],
): Promise<ReadonlyMap<string, Ruling>> {
	const published = await loadPublished(tx, owner);
	if (!published) return new Map();
	const decided = await loadRulings(
		tx,
		owner.accountId,
		rows.map(({ id }) => id),
	);
	const asked = rows.filter(({ id }) => !decided.has(id)).map((row) => ({ ...row, order: orderOf(row.document) }));
	const stockOf = await loadStock(tx, owner, published.rules, asked);
	const now = asked.map(({ id, order, connectionId }) => {
		const { result } = evaluateRules(published.rules, factsOf(order, connectionId, stockOf(id)));
		return [id, result] as const;
	});
	return new Map([...decided, ...now]);
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
	{ rows: waiting, codes }: Waiting,
): Promise<Stock> {
	const skus = [...new Set(waiting.flatMap((row) => skusOf(row, codes)))];
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

/** What the warehouse would pack for an order: mapped, translated, and kits in their parts. */
function skusOf(row: WaitingRow, codes: PageOfCodes): string[] {
	const { translateItemCode } = sourceOptions.parse(row.options);
	const known = codes.of(row.connectionId);
	return orderOf(row.document).lines.flatMap(({ sku }) =>
		partsOf(known, translateItemCode, sku).map((part) => part.sku),
	);
}

export function previewOrders(
	{ rows, codes, mappingsOf, filtersOf, rulings }: Waiting,
	warehouse: End | null,
	stock: Stock,
): Gate["orders"] {
	const connector = warehouse && connectorByKey(warehouse.connectorKey);
	const destination = destinationOptions.parse(warehouse?.options ?? {});
	return rows.map((row) => {
		const { id, number, placedAt, unitCount: units } = row;
		const ruling = rulings.get(id) ?? null;
		const stays = ruling && (ruling.skip ?? ruling.dealt ?? ruling.hold);
		if (stays)
			return { id, number, placedAt, units, problem: `The rule "${stays.by}" keeps it here: ${stays.reason}.` };
		const prepared = connector
			? prepareOrder(
					draftOf(
						{ connection: { connector } },
						{ row, wanted: wantedOf({ document: row.document, ruling }) },
						{ destination, taken: new Set(), codes, mappingsOf, filtersOf },
					),
				)
			: null;
		return { id, number, placedAt, units, problem: problemOf(prepared, stock, skusOf(row, codes)) };
	});
}

function problemOf(prepared: ReturnType<typeof prepareOrder> | null, stock: Stock, skus: string[]): string | null {
	if (!prepared) return null;
	if (!prepared.ok) return prepared.problem;
	if (stock.known === 0) return null;
	const strange = skus.find((sku) => !stock.free.has(sku));
	return strange !== undefined ? `The warehouse does not know the item "${strange}".` : null;
}
