import { orderOf } from "@/lib/canonical/order";
import { changesBetween } from "@/lib/canonical/order-changes";
import { insertRows } from "@/lib/db/bulk";
import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { lineColumns, lineRows } from "@/lib/flow/intake/order-rows";
import { changeOrder, mustBeHere, type OrderChange } from "./change-order";
import { writeDocument } from "./write-document";

/** Takes a correction back: the order is as the cart has it now, with what changed there meanwhile. */
export function undoEdit(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, undoEditChange);
}

export const undoEditChange: OrderChange = {
	kind: "edit-undone",
	allow(order) {
		mustBeHere(order);
		if (!order.editedAt) throw new AppError("conflict", { problem: `Order ${order.number} was not corrected.` });
	},
	async write(tx, order, one) {
		const original = orderOf(order.sourceDocument);
		await writeDocument(tx, one, original);
		await tx.sql(
			`update "Order" set "sourceDocument" = null, "editedAt" = null where "accountId" = $1 and "id" = $2`,
			one,
		);
		await tx.sql(`delete from "OrderLine" where "accountId" = $1 and "orderId" = $2`, one);
		await insertRows(tx, "OrderLine", lineColumns, lineRows(one[0], one[1], original));
		return { changes: changesBetween(orderOf(order.document), original) };
	},
	runs: "orders/deliver",
};
