import type { z } from "zod";
import type { Shipment } from "@/lib/canonical/shipment";
import { reader } from "../kit/define";
import type { Read } from "../kit/types";
import { wmsOrder } from "./api";
import { broken } from "./calls";
import { type ChangeCursor, changeCursor, changedOrders } from "./changes";
import { changedAtOf, toShipment } from "./map";
import type { ExtensivSettings } from "./settings";

/**
 * Closed orders by change time, not by process date: a warehouse may enter a departure of yesterday, complete an
 * order long before it confirms it, or add tracking later.
 */
export const shipments = reader<ExtensivSettings, Shipment, ChangeCursor>({
	cursor: changeCursor,
	read: (context, from) =>
		changedOrders(context, from, {
			rql: "readonly.isclosed==true",
			detail: "OrderItems,Packages",
			read: (raw) => readShipment(raw, context.settings),
		}),
});

/** Nothing for orders that are none of this merchant's, still open, or closed because they were canceled. */
function readShipment(raw: unknown, settings: z.output<ExtensivSettings>): Read<Shipment>[] {
	const parsed = wmsOrder.safeParse(raw);
	if (!parsed.success) return [broken(raw, parsed.error, ["readOnly", "orderId"])];
	const { readOnly } = parsed.data;
	const customer = readOnly.customerIdentifier?.id ?? settings.customerId;
	if (customer !== settings.customerId || readOnly.status === 2 || !readOnly.isClosed) return [];
	const sourceId = String(readOnly.orderId);
	const changedAt = changedAtOf(parsed.data, settings.timeZone);
	if (!changedAt)
		return [
			{ ok: false, sourceId, field: "readOnly.lastModifiedDate", problem: "readOnly.lastModifiedDate is no date", raw },
		];
	return [{ ok: true, sourceId, changedAt, value: toShipment(parsed.data, settings.timeZone), raw }];
}
