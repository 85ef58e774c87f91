import type { Scope } from "@/lib/db/scope";
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
		return { kind: "resolved" };
	});
}
