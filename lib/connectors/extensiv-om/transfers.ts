/**
 * Stock transfers to the connection's warehouse, from another of the same merchant. The list knows no filter that is
 * public, so it is read whole, where a setting asks for it at all. What a status means is inferred from its words.
 */
import { z } from "zod";
import type { PurchaseOrder, PurchaseOrderState, ReceiptMessage } from "@/lib/canonical/purchase-order";
import type { Read } from "../kit/types";
import { warehouseId } from "./access";
import { type OmTransfer, omTransfer } from "./api";
import { type OmContext, refusal } from "./calls";
import { pageSize } from "./changes";

const path = "/v1/inventory/stocktransfers";
/** Begins our id of a transfer: purchase orders have numbers of their own. */
const transferPrefix = "transfer-";

/** One page after the other; nothing where the settings leave transfers out. */
export async function* readTransfers(context: OmContext): AsyncGenerator<Read<PurchaseOrder>[]> {
	if (!context.settings.stockTransfers) return;
	const place = await warehouseId(context);
	for (let page = 1, more = true; more; page++) {
		const { data } = await context.http.get(path, {
			...{ schema: z.array(z.unknown()), query: { page, limit: pageSize }, fault: refusal(context) },
		});
		more = data.length === pageSize;
		yield data.flatMap((raw) => toRecord(context, raw, place) ?? []);
	}
}

/** Whether somebody received this line in Order Manager, where its receiving is done by hand. */
export async function isTransferReceived(context: OmContext, value: ReceiptMessage): Promise<boolean> {
	for await (const records of readTransfers(context))
		for (const record of records) {
			if (!record.ok || record.sourceId !== value.purchaseOrderSourceId) continue;
			const line = record.value.lines.find(({ sourceLineId }) => sourceLineId === value.sourceLineId);
			return (line?.receivedQuantity ?? 0) >= value.receivedTotal;
		}
	return false;
}

function toRecord({ now }: OmContext, raw: unknown, place: number | undefined): Read<PurchaseOrder> | null {
	const parsed = omTransfer.safeParse(raw);
	if (!parsed.success) {
		const known = z.object({ stockTransferOrderId: z.number() }).safeParse(raw);
		const [issue] = parsed.error.issues;
		const field = issue?.path.join(".") ?? "";
		const sourceId = known.success ? `${transferPrefix}${known.data.stockTransferOrderId}` : "?";
		return { ok: false, sourceId, field, problem: `${field}: ${issue?.message ?? "is not usable"}`, raw };
	}
	if (place !== undefined && parsed.data.toWarehouseId !== place) return null;
	const value = toTransfer(parsed.data);
	const bad = value.lines.find(({ quantity }) => !(Number.isInteger(quantity) && quantity > 0));
	if (bad || value.lines.length === 0) {
		const problem = bad ? `line ${bad.sku} has no whole quantity above 0` : "it has no lines";
		return { ok: false, sourceId: value.sourceId, field: "items", problem, raw };
	}
	// Nothing says when it last changed: each reading is the newest there is.
	return { ok: true, sourceId: value.sourceId, changedAt: now(), value, raw };
}

function toTransfer(given: OmTransfer): PurchaseOrder {
	return {
		sourceId: `${transferPrefix}${given.stockTransferOrderId}`,
		number: given.stockTransferOrderNumber,
		kind: "transfer",
		state: stateOf(given),
		supplier: given.fromWarehouseId ? `Warehouse ${given.fromWarehouseId}` : "",
		note: "",
		orderedAt: given.createdDate,
		lines: given.items.map((item) => ({
			sourceLineId: String(item.stockTransferOrderItemId),
			...{ sku: item.masterSku, name: "", quantity: item.quantity },
			receivedQuantity: item.receivedDate ? Math.max(0, Math.round(item.quantity)) : 0,
			...{ unitOfMeasure: "", unitsPerPack: 1, lot: "" },
		})),
	};
}

function stateOf({ status, items }: OmTransfer): PurchaseOrderState {
	if (/cancel|void/i.test(status)) return "canceled";
	const received = items.filter(({ receivedDate }) => receivedDate).length;
	if (received === items.length && received > 0) return "fulfilled";
	if (/draft|await|authoriz/i.test(status)) return "awaiting_authorization";
	if (/fulfilled|complete|closed/i.test(status) && !/partial/i.test(status)) return "fulfilled";
	return received > 0 ? "partially_fulfilled" : "pending_delivery";
}
