import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import type { Shipment, ShipmentPackage } from "@/lib/canonical/shipment";
import { fromLocal } from "../kit/zone";
import { type OrderPackage, rels, type WmsOrder } from "./api";

/** The body of POST /orders. Lines carry our line id as `externalId`, so that shipments lead back to them. */
export function toWmsOrder(
	order: DeliverableOrder,
	place: { customerId: number; facilityId: number; orderType: string },
) {
	const { shipTo } = order;
	return {
		customerIdentifier: { id: place.customerId },
		facilityIdentifier: { id: place.facilityId },
		referenceNum: order.number,
		poNum: order.sourceNumber,
		externalId: order.sourceNumber,
		...(place.orderType !== "unset" && { orderType: place.orderType }),
		notes: [order.note, order.orderSource && `Order source: ${order.orderSource}`].filter(Boolean).join("\n"),
		routingInfo: { carrier: order.shipMethod.carrier, mode: order.shipMethod.service },
		shipTo: {
			name: shipTo.name || shipTo.company,
			companyName: shipTo.company || shipTo.name,
			address1: shipTo.line1,
			address2: shipTo.line2,
			city: shipTo.city,
			state: shipTo.region,
			zip: shipTo.postalCode,
			country: shipTo.country,
			phoneNumber: shipTo.phone,
			emailAddress: shipTo.email,
		},
		...(order.extraFields && { savedElements: order.extraFields }),
		fulfillInvInfo: { fulfillInvGiftMessage: order.giftMessage },
		orderItems: order.lines.map((line) => ({
			itemIdentifier: { sku: line.sku },
			qty: line.quantity,
			externalId: line.lineId,
			...(line.note && { notes: line.note }),
			...savedElements(line),
		})),
	};
}

/** Custom fields of a line; one of the name UnitPrice gives way to what the line costs. */
function savedElements({ unitPrice, extraFields = [] }: DeliverableOrder["lines"][number]) {
	const price = unitPrice ? [{ name: "UnitPrice", value: unitPrice }] : [];
	const own = extraFields.filter(({ name }) => !price.some((one) => one.name === name));
	return own.length + price.length > 0 ? { savedElements: [...price, ...own] } : {};
}

/** When the record last changed, by the system's own clock; null when it says nothing usable. */
export function changedAtOf({ readOnly }: WmsOrder, zone: string): Date | null {
	return fromLocal(readOnly.lastModifiedDate, zone) ?? fromLocal(readOnly.processDate, zone);
}

/** A closed order is one shipment: the system closes an order once, with all its packages. */
export function toShipment(order: WmsOrder, zone: string): Shipment {
	const items = order._embedded?.[rels.orderItem] ?? [];
	const byItem = new Map(
		items.map((item) => [item.readOnly.orderItemId, { lineId: item.externalId ?? "", sku: item.itemIdentifier.sku }]),
	);
	const packages = (order.readOnly.packages ?? []).map((box) => toPackage(box, byItem));
	const packed = new Map<number, number>();
	for (const box of order.readOnly.packages ?? []) {
		for (const content of contentsOf(box))
			packed.set(content.orderItemId, (packed.get(content.orderItemId) ?? 0) + content.qty);
	}
	const shippedAt = fromLocal(order.readOnly.processDate, zone) ?? changedAtOf(order, zone);
	if (!shippedAt) throw new Error("readOnly.processDate is missing or no date");
	const tracking = order.routingInfo?.trackingNumber ?? "";
	return {
		externalId: String(order.readOnly.orderId),
		orderExternalId: String(order.readOnly.orderId),
		orderNumber: order.referenceNum,
		carrier: order.routingInfo?.carrier ?? "",
		service: order.routingInfo?.mode ?? "",
		shippedAt,
		...costOf(order),
		// Without contents the whole order left; with them, what the boxes hold.
		lines: items.flatMap((item) => {
			const quantity = packed.size === 0 ? item.qty : (packed.get(item.readOnly.orderItemId) ?? 0);
			return quantity > 0 ? [{ lineId: item.externalId ?? "", sku: item.itemIdentifier.sku, quantity }] : [];
		}),
		packages:
			packages.length > 0 || tracking === "" ? packages : [{ externalId: "", trackingNumber: tracking, lines: [] }],
		final: true,
	};
}

/** Nothing where the warehouse states no cost: 0 is what the field holds until somebody enters one. */
function costOf({ upsTransportationCharge, upsServiceOptionCharge }: WmsOrder): { cost?: string } {
	const cost = (upsTransportationCharge ?? 0) + (upsServiceOptionCharge ?? 0);
	return cost > 0 && cost < 1e9 ? { cost: cost.toFixed(2) } : {};
}

function toPackage(box: OrderPackage, items: Map<number, { lineId: string; sku: string }>): ShipmentPackage {
	return {
		externalId: String(box.packageId),
		trackingNumber: box.trackingNumber ?? "",
		...(typeof box.weight === "number" && box.weight >= 0 && { weight: { value: box.weight, unit: "lb" as const } }),
		lines: contentsOf(box).flatMap((content) => {
			const item = items.get(content.orderItemId);
			return item && content.qty > 0 ? [{ ...item, quantity: content.qty }] : [];
		}),
	};
}

function contentsOf(box: OrderPackage) {
	return box._embedded?.[rels.packageContent] ?? [];
}
