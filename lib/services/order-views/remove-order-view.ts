import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { mustChange } from "./order-view";

/** Deletes a view; the orders in it stay as they are. */
export function removeOrderView(scope: Scope, viewId: string): Promise<{ id: string }> {
	return transact(scope, async (tx) => {
		const { name, shared } = await mustChange(tx, scope, viewId);
		await tx.sql(`delete from "OrderView" where "accountId" = $1 and "id" = $2`, [scope.accountId, viewId]);
		await audit(tx, scope, {
			action: "view.deleted",
			subjectType: "view",
			subjectId: viewId,
			before: { name, shared },
		});
		return { id: viewId };
	});
}
