import type { Shipment } from "@/lib/canonical/shipment";
import { carrierOfNumber } from "@/lib/canonical/tracking-number";
import { reader } from "../kit/define";
import type { Read } from "../kit/types";
import { type OmContext, refusal } from "./calls";
import { type ChangeCursor, changeCursor, changedOrders } from "./changes";
import { channelId } from "./channels";
import { fullShipments, type OmShipment, type ShippedOrder, shippedOrder } from "./destination-api";
import { readOrderById } from "./destination-orders";
import { changedAtOf } from "./map";
import type { OmSettings } from "./settings";

type Part = Read<Shipment>;

/**
 * Order Manager marks whole orders as shipped, so an order is one shipment, and each of its packages stands in it.
 * Read by the time of the order's last change: tracking that comes later is a change too. What Order Manager
 * split is several orders that name each other; the first keeps the id we were given. Both are inferred.
 */
export const shipments = reader<OmSettings, Shipment, ChangeCursor>({
	cursor: changeCursor,
	async *read(context, { cursor, from }) {
		const channel = await channelId(context);
		// Whoever waits must also see the last part be cancelled, not only shipped.
		const waits = context.settings.splitOrders === "wait";
		for await (const window of changedOrders(context, { cursor, from, status: waits ? undefined : "SHIPPED" })) {
			const records = new Map<string, Part>();
			let newestMs = 0;
			for (const raw of window.raw) {
				const order = shippedOrder.safeParse(raw).data;
				if (order) newestMs = Math.max(newestMs, changedAtOf(order).getTime());
				for (const read of await departures(context, raw, channel)) records.set(read.sourceId, read);
			}
			yield { records: [...records.values()], next: window.next(newestMs) };
		}
	},
});

async function departures(context: OmContext, raw: unknown, channel: number | undefined): Promise<Part[]> {
	const parsed = shippedOrder.safeParse(raw);
	if (!parsed.success) return ended(raw) ? [broken(raw, parsed.error.issues[0])] : [];
	const order = parsed.data;
	const foreign = channel !== undefined && (order.salesChannel?.salesChannelId ?? channel) !== channel;
	if (foreign || !ended(order)) return [];
	const related = (order.relatedOrderIds ?? []).filter((id) => id !== order.orderId);
	if (context.settings.splitOrders === "immediately" || related.length === 0)
		return order.orderStatus === "SHIPPED"
			? [await departure(context, { raw, order, final: related.length === 0 })]
			: [];
	const parts = [{ raw, order }];
	for (const id of related) {
		const other = await readOrderById(context, id);
		if (other === null) continue;
		const part = shippedOrder.safeParse(other);
		if (!part.success) return [broken(other, part.error.issues[0])];
		if (!ended(part.data)) return [];
		parts.push({ raw: other, order: part.data });
	}
	const shipped = parts.filter((part) => part.order.orderStatus === "SHIPPED");
	return Promise.all(shipped.map((part) => departure(context, { ...part, final: true })));
}

/** Nothing more will come of it. Also true for what is not readable enough to tell. */
function ended(order: unknown): boolean {
	const status = typeof order === "object" && order !== null && "orderStatus" in order ? order.orderStatus : undefined;
	return typeof status !== "string" || status === "SHIPPED" || status === "CANCELLED";
}

async function departure(
	context: OmContext,
	{ raw, order, final }: { raw: unknown; order: ShippedOrder; final: boolean },
): Promise<Part> {
	const all = order.shipments?.length ? order.shipments : await shipmentsOf(context, order.orderId);
	const boxes = all.filter(({ type, deliveryStatus }) => type !== "RETURN" && deliveryStatus !== "VOIDED");
	const sourceId = String(order.orderId);
	const first = Math.min(order.orderId, ...(order.relatedOrderIds ?? []));
	const cost = boxes.reduce((sum, { carrierFee }) => sum + (carrierFee?.amount ?? 0), 0);
	const { itemCode } = context.settings;
	const value: Shipment = {
		externalId: sourceId,
		orderExternalId: String(first),
		orderNumber: first === order.orderId ? order.orderNumber : withoutPart(order.orderNumber, context),
		carrier: carrierOf(order, boxes, context),
		service: "",
		shippedAt: boxes[0]?.shipDate ?? order.shipDate ?? changedAtOf(order),
		...(cost > 0 && cost < 1e9 && { cost: cost.toFixed(2) }),
		lines: order.orderItems.flatMap(({ product, listingSku, quantityOrdered: quantity }) => {
			const sku = itemCode === "listing" ? listingSku : product?.masterSku || listingSku;
			return quantity > 0 ? [{ lineId: "", sku, quantity }] : [];
		}),
		packages: boxes.map(({ shipmentId, trackingNumber }) => ({
			externalId: String(shipmentId),
			trackingNumber,
			lines: [],
		})),
		final,
	};
	return { ok: true, sourceId, changedAt: changedAtOf(order), value, raw };
}

async function shipmentsOf(context: OmContext, orderId: number): Promise<OmShipment[]> {
	const query = { orderId, page: 1, limit: 100 };
	const { data } = await context.http.get("/v1/shipments", { schema: fullShipments, query, fault: refusal(context) });
	return data;
}

/** SO-1-2 is a part of SO-1. */
function withoutPart(number: string, { settings: { partSeparator } }: OmContext): string {
	const at = partSeparator === "" ? -1 : number.lastIndexOf(partSeparator);
	return at > 0 && /^\d+$/.test(number.slice(at + partSeparator.length)) ? number.slice(0, at) : number;
}

/** A carrier that Order Manager names always wins; OTHER_CARRIER is its word for one it does not know. */
function carrierOf(order: ShippedOrder, boxes: OmShipment[], { settings }: OmContext): string {
	const named = boxes.find(({ shipMethod }) => shipMethod?.shippingCarrier)?.shipMethod?.shippingCarrier;
	const carrier = named ?? order.shipMethod?.shippingCarrier ?? "";
	if (carrier !== "OTHER_CARRIER" || !settings.parseCarrier) return carrier;
	const detected = boxes.map(({ trackingNumber }) => carrierOfNumber(trackingNumber)).find(Boolean);
	const field = settings.carrierField === "none" ? "" : order[settings.carrierField].trim();
	return detected ?? (field || carrier);
}

function broken(raw: unknown, issue: { path: PropertyKey[]; message: string } | undefined): Part {
	const field = issue?.path.join(".") ?? "";
	const id = typeof raw === "object" && raw !== null && "orderId" in raw ? String(raw.orderId) : "?";
	return { ok: false, sourceId: id, field, problem: `${field} ${issue?.message ?? "is not usable"}`, raw };
}
