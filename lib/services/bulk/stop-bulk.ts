import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { type Bulk, readBulkIn } from "./read-bulk";

/** What is done stays done; what was not reached stays as it is. */
export function stopBulk(scope: Scope, bulkId: string): Promise<Bulk> {
	return transact(scope, async (tx) => {
		await readBulkIn(tx, scope, bulkId);
		const asked = await tx.sql(
			`update "BulkOperation" set "stopAskedAt" = now() where "accountId" = $1 and "id" = $2 and "endedAt" is null
			 and "stopAskedAt" is null returning 1`,
			[scope.accountId, bulkId],
		);
		if (asked.length > 0) await audit(tx, scope, { action: "bulk.stopped", subjectType: "bulk", subjectId: bulkId });
		return readBulkIn(tx, scope, bulkId);
	});
}
