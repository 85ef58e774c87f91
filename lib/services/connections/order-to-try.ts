/** A real order of a merchant, with all that preparing it needs: settings are tried on it, and nothing is changed. */
import type { DestinationOptions } from "@/lib/canonical/connection-options";
import type { Connector } from "@/lib/connectors/kit/types";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { codesToLoad, type DraftRow, draftOf, wantedOf } from "@/lib/flow/deliver/draft";
import { loadItemFilters } from "@/lib/flow/intake/load-filters";
import { loadItemCodes } from "@/lib/flow/prepare/item-codes";
import { loadShipMappings } from "@/lib/flow/prepare/ship-methods/load";

interface Asked {
	merchantId: string;
	/** Of the warehouse; absent where it is not connected yet. */
	connectionId?: string | undefined;
	/** Empty or absent: the newest. */
	number?: string | undefined;
	connector: Connector;
	destination: DestinationOptions;
}

/** The order of that number, or the newest, as it would be prepared. Throws `conflict` where there is none. */
export async function orderToTry(scope: Scope, asked: Asked) {
	const { accountId } = scope;
	const { merchantId, connector, destination } = asked;
	return transact(scope, async (tx) => {
		const [row] = await tx.sql<DraftRow & { number: string }>(
			`select o."id", o."number", o."document", o."connectionId", c."options", o."addressKeptAt" is not null as "addressKept",
			        (select r."result" from "OrderRuling" r where r."accountId" = o."accountId" and r."orderId" = o."id") as "ruling",
			        (select json_agg(json_build_object('id', l."id", 'sourceLineId', l."sourceLineId", 'sku', l."sku", 'filtered', l."filtered"))
			         from "OrderLine" l where l."accountId" = o."accountId" and l."orderId" = o."id") as "lines"
			 from "Order" o join "Connection" c on c."accountId" = o."accountId" and c."id" = o."connectionId"
			 where o."accountId" = $1 and o."merchantId" = $2 and ($3::text is null or o."number" = $3)
			 order by o."id" desc limit 1`,
			[accountId, merchantId, asked.number || null],
		);
		if (!row) throw nothingToTry("order", asked.number);
		const wanted = wantedOf(row);
		const ends = { cartIds: [row.connectionId], warehouseId: asked.connectionId ?? "" };
		const codes = await loadItemCodes(tx, { accountId, merchantId, lines: codesToLoad(row, wanted.ruling) });
		const mappingsOf = await loadShipMappings(tx, accountId, ends);
		const filtersOf = await loadItemFilters(tx, accountId, ends.cartIds);
		const shared = { destination, taken: new Set<string>(), codes, mappingsOf, filtersOf };
		return { number: row.number, draft: draftOf({ connection: { connector } }, { row, wanted }, shared) };
	});
}

export function nothingToTry(what: "order" | "purchase order", number: string | undefined): AppError {
	const problem = number ? `there is no ${what} ${number}.` : `there is no ${what} to try it on yet. Load one.`;
	return new AppError("conflict", { problem });
}
