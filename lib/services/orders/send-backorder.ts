import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { changeOrder, type LockedOrder, type OrderChange } from "./change-order";

/** What there is of an order that waits for stock goes now, whatever its warehouse's settings say; the rest waits on. */
export function sendAvailable(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, sendAvailableChange);
}

/** All that waits of an order goes now, as if the stock were there: the warehouse deals with what it does not have. */
export function sendInFull(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, sendInFullChange);
}

export const sendAvailableChange: OrderChange = { ...asking("available"), kind: "available-sent" };
export const sendInFullChange: OrderChange = { ...asking("full"), kind: "full-sent" };

function asking(what: "available" | "full"): Pick<OrderChange, "allow" | "write" | "runs"> {
	return {
		allow: mustWait,
		async write(tx, _, one) {
			await tx.sql(
				`update "Order" set "backorderAsked" = $3, "dueAt" = now(), "waitsUntil" = null, "updatedAt" = now() where "accountId" = $1 and "id" = $2`,
				[...one, what],
			);
			return {};
		},
		runs: "orders/deliver",
	};
}

/** Throws unless something of the order waits for stock, and for nothing else. */
function mustWait(order: LockedOrder): void {
	const { number } = order;
	const waits = order.backordered && (order.status === "new" || order.status === "at_wms");
	if (!waits) throw new AppError("conflict", { problem: `Order ${number} does not wait for stock.` });
	if (order.inFlight) throw new AppError("conflict", { problem: `A part of order ${number} is on its way.` });
	if (order.heldAt) throw new AppError("conflict", { problem: `Order ${number} is held. Release it first.` });
	if (order.sendingCanceled)
		throw new AppError("conflict", { problem: `Sending of order ${number} is canceled. Enable it first.` });
}
