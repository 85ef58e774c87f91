import { orderOf } from "@/lib/canonical/order";
import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { changeOrder, mustBeHere, type OrderChange } from "./change-order";
import { reviewOf } from "./review-order-address";
import { writeDocument } from "./write-document";

/** The address goes out as it is, whatever the checks of the warehouse say; another address is judged again. */
export function keepAddress(scope: Scope, orderId: string): Promise<{ id: string }> {
	const { actor } = scope;
	const by = actor.type === "job" ? actor.task : (actor.name ?? actor.id);
	return changeOrder(scope, orderId, keepAddressChange(by));
}

function keepAddressChange(by: string): OrderChange {
	return {
		kind: "address-kept",
		allow(order) {
			mustBeHere(order);
			if (order.addressKeptAt)
				throw new AppError("conflict", { problem: `Order ${order.number} is sent with its address as it is already.` });
			const problems = reviewOf(order)?.problems ?? [];
			if (problems.length === 0)
				throw new AppError("conflict", { problem: `Nothing stops order ${order.number} for its address.` });
			const must = problems.find(({ keepable }) => !keepable);
			if (must)
				throw new AppError("conflict", { problem: `Order ${order.number} cannot go as it is: ${must.problem}` });
		},
		async write(tx, order, one) {
			await tx.sql(
				`update "Order" set "addressKeptAt" = now(), "addressKeptBy" = $3 where "accountId" = $1 and "id" = $2`,
				[...one, by],
			);
			await writeDocument(tx, one, orderOf(order.document));
			return {};
		},
		runs: "orders/deliver",
	};
}

/** The address is judged again, as long as nothing has left. */
export function undoKeepAddress(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, {
		kind: "address-keep-undone",
		allow(order) {
			mustBeHere(order);
			if (!order.addressKeptAt)
				throw new AppError("conflict", { problem: `Nobody kept the address of order ${order.number} as it is.` });
		},
		async write(tx, order, one) {
			await tx.sql(
				`update "Order" set "addressKeptAt" = null, "addressKeptBy" = null where "accountId" = $1 and "id" = $2`,
				one,
			);
			await writeDocument(tx, one, orderOf(order.document));
			return {};
		},
		runs: "orders/deliver",
	});
}
