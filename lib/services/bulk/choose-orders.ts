import { type BulkChoice, bulkMost } from "@/lib/api/contract/bulk";
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { listOrderIds } from "../orders/list-orders";

/** The ids of the orders that were chosen, oldest first. Throws `not-found` for one that is not the asker's. */
export async function chooseOrders(tx: Transaction, scope: Scope, choice: BulkChoice): Promise<string[]> {
	const { orderIds, filter } = choice;
	if ((orderIds === undefined) === (filter === undefined))
		throw new AppError("bad-input", { field: "orderIds", problem: "Name either orders or a filter." });
	if (orderIds) {
		const wanted = [...new Set(orderIds)].sort();
		const found = await tx.sql(`select 1 from "Order" where "accountId" = $1 and "id" = any($2)`, [
			scope.accountId,
			wanted,
		]);
		if (found.length < wanted.length) throw new AppError("not-found", { thing: "order" });
		return wanted;
	}
	const ids = await listOrderIds(tx, scope, { ...filter, limit: bulkMost });
	if (ids.length > bulkMost)
		throw new AppError("conflict", { problem: `More than ${bulkMost} orders match. Narrow the list first.` });
	return ids.sort();
}
