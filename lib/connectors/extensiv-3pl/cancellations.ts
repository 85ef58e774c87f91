import { z } from "zod";
import type { WarehouseCancellation } from "@/lib/canonical/cancellation";
import { maxText } from "@/lib/canonical/text";
import { reader } from "../kit/define";
import { short } from "../kit/faults";
import type { Read } from "../kit/types";
import { fromLocal } from "../kit/zone";
import { broken } from "./calls";
import { type ChangeCursor, changeCursor, changedOrders } from "./changes";
import type { ExtensivSettings } from "./settings";

/** As little as a cancellation needs: a flaw elsewhere in the order must not hide that nobody packs it. */
const canceledOrder = z.object({
	referenceNum: z.string(),
	readOnly: z.object({
		orderId: z.number(),
		status: z.number(),
		lastModifiedDate: z.string(),
		lastModifiedByIdentifier: z.object({ id: z.number(), name: z.string().nullish() }).nullish(),
		customerIdentifier: z.object({ id: z.number() }).nullish(),
	}),
});

/**
 * Canceled orders by change time: RQL is reliable for this one status. The system keeps no time and no reason of its
 * own for it, so the last change says when and who.
 */
export const cancellations = reader<ExtensivSettings, WarehouseCancellation, ChangeCursor>({
	cursor: changeCursor,
	read: (context, from) =>
		changedOrders(context, from, {
			rql: "readonly.status==2",
			read: (raw) => readCancellation(raw, context.settings),
		}),
});

/** Nothing for orders that are none of this merchant's, or not canceled, whatever the list was asked for. */
function readCancellation(raw: unknown, settings: z.output<ExtensivSettings>): Read<WarehouseCancellation>[] {
	const parsed = canceledOrder.safeParse(raw);
	if (!parsed.success) return [broken(raw, parsed.error, ["readOnly", "orderId"])];
	const { readOnly, referenceNum } = parsed.data;
	const customer = readOnly.customerIdentifier?.id ?? settings.customerId;
	if (customer !== settings.customerId || readOnly.status !== 2) return [];
	const sourceId = String(readOnly.orderId);
	const changedAt = fromLocal(readOnly.lastModifiedDate, settings.timeZone);
	if (!changedAt)
		return [
			{ ok: false, sourceId, field: "readOnly.lastModifiedDate", problem: "readOnly.lastModifiedDate is no date", raw },
		];
	const value = {
		orderExternalId: sourceId,
		orderNumber: short(referenceNum, maxText),
		canceledAt: changedAt,
		by: short(readOnly.lastModifiedByIdentifier?.name ?? "", 100),
		reason: "",
	};
	return [{ ok: true, sourceId, changedAt, value, raw }];
}
