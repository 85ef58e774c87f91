import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { after, dayMs } from "@/lib/time";
import { changeAlert, mustBeOpenAlert } from "./change-alert";

const longestMs = 90 * dayMs;

/** Puts an alert aside until a moment, or with null takes it back. It wakes earlier when its count doubles. */
export function snoozeAlert(scope: Scope, alertId: string, until: string | null): Promise<{ id: string }> {
	return changeAlert(scope, alertId, async (tx, alert) => {
		mustBeOpenAlert(alert);
		if (until === null && !alert.snoozedUntil) return null;
		const at = until === null ? null : new Date(until);
		const now = new Date();
		if (at && at <= now)
			throw new AppError("bad-input", { field: "until", problem: "is over. Choose a later moment." });
		if (at && at > after(now, longestMs))
			throw new AppError("bad-input", {
				field: "until",
				problem: "is more than 90 days away. Choose an earlier moment.",
			});
		await tx.sql(
			`update "Alert" set "snoozedUntil" = $3, "snoozedCount" = case when $3::timestamptz is null then null else "count" end
			 where "accountId" = $1 and "id" = $2`,
			[scope.accountId, alertId, at],
		);
		return at ? { kind: "snoozed", text: at.toISOString() } : { kind: "unsnoozed" };
	});
}
