/**
 * Confirmed receivers are receipts: a receiver is booked once, with what came. Goods that come later are entered as
 * another receiver under the same purchase order number. Read by change time, as shipments are.
 */
import type { z } from "zod";
import type { Receipt } from "@/lib/canonical/purchase-order";
import { reader } from "../kit/define";
import type { Read } from "../kit/types";
import { fromLocal } from "../kit/zone";
import { rels, type WmsReceiver, wmsReceiver } from "./api";
import { broken } from "./calls";
import { type ChangeCursor, changeCursor, changedReceivers } from "./changes";
import type { ExtensivSettings } from "./settings";

export const receipts = reader<ExtensivSettings, Receipt, ChangeCursor>({
	cursor: changeCursor,
	read: (context, from) =>
		changedReceivers(context, from, {
			rql: "readonly.status==1",
			detail: "ReceiveItems",
			read: (raw) => readReceipt(raw, context.settings),
		}),
});

/** Nothing for receivers that are another merchant's, or not booked. */
function readReceipt(raw: unknown, settings: z.output<ExtensivSettings>): Read<Receipt>[] {
	const parsed = wmsReceiver.safeParse(raw);
	if (!parsed.success) return [broken(raw, parsed.error, ["readOnly", "receiverId"])];
	const { readOnly, arrivalDate } = parsed.data;
	const customer = readOnly.customerIdentifier?.id ?? settings.customerId;
	if (customer !== settings.customerId || readOnly.status !== 1) return [];
	const sourceId = String(readOnly.receiverId);
	const changedAt = fromLocal(readOnly.lastModifiedDate, settings.timeZone);
	const receivedAt = fromLocal(arrivalDate, settings.timeZone) ?? changedAt;
	if (!changedAt || !receivedAt) {
		const field = "readOnly.lastModifiedDate";
		return [{ ok: false, sourceId, field, problem: `${field} is no date`, raw }];
	}
	return [{ ok: true, sourceId, changedAt, value: toReceipt(parsed.data, receivedAt, settings.timeZone), raw }];
}

function toReceipt(receiver: WmsReceiver, receivedAt: Date, zone: string): Receipt {
	const items = receiver._embedded?.[rels.receiveItem] ?? [];
	return {
		externalId: String(receiver.readOnly.receiverId),
		purchaseOrderExternalId: String(receiver.readOnly.receiverId),
		purchaseOrderNumber: receiver.poNum ?? "",
		receivedAt,
		final: false,
		lines: items.flatMap((item) => {
			const expiresAt = fromLocal(item.expirationDate, zone);
			// A line of which nothing came stays on the receiver with 0.
			if (item.qty === 0) return [];
			return [
				{
					lineId: item.externalId ?? "",
					sku: item.itemIdentifier.sku,
					quantity: item.qty,
					lot: item.lotNumber ?? "",
					...(expiresAt && { expiresAt }),
				},
			];
		}),
	};
}
