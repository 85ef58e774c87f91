import type { Scope } from "@/lib/db/scope";
import { markDealt } from "../orders/deal-with-cancellation";
import { changeAlert, nameOf } from "./change-alert";

/** Closes an alert because a person dealt with its cause elsewhere. It opens again when the cause comes back. */
export function resolveAlert(scope: Scope, alertId: string): Promise<{ id: string }> {
	return changeAlert(scope, alertId, async (tx, alert) => {
		if (alert.resolvedAt) return null;
		await tx.sql(`update "Alert" set "resolvedAt" = now(), "resolvedBy" = $3 where "accountId" = $1 and "id" = $2`, [
			scope.accountId,
			alertId,
			nameOf(scope),
		]);
		// The order's own page asks the same question; one answer is enough.
		const canceled = /^warehouse-canceled:(ord_\w+)$/.exec(alert.cause)?.[1];
		if (canceled) await markDealt(tx, scope.accountId, canceled);
		return { kind: "resolved" };
	});
}
