import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";

/** Closes an alert because a person dealt with its cause elsewhere. It opens again when the cause comes back. */
export function resolveAlert(scope: Scope, alertId: string): Promise<{ id: string }> {
	return transact(scope, async (tx) => {
		const [alert] = await tx.sql<{ merchantId: string | null; sentence: string }>(
			`update "Alert" set "resolvedAt" = coalesce("resolvedAt", now())
			 where "accountId" = $1 and "id" = $2 and ($3::text is null or "merchantId" = $3) returning "merchantId", "sentence"`,
			[scope.accountId, alertId, scope.merchantId ?? null],
		);
		if (!alert) throw new AppError("not-found", { thing: "alert" });
		await audit(tx, scope, {
			action: "alert.resolved",
			subjectType: "alert",
			subjectId: alertId,
			...(alert.merchantId && { merchantId: alert.merchantId }),
			after: { sentence: alert.sentence },
		});
		return { id: alertId };
	});
}
