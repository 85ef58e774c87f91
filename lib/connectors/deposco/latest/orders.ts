import { z } from "zod";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import { ConnectorError } from "../../kit/fault";
import type { CancelAnswer, Written } from "../../kit/types";
import { type DeposcoContext, isPermanent, latestAll, latestPage, refusal } from "../calls";
import { ownFieldsOf } from "../own-fields";
import { identity, orderLineRow, orderRow } from "./api";

export type Kind = "salesOrders" | "purchaseOrders";

/** What an order of either kind has come to, in our words. */
export function stateOf(orderStatus: string): NonNullable<Written["state"]> {
	if (orderStatus === "Canceled") return "canceled";
	return orderStatus === "Ship Complete" ? "shipped" : "open";
}

/** A list by number may hold several copies, newest first, cancelled ones among them; and it may ignore a filter. */
export async function findByNumber(context: DeposcoContext, kind: Kind, number: string): Promise<Written | null> {
	const { businessUnit } = context.settings;
	const query = { businessUnit, number, pageSize: 25 };
	const { raw } = await latestPage(context, `/orders/${kind}`, { query, page: null });
	const copies = raw.flatMap((one) => {
		const [row, id] = [orderRow.safeParse(one).data, identity.safeParse(one).data];
		const ours = row && id && row.number === number && (row.businessUnit || businessUnit) === businessUnit;
		return ours ? [{ id, row }] : [];
	});
	const found = copies.find(({ row }) => row.orderStatus !== "Canceled") ?? copies[0];
	if (!found) return null;
	return { externalId: found.id, externalNumber: number, existed: true, state: stateOf(found.row.orderStatus) };
}

/** Posts an order of either kind. The far side creates or updates by number, so whoever calls this has looked before. */
export async function postOrder(
	context: DeposcoContext,
	{ kind, number, body }: { kind: Kind; number: string; body: object },
): Promise<Written> {
	const { data, exchangeId } = await context.http.send("POST", `/orders/${kind}`, body, {
		schema: z.unknown(),
		fault: refusal,
	});
	const id = identity.safeParse(data).data;
	if (id) return { externalId: id, externalNumber: number, existed: false, exchangeId };
	// What creating answers is not documented: without an id in it the order is looked for.
	const made = await findByNumber(context, kind, number);
	if (made) return { ...made, existed: false, exchangeId };
	const message = "The warehouse did not say what became of the order. We look for it by ourselves.";
	throw new ConnectorError({ kind: "transient", sent: true }, message, { exchangeId });
}

export async function createOrder(context: DeposcoContext, key: string, value: DeliverableOrder): Promise<Written> {
	const found = await findByNumber(context, "salesOrders", key);
	if (found) return found;
	return postOrder(context, { kind: "salesOrders", number: key, body: toSalesOrder(context, key, value) });
}

/** Names longer than this are refused. */
const mostName = 30;
const mostEmail = 50;

function toSalesOrder(context: DeposcoContext, number: string, order: DeliverableOrder) {
	const { businessUnit, newOrderStatus, orderPriority, facility, sendNotes } = context.settings;
	const { shipTo, shipMethod } = order;
	const name = shipTo.name || shipTo.company;
	const space = name.lastIndexOf(" ");
	const [first, last] = space > 0 ? [name.slice(0, space), name.slice(space + 1)] : ["", name];
	const fits = first.length <= mostName && last.length <= mostName;
	// Nothing of a name is lost: a long one stands whole in the address.
	const more = [shipTo.company === name ? "" : shipTo.company, fits ? "" : name].filter(Boolean);
	return {
		...{ businessUnit, number, orderStatus: newOrderStatus, orderPriority },
		...(order.orderSource && { orderSource: order.orderSource }),
		customerOrderNumber: order.sourceNumber,
		...ownFieldsOf(order),
		placedDate: context.now().toISOString(),
		shipVia: [shipMethod.carrier, shipMethod.service].filter(Boolean).join(" "),
		shipVendor: shipMethod.carrier,
		shipMethod: shipMethod.service,
		...(facility && { shipFromFacility: facility }),
		shipToContact: {
			firstName: first.slice(0, mostName),
			lastName: last.slice(0, mostName),
			phone: shipTo.phone,
			email: shipTo.email.length <= mostEmail ? shipTo.email : "",
		},
		shipToAddress: {
			line1: shipTo.line1,
			line2: shipTo.line2,
			line3: more[0] ?? "",
			line4: more[1] ?? "",
			city: shipTo.city,
			stateProvince: shipTo.region,
			postalCode: shipTo.postalCode,
			country: shipTo.country,
		},
		...(sendNotes && { notes: [order.note, order.giftMessage].filter(Boolean) }),
		orderLines: order.lines.map(({ lineId, sku, quantity, unitPrice }, n) => ({
			...lineOf(businessUnit, { lineNumber: n + 1, customerLineNumber: lineId, sku, quantity }),
			...(unitPrice && { unitPrice: Number(unitPrice) }),
		})),
	};
}

export function lineOf(
	businessUnit: string,
	line: { lineNumber: number; customerLineNumber: string; sku: string; quantity: number },
) {
	return {
		lineNumber: String(line.lineNumber),
		customerLineNumber: line.customerLineNumber,
		item: { businessKey: { number: line.sku, "businessUnit.code": businessUnit } },
		pack: { businessKey: { "item.number": line.sku, quantity: 1, "item.businessUnit.code": businessUnit } },
		orderPackQuantity: line.quantity,
	};
}

/** One record of either kind; null when there is none. */
export async function readOrder(context: DeposcoContext, kind: Kind, id: string) {
	try {
		const { data } = await context.http.get(`/orders/${kind}/${encodeURIComponent(id)}`, {
			schema: orderRow,
			fault: refusal,
		});
		return data;
	} catch (error) {
		if (isPermanent(error, "http-404")) return null;
		throw error;
	}
}

const tooLate = new Set(["Ship Complete", "Partially Shipped", "Loaded", "Partially Loaded"]);

/** Cancels what is open of each line. Whether it is too late already is the warehouse's to say. */
export async function cancelOrder(context: DeposcoContext, id: string): Promise<CancelAnswer> {
	const order = await readOrder(context, "salesOrders", id);
	if (!order) return { state: "refused", reason: "the warehouse has no such order any more" };
	if (order.orderStatus === "Canceled") return { state: "accepted" };
	if (tooLate.has(order.orderStatus))
		return { state: "refused", reason: `it is too late: the order is ${order.orderStatus.toLowerCase()}` };
	const path = `/orders/salesOrders/${encodeURIComponent(id)}`;
	const lines = (await latestAll(context, `${path}/orderLines`)).flatMap((raw) => {
		const line = orderLineRow.parse(raw);
		const open = (line.orderPackQuantity ?? 0) - (line.canceledPackQuantity ?? 0);
		return open > 0 ? [{ orderLine: { id: line.self?.id ?? line.id }, canceledPackQuantity: open }] : [];
	});
	try {
		const options = { schema: z.unknown(), repeatable: true, fault: refusal };
		await context.http.send("POST", `${path}/cancellations`, { orderLines: lines }, options);
		return { state: "accepted" };
	} catch (error) {
		if (!isPermanent(error) || !(error instanceof ConnectorError)) throw error;
		return { state: "refused", reason: error.message };
	}
}
