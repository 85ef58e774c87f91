import type { z } from "zod";
import type { Order } from "@/lib/canonical/order";
import { maxText } from "@/lib/canonical/text";
import { twoLetters } from "../kit/countries";
import type { Read } from "../kit/types";
import { type OmOrder, omOrder } from "./api";
import type { OmSettings } from "./settings";

type Settings = z.output<OmSettings>;

/** A record of the orders list as ours. What does not fit is reported with its id. */
export function readOrder(raw: unknown, settings: Settings): Read<Order> {
	const parsed = omOrder.safeParse(raw);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		const field = issue?.path.join(".") ?? "";
		return { ok: false, sourceId: idOf(raw), field, problem: `${field} ${issue?.message ?? "is not usable"}`, raw };
	}
	const sourceId = String(parsed.data.orderId);
	return { ok: true, sourceId, changedAt: changedAtOf(parsed.data), value: toOrder(parsed.data, settings), raw };
}

/** `modifiedDate` may stay empty until the first edit. */
export function changedAtOf({ modifiedDate, createdDate }: OmOrder): Date {
	return modifiedDate ?? createdDate;
}

function toOrder(order: OmOrder, settings: Settings): Order {
	const extraFields = settings.loadCustomFields ? customFields(order) : [];
	const channel = settings.loadSalesChannel ? (order.salesChannel?.name ?? "") : "";
	const name = order.shipName || order.customer?.name || "";
	return {
		sourceId: String(order.orderId),
		number: order[settings.orderNumberField] ? String(order[settings.orderNumberField]) : order.orderNumber,
		sourceStatus: order.orderStatus,
		...(channel && { orderSource: `Order Manager-${channel}` }),
		placedAt: order.orderDate ?? order.createdDate,
		shipTo: {
			name,
			...(settings.splitNames && splitName(name)),
			company: order.shipCompany,
			line1: order.shipAddress1,
			line2: [order.shipAddress2, order.shipAddress3].filter(Boolean).join(", "),
			city: order.shipCity,
			region: order.shipState,
			postalCode: order.shipZipCode,
			country: twoLetters(order.shipCountry),
			phone: order.shipPhone,
			email: order.shipEmail,
		},
		...(order.customer && { customer: { name: order.customer.name, email: order.shipEmail } }),
		shipping: shippingOf(order, settings),
		lines: order.orderItems.map((item) => ({
			sourceLineId: String(item.orderItemId),
			sku: item.product?.masterSku || item.listingSku,
			name: item.product?.name ?? "",
			quantity: item.quantityOrdered,
			...(item.unitPrice && { unitPrice: moneyOf(item.unitPrice) }),
			...(settings.loadCustomFields &&
				item.notes && { extraFields: [{ name: "Notes", value: item.notes.slice(0, maxText) }] }),
		})),
		...(order.orderTotal && { total: moneyOf(order.orderTotal) }),
		note: order.notesFromBuyer,
		giftMessage: order.giftMessage,
		// Our own label says nothing about the order, and would make it look edited.
		tags: (order.labels ?? []).map((label) => label.name).filter((label) => label !== settings.labelName),
		...(extraFields.length > 0 && { extraFields }),
	};
}

/** The first word, and the rest: "Ana de la Cruz" is Ana, de la Cruz. */
export function splitName(name: string): { firstName: string; lastName: string } {
	const [firstName = "", ...rest] = name.trim().split(/\s+/);
	return { firstName, lastName: rest.join(" ") };
}

function shippingOf(order: OmOrder, { concatShipCode, shipCodeSeparator }: Settings): Order["shipping"] {
	const { shippingCarrier = "", shippingServiceId = "" } = order.shipMethod ?? {};
	const joined = [shippingServiceId, shippingCarrier].filter(Boolean).join(shipCodeSeparator);
	const plain = order.requestedShippingService || shippingCarrier;
	return { code: concatShipCode && shippingServiceId ? joined : plain, name: plain };
}

function customFields(order: OmOrder) {
	return ([1, 2, 3] as const).flatMap((n) => {
		const value = order[`customField${n}`];
		return value ? [{ name: `Custom field ${n}`, value }] : [];
	});
}

/** Amounts come as numbers. More than six decimals, or 1e21, is no amount of money, and is refused as one. */
function moneyOf({ amount, currency }: { amount: number; currency: string }) {
	return { amount: String(Math.round(amount * 1e6) / 1e6), currency };
}

function idOf(raw: unknown): string {
	return typeof raw === "object" && raw !== null && "orderId" in raw ? String(raw.orderId) : "?";
}
