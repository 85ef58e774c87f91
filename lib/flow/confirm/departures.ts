/** Which of our deliveries a page of departures is of, and what each means in the lines of its order. */
import type { Shipment } from "@/lib/canonical/shipment";
import { newId } from "@/lib/db/ids";
import { unitsOf } from "../deliver/parts";
import type { Commit, FlowWork } from "../work";
import { type Folded, foldShipments, sentLinesOf } from "./fold-kits";

export interface DeliveryRow {
	id: string;
	orderId: string;
	externalId: string | null;
	key: string;
	number: string;
	sourceId: string;
	sourceConnectionId: string;
	connectorKey: string;
	options: unknown;
	document: unknown;
	/** It is one of several deliveries of its order. */
	isPart: boolean;
	lines: { id: string; sourceLineId: string; sku: string; quantity: number; shippedQuantity: number }[];
}
export interface Departure {
	id: string;
	shipment: Shipment;
	delivery: DeliveryRow;
	/** The same in the order's own lines. */
	folded: Folded;
}

/** Puts departures that are not known yet into the lines of their orders. */
export async function foldAll(
	tx: Commit,
	work: FlowWork,
	ours: Omit<Departure, "id" | "folded">[],
): Promise<Departure[]> {
	const rows = await tx.sql<{ deliveryId: string; connectionId: string; externalId: string; document: Shipment }>(
		`select "deliveryId", "connectionId", "externalId", "document" from "Shipment"
		 where "accountId" = $1 and "orderId" = any($2) order by "createdAt", "id"`,
		[work.scope.accountId, ours.map(({ delivery }) => delivery.orderId)],
	);
	const known = new Set(rows.flatMap((row) => (row.connectionId === work.connection.id ? [row.externalId] : [])));
	const byDelivery = new Map<string, Omit<Departure, "id" | "folded">[]>();
	for (const one of ours) {
		if (known.has(one.shipment.externalId)) continue;
		known.add(one.shipment.externalId);
		byDelivery.set(one.delivery.id, [...(byDelivery.get(one.delivery.id) ?? []), one]);
	}
	return [...byDelivery].flatMap(([deliveryId, some]) => {
		const [first] = some;
		if (!first) return [];
		const sent = sentLinesOf(first.delivery.document, first.delivery.lines);
		// A kit's parts may have left before: only all departures together say what is complete.
		const together = first.delivery.isPart || sent.some(({ kit }) => kit);
		const earlier = together ? rows.filter((row) => row.deliveryId === deliveryId).map((row) => row.document) : [];
		const units = first.delivery.isPart ? unitsOf(first.delivery.document) : null;
		const known = first.delivery.lines.map((line) => ({ ...line, quantity: units?.get(line.id) ?? line.quantity }));
		const lines = first.delivery.isPart || earlier.length > 0 ? known.map(unshipped) : known;
		const folded = foldShipments(sent, lines, [...earlier, ...some.map(({ shipment }) => shipment)]);
		return some.flatMap((one, position): Departure[] => {
			const mine = folded[earlier.length + position];
			return mine ? [{ ...one, id: newId("shp"), folded: mine }] : [];
		});
	});
}

function unshipped<T extends object>(line: T): T & { shippedQuantity: number } {
	return { ...line, shippedQuantity: 0 };
}

export async function findDeliveries(
	tx: Commit,
	work: FlowWork,
	shipments: Shipment[],
): Promise<Map<string, DeliveryRow>> {
	const rows = await tx.sql<DeliveryRow>(
		`with found as materialized (
		   select "id", "orderId", "externalId", "key", "document" from "Delivery" where "accountId" = $1 and "connectionId" = $2 and "externalId" = any($3)
		   union all select "id", "orderId", "externalId", "key", "document" from "Delivery" where "accountId" = $1 and "connectionId" = $2 and "key" = any($4))
		 select f.*, o."number", o."sourceId", o."connectionId" as "sourceConnectionId", c."connectorKey", c."options",
		   exists (select 1 from "Delivery" p where p."accountId" = $1 and p."orderId" = f."orderId" and p."id" <> f."id")
		     or exists (select 1 from "OrderShare" s where s."accountId" = $1 and s."orderId" = f."orderId" and s."place" > 1) as "isPart",
		   (select json_agg(json_build_object('id', l."id", 'sourceLineId', l."sourceLineId", 'sku', l."sku", 'quantity', l."quantity",
		      'shippedQuantity', l."shippedQuantity")) from "OrderLine" l where l."accountId" = $1 and l."orderId" = o."id") as "lines"
		 from found f join "Order" o on o."accountId" = $1 and o."id" = f."orderId"
		 join "Connection" c on c."accountId" = $1 and c."id" = o."connectionId"
		 order by o."id" for update of o`,
		[
			work.scope.accountId,
			work.connection.id,
			shipments.map((one) => one.orderExternalId).filter(Boolean),
			shipments.map((one) => one.orderNumber).filter(Boolean),
		],
	);
	const found = new Map<string, DeliveryRow>();
	for (const row of rows) {
		found.set(`key:${row.key}`, row);
		if (row.externalId) found.set(`id:${row.externalId}`, row);
	}
	return found;
}

export function lineOf(line: { lineId: string; sku: string }, delivery: DeliveryRow) {
	return delivery.lines.find((one) => one.id === line.lineId) ?? delivery.lines.find((one) => one.sku === line.sku);
}

/** Of what a warehouse names: by the line it was sent as, which for a kit's part is the kit's. */
export function orderLineOf(line: { lineId: string; sku: string }, delivery: DeliveryRow): string | null {
	const sent = sentLinesOf(delivery.document, delivery.lines);
	const match = sent.find(({ lineId }) => lineId === line.lineId) ?? sent.find(({ sku }) => sku === line.sku);
	return lineOf({ lineId: match?.kit?.lineId ?? match?.lineId ?? line.lineId, sku: line.sku }, delivery)?.id ?? null;
}
