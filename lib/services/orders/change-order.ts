/**
 * What a person may do to one order. Each verb locks the order, says no with a reason when it would do nothing or
 * harm, and leaves an event, an audit entry and the work that follows in the same transaction.
 */
import type { OrderStatus } from "@/lib/canonical/status";
import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import type { EventFacts, OrderEventKind } from "@/lib/flow/run/events";
import type { FlowJobName } from "@/lib/jobs/catalogue";
import { enqueueFlows } from "../flows/enqueue-flows";
import { warehouseOptions } from "./review-order-address";
import { askerSide, type Holder, type Side } from "./side";

export interface LockedOrder {
	id: string;
	merchantId: string;
	/** The cart it comes from, and its id there. */
	connectionId: string;
	sourceId: string;
	number: string;
	status: OrderStatus;
	heldAt: Date | null;
	/** Which sides hold it. */
	heldBy: Holder[];
	sendingCanceled: boolean;
	editedAt: Date | null;
	sourceChangedAt: Date;
	document: unknown;
	sourceDocument: unknown;
	/** Since when a person wants its address sent as it is. */
	addressKeptAt: Date | null;
	/** Of each warehouse that may take it. */
	warehouseOptions: unknown[];
	changeState: string | null;
	/** For whom the person acts who asks now. */
	side: Side;
	/** The account is the client's own. */
	clientsOwn: boolean;
	/** Its delivery may be at the warehouse: on the way, without an answer, or accepted. */
	mayBeThere: boolean;
	/** Some or all of it waits for stock. */
	backordered: boolean;
	/** It is split over warehouses, and some of them have still to send theirs. */
	hasOpenShare: boolean;
	/** A delivery of it is on its way, or without an answer. */
	inFlight: boolean;
	/** How many messages about its shipments the cart is told, or was. */
	confirmations: number;
}

export const lockedColumns = `"id", "merchantId", "connectionId", "sourceId", "number", "status", "heldAt", "heldBy", "sendingCanceled", "editedAt",
  "sourceChangedAt", "document", "sourceDocument", "addressKeptAt", "changeState", "backorderedAt" is not null as "backordered",
  "splits" = 'planned' and exists (select 1 from "OrderShare" s where s."accountId" = "Order"."accountId" and s."orderId" = "Order"."id"
    and s."rest" <> '{}') as "hasOpenShare"`;

export interface OrderChange {
	kind: OrderEventKind;
	reason?: string;
	/** Throws `conflict` when the order's state does not allow it. */
	allow(order: LockedOrder): void;
	/** Why it would do nothing, when it would: a bulk operation leaves such an order alone. */
	idle?(order: LockedOrder): string | null;
	/** What it does; returns what the journey says of it. */
	write(tx: Transaction, order: LockedOrder, one: [accountId: string, orderId: string]): Promise<EventFacts>;
	/** The function that must run now. */
	runs?: FlowJobName;
}

export async function changeOrder(scope: Scope, orderId: string, change: OrderChange): Promise<{ id: string }> {
	return transact(scope, async (tx) => {
		const order = await lockOrder(tx, scope, orderId);
		await applyChange(tx, scope, order, change);
		return { id: orderId };
	});
}

/** The change itself, in the transaction that locked the order. Throws `conflict` when it is not allowed. */
export async function applyChange(
	tx: Transaction,
	scope: Scope,
	order: LockedOrder,
	change: OrderChange,
): Promise<void> {
	change.allow(order);
	const facts = await change.write(tx, order, [scope.accountId, order.id]);
	await noteEvent(tx, scope, order, {
		kind: change.kind,
		facts: { ...(change.reason && { reason: change.reason }), ...facts },
	});
	const changed = facts.changes?.map(({ field }) => field).join(", ");
	await audit(tx, scope, {
		action: `order.${change.kind}`,
		subjectType: "order",
		subjectId: order.id,
		merchantId: order.merchantId,
		before: { status: order.status, held: order.heldAt !== null, sendingCanceled: order.sendingCanceled },
		...((change.reason || changed) && {
			after: { ...(change.reason && { reason: change.reason }), ...(changed && { changed }) },
		}),
	});
	if (change.runs) await enqueueFlows(tx, scope, order.merchantId, change.runs);
}

type More = Pick<LockedOrder, "mayBeThere" | "inFlight" | "confirmations" | "warehouseOptions">;

export async function lockOrder(tx: Transaction, scope: Scope, orderId: string): Promise<LockedOrder> {
	const one = [scope.accountId, orderId];
	const asker = await askerSide(tx, scope);
	const [order] = await tx.sql<Omit<LockedOrder, keyof More | "side" | "clientsOwn">>(
		`select ${lockedColumns} from "Order" where "accountId" = $1 and "id" = $2 for update`,
		one,
	);
	if (!order) throw new AppError("not-found", { thing: "order" });
	// A statement of its own: what one that waits for the lock reads beside it is from before the wait.
	const [more] = await tx.sql<More>(
		`select exists (select 1 from "Delivery" where "accountId" = $1 and "orderId" = $2
		     and "state" in ('sending', 'unknown', 'accepted')) as "mayBeThere",
		   exists (select 1 from "Delivery" where "accountId" = $1 and "orderId" = $2 and "state" in ('sending', 'unknown')) as "inFlight",
		   (select count(*)::int from "Confirmation" where "accountId" = $1 and "orderId" = $2) as "confirmations",
		   (select ${warehouseOptions} from "Order" o where o."accountId" = $1 and o."id" = $2) as "warehouseOptions"`,
		one,
	);
	const flight = { mayBeThere: more?.mayBeThere ?? true, inFlight: more?.inFlight ?? true };
	const { confirmations = 0, warehouseOptions: options = [] } = more ?? {};
	return { ...order, ...asker, ...flight, confirmations, warehouseOptions: options };
}

async function noteEvent(
	tx: Transaction,
	scope: Scope,
	order: LockedOrder,
	change: { kind: OrderEventKind; facts: EventFacts },
): Promise<void> {
	const { actor } = scope;
	const by = actor.type === "job" ? undefined : actor.name;
	await tx.sql(
		`insert into "OrderEvent" ("id", "accountId", "orderId", "at", "kind", "actorType", "actorId", "facts")
		 values ($1, $2, $3, now(), $4, $5, $6, $7)`,
		[
			newId("evt"),
			scope.accountId,
			order.id,
			change.kind,
			actor.type,
			actor.type === "job" ? actor.task : actor.id,
			{ ...(by && { by }), ...change.facts },
		],
	);
}

/** Throws unless the order is still here: New or Error, and nothing of it can be at the warehouse. */
export function mustBeHere(order: LockedOrder): void {
	mustBeOpen(order);
	if (hasRest(order))
		throw new AppError("conflict", { problem: `A part of order ${order.number} is at the warehouse already.` });
	if (order.mayBeThere)
		throw new AppError("conflict", { problem: `Order ${order.number} may be at the warehouse already.` });
}

/** Part of it is at the warehouse, and the rest waits here: for stock, or for another warehouse. */
export function hasRest(order: Pick<LockedOrder, "status" | "backordered" | "hasOpenShare">): boolean {
	return order.status === "at_wms" && (order.backordered || order.hasOpenShare === true);
}

/** Throws unless it is still here, or its rest is: what can be held back is what has not left. */
export function mustBeStoppable(order: LockedOrder): void {
	if (!hasRest(order)) mustBeHere(order);
	else if (order.inFlight)
		throw new AppError("conflict", { problem: `A part of order ${order.number} is on its way.` });
}

/** Throws unless it is open, or its rest is. */
export function mustBeOpen(order: LockedOrder): void {
	if (hasRest(order)) return;
	if (order.status !== "new" && order.status !== "error")
		throw new AppError("conflict", { problem: `Order ${order.number} has gone on: it is ${words[order.status]}.` });
}

const words: Record<OrderStatus, string> = {
	new: "New",
	at_wms: "At WMS",
	shipped: "Shipped",
	confirmed: "Confirmed",
	error: "Error",
	canceled: "Canceled",
};
