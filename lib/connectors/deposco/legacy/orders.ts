import { z } from "zod";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import type { PurchaseOrder } from "@/lib/canonical/purchase-order";
import { ConnectorError } from "../../kit/fault";
import type { CancelAnswer, Written } from "../../kit/types";
import { toLocal } from "../../kit/zone";
import { type DeposcoContext, failureInside, isPermanent } from "../calls";
import { legacyFieldsOf } from "../own-fields";
import { legacyOrder, legacyOrders } from "./api";

export type Kind = "Sales Order" | "Purchase Order";

const nothing = { "@nil": "true" };
const orNil = (text: string) => text || nothing;
const pathOf = (kind: Kind, number: string) => `/orders/${encodeURIComponent(kind)}/${encodeURIComponent(number)}`;

/** An order is known by its number, which is its id for us, too; another business unit may use the same one. */
export async function readOrder(context: DeposcoContext, kind: Kind, number: string) {
	try {
		const { data } = await context.http.get(pathOf(kind, number), { schema: legacyOrders, fault: failureInside });
		const rows = (data.order ?? []).flatMap((one) => legacyOrder.safeParse(one).data ?? []);
		const { businessUnit } = context.settings;
		return rows.find((row) => row.number === number && (row.businessUnit || businessUnit) === businessUnit) ?? null;
	} catch (error) {
		if (isPermanent(error, "http-404")) return null;
		throw error;
	}
}

const shipped = new Set(["Ship Complete", "Shipped", "Complete", "Closed"]);
const isCanceled = (status: string) => /^cancell?ed$/i.test(status);

export async function findOrder(context: DeposcoContext, kind: Kind, number: string): Promise<Written | null> {
	const row = await readOrder(context, kind, number);
	if (!row) return null;
	const state = isCanceled(row.status) ? "canceled" : shipped.has(row.status) ? "shipped" : "open";
	return { externalId: number, externalNumber: number, existed: true, state };
}

/** A number that is taken is refused inside an answer of 200: the order is there. */
async function post(
	context: DeposcoContext,
	{ kind, body }: { kind: Kind; body: { number: string } },
): Promise<Written> {
	const { number } = body;
	const found = await findOrder(context, kind, number);
	if (found) return found;
	try {
		const options = { schema: z.unknown(), fault: failureInside };
		const { exchangeId } = await context.http.send("POST", "/orders", { order: [body] }, options);
		return { externalId: number, externalNumber: number, existed: false, exchangeId };
	} catch (error) {
		const taken = isPermanent(error, "http-409") ? await findOrder(context, kind, number) : null;
		if (taken) return taken;
		throw error;
	}
}

export function createOrder(context: DeposcoContext, key: string, order: DeliverableOrder): Promise<Written> {
	const { businessUnit, newOrderStatus, orderPriority, facility, sendNotes, timeZone } = context.settings;
	const { shipTo } = order;
	const notes = [order.note, order.giftMessage].filter(Boolean).join("\n");
	const body = {
		...{ businessUnit, number: key, type: "Sales Order", status: newOrderStatus, orderPriority },
		customerOrderNumber: order.sourceNumber,
		...legacyFieldsOf(order),
		orderSource: orNil(order.orderSource),
		shipVia: [order.shipMethod.carrier, order.shipMethod.service].filter(Boolean).join(" "),
		placedDate: toLocal(context.now(), timeZone),
		...(facility && { shipFromFacility: facility }),
		shipToAddress: {
			name: [shipTo.name, shipTo.company].filter(Boolean).join(", "),
			address: {
				line1: shipTo.line1,
				line2: orNil(shipTo.line2),
				city: orNil(shipTo.city),
				stateProvinceCode: orNil(shipTo.region),
				postalCode: orNil(shipTo.postalCode),
				countryCode: shipTo.country,
			},
			phone1: orNil(shipTo.phone),
		},
		...(sendNotes && { notes: orNil(notes) }),
		orderLines: {
			orderLine: order.lines.map(({ lineId, sku, quantity, unitPrice }, n) => ({
				...lineOf(context, { n, lineId, sku, quantity }),
				...(unitPrice && { unitPrice: Number(unitPrice) }),
			})),
		},
	};
	return post(context, { kind: "Sales Order", body });
}

export function createPurchaseOrder(context: DeposcoContext, key: string, value: PurchaseOrder): Promise<Written> {
	const { businessUnit, facility, timeZone } = context.settings;
	const body = {
		...{ businessUnit, number: key, type: "Purchase Order", status: "New" },
		otherReferenceNumber: orNil(value.supplier),
		...(value.orderSource && { orderSource: value.orderSource }),
		placedDate: toLocal(context.now(), timeZone),
		...(value.expectedAt && { plannedArrivalDate: toLocal(value.expectedAt, timeZone) }),
		...(facility && { shipToFacility: facility }),
		orderLines: {
			orderLine: value.lines.map(({ sourceLineId, sku, quantity }, n) =>
				lineOf(context, { n, lineId: sourceLineId, sku, quantity }),
			),
		},
	};
	return post(context, { kind: "Purchase Order", body });
}

function lineOf(
	{ settings }: DeposcoContext,
	{ n, lineId, sku, quantity }: { n: number; lineId: string; sku: string; quantity: number },
) {
	return {
		lineNumber: String(n + 1),
		customerLineNumber: lineId,
		itemNumber: sku,
		pack: { type: settings.packType, quantity: 1 },
		orderPackQuantity: quantity,
	};
}

/** Writes the status that cancels, unless the order has left. */
export async function cancelOrder(context: DeposcoContext, number: string): Promise<CancelAnswer> {
	const row = await readOrder(context, "Sales Order", number);
	if (!row) return { state: "refused", reason: "the warehouse has no such order any more" };
	if (isCanceled(row.status)) return { state: "accepted" };
	if (shipped.has(row.status) || /ship|load/i.test(row.status))
		return { state: "refused", reason: `it is too late: the order is ${row.status.toLowerCase()}` };
	const { businessUnit, canceledStatus: status } = context.settings;
	try {
		const body = { order: [{ businessUnit, number, type: "Sales Order", status }] };
		const options = { schema: z.unknown(), repeatable: true, fault: failureInside };
		await context.http.send("PUT", pathOf("Sales Order", number), body, options);
		return { state: "accepted" };
	} catch (error) {
		if (!isPermanent(error) || !(error instanceof ConnectorError)) throw error;
		return { state: "refused", reason: error.message };
	}
}
