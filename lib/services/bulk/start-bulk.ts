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
	mustSay(choice);
	return transact(scope, async (tx) => {
		const orderIds = await chooseOrders(tx, scope, choice);
		if (orderIds.length === 0) throw new AppError("conflict", { problem: "No order matches any more." });
		return createBulk(tx, scope, { ...choice, orderIds, undoes: null });
	});
}

/** Throws `bad-input` that names what the verb cannot do without. */
function mustSay({ verb, reason, shipping }: BulkChoice): void {
	const missing = (field: string, problem: string) =>
		new AppError("bad-input", { field, problem }, { fields: { [field]: problem } });
	if (verb === "mark-delivered" && reason === "") throw missing("reason", "Say how the warehouse got them.");
	if (verb === "set-shipping" && shipping === "") throw missing("shipping", "Say what they are to be shipped by.");
}

export async function createBulk(
	tx: Transaction,
	scope: Scope,
	given: Pick<BulkChoice, "verb" | "reason" | "shipping"> & { orderIds: string[]; undoes: string | null },
): Promise<Bulk> {
	const id = newId("blk");
	const { actor, merchantId } = scope;
	await tx.sql(
		`insert into "BulkOperation" ("id", "accountId", "merchantId", "verb", "reason", "shipping", "orderIds", "changedIds", "undoes", "asker", "createdByName")
		 values ($1, $2, $3, $4, $5, $6, $7, '{}', $8, $9, $10)`,
		[
			...[
				id,
				scope.accountId,
				merchantId ?? null,
				given.verb,
				given.reason,
				given.shipping,
				given.orderIds,
				given.undoes,
			],
			JSON.stringify({ actor }),
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
