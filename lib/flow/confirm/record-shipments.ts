/**
 * Writes one page of shipments. Promise: each departure is written once per external id; an order is shipped when
 * its quantities are complete or the warehouse says that nothing more will come; too much is shown, not clamped.
 */
import { sourceOptions } from "@/lib/canonical/connection-options";
import { type Shipment, shipment as shipmentSchema } from "@/lib/canonical/shipment";
import { statusesBefore } from "@/lib/canonical/status";
import { connectorByKey } from "@/lib/connectors";
import type { Read } from "@/lib/connectors/kit/types";
import { insertRows, updateRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import { raiseAlerts } from "../run/alerts";
import { triggerAutomatic } from "../run/trigger";
import type { Commit, FlowWork } from "../work";
import { releaseWaiting } from "./close-rest";
import { confirmationsFor } from "./policies/split";
import { confirmationColumns, packageColumns, shipmentColumns, shipmentLineColumns } from "./shipment-rows";

interface DeliveryRow {
	id: string;
	orderId: string;
	externalId: string | null;
	key: string;
	number: string;
	sourceId: string;
	sourceConnectionId: string;
	connectorKey: string;
	options: unknown;
	lines: { id: string; sourceLineId: string; sku: string; quantity: number; shippedQuantity: number }[];
}
interface Departure {
	id: string;
	shipment: Shipment;
	delivery: DeliveryRow;
}

export async function recordShipments(tx: Commit, work: FlowWork, records: Read<Shipment>[]): Promise<void> {
	const shipments: Shipment[] = [];
	for (const record of records) {
		const parsed = record.ok ? shipmentSchema.safeParse(record.value) : null;
		if (parsed?.success) shipments.push(parsed.data);
		else {
			const reason = record.ok ? (parsed?.error?.issues[0]?.message ?? "is not usable") : record.problem;
			tx.count("failed");
			tx.record({ subjectType: "shipment", subject: record.sourceId, outcome: "failed", reason });
		}
	}
	const deliveries = await findDeliveries(tx, work, shipments);
	const departures = shipments.flatMap((shipment): Departure[] => {
		const delivery = deliveries.get(`id:${shipment.orderExternalId}`) ?? deliveries.get(`key:${shipment.orderNumber}`);
		return delivery ? [{ id: newId("shp"), shipment, delivery }] : [];
	});
	// The warehouse packs for others too: what we did not send is none of our business.
	tx.count("skipped", shipments.length - departures.length);
	const fresh = await writeShipments(tx, work, departures);
	tx.count("unchanged", departures.length - fresh.length);
	if (fresh.length === 0) return;
	await advanceOrders(tx, work, fresh);
	await planConfirmations(tx, work, fresh);
	for (const { shipment, delivery } of fresh) {
		tx.record({
			subjectType: "shipment",
			subject: shipment.externalId,
			orderId: delivery.orderId,
			outcome: "created",
			reason: `order ${delivery.number}`,
		});
	}
	tx.count("created", fresh.length);
}

async function findDeliveries(tx: Commit, work: FlowWork, shipments: Shipment[]): Promise<Map<string, DeliveryRow>> {
	const rows = await tx.sql<DeliveryRow>(
		`with found as materialized (
		   select "id", "orderId", "externalId", "key" from "Delivery" where "accountId" = $1 and "connectionId" = $2 and "externalId" = any($3)
		   union select "id", "orderId", "externalId", "key" from "Delivery" where "accountId" = $1 and "connectionId" = $2 and "key" = any($4))
		 select f.*, o."number", o."sourceId", o."connectionId" as "sourceConnectionId", c."connectorKey", c."options",
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

/** Returns the departures that were not known before. */
async function writeShipments(tx: Commit, work: FlowWork, departures: Departure[]): Promise<Departure[]> {
	const { accountId, merchantId } = work.scope;
	const inserted = await insertRows<typeof shipmentColumns, { id: string }>(
		tx,
		"Shipment",
		shipmentColumns,
		departures.map(({ id, shipment, delivery }) => ({
			id,
			accountId,
			merchantId,
			orderId: delivery.orderId,
			deliveryId: delivery.id,
			connectionId: work.connection.id,
			externalId: shipment.externalId,
			carrier: shipment.carrier,
			service: shipment.service,
			overShipped: isTooMuch(shipment, delivery),
			document: shipment,
			shippedAt: shipment.shippedAt,
			createdAt: work.now(),
		})),
		`on conflict ("accountId", "connectionId", "externalId") do nothing returning "id"`,
	);
	const mine = new Set(inserted.map((row) => row.id));
	const fresh = departures.filter(({ id }) => mine.has(id));
	await insertRows(
		tx,
		"ShipmentLine",
		shipmentLineColumns,
		fresh.flatMap(({ id, shipment, delivery }) =>
			shipment.lines.map((line, position) => ({
				accountId,
				shipmentId: id,
				position,
				orderLineId: lineOf(line, delivery)?.id ?? null,
				sku: line.sku,
				quantity: line.quantity,
			})),
		),
	);
	await insertRows(
		tx,
		"ShipmentPackage",
		packageColumns,
		fresh.flatMap(({ id, shipment }) =>
			shipment.packages.map((box, position) => ({
				accountId,
				shipmentId: id,
				position,
				externalId: box.externalId,
				trackingNumber: box.trackingNumber,
				trackingUrl: box.trackingUrl ?? null,
			})),
		),
	);
	return fresh;
}

function lineOf(line: { lineId: string; sku: string }, delivery: DeliveryRow) {
	return delivery.lines.find((one) => one.id === line.lineId) ?? delivery.lines.find((one) => one.sku === line.sku);
}

function isTooMuch(shipment: Shipment, delivery: DeliveryRow): boolean {
	return shipment.lines.some((line) => {
		const ordered = lineOf(line, delivery);
		return !ordered || line.quantity > ordered.quantity - ordered.shippedQuantity;
	});
}

async function advanceOrders(tx: Commit, work: FlowWork, fresh: Departure[]): Promise<void> {
	const { accountId } = work.scope;
	await updateRows(
		tx,
		"OrderLine",
		{ id: "text", orderId: "text", quantity: "int" },
		sumByLine(fresh),
		{
			key: "orderId",
			set: `"shippedQuantity" = "OrderLine"."shippedQuantity" + given."quantity"`,
			where: `"OrderLine"."accountId" = $2 and "OrderLine"."orderId" = given."orderId" and "OrderLine"."id" = given."id"`,
		},
		[accountId],
	);
	const final = fresh.filter(({ shipment }) => shipment.final).map(({ delivery }) => delivery.orderId);
	await tx.sql(
		`update "Order" o set "status" = 'shipped', "shippedAt" = $4, "updatedAt" = $4, "dueAt" = null, "problem" = null, "problemCode" = null,
		   "deliveredAt" = coalesce("deliveredAt", $4)
		 where o."accountId" = $1 and o."id" = any($2) and o."status" = any($5) and (o."id" = any($3) or not exists (
		   select 1 from "OrderLine" l where l."accountId" = $1 and l."orderId" = o."id" and l."shippedQuantity" < l."quantity"))`,
		[accountId, fresh.map(({ delivery }) => delivery.orderId), final, work.now(), statusesBefore("shipped")],
	);
	// What has shipped was delivered, whatever became of the answer to the delivery.
	await tx.sql(
		`update "Delivery" set "state" = 'accepted', "acceptedAt" = coalesce("acceptedAt", $3), "nextTryAt" = null
		 where "accountId" = $1 and "id" = any($2) and "state" in ('unknown', 'intended')`,
		[accountId, fresh.map(({ delivery }) => delivery.id), work.now()],
	);
	const over = fresh.filter(({ shipment, delivery }) => isTooMuch(shipment, delivery));
	await raiseAlerts(
		tx,
		work.scope,
		over.map(({ delivery }) => ({
			cause: `over-shipped:${delivery.orderId}`,
			code: "over-shipped",
			facts: { number: delivery.number },
			connectionId: work.connection.id,
		})),
		work.now(),
	);
}

function sumByLine(fresh: Departure[]) {
	const sums = new Map<string, { id: string; orderId: string; quantity: number }>();
	for (const { shipment, delivery } of fresh) {
		for (const line of shipment.lines) {
			const ordered = lineOf(line, delivery);
			if (!ordered) continue;
			const sum = sums.get(ordered.id) ?? { id: ordered.id, orderId: delivery.orderId, quantity: 0 };
			sum.quantity += line.quantity;
			sums.set(ordered.id, sum);
		}
	}
	return [...sums.values()];
}

/** Plans what each cart is told. With "wait for all" a message waits until its order has shipped whole. */
async function planConfirmations(tx: Commit, work: FlowWork, fresh: Departure[]): Promise<void> {
	const rows = fresh.flatMap((departure) => confirmationRows(work, departure));
	await insertRows(
		tx,
		"Confirmation",
		confirmationColumns,
		rows,
		`on conflict ("accountId", "connectionId", "key") do nothing`,
	);
	await releaseWaiting(
		tx,
		{ accountId: work.scope.accountId, now: work.now() },
		fresh.map(({ delivery }) => delivery.orderId),
	);
	await triggerAutomatic(tx, work, "shipments/upload", {
		connectionIds: [...new Set(fresh.map(({ delivery }) => delivery.sourceConnectionId))],
	});
}

function confirmationRows(work: FlowWork, { id, shipment, delivery }: Departure) {
	const takes = connectorByKey(delivery.connectorKey)?.source?.confirm?.takes;
	if (!takes) return [];
	const waits = sourceOptions.parse(delivery.options).splitShipments === "wait_for_all";
	return confirmationsFor(shipment, { sourceId: delivery.sourceId, lines: delivery.lines }, takes).map(
		(message, part) => ({
			id: newId("cfm"),
			accountId: work.scope.accountId,
			merchantId: work.scope.merchantId,
			orderId: delivery.orderId,
			shipmentId: id,
			connectionId: delivery.sourceConnectionId,
			key: `${id}/${part}`,
			state: "intended",
			attempts: 0,
			nextTryAt: waits ? null : work.now(),
			existed: false,
			document: message,
			createdAt: work.now(),
		}),
	);
}
