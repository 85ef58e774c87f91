import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { type Bulk, readBulkIn } from "./read-bulk";
import { createBulk } from "./start-bulk";
import { inverses } from "./verbs";

/** Takes an operation back on exactly those orders that it changed. */
export function undoBulk(scope: Scope, bulkId: string): Promise<Bulk> {
	return transact(scope, async (tx) => {
		const [locked] = await tx.sql<{ changedIds: string[] }>(
			`select "changedIds" from "BulkOperation" where "accountId" = $1 and "id" = $2 for update`,
			[scope.accountId, bulkId],
		);
		const bulk = await readBulkIn(tx, scope, bulkId);
		const verb = inverses[bulk.verb];
		if (!locked || !verb || !bulk.undoable)
			throw new AppError("conflict", { problem: "This cannot be taken back, or it was already." });
		return createBulk(tx, scope, { verb, reason: "", shipping: "", orderIds: locked.changedIds, undoes: bulkId });
	});
}
