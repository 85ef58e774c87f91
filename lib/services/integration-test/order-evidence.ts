import type { Transaction } from "@/lib/db/transact";
import { type Hint, type Look, nothing, type Seen, type TestRow } from "./evidence";
import type { Step, Ticks } from "./steps";

interface OrderRow {
	id: string;
	status: string;
	createdAt: Date;
	heldAt: Date | null;
	heldBy: string[];
	sendingCanceled: boolean;
	problem: string | null;
	loadedRunId: string | null;
	deliveryId: string | null;
	key: string | null;
	acceptedAt: Date | null;
	byHand: boolean;
	exchangeId: string | null;
	runId: string | null;
	/** Another warehouse that has it. */
	elsewhere: string | null;
}

const orderSql = `select o."id", o."status", o."createdAt", o."heldAt", o."heldBy", o."sendingCanceled", o."problem",
   (select r."runId" from "RunRecord" r where r."accountId" = $1 and r."orderId" = o."id" and r."subjectType" = 'order'
      and r."outcome" = 'created' order by r."at" limit 1) as "loadedRunId",
   d."id" as "deliveryId", d."key", d."acceptedAt", d."handBefore" is not null as "byHand", a."exchangeId", a."runId",
   (select c."name" from "Delivery" x join "Connection" c on c."accountId" = $1 and c."id" = x."connectionId"
    where x."accountId" = $1 and x."orderId" = o."id" and x."connectionId" <> $4 and x."state" = 'accepted' limit 1) as "elsewhere"
 from "Order" o
 left join "Delivery" d on d."accountId" = $1 and d."orderId" = o."id" and d."connectionId" = $4 and d."state" = 'accepted'
 left join lateral (select t."exchangeId", t."runId" from "Attempt" t where t."accountId" = $1 and t."deliveryId" = d."id"
   and t."outcome" in ('accepted', 'existed') order by t."startedAt" desc limit 1) a on true
 where o."accountId" = $1 and o."merchantId" = $2 and o."connectionId" = $3 and o."number" = $5 order by o."id" desc limit 1`;

async function findOrder(tx: Transaction, test: TestRow, { subject }: Step): Promise<OrderRow | undefined> {
	const [order] = await tx.sql<OrderRow>(orderSql, [
		...[test.accountId, test.merchantId, test.sourceId, test.destinationId, subject],
	]);
	return order;
}

/** The order of that number was loaded, and the warehouse took it after the test began. */
export const readOrder: Look = async (tx, test, step) => {
	const order = await findOrder(tx, test, step);
	if (!order) return nothing;
	const place = `orders/${order.id}`;
	const ticks: Ticks = {
		loaded: { at: order.createdAt, id: order.id, note: "", place, runId: order.loadedRunId, exchangeId: null },
	};
	const arrived = order.acceptedAt !== null && order.acceptedAt >= test.startedAt && !order.byHand;
	if (arrived && order.acceptedAt && order.deliveryId)
		ticks.arrived = {
			...{ at: order.acceptedAt, id: order.deliveryId, note: `as ${order.key}`, place },
			...{ runId: order.runId, exchangeId: order.exchangeId },
		};
	const isOlder = order.byHand || order.elsewhere !== null || (order.acceptedAt !== null && !arrived);
	return { ticks, hint: arrived ? null : hintOf(order, place), ...(!isOlder && { thingId: order.id }) };
};

function hintOf(order: OrderRow, place: string): Hint | null {
	const look = (sentence: string): Hint => ({ sentence, action: "look", place });
	if (order.byHand) return look("A person marked it as delivered, so nothing was sent.");
	if (order.acceptedAt)
		return { sentence: "It went to the warehouse before this test began. Name another order.", action: "name", place };
	if (order.elsewhere) return look(`It went to ${order.elsewhere} instead.`);
	if (order.status === "canceled") return look("It was canceled. Place another one.");
	if (order.sendingCanceled) return look("Sending it was canceled. Enable it on its page.");
	if (order.heldAt && order.heldBy.every((holder) => holder === "go-live") && order.heldBy.length > 0)
		return { sentence: "Its cart is in test, so it waits.", action: "send-order", place };
	if (order.heldAt) return look("It is held. Release it on its page.");
	return order.problem ? look(order.problem) : null;
}

interface ShipmentRow {
	id: string;
	createdAt: Date;
	tracking: string | null;
	shippedRunId: string | null;
	confirmationId: string | null;
	acceptedAt: Date | null;
	problem: string | null;
	exchangeId: string | null;
	runId: string | null;
}

const shipmentSql = `select s."id", s."createdAt",
   (select p."trackingNumber" from "ShipmentPackage" p where p."accountId" = $1 and p."shipmentId" = s."id" order by p."position" limit 1) as "tracking",
   (select r."runId" from "RunRecord" r where r."accountId" = $1 and r."orderId" = $2 and r."subjectType" = 'shipment' order by r."at" limit 1) as "shippedRunId",
   c."id" as "confirmationId", c."acceptedAt", c."problem", a."exchangeId", a."runId"
 from "Shipment" s
 left join "Confirmation" c on c."accountId" = $1 and c."shipmentId" = s."id" and c."connectionId" = $3
 left join lateral (select t."exchangeId", t."runId" from "Attempt" t where t."accountId" = $1 and t."confirmationId" = c."id"
   and t."outcome" in ('accepted', 'existed') order by t."startedAt" desc limit 1) a on true
 where s."accountId" = $1 and s."orderId" = $2 and s."connectionId" = $4 and s."createdAt" >= $5
 order by c."acceptedAt" nulls last, s."id" limit 1`;

/** The warehouse told of a shipment of that order, and the cart took it. */
export const readShipments: Look = async (tx, test, step): Promise<Seen> => {
	const order = await findOrder(tx, test, step);
	if (!order) return nothing;
	const [shipment] = await tx.sql<ShipmentRow>(shipmentSql, [
		...[test.accountId, order.id, test.sourceId, test.destinationId, test.startedAt],
	]);
	if (!shipment) return nothing;
	const place = `orders/${order.id}`;
	const note = shipment.tracking ? `tracking ${shipment.tracking}` : "";
	const ticks: Ticks = {
		shipped: { at: shipment.createdAt, id: shipment.id, note, place, runId: shipment.shippedRunId, exchangeId: null },
	};
	const { acceptedAt, confirmationId, problem, exchangeId, runId } = shipment;
	if (acceptedAt && confirmationId)
		ticks.told = { at: acceptedAt, id: confirmationId, note: "", place, runId, exchangeId };
	return { ticks, hint: problem && !acceptedAt ? { sentence: problem, action: "look", place } : null };
};
