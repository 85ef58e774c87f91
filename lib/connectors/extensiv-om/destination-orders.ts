import { z } from "zod";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import { threeLetters } from "../kit/countries";
import { ConnectorError } from "../kit/fault";
import { short } from "../kit/faults";
import type { CancelAnswer, Destination, Written } from "../kit/types";
import { warehouseId } from "./access";
import { rawList } from "./api";
import { type OmContext, refusal } from "./calls";
import { channelId } from "./channels";
import { createdOrder, type KnownOrder, knownOrder } from "./destination-api";
import type { OmSettings } from "./settings";

type Orders = NonNullable<Destination<OmSettings>["orders"]>;

/** The order of ours with this number. A cancelled one may share it with the one that replaced it. */
async function find(context: OmContext, key: string): Promise<Written | null> {
	const channel = await channelOf(context);
	const { data, exchangeId } = await context.http.get("/v1.1/orders", {
		schema: rawList,
		query: { orderNumber: key, salesChannelId: channel, page: 1, limit: 100 },
		fault: refusal(context),
	});
	const known = data.flatMap((raw) => knownOrder.safeParse(raw).data ?? []);
	const ours = known
		.filter((one) => one.orderNumber === key && (one.salesChannel?.salesChannelId ?? channel) === channel)
		.sort((a, b) => a.orderId - b.orderId);
	const found = ours.find(({ orderStatus }) => orderStatus !== "CANCELLED") ?? ours[0];
	if (!found) return null;
	const state = found.orderStatus === "SHIPPED" ? "shipped" : found.orderStatus === "CANCELLED" ? "canceled" : "open";
	return { externalId: String(found.orderId), externalNumber: key, existed: true, state, exchangeId };
}

/** There is no guard against doubles, so every create looks first, the first one too. */
export const orders: Orders = {
	// No limit is published; fifty characters were seen.
	maxNumberLength: 50,
	takes: {
		...{ sourceNumber: true, orderSource: true, note: true },
		customFields: ["Custom field 1", "Custom field 2", "Custom field 3"],
		line: { note: true },
	},
	find,
	async create(context, { key, value }): Promise<Written> {
		const found = await find(context, key);
		if (found) return found;
		const body = await toOmOrder(context, { ...value, number: key });
		const { data, exchangeId } = await context.http.send("PUT", "/v1/order", body, {
			schema: createdOrder,
			fault: refusal(context),
		});
		if (data.orderId !== undefined)
			return { externalId: String(data.orderId), externalNumber: key, existed: false, exchangeId };
		if (data.refusal !== "")
			throw new ConnectorError(
				{ kind: "permanent", code: "order-refused" },
				`Order Manager refused the order: ${short(data.refusal)}. Correct it and resend.`,
				{ exchangeId },
			);
		// An answer without an id leaves open what was made of it, so the order is looked for.
		const made = await find(context, key);
		if (made) return { ...made, existed: false };
		throw new ConnectorError(
			{ kind: "transient", sent: true },
			"Order Manager did not say what became of the order. We look for it by ourselves.",
			{ exchangeId },
		);
	},
};

async function channelOf(context: OmContext): Promise<number> {
	const id = await channelId(context);
	if (id !== undefined) return id;
	throw new ConnectorError(
		{ kind: "permanent", code: "no-channel", field: "salesChannel" },
		"No sales channel is chosen for sent orders. Enter one in the connection's settings.",
	);
}

/** That lines, number and notes are told under the names they are read by is inferred; the required fields are known. */
async function toOmOrder(context: OmContext, order: DeliverableOrder) {
	const { itemCode, sentCurrency: currency } = context.settings;
	const { shipTo } = order;
	const place = await warehouseId(context);
	const custom = (order.extraFields ?? []).flatMap(({ name, value }) => {
		const n = /^custom ?field ?([123])$/i.exec(name)?.[1];
		return n ? [[`customField${n}`, value]] : [];
	});
	return {
		salesChannelId: await channelOf(context),
		orderNumber: order.number,
		shipName: shipTo.name || shipTo.company,
		shipCompany: shipTo.company,
		shipAddress1: shipTo.line1,
		shipAddress2: shipTo.line2,
		// A required field: a place without a city is told by what it has.
		shipCity: shipTo.city || shipTo.region || shipTo.postalCode || "-",
		shipState: shipTo.region,
		shipZipCode: shipTo.postalCode,
		shipCountry: threeLetters(shipTo.country),
		shipPhone: shipTo.phone,
		shipEmail: shipTo.email,
		requestedShippingService: [order.shipMethod.carrier, order.shipMethod.service].filter(Boolean).join(" "),
		...(place !== undefined && { fulfillmentSource: { warehouseId: place } }),
		insuranceCost: { amount: 0, currency },
		insuredValue: { amount: 0, currency },
		notesFromBuyer: order.note,
		gift: order.giftMessage !== "",
		giftMessage: order.giftMessage,
		internalNotes: [`Order ${order.sourceNumber}`, order.orderSource].filter(Boolean).join(", "),
		...Object.fromEntries(custom),
		orderItems: order.lines.map(({ sku, quantity, unitPrice, note }) => ({
			[itemCode === "listing" ? "listingSku" : "masterSku"]: sku,
			quantityOrdered: quantity,
			unitPrice: { amount: Number(unitPrice ?? 0), currency },
			...(note && { notes: note }),
		})),
	};
}

/** One order by its id; null when there is none. */
export async function readOrderById(context: OmContext, orderId: number | string): Promise<unknown> {
	if (!/^\d+$/.test(String(orderId))) return null;
	try {
		const { data } = await context.http.get(`/v1.1/orders/${orderId}`, {
			schema: z.unknown(),
			fault: refusal(context),
		});
		return data;
	} catch (error) {
		if (error instanceof ConnectorError && error.fault.kind === "permanent" && error.fault.code === "http-404")
			return null;
		throw error;
	}
}

/** Cancels an order with all its parts, or none of it: what has shipped in part must be dealt with by a person. */
export async function requestCancel(context: OmContext, externalId: string): Promise<CancelAnswer> {
	const whole = knownOrder.safeParse(await readOrderById(context, externalId)).data;
	if (!whole) return { state: "refused", reason: "Order Manager has no such order any more" };
	const parts: KnownOrder[] = [whole];
	for (const id of whole.relatedOrderIds ?? []) {
		const part = knownOrder.safeParse(await readOrderById(context, id)).data;
		if (part && part.orderId !== whole.orderId) parts.push(part);
	}
	const open = parts.filter(({ orderStatus }) => orderStatus !== "CANCELLED");
	if (open.some(({ orderStatus }) => orderStatus === "SHIPPED" || orderStatus === "PROCESSED_OUTSIDE_OF_SKUBANA"))
		return { state: "refused", reason: parts.length > 1 ? "a part of it has shipped" : "it has shipped already" };
	for (const { orderId } of open) {
		const reason = await cancelOne(context, orderId);
		if (reason) return { state: "refused", reason };
	}
	return { state: "accepted" };
}

async function cancelOne(context: OmContext, orderId: number): Promise<string | null> {
	const query = {
		orderId,
		cancelReasonType: context.settings.cancelReason,
		// The cart knows already: it is where the cancellation comes from.
		updateSalesChannels: false,
		refundOrdersOnChannels: false,
	};
	try {
		const options = { schema: z.unknown(), query, repeatable: true, fault: refusal(context) };
		await context.http.send("POST", "/v1/orders/cancel", undefined, options);
		return null;
	} catch (error) {
		if (!(error instanceof ConnectorError) || error.fault.kind !== "permanent") throw error;
		const now = knownOrder.safeParse(await readOrderById(context, orderId)).data?.orderStatus;
		if (now === "CANCELLED") return null;
		return now === "SHIPPED" ? "it has shipped already" : error.message;
	}
}
