import type { BulkChoice } from "@/lib/api/contract/bulk";
import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { bulkJob } from "@/lib/jobs/bulk";
import { enqueue } from "@/lib/jobs/job";
import { chooseOrders } from "./choose-orders";
import { type Bulk, readBulkIn } from "./read-bulk";

/** Hands one verb on many orders to a worker. What becomes of each order is decided when its turn comes. */
export function startBulk(scope: Scope, choice: BulkChoice): Promise<Bulk> {
	return transact(scope, async (tx) => {
		const orderIds = await chooseOrders(tx, scope, choice);
		if (orderIds.length === 0) throw new AppError("conflict", { problem: "No order matches any more." });
		return createBulk(tx, scope, { verb: choice.verb, reason: choice.reason, orderIds, undoes: null });
	});
}

export async function createBulk(
	tx: Transaction,
	scope: Scope,
	given: Pick<BulkChoice, "verb" | "reason"> & { orderIds: string[]; undoes: string | null },
): Promise<Bulk> {
	const id = newId("blk");
	const { actor, merchantId, chosenMerchantIds, linkId } = scope;
	await tx.sql(
		`insert into "BulkOperation" ("id", "accountId", "merchantId", "verb", "reason", "orderIds", "changedIds", "undoes", "asker", "createdByName")
		 values ($1, $2, $3, $4, $5, $6, '{}', $7, $8, $9)`,
		[
			...[id, scope.accountId, merchantId ?? null, given.verb, given.reason, given.orderIds, given.undoes],
			JSON.stringify({ actor, chosenMerchantIds, linkId }),
			actor.type === "job" ? "" : (actor.name ?? ""),
		],
	);
	await audit(tx, scope, {
		action: "bulk.started",
		subjectType: "bulk",
		subjectId: id,
		after: { verb: given.verb, orders: given.orderIds.length, ...(given.undoes && { undoes: given.undoes }) },
	});
	await enqueue(tx, bulkJob, { accountId: scope.accountId, id });
	return readBulkIn(tx, scope, id);
}
