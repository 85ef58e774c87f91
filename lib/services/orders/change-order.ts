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
import type { OrderEventKind } from "@/lib/flow/run/events";
import type { FlowJobName } from "@/lib/jobs/catalogue";
import { enqueueFlows } from "../flows/enqueue-flows";

export interface LockedOrder {
	id: string;
	merchantId: string;
	number: string;
	status: OrderStatus;
	heldAt: Date | null;
	sendingCanceled: boolean;
	/** Its delivery may be at the warehouse: on the way, without an answer, or accepted. */
	mayBeThere: boolean;
	/** How many messages about its shipments the cart is told, or was. */
	confirmations: number;
}

export interface OrderChange {
	kind: OrderEventKind;
	reason?: string;
	/** Throws `conflict` when the order's state does not allow it. */
	allow(order: LockedOrder): void;
	/** The statements; `$1` is the account, `$2` the order. */
	statements: { text: string; values?: unknown[] }[];
	/** The function that must run now. */
	runs?: FlowJobName;
}

export async function changeOrder(scope: Scope, orderId: string, change: OrderChange): Promise<{ id: string }> {
	return transact(scope, async (tx) => {
		const order = await lockOrder(tx, scope, orderId);
		change.allow(order);
		for (const { text, values = [] } of change.statements) await tx.sql(text, [scope.accountId, orderId, ...values]);
		await noteEvent(tx, scope, order, change);
		await audit(tx, scope, {
			action: `order.${change.kind}`,
			subjectType: "order",
			subjectId: orderId,
			merchantId: order.merchantId,
			before: { status: order.status, held: order.heldAt !== null, sendingCanceled: order.sendingCanceled },
			...(change.reason && { after: { reason: change.reason } }),
		});
		if (change.runs) await enqueueFlows(tx, scope, order.merchantId, change.runs);
		return { id: orderId };
	});
}

async function lockOrder(tx: Transaction, scope: Scope, orderId: string): Promise<LockedOrder> {
	const one = [scope.accountId, orderId];
	const [order] = await tx.sql<Omit<LockedOrder, "mayBeThere" | "confirmations">>(
		`select "id", "merchantId", "number", "status", "heldAt", "sendingCanceled" from "Order"
		 where "accountId" = $1 and "id" = $2 for update`,
		one,
	);
	if (!order) throw new AppError("not-found", { thing: "order" });
	// A statement of its own: what one that waits for the lock reads beside it is from before the wait.
	const [more] = await tx.sql<Pick<LockedOrder, "mayBeThere" | "confirmations">>(
		`select exists (select 1 from "Delivery" where "accountId" = $1 and "orderId" = $2
		     and "state" in ('sending', 'unknown', 'accepted')) as "mayBeThere",
		   (select count(*)::int from "Confirmation" where "accountId" = $1 and "orderId" = $2) as "confirmations"`,
		one,
	);
	return { ...order, mayBeThere: more?.mayBeThere ?? true, confirmations: more?.confirmations ?? 0 };
}

async function noteEvent(tx: Transaction, scope: Scope, order: LockedOrder, change: OrderChange): Promise<void> {
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
			{ ...(by && { by }), ...(change.reason && { reason: change.reason }) },
		],
	);
}

/** Throws unless the order is still here: New or Error, and nothing of it can be at the warehouse. */
export function mustBeHere(order: LockedOrder): void {
	mustBeOpen(order);
	if (order.mayBeThere)
		throw new AppError("conflict", { problem: `Order ${order.number} may be at the warehouse already.` });
}

export function mustBeOpen(order: LockedOrder): void {
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
