import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { mustBeFreeName, mustChange, mustSee, mustShare, type OrderViewFacts } from "./order-view";

type Changes = {
	[Name in "name" | "filter" | "columns" | "shared"]?: OrderViewFacts[Name] | undefined;
};

/** Renames, changes or shares a view. What is not given stays. */
export function updateOrderView(scope: Scope, viewId: string, changes: Changes): Promise<{ id: string }> {
	return transact(scope, async (tx) => {
		const before = await mustChange(tx, scope, viewId);
		if (changes.shared && !before.shared) mustShare(scope);
		if (changes.filter) await mustSee(tx, scope, changes.filter);
		const name = changes.name ?? before.name;
		const shared = changes.shared ?? before.shared;
		await mustBeFreeName(tx, scope, { ownerId: before.ownerId, name, exceptId: viewId });
		await tx.sql(
			`update "OrderView" set "name" = $3, "filter" = $4, "columns" = $5, "shared" = $6, "updatedAt" = now()
			 where "accountId" = $1 and "id" = $2`,
			[scope.accountId, viewId, name, changes.filter ?? before.filter, changes.columns ?? before.columns, shared],
		);
		await audit(tx, scope, {
			action: "view.changed",
			subjectType: "view",
			subjectId: viewId,
			before: { name: before.name, shared: before.shared },
			after: { name, shared },
		});
		return { id: viewId };
	});
}
