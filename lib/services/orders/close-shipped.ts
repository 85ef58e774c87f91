import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { closeRest } from "@/lib/flow/confirm/close-rest";
import { changeOrder } from "./change-order";
import { wakeBehind } from "./wake-behind";

/** Nothing more will come of an order of which something has shipped: it is shipped, and what waits is never sent. */
export function closeShipped(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, {
		kind: "closed-by-hand",
		allow(order) {
			// One of several warehouses may be stuck with its share.
			if (order.status !== "at_wms" && !(order.status === "error" && order.hasOpenShare))
				throw new AppError("conflict", { problem: `Order ${order.number} is not at the warehouse.` });
			if (order.inFlight) throw new AppError("conflict", { problem: `A part of order ${order.number} is on its way.` });
		},
		async write(tx, order, one) {
			const shipped = await tx.sql(`select 1 from "Shipment" where "accountId" = $1 and "orderId" = $2 limit 1`, one);
			if (shipped.length === 0)
				throw new AppError("conflict", {
					problem: `Nothing of order ${order.number} has shipped. Cancel it instead.`,
				});
			await closeRest(tx, { accountId: one[0], now: new Date() }, [one[1]]);
			await wakeBehind(tx, order, one[0]);
			return {};
		},
		runs: "shipments/upload",
	});
}
