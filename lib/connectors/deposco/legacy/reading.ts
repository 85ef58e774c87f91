import type { z } from "zod";
import type { Receipt } from "@/lib/canonical/purchase-order";
import type { Shipment } from "@/lib/canonical/shipment";
import type { Read, ReadFrom } from "../../kit/types";
import { fromLocal, toLocal } from "../../kit/zone";
import { type Asked, broken, type ChangeCursor, changed, type DeposcoContext, failureInside, under } from "../calls";
import { legacyReceipt, legacyShipment, receiptRows, shipmentRows } from "./api";
import { readOrder } from "./orders";

/**
 * A list of the integration API, by the ways of its list of stock: page numbers, an empty page at the end, and a
 * time to begin at, in the warehouse's own clock. That other lists have these ways is inferred.
 */
function pagesOf(context: DeposcoContext, path: string, rowsOf: (answer: unknown) => unknown[], answer: z.ZodType) {
	const { sinceParameter, timeZone, businessUnit } = context.settings;
	let before = "";
	return async ({ since, page }: ChangeCursor): Promise<Asked> => {
		const pageNo = Number(page ?? 1);
		const { data } = await context.http.get(`${path}/${encodeURIComponent(businessUnit)}`, {
			schema: answer,
			query: { pageNo, ...(sinceParameter && { [sinceParameter]: toLocal(new Date(since), timeZone) }) },
			fault: failureInside,
		});
		const raw = rowsOf(data);
		const first = JSON.stringify(raw[0] ?? null);
		const again = first === before;
		before = first;
		// A list that does not know about pages gives the same one for ever.
		return raw.length === 0 || again ? { raw: [], next: null } : { raw, next: String(pageNo + 1) };
	};
}

export function readShipments(context: DeposcoContext, from: ReadFrom<ChangeCursor>) {
	const rowsOf = (answer: unknown) => shipmentRows.parse(answer).shipment;
	return changed<Shipment>(context, from, {
		ask: pagesOf(context, "/shipments", rowsOf, shipmentRows),
		read: (raw) => shipmentOf(context, raw, from),
	});
}

async function shipmentOf(
	context: DeposcoContext,
	raw: unknown,
	from: ReadFrom<ChangeCursor>,
): Promise<Read<Shipment>[]> {
	const parsed = legacyShipment.safeParse(raw);
	if (!parsed.success) return [broken(raw, parsed.error, under(raw, "number"))];
	const row = parsed.data;
	const { businessUnit, timeZone, askOrderState } = context.settings;
	if ((row.businessUnit || businessUnit) !== businessUnit || (row.status && row.status !== "Shipped")) return [];
	const shippedAt = fromLocal(row.actualShipDate, timeZone);
	if (!shippedAt) return [broken(raw, "actualShipDate is missing, or no date", row.number)];
	const changedAt = fromLocal(row.updatedDateTime, timeZone) ?? shippedAt;
	if (isOld(changedAt, from)) return [];
	const lines = row.shipmentLines.shipmentLine.flatMap((line) => {
		const quantity = Math.round(line.shippedPackQuantity * (line.pack?.quantity ?? 1));
		return quantity > 0 ? [{ lineId: line.customerLineNumber ?? "", sku: line.itemNumber, quantity }] : [];
	});
	// A label that was made and not used.
	if (lines.length === 0) return [];
	const numbers = [row.trackingNumber, ...row.shipmentLines.shipmentLine.map((line) => line.trackingNumber)];
	const order = askOrderState ? await readOrder(context, "Sales Order", row.orderNumber) : null;
	const cost = row.shippingCost ?? 0;
	const value: Shipment = {
		externalId: row.number,
		orderExternalId: row.orderNumber,
		orderNumber: row.orderNumber,
		carrier: row.shipVendor ?? "",
		service: row.shipVia ?? "",
		shippedAt,
		...(cost > 0 && cost < 1e9 && { cost: String(Math.round(cost * 1e6) / 1e6) }),
		lines,
		packages: [...new Set(numbers)].flatMap((number) =>
			number ? [{ externalId: "", trackingNumber: number, lines: [] }] : [],
		),
		final: order?.status === "Ship Complete",
	};
	return [{ ok: true, sourceId: row.number, changedAt, value, raw }];
}

export function readReceipts(context: DeposcoContext, from: ReadFrom<ChangeCursor>) {
	const rowsOf = (answer: unknown) => receiptRows.parse(answer).receiptLine;
	return changed<Receipt>(context, from, {
		ask: pagesOf(context, "/receiptlines", rowsOf, receiptRows),
		read: async (raw) => receiptOf(context, raw, from),
	});
}

/** One line that arrived is one receipt: a receipt may grow while it is open, and what was told stays told. */
function receiptOf({ settings }: DeposcoContext, raw: unknown, from: ReadFrom<ChangeCursor>): Read<Receipt>[] {
	const parsed = legacyReceipt.safeParse(raw);
	const id = [under(raw, "receiptNumber"), under(raw, "lineNumber")]
		.filter((part) => typeof part === "string")
		.join("-");
	if (!parsed.success) return [broken(raw, parsed.error, id)];
	const row = parsed.data;
	const unit = row.businessUnit || settings.businessUnit;
	if (unit !== settings.businessUnit || row.status === "Canceled") return [];
	const receivedAt = fromLocal(row.receivedDateTime, settings.timeZone);
	if (!receivedAt) return [broken(raw, "receivedDateTime is missing, or no date", id)];
	const damaged = settings.countDamaged ? (row.receivedDamagedPackQuantity ?? 0) : 0;
	const quantity = Math.round((row.receivedPackQuantity + damaged) * (row.pack?.quantity ?? 1));
	if (quantity <= 0 || isOld(receivedAt, from)) return [];
	const value: Receipt = {
		externalId: id,
		purchaseOrderExternalId: row.orderNumber,
		purchaseOrderNumber: row.orderNumber,
		receivedAt,
		final: false,
		lines: [{ lineId: row.customerLineNumber ?? "", sku: row.itemNumber, quantity, lot: "" }],
	};
	return [{ ok: true, sourceId: id, changedAt: receivedAt, value, raw }];
}

/** Before the time that was asked for: a filter that the system does not know is ignored there without a word. */
function isOld(at: Date, { cursor, from }: ReadFrom<ChangeCursor>): boolean {
	const since = cursor ? new Date(cursor.since) : from;
	return since !== undefined && at.getTime() < Math.floor(since.getTime() / 1000) * 1000;
}
