import type { Shipment } from "@/lib/canonical/shipment";
import type { Read } from "../kit/types";
import { refOf } from "./map";
import {
	item as itemSchema,
	order as orderSchema,
	type RoverOrder,
	type RoverShipment,
	shipment,
	timeOf,
} from "./words";

/** What left of one order: one departure per tracking number. A malformed one stands alone. */
export function readShipments(raw: unknown, now: Date): Read<Shipment>[] {
	const parsed = orderSchema.safeParse(raw);
	if (!parsed.success) {
		const field = parsed.error.issues[0]?.path.join(".") ?? "";
		return [{ ok: false, sourceId: refOf(raw), field, problem: `${field || "the order"} cannot be read`, raw }];
	}
	const remote = parsed.data;
	if (remote.cust_ref === "")
		return [{ ok: false, sourceId: "?", field: "cust_ref", problem: "cust_ref must not be empty", raw }];
	const boxes = remote.shipments.map((one) => ({ one, box: shipment.safeParse(one) }));
	const good = boxes.flatMap(({ box }) => (box.success ? [box.data] : []));
	const byNumber = new Map<string, RoverShipment[]>();
	for (const [n, box] of good.entries()) {
		const id = `${remote.cust_ref}/${box.tracking_no || box.custom_1 || `${n + 1}`}`;
		byNumber.set(id, [...(byNumber.get(id) ?? []), box]);
	}
	const changedAt = timeOf(remote.updated_date_time) ?? now;
	const ids = [...byNumber.keys()];
	return [
		...boxes.flatMap(({ one, box }): Read<Shipment>[] => {
			if (box.success) return [];
			const number = typeof one === "object" && one !== null && "tracking_no" in one ? String(one.tracking_no) : "?";
			const field = `shipments.${box.error.issues[0]?.path.join(".") ?? ""}`;
			return [
				{ ok: false, sourceId: `${remote.cust_ref}/${number}`, field, problem: `${field} cannot be read`, raw: one },
			];
		}),
		...ids.map((id): Read<Shipment> => {
			const final = id === ids.at(-1) && good.length === boxes.length && isShipped(remote);
			const value = toShipment({
				id,
				remote,
				boxes: byNumber.get(id) ?? [],
				alone: ids.length === 1,
				final,
				changedAt,
			});
			const odd = value.lines.find(
				(line) => !(Number.isInteger(line.quantity) && line.quantity > 0 && line.quantity <= 1_000_000),
			);
			if (odd)
				return { ok: false, sourceId: id, field: "items.quantity", problem: "items.quantity is no whole number", raw };
			return { ok: true, sourceId: id, changedAt, value, raw };
		}),
	];
}

const isShipped = ({ order_status: status }: RoverOrder) => status === "shipped" || status === "confirmed";

interface Parts {
	id: string;
	remote: RoverOrder;
	boxes: RoverShipment[];
	/** Nothing else left of this order. */
	alone: boolean;
	final: boolean;
	changedAt: Date;
}

function toShipment({ id, remote, boxes, alone, final, changedAt }: Parts): Shipment {
	const [first] = boxes;
	const told = boxes.flatMap(linesOf);
	const costs = boxes.map((box) => Number(box.total_cost)).filter((cost) => cost > 0 && cost < 1e9);
	return {
		externalId: id,
		orderExternalId: remote.cust_ref,
		orderNumber: remote.cust_ref,
		carrier: first?.carrier ?? "",
		service: first?.method ?? "",
		shippedAt: timeOf(first?.date ?? "") ?? changedAt,
		...(costs.length > 0 && { cost: costs.reduce((sum, cost) => sum + cost, 0).toFixed(2) }),
		// A single departure that does not say what is in it is the whole order.
		lines: told.length === 0 && alone && final ? wholeOrder(remote) : told,
		packages: boxes
			.filter((box) => box.tracking_no !== "")
			.map((box) => ({
				externalId: "",
				trackingNumber: box.tracking_no,
				...(/^https?:\/\/\S+$/.test(box.tracking_url) &&
					URL.canParse(box.tracking_url) && { trackingUrl: box.tracking_url }),
				...(Number(box.package_weight_lbs) > 0 && {
					weight: { value: Number(box.package_weight_lbs), unit: "lb" as const },
				}),
				lines: linesOf(box),
			})),
		final,
	};
}

/** Items are told by SKU; which of two lines with one SKU left, the API does not say unless the line comes along. */
function linesOf(box: RoverShipment) {
	return (box.items ?? [])
		.filter((line) => line.item !== "" && Number(line.quantity) !== 0)
		.map((line) => ({ lineId: line.line_item_id, sku: line.item, quantity: Number(line.quantity) }));
}

function wholeOrder(remote: RoverOrder) {
	return remote.items.flatMap((one) => {
		const parsed = itemSchema.safeParse(one);
		if (!parsed.success || parsed.data.filtered_sku) return [];
		const { item, quantity, line_item_id: lineId } = parsed.data;
		return [{ lineId, sku: item, quantity: Number(quantity) }];
	});
}
