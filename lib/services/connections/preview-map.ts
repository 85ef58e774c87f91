import type { z } from "zod";
import type { mapPreview } from "@/lib/api/contract/map-preview";
import { destinationOptions } from "@/lib/canonical/connection-options";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import type { Connector } from "@/lib/connectors/kit/types";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { codesToLoad, type DraftRow, draftOf, wantedOf } from "@/lib/flow/deliver/draft";
import { loadItemFilters } from "@/lib/flow/intake/load-filters";
import { loadItemCodes } from "@/lib/flow/prepare/item-codes";
import { prepareOrder } from "@/lib/flow/prepare/prepare-order";
import { loadShipMappings } from "@/lib/flow/prepare/ship-methods/load";
import { askSystem } from "./ask-system";
import { checkOptions, type Side } from "./option-fields";
import { type Given, gatherSettings, mustBeUsable, type Values } from "./settings";

type MapPreview = z.output<typeof mapPreview>;
type Asked = Given & { side: Side; number?: string | undefined; options: Values };

/**
 * Tries settings on a real order: what would be sent of it, or what is read of it. Nothing is stored or changed anywhere.
 * Throws `bad-input` for settings that cannot be used, `conflict` without an order to try them on, and `partner-refused`.
 */
export async function previewMap(scope: Scope, asked: Asked): Promise<MapPreview> {
	if (!scope.may.has("orders:read")) throw new AppError("forbidden");
	const gathered = await gatherSettings(scope, asked);
	mustBeUsable(gathered);
	const { connector, settings } = gathered;
	const { read, send } = connector.preview ?? {};
	if (asked.side === "source" && read)
		return { side: "source", ...(await askSystem(connector, settings, (context) => read(context))) };
	if (asked.side === "source" || !send)
		throw new AppError("conflict", { problem: `${connector.name} has no fields to map.` });
	const order = await orderToSend(scope, asked, connector);
	const request = await askSystem(connector, settings, async (context) => send(context, order));
	return { side: "destination", number: order.number, ...request };
}

/** The order of that number, or the newest, as it would be sent with these options. */
async function orderToSend(scope: Scope, asked: Asked, connector: Connector): Promise<DeliverableOrder> {
	const { accountId } = scope;
	const { merchantId } = asked;
	const { row, wanted, codes, mappingsOf, filtersOf } = await transact(scope, async (tx) => {
		const [found] = await tx.sql<DraftRow & { number: string }>(
			`select o."id", o."number", o."document", o."connectionId", c."options", o."addressKeptAt" is not null as "addressKept",
			        (select r."result" from "OrderRuling" r where r."accountId" = o."accountId" and r."orderId" = o."id") as "ruling",
			        (select json_agg(json_build_object('id', l."id", 'sourceLineId', l."sourceLineId", 'sku', l."sku", 'filtered', l."filtered"))
			         from "OrderLine" l where l."accountId" = o."accountId" and l."orderId" = o."id") as "lines"
			 from "Order" o join "Connection" c on c."accountId" = o."accountId" and c."id" = o."connectionId"
			 where o."accountId" = $1 and o."merchantId" = $2 and ($3::text is null or o."number" = $3)
			 order by o."id" desc limit 1`,
			[accountId, merchantId, asked.number || null],
		);
		if (!found) throw noOrder(asked.number);
		const ends = { cartIds: [found.connectionId], warehouseId: asked.connectionId ?? "" };
		const wanted = wantedOf(found);
		return {
			...{ row: found, wanted },
			codes: await loadItemCodes(tx, { accountId, merchantId, lines: codesToLoad(found, wanted.ruling) }),
			mappingsOf: await loadShipMappings(tx, accountId, ends),
			filtersOf: await loadItemFilters(tx, accountId, ends.cartIds),
		};
	});
	const destination = destinationOptions.parse(checkOptions("destination", asked.options, connector));
	const shared = { destination, taken: new Set<string>(), codes, mappingsOf, filtersOf };
	const prepared = prepareOrder(draftOf({ connection: { connector } }, { row, wanted }, shared));
	if (prepared.ok) return prepared.value;
	throw new AppError("conflict", { problem: `order ${row.number} cannot be sent yet: ${prepared.problem}` });
}

function noOrder(number: string | undefined): AppError {
	const problem = number ? `there is no order ${number}.` : "there is no order to try it on yet. Load one.";
	return new AppError("conflict", { problem });
}
