import type { PurchaseOrder, Receipt } from "@/lib/canonical/purchase-order";
import type { Read, ReadFrom, Written } from "../../kit/types";
import { broken, type ChangeCursor, changed, type DeposcoContext, latestAll, latestPage, under } from "../calls";
import { identity, orderLineRow, orderRow, receiptRow } from "./api";
import { findByNumber, lineOf, postOrder } from "./orders";

/** More lines are refused; the rest goes in further calls with the same header, and is added. */
const mostLines = 100;

export async function findPurchaseOrder(
	context: DeposcoContext,
	key: string,
	value: PurchaseOrder,
): Promise<Written | null> {
	const found = await findByNumber(context, "purchaseOrders", key);
	// One that was cut off between two calls is not there yet.
	if (!found || value.lines.length <= mostLines) return found;
	const there = await latestAll(context, `/orders/purchaseOrders/${encodeURIComponent(found.externalId)}/orderLines`);
	return there.length < value.lines.length ? null : found;
}

export async function createPurchaseOrder(
	context: DeposcoContext,
	key: string,
	value: PurchaseOrder,
): Promise<Written> {
	const found = await findPurchaseOrder(context, key, value);
	if (found) return found;
	const { businessUnit, facility } = context.settings;
	const lines = value.lines.map(({ sourceLineId, sku, quantity }, n) =>
		lineOf(businessUnit, { lineNumber: n + 1, customerLineNumber: sourceLineId, sku, quantity }),
	);
	const header = {
		...{ businessUnit, number: key, orderStatus: "New", placedDate: context.now().toISOString() },
		...(value.orderSource && { orderSource: value.orderSource }),
		...(value.expectedAt && { plannedArrivalDate: value.expectedAt.toISOString() }),
		...(facility && { shipToFacility: facility }),
		...(value.supplier && { tradingPartner: value.supplier }),
	};
	const post = (start: number) =>
		postOrder(context, {
			kind: "purchaseOrders",
			number: key,
			body: { ...header, orderLines: lines.slice(start, start + mostLines) },
		});
	const written = await post(0);
	for (let start = mostLines; start < lines.length; start += mostLines) await post(start);
	return written;
}

/** Purchase orders by the time of their last change, and of each its receipts: those are told by order only. */
export function readReceipts(context: DeposcoContext, from: ReadFrom<ChangeCursor>) {
	const { businessUnit } = context.settings;
	return changed<Receipt>(context, from, {
		ask: ({ since, page }) =>
			latestPage(context, "/orders/purchaseOrders", {
				query: { businessUnit, updatedAfter: since, pageSize: 50 },
				page,
			}),
		read: (raw) => receiptsOf(context, raw),
	});
}

async function receiptsOf(context: DeposcoContext, raw: unknown): Promise<Read<Receipt>[]> {
	const [row, orderId] = [orderRow.safeParse(raw), identity.safeParse(raw).data];
	if (!row.success || !orderId) return [broken(raw, row.error ?? "it has no id", orderId ?? under(raw, "number"))];
	const rows = await latestAll(context, "/receipts", { orderId });
	if (rows.length === 0) return [];
	const lineIds = new Map<string, string>();
	for (const one of await latestAll(context, `/orders/purchaseOrders/${encodeURIComponent(orderId)}/orderLines`)) {
		const line = orderLineRow.safeParse(one).data;
		const id = line?.self?.id ?? line?.id;
		if (line && id) lineIds.set(id, line.customerLineNumber);
	}
	return rows.flatMap((one): Read<Receipt>[] => {
		const parsed = receiptRow.safeParse(one);
		if (!parsed.success) return [broken(one, parsed.error, under(one, "number"))];
		const receipt = parsed.data;
		const damaged = context.settings.countDamaged ? (receipt.receivedDamagedPackQuantity ?? 0) : 0;
		const quantity = Math.round((receipt.receivedPackQuantity + damaged) * receipt.receivedPack);
		if (receipt.status === "Canceled" || quantity <= 0) return [];
		const value: Receipt = {
			externalId: receipt.number,
			purchaseOrderExternalId: orderId,
			purchaseOrderNumber: row.data.number,
			receivedAt: receipt.createdDate,
			final: false,
			lines: [{ lineId: lineIds.get(receipt.orderLine?.id ?? "") ?? "", sku: receipt.receivedItem, quantity, lot: "" }],
		};
		// A receipt is read again with its order, whose time is the one that moves on.
		return [
			{ ok: true, sourceId: receipt.number, changedAt: row.data.updatedDate ?? receipt.createdDate, value, raw: one },
		];
	});
}
