import type { Order } from "@/lib/canonical/order";
import { newId } from "@/lib/db/ids";
import { after, minuteMs } from "@/lib/time";
import { type ItemRule, isLineFiltered, noFilters } from "./filters";

/** The columns of an order as it arrives, and how an accepted order fills them. */
export const orderColumns = {
	id: "text",
	accountId: "text",
	merchantId: "text",
	connectionId: "text",
	sourceId: "text",
	number: "text",
	status: "text",
	dueAt: "timestamptz",
	waitsUntil: "timestamptz",
	shipToName: "text",
	shipToCountry: "text",
	lineCount: "int",
	unitCount: "int",
	totalAmount: "numeric",
	currency: "text",
	document: "jsonb",
	placedAt: "timestamptz",
	sourceChangedAt: "timestamptz",
	createdAt: "timestamptz",
	updatedAt: "timestamptz",
	sendingCanceled: "boolean",
	heldReason: "text",
};

/** A new order waits for the hold window of its cart, in minutes; an edit leaves the window as it is. */
export function orderRow(record: { order: Order; changedAt: Date }, now: Date, holdMinutes = 0) {
	const { order } = record;
	const waitsUntil = holdMinutes > 0 ? after(now, holdMinutes * minuteMs) : null;
	return {
		sourceId: order.sourceId,
		number: order.number,
		status: "new",
		dueAt: waitsUntil ?? now,
		waitsUntil,
		shipToName: order.shipTo.name || order.shipTo.company,
		shipToCountry: order.shipTo.country,
		lineCount: order.lines.length,
		unitCount: order.lines.reduce((units, line) => units + line.quantity, 0),
		totalAmount: order.total?.amount ?? null,
		currency: order.total?.currency ?? null,
		document: order,
		placedAt: order.placedAt,
		sourceChangedAt: record.changedAt,
		createdAt: now,
		updatedAt: now,
		sendingCanceled: false,
		heldReason: "",
	};
}

export const lineColumns = {
	id: "text",
	accountId: "text",
	orderId: "text",
	sourceLineId: "text",
	position: "int",
	sku: "text",
	name: "text",
	quantity: "int",
	shippedQuantity: "int",
	unitPrice: "numeric",
	filtered: "boolean",
};

/** What an item filter keeps back is seen again when the order is sent: what counts then is written then. */
export function lineRows(accountId: string, orderId: string, order: Order, items: ItemRule = noFilters.items) {
	return order.lines.map((line, position) => ({
		id: newId("lin"),
		accountId,
		orderId,
		sourceLineId: line.sourceLineId,
		position,
		sku: line.sku,
		name: line.name,
		quantity: line.quantity,
		shippedQuantity: 0,
		unitPrice: line.unitPrice?.amount ?? null,
		filtered: isLineFiltered(items, line.sku),
	}));
}
