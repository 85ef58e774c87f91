import type { Shipment, ShipmentPackage } from "@/lib/canonical/shipment";
import type { Read, ReadFrom } from "../../kit/types";
import { broken, type ChangeCursor, changed, type DeposcoContext, latestAll, latestPage, under } from "../calls";
import { type Box, identity, type ShipmentLineRow, type ShipmentRow, shipmentLineRow, shipmentRow } from "./api";
import { readOrder } from "./orders";

const path = "/shipments/outboundShipments";
/** Collections inside a record hold at most so many rows, and do not say that there are more. */
const nestedMost = 10;

export function readShipments(context: DeposcoContext, from: ReadFrom<ChangeCursor>) {
	const { businessUnit, readShipmentsBy } = context.settings;
	return changed<Shipment>(context, from, {
		ask: ({ since, page }) =>
			latestPage(context, path, { query: { businessUnit, [readShipmentsBy]: since, pageSize: 50 }, page }),
		read: (raw) => readOne(context, raw),
	});
}

async function readOne(context: DeposcoContext, raw: unknown): Promise<Read<Shipment>[]> {
	const sourceId = identity.safeParse(raw).data;
	const parsed = shipmentRow.safeParse(raw);
	if (!parsed.success || !sourceId) {
		const status = under(raw, "status");
		// What has not left, or was undone, is no shipment, however it reads.
		if (typeof status === "string" && /^(New|Shipping|Rolled Back)$/.test(status)) return [];
		return [broken(raw, parsed.error ?? "it has no id", sourceId ?? under(raw, "number"))];
	}
	const row = parsed.data;
	if (row.status !== "Shipped") return [];
	const lines = await linesOf(context, sourceId, row);
	if ("problem" in lines) return [broken(raw, lines.problem, sourceId)];
	// A label that was made and not used: a tracking number, and nothing that left.
	if (lines.rows.length === 0) return [];
	const [order, second] = row.orderHeaders.data;
	if (!order?.id || second) {
		const problem = second ? "it holds several orders, and does not say whose lines are whose" : "it names no order";
		return [broken(raw, problem, sourceId)];
	}
	const shippedAt = row.shipmentDates?.actualShipDate ?? row.updatedDate;
	if (!shippedAt) return [broken(raw, "shipmentDates.actualShipDate is missing", sourceId)];
	const whole = context.settings.askOrderState ? await readOrder(context, "salesOrders", order.id) : null;
	const cost = row.shippingCosts?.shippingCost ?? 0;
	const value: Shipment = {
		externalId: sourceId,
		orderExternalId: order.id,
		orderNumber: whole?.number ?? "",
		carrier: row.shipVendor,
		service: row.shipMethod || row.shipVia,
		shippedAt,
		...(cost > 0 && cost < 1e9 && { cost: String(Math.round(cost * 1e6) / 1e6) }),
		lines: lines.rows,
		packages: packagesOf(row),
		final: whole?.orderStatus === "Ship Complete",
	};
	return [{ ok: true, sourceId, changedAt: row.updatedDate ?? shippedAt, value, raw }];
}

type Lines = { rows: Shipment["lines"] } | { problem: string };

async function linesOf(context: DeposcoContext, id: string, { shipmentLines }: ShipmentRow): Promise<Lines> {
	const { data, complete } = shipmentLines;
	const cut = data.length >= nestedMost || complete === false;
	// By the id, not by the reference's own address, which may lead to a trip.
	const raw = cut ? await latestAll(context, `${path}/${encodeURIComponent(id)}/shipmentLines`) : data;
	const rows: ShipmentLineRow[] = [];
	for (const one of raw) {
		const line = shipmentLineRow.safeParse(one);
		if (!line.success) return { problem: `shipmentLines: ${line.error.issues[0]?.message ?? "is not usable"}` };
		rows.push(line.data);
	}
	return { rows: unitsOf(rows) };
}

function unitsOf(rows: ShipmentLineRow[]): Shipment["lines"] {
	return rows.flatMap(({ item, pack, shippedPackQuantity }) => {
		const quantity = Math.round(shippedPackQuantity * pack);
		return quantity > 0 ? [{ lineId: "", sku: item, quantity }] : [];
	});
}

const units: Record<string, NonNullable<ShipmentPackage["weight"]>["unit"]> = { g: "g", kg: "kg", oz: "oz", lb: "lb" };

function packagesOf(row: ShipmentRow): ShipmentPackage[] {
	const boxes = row.shippedContainers?.data ?? [];
	const own: Box = { number: "", trackingNumber: row.trackingNumber, weight: null, shippedContainerLines: null };
	const all = boxes.length > 0 ? boxes : row.trackingNumber ? [own] : [];
	return all.map((box, n) => {
		// One number for the whole shipment stands at its head only.
		const trackingNumber = box.trackingNumber || (n === 0 ? row.trackingNumber : "");
		const unit = units[box.weight?.units.toLowerCase() ?? ""];
		const { complete, data = [] } = box.shippedContainerLines ?? {};
		return {
			externalId: box.number,
			trackingNumber,
			...(isWhole(row.trackingUrl, trackingNumber) && { trackingUrl: row.trackingUrl }),
			...(unit && box.weight && box.weight.value >= 0 && { weight: { value: box.weight.value, unit } }),
			// Half of what a box holds would be worse than nothing.
			lines: data.length < nestedMost && complete !== false ? unitsOf(data) : [],
		};
	});
}

/** The address may be only that of the carrier's page, without the number. */
function isWhole(url: string, trackingNumber: string): boolean {
	return trackingNumber !== "" && url.includes(trackingNumber) && URL.canParse(url);
}
