/** An order of ours in the words of the CartRover API. Pure. Money and quantities are text, flags are Y and N. */
import type { Address } from "@/lib/canonical/address";
import { type Order, orderOf } from "@/lib/canonical/order";
import { shipment as shipmentSchema } from "@/lib/canonical/shipment";
import { freeNames, type RoverStatus, roverTime } from "@/lib/connectors/extensiv-im/words";
import type { OrderRow } from "./find-orders";

export function statusOf(row: Pick<OrderRow, "status" | "isPartial">): RoverStatus {
	return row.isPartial ? "partial" : row.status;
}

export function tellStatus(row: OrderRow) {
	return {
		cust_ref: row.sourceId,
		cust_po_no: row.number,
		delivered_to_wms_date: timeOrNull(row.deliveredAt),
		order_status: statusOf(row),
		shipments: tellShipments(row),
	};
}

export function tellOrder(row: OrderRow) {
	const order = orderOf(row.document);
	const extras = order.extraFields ?? [];
	const isNamed = (name: string) => (freeNames as readonly string[]).includes(name);
	const lines = row.lines ?? [];
	const sent = lines.filter((line) => !line.filtered);
	const [ordered, shipped] = [sum(sent.map((line) => line.quantity)), sum(lines.map((line) => line.shippedQuantity))];
	return {
		...tellStatus(row),
		order_source: order.orderSource || row.sourceName,
		order_date: order.placedAt.toISOString().slice(0, 10),
		created_date_time: roverTime(row.createdAt),
		updated_date_time: roverTime(row.updatedAt),
		cancel_date: timeOrNull(row.canceledAt),
		...tellAddress("ship", order.shipTo),
		...(order.billTo
			? tellAddress("cust", order.billTo)
			: { ...nameOf("cust", customerOf(order)), cust_e_mail: order.customer?.email ?? "" }),
		carrier: row.shipMethod?.carrier || order.shipping.name,
		ship_code: order.shipping.code,
		ship_code_description: order.shipping.name,
		working_ship_code: row.shipMethod?.service || order.shipping.code,
		shipping_instructions: order.note,
		gift_message: order.giftMessage,
		currency_code: order.total?.currency ?? order.lines[0]?.unitPrice?.currency ?? "",
		sub_total: cents(lines.map((line) => Number(line.unitPrice ?? 0) * line.quantity)),
		grand_total: order.total?.amount ?? null,
		...Object.fromEntries(freeNames.map((name) => [name, extras.find((one) => one.name === name)?.value ?? null])),
		extra_fields: objectOf(extras.filter(({ name }) => !isNamed(name)).map(({ name, value }) => [name, value])),
		error_code: row.problemCode,
		error_msg: row.problem,
		error_reason: row.problem,
		on_hold: row.heldAt ? "Y" : "N",
		sending_canceled: row.sendingCanceled ? "Y" : "N",
		total_qty: String(ordered),
		num_to_ship: String(Math.max(0, ordered - shipped)),
		num_shipped: String(shipped),
		items: lines.map((line, n) => ({
			line_no: String(n + 1),
			item: line.sku,
			quantity: String(line.quantity),
			price: line.unitPrice === null ? null : Number(line.unitPrice).toFixed(4),
			extended_amount: cents([Number(line.unitPrice ?? 0) * line.quantity]),
			line_item_id: line.sourceLineId,
			Description: line.name,
			filtered_sku: line.filtered ? "Y" : "N",
			extra_fields: [],
		})),
	};
}

function tellAddress(prefix: "ship" | "cust", address: Address) {
	return {
		...nameOf(prefix, address),
		[`${prefix}_company`]: address.company,
		[`${prefix}_address_1`]: address.line1,
		[`${prefix}_address_2`]: address.line2,
		[`${prefix}_city`]: address.city,
		[`${prefix}_state`]: address.region,
		[`${prefix}_zip`]: address.postalCode,
		[`${prefix}_country`]: address.country,
		[`${prefix}_phone`]: address.phone,
		[`${prefix}_e_mail`]: address.email,
	};
}

/** Mostly the one to whom it goes, whose name is known in parts. */
function customerOf({ customer, shipTo }: Order): Pick<Address, "name" | "firstName" | "lastName"> {
	const name = customer?.name ?? "";
	return name === shipTo.name ? shipTo : { name };
}

function nameOf(
	prefix: "ship" | "cust",
	{ name, firstName, lastName }: Pick<Address, "name" | "firstName" | "lastName">,
) {
	const cut = name.lastIndexOf(" ");
	const split = firstName === undefined && lastName === undefined;
	return {
		[`${prefix}_first_name`]: split ? (cut > 0 ? name.slice(0, cut) : name) : (firstName ?? ""),
		[`${prefix}_last_name`]: split ? (cut > 0 ? name.slice(cut + 1) : "") : (lastName ?? ""),
	};
}

/** One entry per package, as a label has one number; the cost stands with the first. */
function tellShipments(row: OrderRow) {
	return (row.shipments ?? []).flatMap(({ document }) => {
		const parsed = shipmentSchema.safeParse({ ...document, shippedAt: new Date(document.shippedAt) });
		if (!parsed.success) return [];
		const shipment = parsed.data;
		const boxes = shipment.packages.length > 0 ? shipment.packages : [{ trackingNumber: "", lines: [] }];
		const isTold = boxes.some((box) => box.lines.length > 0);
		return boxes.map((box, n) => ({
			carrier: shipment.carrier,
			method: shipment.service,
			tracking_no: box.trackingNumber,
			tracking_url: "trackingUrl" in box ? (box.trackingUrl ?? null) : null,
			total_cost: n === 0 ? (shipment.cost ?? null) : null,
			package_weight_lbs: "weight" in box && box.weight ? pounds(box.weight) : null,
			date: roverTime(shipment.shippedAt),
			custom_1: null,
			items: (isTold ? box.lines : n === 0 ? shipment.lines : []).map((line) => ({
				item: line.sku,
				quantity: String(line.quantity),
				carton_code: null,
				carton_num: String(n + 1),
			})),
		}));
	});
}

const perPound = { lb: 1, oz: 16, kg: 0.453_592_37, g: 453.592_37 };
function pounds({ value, unit }: { value: number; unit: keyof typeof perPound }): string {
	return (value / perPound[unit]).toFixed(2);
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
const cents = (amounts: number[]) => sum(amounts).toFixed(2);
const timeOrNull = (at: Date | null) => (at ? roverTime(at) : null);
/** As PHP writes it: an object without entries is an empty list. */
const objectOf = (entries: [string, string][]) => (entries.length === 0 ? [] : Object.fromEntries(entries));
