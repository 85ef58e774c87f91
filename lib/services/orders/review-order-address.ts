import { z } from "zod";
import { address } from "@/lib/canonical/address";
import { destinationOptions } from "@/lib/canonical/connection-options";
import { type AddressReview, reviewAddress } from "@/lib/flow/prepare/address/check-address";

/** SQL over "Order" as `o`: the options of each warehouse that may take it. */
export const warehouseOptions = `coalesce((select json_agg(w."options" order by w."id") from "Connection" w where w."accountId" = o."accountId"
  and w."merchantId" = o."merchantId" and w."side" = 'destination' and w."archivedAt" is null
  and (o."routedTo" is null or w."id" = o."routedTo") and (o."splits" is distinct from 'planned' or w."id" in (select s."connectionId"
    from "OrderShare" s where s."accountId" = o."accountId" and s."orderId" = o."id"))), '[]')`;

const shown = z.object({ shipTo: address });

/** What its warehouses say of an order's address, and what is proposed; null where nothing is said. */
export function reviewOf(order: { document: unknown; warehouseOptions: unknown[] }): AddressReview | null {
	const { data } = shown.safeParse(order.document);
	if (!data) return null;
	return reviewAddress(
		data.shipTo,
		order.warehouseOptions.map((options) => destinationOptions.parse(options)),
	);
}
