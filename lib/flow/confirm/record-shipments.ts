/**
 * Writes one page of shipments. Promise: each departure is written once per external id; an order is shipped when
 * its quantities are complete or the warehouse says that nothing more will come; too much is shown, not clamped.
 */
import { sourceOptions } from "@/lib/canonical/connection-options";
import { type Shipment, shipment as shipmentSchema } from "@/lib/canonical/shipment";
import { connectorByKey } from "@/lib/connectors";
import type { Read } from "@/lib/connectors/kit/types";
import { insertRows, updateRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import { noteTaken, withdrawRest } from "../deliver/backorders";
import { growCarriers } from "../prepare/ship-methods/grow";
import { raiseAlerts } from "../run/alerts";
import { triggerAutomatic } from "../run/trigger";
import type { Commit, FlowWork } from "../work";
import { closeComplete } from "./close-complete";
import { confirmOrders, releaseWaiting } from "./close-rest";
import { type DeliveryRow, type Departure, findDeliveries, foldAll, lineOf, orderLineOf } from "./departures";
import type { Folded } from "./fold-kits";
import { confirmationsFor } from "./policies/split";
import { confirmationColumns, packageColumns, shipmentColumns, shipmentLineColumns } from "./shipment-rows";

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
	const ours = shipments.flatMap((shipment) => {
		const delivery = deliveries.get(`id:${shipment.orderExternalId}`) ?? deliveries.get(`key:${shipment.orderNumber}`);
		return delivery ? [{ shipment, delivery }] : [];
	});
	// The warehouse packs for others too: what we did not send is none of our business.
	tx.count("skipped", shipments.length - ours.length);
	const fresh = await writeShipments(tx, work, await foldAll(tx, work, ours));
	const grower = { ...work.scope, connectionId: work.connection.id, now: work.now(), direction: "in" as const };
	await growCarriers(
		tx,
		grower,
		fresh.map(({ shipment }) => shipment.carrier),
	);
	tx.count("unchanged", ours.length - fresh.length);
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

/** Returns the departures that were not known before. */
async function writeShipments(tx: Commit, work: FlowWork, departures: Departure[]): Promise<Departure[]> {
	const { accountId, merchantId } = work.scope;
	const inserted = await insertRows<typeof shipmentColumns, { id: string }>(
		tx,
		"Shipment",
		shipmentColumns,
		departures.map(({ id, shipment, delivery, folded }) => ({
			id,
			accountId,
			merchantId,
			orderId: delivery.orderId,
			deliveryId: delivery.id,
			connectionId: work.connection.id,
			externalId: shipment.externalId,
			carrier: shipment.carrier,
			service: shipment.service,
			overShipped: isTooMuch(folded, delivery),
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
				orderLineId: orderLineOf(line, delivery),
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

function isTooMuch({ shipment, over }: Folded, delivery: DeliveryRow): boolean {
	if (over) return true;
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
	const orderIds = [...new Set(fresh.map(({ delivery }) => delivery.orderId))];
	// What has shipped was delivered, whatever became of the answer to the delivery.
	const found = await tx.sql<{ orderId: string }>(
		`update "Delivery" set "state" = 'accepted', "acceptedAt" = coalesce("acceptedAt", $3), "nextTryAt" = null
		 where "accountId" = $1 and "id" = any($2) and "state" in ('unknown', 'intended') returning "orderId"`,
		[accountId, fresh.map(({ delivery }) => delivery.id), work.now()],
	);
	await noteTaken(
		tx,
		accountId,
		found.map(({ orderId }) => orderId),
	);
	const closed = await closeComplete(tx, { accountId, now: work.now() }, orderIds);
	await withdrawRest(tx, accountId, closed);
	const over = fresh.filter(({ folded, delivery }) => isTooMuch(folded, delivery));
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
	for (const { folded, delivery } of fresh) {
		for (const line of folded.shipment.lines) {
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
	const asker = { accountId: work.scope.accountId, now: work.now() };
	const orderIds = fresh.map(({ delivery }) => delivery.orderId);
	await releaseWaiting(tx, asker, orderIds);
	// The last to leave may be what a rule added, of which the cart is told nothing.
	await confirmOrders(tx, asker, orderIds);
	await triggerAutomatic(tx, work, "shipments/upload", {
		connectionIds: [...new Set(fresh.map(({ delivery }) => delivery.sourceConnectionId))],
	});
}

function confirmationRows(work: FlowWork, { id, folded, delivery }: Departure) {
	const takes = connectorByKey(delivery.connectorKey)?.source?.confirm?.takes;
	if (!takes) return [];
	const waits = sourceOptions.parse(delivery.options).splitShipments === "wait_for_all";
	return confirmationsFor(folded.shipment, { sourceId: delivery.sourceId, lines: delivery.lines }, takes).map(
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
